// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/snapshot_table_model.h"
#include "app/pages/page.h"
#include "app/pages/state_step.h"
#include "app/pages/table_reading.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

class QHBoxLayout;
class QLineEdit;
class QTableView;

namespace binnacle {
class SectionHead;
class StateOverlay;
} // namespace binnacle

namespace binnacle::app {

class TableOrder;

/// How a table panel looks.
struct TableLook {
    QString title;
    std::string_view table; ///< id in the catalogue, or of `spec`
    std::vector<ShownColumn>
        columns;             ///< in their order; the first of kind Sql, else the first of all, takes the room left
    QString none;            ///< said when there is no row: "No sessions"
    std::string_view sortBy; ///< id of a column
    Qt::SortOrder order = Qt::DescendingOrder;
    std::string_view link{}; ///< id of a column whose cells lead on by one click, as Enter does
    bool names = false;      ///< a first column says which source told a row
    bool filter = true;      ///< a field for words
    /// Of a table that the display makes itself, with how it is read; nullptr: the catalogue's, as its source told it.
    const TableSpec* spec = nullptr;
    std::function<TableReading(const PageContext& context, const std::string& source)> read{};
};

/// A table of a source or of several: heading with count, source and age, filter, rows, what may be said instead of
/// rows, and copies as CSV. The page calls showReadings() from its own. GUI thread.
class TablePanel : public QWidget {
    Q_OBJECT

public:
    TablePanel(const PageContext& context, TableLook look, QWidget* parent = nullptr);

    /// Who is asked; what is shown follows with the next showReadings().
    void setSources(std::vector<std::string> sources);
    /// Which rows are shown beside the filter, from the next showReadings() on.
    void setAccepts(SnapshotTableModel::Accepts accepts);
    void setTitle(const QString& title);
    /// What is said when there is no row.
    void setNone(const QString& words);
    /// Words that the filter field holds, as if typed.
    void setFilterText(const QString& words);
    /// Puts a control into the heading, left of the filter.
    void addTool(QWidget* tool);
    void showReadings();

    /// The selected row, if there is one.
    [[nodiscard]] std::optional<TableRowRef> selected() const;
    /// The first of the shown rows for which `wanted` is true.
    [[nodiscard]] std::optional<TableRowRef> firstWhere(const SnapshotTableModel::Accepts& wanted) const;
    /// Selects and shows the first row for which `wanted` is true; false: there is none, and nothing changes.
    bool selectWhere(const SnapshotTableModel::Accepts& wanted);
    [[nodiscard]] QTableView* view() const { return m_view; }
    [[nodiscard]] SnapshotTableModel* model() const { return m_model; }
    /// The rows as shown, in their order.
    [[nodiscard]] QByteArray csv() const;
    /// Writes `text` on a thread of its own, and says in the heading how that went.
    void saveCsv(const QString& file, const QByteArray& text);

Q_SIGNALS:
    /// Another row is selected, or the selected one has new values.
    void selectionShown();
    /// Enter, a double click, or one click on the link, on the selected row.
    void detailsRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeActions();
    void copyRows(bool all);
    void askForFile();
    void say(const QString& notice);
    void showHead(const std::vector<TableReading>& readings);
    void showStateOf(const std::vector<TableReading>& readings);
    void fitColumns();
    void giveRoom();

    PageContext m_context;
    TableLook m_look;
    std::vector<std::string> m_sources;
    SnapshotTableModel* m_model;
    TableOrder* m_order;
    SectionHead* m_head;
    QHBoxLayout* m_tools;
    QLineEdit* m_filter;
    QTableView* m_view;
    StateOverlay* m_overlay;
    StateStep m_step;
    QString m_notice; ///< what was just done, for two seconds
    SteadyTime m_noticeUntil{};
    bool m_headsFit = false;
    int m_roomy = -1; ///< column that takes the room left
    struct Widths {
        int easy = 0;
        int tight = 0; ///< where room is short
    };
    std::vector<Widths> m_widths; ///< by column, as last fitted
    int m_fittedRows = 0;         ///< how many the widths were made for
};

} // namespace binnacle::app
