// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/accessible/chart_table.h"
#include "widgets/number_text.h"
#include "widgets/painted_widget.h"
#include "widgets/panel_status.h"

#include <optional>
#include <vector>

namespace binnacle {

/// What kind of hop a node is; it decides its column in the schematic.
enum class HopKind { Clients, LoadBalancer, Instance, Pooler, Cache, Primary, Replica };

/// One hop of the request path.
struct PathNode {
    QString id{}; ///< stable, "app-1"; told by nodeActivated()
    HopKind kind = HopKind::Instance;
    QString title{};                    ///< "app-1 \u00b7 stable 2.7.4"
    NumberText number{};                ///< {"37", "in flight"}; not drawn while the status forbids it
    QString side{};                     ///< right of the number: "CPU 54 %"
    QString detail{};                   ///< third line: "6 clients wait, max 61 ms"
    std::optional<double> saturation{}; ///< 0..1, the bar at the bottom
    Severity severity = Severity::Normal;
    Token identity = Token::Ref; ///< colour of the stem: D4 for the canary
    PanelStatus status{};
    bool worst = false; ///< the one to look at first: framed, and said
    friend bool operator==(const PathNode&, const PathNode&) = default;
};

/// A line between two hops, thicker with its rate.
struct PathFlow {
    QString from{};
    QString to{};
    std::optional<double> perSecond{}; ///< 1 px per 420/s, at least 1
    QString label{};                   ///< "737/s", "reads off"
    int waiting = 0;                   ///< queue comb: one tick for each, at most 40
    QString waitingLabel{};            ///< "14 waiting in app pools"
    Severity severity = Severity::Normal;
    bool off = false; ///< dashed: nothing may flow here
    friend bool operator==(const PathFlow&, const PathFlow&) = default;
};

/// How far a replica is behind, at the far right of the replication line.
struct PathLag {
    QString node{};
    QString label{}; ///< "replay lag", "replay lag, stopped"
    NumberText number{};
    QString detail{}; ///< "612 MB to replay"
    Severity severity = Severity::Normal;
    friend bool operator==(const PathLag&, const PathLag&) = default;
};

struct RequestPath {
    std::vector<PathNode> nodes{};
    std::vector<PathFlow> flows{};
    std::vector<PathLag> lags{};
    friend bool operator==(const RequestPath&, const RequestPath&) = default;
};

class PathNodeButton;

/// The request path as a live schematic. Nodes are laid out from the topology: clients, load balancer, instances, the
/// pooler above the cache, the servers, and the replicas' lag at the far right. Each node takes the focus.
class RequestPathView : public PaintedWidget, public ChartData {
    Q_OBJECT

public:
    explicit RequestPathView(QWidget* parent = nullptr);

    void showPath(RequestPath path);
    [[nodiscard]] const RequestPath& shownPath() const { return m_path; }
    [[nodiscard]] QRectF nodeRect(const QString& id) const;
    /// The node that has this id; nullptr: there is none.
    [[nodiscard]] const PathNode* node(const QString& id) const;
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] std::vector<SpokenPart> spokenParts() const override;
    [[nodiscard]] ChartTable table() const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Chosen with the mouse, Return or Space.
    void nodeActivated(const QString& id);

protected:
    void paint(QPainter& painter) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Placed {
        QRectF box;   ///< from the stem to the node's right end
        double lineY; ///< where flows meet it
    };
    void arrange();
    void syncButtons();
    [[nodiscard]] int indexOf(const QString& id) const;
    void paintWorst(QPainter& painter, const PathNode& node, const Placed& placed) const;
    void paintNode(QPainter& painter, const PathNode& node, const Placed& placed) const;
    void paintFlows(QPainter& painter) const;
    void paintComb(QPainter& painter, const PathFlow& flow, double left, double right, double y) const;
    void paintReplication(QPainter& painter) const;

    RequestPath m_path;
    std::vector<Placed> m_placed;
    std::vector<PathNodeButton*> m_buttons;
};

} // namespace binnacle
