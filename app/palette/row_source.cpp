// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/palette/row_source.h"

#include "app/pages/panel_of.h"
#include "app/pages/table_reading.h"

#include <QCoreApplication>
#include <QTableView>

#include <algorithm>

namespace binnacle::app {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Palette)
};
} // namespace

RowSource::RowSource(const PaletteHost& host, std::string_view sources, std::string_view table, Text text, Item item,
                     const Wanted& wanted)
    : m_text(std::move(text))
    , m_item(std::move(item)) {
    for (const auto& source : sourcesOf(host.context, sources)) {
        Part part{source, readTable(host.context, source, table).table, {}, !wanted};
        if (!part.table) {
            continue;
        }
        for (std::size_t i = 0; wanted && i < part.table->rowCount(); ++i) {
            if (wanted(*part.table, i)) {
                part.rows.push_back(static_cast<std::uint32_t>(i));
            }
        }
        m_count += part.count();
        m_parts.push_back(std::move(part));
    }
}

TableRowRef RowSource::row(std::size_t index) const {
    for (const auto& part : m_parts) {
        if (index < part.count()) {
            return {part.source, part.table, part.all ? index : part.rows[index]};
        }
        index -= part.count();
    }
    return {};
}

QString lineOf(std::string_view text, std::size_t most) {
    return plain(text, most).simplified();
}

PaletteText sessionText(const TableRowRef& row) {
    const auto pid = QString::number(static_cast<qlonglong>(row.number("pid").value_or(0)));
    QStringList who;
    for (const auto* column : {"user", "application", "client"}) {
        if (const auto text = row.text(column); !text.empty()) {
            who << lineOf(text, 60);
        }
    }
    QStringList what{shownName(row.source)};
    if (const auto state = row.text("state"); !state.empty()) {
        what << lineOf(state, 40);
    }
    if (const auto query = row.text("query"); !query.empty()) {
        what << lineOf(query);
    }
    return {Words::tr("PID %1  %2").arg(pid, who.join(QStringLiteral(", "))), what.join(QStringLiteral(", ")), {}};
}

std::vector<std::pair<QString, QString>> sessionFacts(const TableRowRef& row) {
    std::vector<std::pair<QString, QString>> facts{{Words::tr("Server"), shownName(row.source)}};
    const auto add = [&](const QString& label, std::string_view column, std::size_t most = 80) {
        if (const auto text = row.text(column); !text.empty()) {
            facts.emplace_back(label, lineOf(text, most));
        }
    };
    add(Words::tr("State"), "state");
    add(Words::tr("Waits for"), "wait_event");
    add(Words::tr("Database"), "database");
    if (const auto age = row.number("xact_age")) {
        facts.emplace_back(Words::tr("Transaction"), numberText(age, Quantity::Duration).joined());
    }
    if (const auto blocked = row.number("blocked_by"); blocked.value_or(0) > 0) {
        facts.emplace_back(Words::tr("Blocked by"), Words::tr("%n session(s)", nullptr, static_cast<int>(*blocked)));
    }
    add(Words::tr("Statement"), "query", 300);
    return facts;
}

bool chooseRow(const PaletteHost& host, const QString& name, const QString& text) {
    const auto* page = host.shown();
    const auto views = page == nullptr ? QList<QTableView*>() : page->findChildren<QTableView*>(name);
    const auto shown = std::ranges::find_if(views, [](const QTableView* view) { return view->isVisible(); });
    if (shown == views.end() || (*shown)->model() == nullptr) {
        return false;
    }
    auto* view = *shown;
    const auto& model = *view->model();
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < std::min(3, model.columnCount()); ++column) {
            if (const auto index = model.index(row, column); index.data().toString() == text) {
                view->setCurrentIndex(index);
                view->scrollTo(index);
                view->setFocus(Qt::ShortcutFocusReason);
                return true;
            }
        }
    }
    return false;
}

} // namespace binnacle::app
