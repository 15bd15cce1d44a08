// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "widgets/painted_widget.h"

#include <optional>
#include <vector>

namespace binnacle {
class KeyButton;
class SectionHead;
} // namespace binnacle

namespace binnacle::app {

/// One thing that is in force: a glyph, a title with its age, and lines below it.
struct InForceRow {
    Mark mark = Mark::Normal;
    QString title;
    QString age;
    bool dim = false; ///< the age is of a late source, or the value is gone
    QStringList lines;
    int room = 0; ///< px below the lines: for a button that needs a line of its own
    friend bool operator==(const InForceRow&, const InForceRow&) = default;
};

/// Rows of what is in force, one below the other.
class InForceList : public PaintedWidget {
    Q_OBJECT

public:
    explicit InForceList(QWidget* parent = nullptr);
    void showRows(std::vector<InForceRow> rows);
    /// Where a button may stand in a row: at its lower right.
    [[nodiscard]] QRect actionRect(int row, const QSize& size) const;
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::StaticText; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paint(QPainter& painter) override;

private:
    [[nodiscard]] static int heightOf(const InForceRow& row);
    std::vector<InForceRow> m_rows;
};

class LastActionPanel;

/// The side column of the overview: degradation level and canary share as the instances and HAProxy tell them, each
/// with the act that fits, the demo traffic of a bundled stack with its one button, and the receipt of the last act.
class InForcePanel : public QWidget {
    Q_OBJECT

public:
    explicit InForcePanel(const PageContext& context, QWidget* parent = nullptr);
    void showReadings();

private:
    [[nodiscard]] InForceRow degradation(const PathReading& path) const;
    [[nodiscard]] InForceRow canary(const PathReading& path) const;
    [[nodiscard]] InForceRow traffic(const PathReading& path) const;
    void toggleTraffic();
    void offerActs(std::vector<InForceRow>& rows);

    PageContext m_context;
    InForceList* m_list;
    KeyButton* m_extend;
    KeyButton* m_shareOff;
    LastActionPanel* m_lastAction;
    std::optional<std::int64_t> m_level;
    KeyButton* m_traffic;
};

} // namespace binnacle::app
