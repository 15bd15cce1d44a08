// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/table_export.h"

#include "app/actions_menu.h"
#include "app/file_saving.h"
#include "widgets/csv.h"

#include <QAction>
#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHeaderView>
#include <QTableView>
#include <QTreeView>

#include <algorithm>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TableExport)
};

constexpr int kMostDepth = 64;

void putRow(QByteArray& out, const QModelIndex& row) {
    for (int column = 0; column < row.model()->columnCount(row.parent()); ++column) {
        out += column == 0 ? "" : ",";
        out += csvField(row.siblingAtColumn(column).data().toString().toUtf8());
    }
    out += "\r\n";
}

void putRows(QByteArray& out, const QAbstractItemModel& model, const QModelIndex& parent, int depth) {
    for (int row = 0; row < model.rowCount(parent) && depth < kMostDepth; ++row) {
        const auto index = model.index(row, 0, parent);
        putRow(out, index);
        putRows(out, model, index, depth + 1);
    }
}

void putHead(QByteArray& out, const QAbstractItemModel& model) {
    for (int column = 0; column < model.columnCount(); ++column) {
        out += column == 0 ? "" : ",";
        auto head = model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        head.remove(QStringLiteral(" \u2191")).remove(QStringLiteral(" \u2193")); // what it is sorted by is no name
        out += csvField(head.toUtf8());
    }
    out += "\r\n";
}

void save(QAbstractItemView& view, const QString& file, const QByteArray& text,
          const std::function<void(const QString&)>& said) {
    saveBeside(view, writingOf(file, text), [file, said](const QString& problem) {
        said(problem.isEmpty() ? Words::tr("The table was saved as %1.").arg(file)
                               : Words::tr("The table was not written to %1: %2").arg(file, problem));
    });
}

void ask(QAbstractItemView& view, const std::function<void(const QString&)>& said) {
    const auto name = view.objectName().isEmpty() ? QStringLiteral("table") : view.objectName();
    const SaveQuestion question{QStringLiteral("saveTable"), Words::tr("Save %1 as CSV").arg(view.accessibleName()),
                                Words::tr("CSV files (*.csv)"), QStringLiteral("csv"), name + QStringLiteral(".csv")};
    // What was seen when it was asked for, however long the name takes.
    askWhereToSave(*view.window(), question, view,
                   [&view, said, text = shownCsv(view)](const QString& file) { save(view, file, text, said); });
}

void addTo(QAbstractItemView& view, const std::function<void(const QString&)>& said) {
    const auto add = [&view](const QString& text, const QKeySequence& keys, const std::function<void()>& run) {
        auto* action = new QAction(text, &view);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        view.addAction(action);
        QObject::connect(action, &QAction::triggered, &view, run);
    };
    popUpActions(view);
    add(Words::tr("Copy row"), QKeySequence::Copy, [&view] {
        if (view.currentIndex().isValid()) {
            QByteArray text;
            putHead(text, *view.model());
            putRow(text, view.currentIndex());
            QGuiApplication::clipboard()->setText(QString::fromUtf8(text));
        }
    });
    add(Words::tr("Copy as CSV"), QKeySequence(QStringLiteral("Ctrl+Shift+C")),
        [&view] { QGuiApplication::clipboard()->setText(QString::fromUtf8(shownCsv(view))); });
    add(Words::tr("Save as CSV\u2026"), QKeySequence::Save, [&view, said] { ask(view, said); });
}

} // namespace

QByteArray shownCsv(const QAbstractItemView& view) {
    QByteArray out;
    if (const auto* model = view.model()) {
        putHead(out, *model);
        putRows(out, *model, view.rootIndex(), 0);
    }
    return out;
}

void addExports(QWidget& page, const std::function<void(const QString& text)>& said) {
    for (auto* view : page.findChildren<QAbstractItemView*>()) {
        const bool table = qobject_cast<QTableView*>(view) != nullptr || qobject_cast<QTreeView*>(view) != nullptr;
        const auto actions = view->actions();
        const bool has = std::ranges::any_of(
            actions, [](const QAction* action) { return action->shortcut() == QKeySequence(QKeySequence::Save); });
        if (table && view->model() != nullptr && !has && qobject_cast<QHeaderView*>(view) == nullptr) {
            addTo(*view, said);
        }
    }
}

} // namespace binnacle::app
