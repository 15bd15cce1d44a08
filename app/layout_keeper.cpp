// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/layout_keeper.h"

#include "app/pages/table_layout.h"
#include "app/settings.h"

#include <QHeaderView>
#include <QSet>
#include <QSplitter>
#include <QTableView>
#include <QTreeView>

namespace binnacle::app {

namespace {

template <typename View>
void keepTable(View& view, const QString& name, Settings& settings) {
    auto* layout = new TableLayout(view);
    layout->restore(settings.tableLayout(name));
    QObject::connect(layout, &TableLayout::changed, &view,
                     [layout, name, &settings] { settings.setTableLayout(name, layout->text()); });
}

void keepSplitter(QSplitter& splitter, const QString& name, Settings& settings) {
    splitter.restoreState(QByteArray::fromBase64(settings.tableLayout(name).toLatin1()));
    QObject::connect(&splitter, &QSplitter::splitterMoved, &splitter, [&splitter, name, &settings] {
        settings.setTableLayout(name, QString::fromLatin1(splitter.saveState().toBase64()));
    });
}

} // namespace

void keepLayout(QWidget& page, Settings& settings) {
    QSet<QString> taken;
    // The same kind of table may stand on a page twice; their columns tell them apart, since their order is that of
    // what was shown last.
    const auto nameOf = [&](const QObject& part, const QString& kind) {
        const auto name = page.objectName() + QLatin1Char('.') + part.objectName() + kind;
        auto free = name;
        for (int i = 2; taken.contains(free); ++i) {
            free = name + QStringLiteral("-%1").arg(i);
        }
        taken.insert(free);
        return free;
    };
    for (auto* view : page.findChildren<QTableView*>()) {
        if (!view->objectName().isEmpty() && view->model() != nullptr && TableLayout::of(*view) == nullptr) {
            keepTable(*view, nameOf(*view, QStringLiteral(".%1").arg(view->horizontalHeader()->count())), settings);
        }
    }
    for (auto* view : page.findChildren<QTreeView*>()) {
        if (!view->objectName().isEmpty() && view->model() != nullptr && TableLayout::of(*view) == nullptr) {
            keepTable(*view, nameOf(*view, QStringLiteral(".%1").arg(view->header()->count())), settings);
        }
    }
    for (auto* splitter : page.findChildren<QSplitter*>()) {
        if (!splitter->objectName().isEmpty()) {
            keepSplitter(*splitter, nameOf(*splitter, {}), settings);
        }
    }
}

} // namespace binnacle::app
