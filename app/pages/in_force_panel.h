// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "widgets/painted_widget.h"

#include <optional>
#include <vector>

class QBoxLayout;

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
    int room = 0;   ///< px below the lines: for a button that needs a line of its own
    int beside = 0; ///< px beside the words where rows stand side by side: for the button
    friend bool operator==(const InForceRow&, const InForceRow&) = default;
};

/// Rows of what is in force, one below the other; folded, they stand side by side on one line, each with as much of its
/// first line as there is room for.
class InForceList : public PaintedWidget {
    Q_OBJECT

public:
    explicit InForceList(QWidget* parent = nullptr);
    void showRows(std::vector<InForceRow> rows);
    void setFolded(bool folded);
    /// Where a button may stand in a row: at its lower right; folded, behind its words.
    [[nodiscard]] QRect actionRect(int row, const QSize& size) const;
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::StaticText; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paint(QPainter& painter) override;

private:
    /// Where a row stands on the one line: its title, and the line that it has room for.
    struct Place {
        double left = 0;
        double title = 0; ///< width
        double age = 0;
        double line = 0; ///< 0: there is no room for it
        [[nodiscard]] double end() const;
    };
    [[nodiscard]] static int heightOf(const InForceRow& row);
    [[nodiscard]] std::vector<Place> places() const;
    void paintFolded(QPainter& painter) const;
    std::vector<InForceRow> m_rows;
    bool m_folded = false;
};

class LastActionPanel;

/// The side column of the overview: degradation level with its lease and canary share as the instances and HAProxy tell
/// them, each with the act that fits, a migration that is under way, what operators hold, the demo traffic of a bundled
/// stack with its one button, and the receipt of the last act.
class InForcePanel : public QWidget {
    Q_OBJECT

public:
    explicit InForcePanel(const PageContext& context, QWidget* parent = nullptr);
    void showReadings();
    /// One line above what it stands beside otherwise: without the receipt of the last act, which Ctrl+Z and the time
    /// axis have.
    void setFolded(bool folded);

protected:
    void resizeEvent(QResizeEvent* event) override;

Q_SIGNALS:
    /// As LinkedPage::pageRequested.
    void pageRequested(const QString& id, const QString& target);

private:
    [[nodiscard]] InForceRow degradation(const PathReading& path) const;
    [[nodiscard]] InForceRow canary(const PathReading& path) const;
    /// Nothing while none is under way.
    [[nodiscard]] std::optional<InForceRow> migration() const;
    /// What operators took out of rotation, paused or resized, and control holds so; nothing while there is none.
    [[nodiscard]] std::optional<InForceRow> holds() const;
    /// A button beside a row that is shown; none without a row.
    void placeButton(KeyButton& button, std::optional<std::size_t> row);
    [[nodiscard]] InForceRow traffic(const PathReading& path) const;
    void toggleTraffic();
    void offerActs(std::vector<InForceRow>& rows);

    PageContext m_context;
    SectionHead* m_head;
    InForceList* m_list;
    KeyButton* m_extend;
    KeyButton* m_shareOff;
    KeyButton* m_openMigration;
    KeyButton* m_openHolds;
    LastActionPanel* m_lastAction;
    std::optional<std::int64_t> m_level;
    KeyButton* m_traffic;
    QBoxLayout* m_column;
    bool m_folded = false;
};

} // namespace binnacle::app
