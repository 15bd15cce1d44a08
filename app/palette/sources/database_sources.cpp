// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/table_reading.h"
#include "app/palette/palette_catalogue.h"
#include "app/palette/row_source.h"
#include "widgets/number_text.h"

#include <QCoreApplication>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Palette)
};

PaletteText statementText(const TableRowRef& row) {
    QStringList parts{shownName(row.source)};
    if (const auto calls = row.number("calls")) {
        parts << Words::tr("%1 calls").arg(countText(*calls));
    }
    if (const auto database = row.text("database"); !database.empty()) {
        parts << lineOf(database, 60);
    }
    const auto query = lineOf(row.text("query"));
    return {query.isEmpty() ? Words::tr("Statement %1").arg(lineOf(row.text("query_id"))) : query,
            parts.join(QStringLiteral(", ")),
            {}};
}

} // namespace

std::shared_ptr<const PaletteSource> palette::sessions(const PaletteHost& host) {
    return std::make_shared<QuietRowSource>(
        host, "postgres/", "postgres.sessions", &sessionText, [&host](const TableRowRef& row) {
            const auto text = sessionText(row);
            PaletteItem item;
            item.title = text.title;
            item.detail = text.detail;
            item.facts = sessionFacts(row);
            const auto target = QStringLiteral("session %1 %2")
                                    .arg(QString::fromStdString(row.source))
                                    .arg(static_cast<qlonglong>(row.number("pid").value_or(0)));
            item.run = [open = host.openTarget, target] { open(QStringLiteral("database"), target); };
            return item;
        });
}

std::shared_ptr<const PaletteSource> palette::statements(const PaletteHost& host) {
    return std::make_shared<QuietRowSource>(
        host, "postgres/", "postgres.statements", &statementText, [&host](const TableRowRef& row) {
            const auto text = statementText(row);
            PaletteItem item;
            item.title = text.title;
            item.detail = text.detail;
            item.facts = {{Words::tr("Server"), shownName(row.source)},
                          {Words::tr("Statement"), lineOf(row.text("query"), 400)}};
            const auto target = QStringLiteral("statement ") + lineOf(row.text("query_id"));
            item.run = [open = host.openTarget, target] { open(QStringLiteral("database"), target); };
            return item;
        });
}

} // namespace binnacle::app
