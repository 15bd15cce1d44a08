// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/accessible/chart_table.h"
#include "widgets/painted_widget.h"

#include <QPointF>
#include <QRectF>
#include <QStringList>

#include <vector>

namespace binnacle {

/// A session of a deadlock.
struct WaitForNode {
    QString title{};     ///< "41911"
    QStringList lines{}; ///< "app-1, svc_orders"; at most three are shown
    bool victim = false; ///< it was cancelled: said in a stronger last line
    friend bool operator==(const WaitForNode&, const WaitForNode&) = default;
};

/// One waits for another.
struct WaitForEdge {
    int from = 0;
    int to = 0;
    QString title{};  ///< "waits for transaction 771"
    QString detail{}; ///< "ShareLock, orders"
    friend bool operator==(const WaitForEdge&, const WaitForEdge&) = default;
};

/// Who waited for whom: two side by side with their arrows above and below, more around a ring. Of a ring one session
/// is selected, by a click or with the arrow keys; where it has more than are drawn, those around the selected one are.
class WaitForGraph : public PaintedWidget, public ChartData {
    Q_OBJECT

public:
    explicit WaitForGraph(QWidget* parent = nullptr);
    /// At most eight nodes are drawn at a time. What is selected stays so while the nodes are the same.
    void setGraph(std::vector<WaitForNode> nodes, std::vector<WaitForEdge> edges);
    /// Of two both are what it is about.
    [[nodiscard]] bool isSelectable() const { return m_graph.nodes.size() > 2; }
    /// The first, where nothing else was selected.
    [[nodiscard]] int selected() const { return m_graph.selected; }
    /// One that is not there changes nothing.
    void select(int node);

    /// Where a node is drawn, empty for one that is not.
    [[nodiscard]] QRectF nodeRect(int node) const;
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] std::vector<SpokenPart> spokenParts() const override;
    [[nodiscard]] ChartTable table() const override;
    [[nodiscard]] QSize sizeHint() const override { return {400, 216}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 120}; }

Q_SIGNALS:
    void selectionChanged();

protected:
    void paint(QPainter& painter) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    struct Graph {
        std::vector<WaitForNode> nodes;
        std::vector<WaitForEdge> edges;
        int selected = 0;
        friend bool operator==(const Graph&, const Graph&) = default;
    };
    [[nodiscard]] QRectF area() const;
    [[nodiscard]] int count() const { return static_cast<int>(m_graph.nodes.size()); }
    [[nodiscard]] int firstDrawn() const;
    [[nodiscard]] int drawnCount() const;
    [[nodiscard]] bool isDrawn(int node) const;
    void paintNode(QPainter& painter, int node) const;
    void paintPair(QPainter& painter) const;
    void paintRing(QPainter& painter) const;

    Graph m_graph;
};

} // namespace binnacle
