// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/snapshot_table_model.h"
#include "app/palette/palette_host.h"
#include "app/palette/palette_item.h"

#include <string>
#include <string_view>
#include <vector>

class QTableView;

namespace binnacle::app {

/// Rows of one kind of table from several sources, read where they stand: nothing is copied, and a row's texts are made
/// when it is looked at.
class RowSource : public PaletteSource {
public:
    using Text = std::function<PaletteText(const TableRowRef& row)>;
    using Item = std::function<PaletteItem(const TableRowRef& row)>;
    using Wanted = std::function<bool(const SnapshotTable& table, std::size_t row)>;

    /// `sources` whose names begin so. `wanted` is asked of every row at once: keep it cheap, or leave it out.
    RowSource(const PaletteHost& host, std::string_view sources, std::string_view table, Text text, Item item,
              const Wanted& wanted = {});

    [[nodiscard]] std::size_t count() const override { return m_count; }
    [[nodiscard]] PaletteText text(std::size_t index) const override { return m_text(row(index)); }
    [[nodiscard]] PaletteItem item(std::size_t index) const override { return m_item(row(index)); }

private:
    struct Part {
        std::string source;
        TablePtr table;
        std::vector<std::uint32_t> rows; ///< empty with `all`
        bool all = true;
        [[nodiscard]] std::size_t count() const { return all ? table->rowCount() : rows.size(); }
    };
    [[nodiscard]] TableRowRef row(std::size_t index) const;

    std::vector<Part> m_parts;
    std::size_t m_count = 0;
    Text m_text;
    Item m_item;
};

/// The same, offered only when looked for: there may be thousands.
class QuietRowSource : public RowSource {
public:
    using RowSource::RowSource;
    [[nodiscard]] std::size_t offered() const override { return std::min<std::size_t>(count(), 3); }
};

/// A text of a cell as one plain line of at most so many letters.
[[nodiscard]] QString lineOf(std::string_view text, std::size_t most = 160);
/// "primary: PID 41907, app_user" and what it does: a session of postgres.sessions.
[[nodiscard]] PaletteText sessionText(const TableRowRef& row);
[[nodiscard]] std::vector<std::pair<QString, QString>> sessionFacts(const TableRowRef& row);
/// Selects the first row of the shown page's table `name` one of whose cells says exactly `text`, and gives it the
/// focus; false: there is none.
bool chooseRow(const PaletteHost& host, const QString& name, const QString& text);

} // namespace binnacle::app
