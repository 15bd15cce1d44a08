// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/action_controller.h"
#include "app/dialogs/action_dialog.h"
#include "app/pages/page.h"
#include "tests/app/console_bench.h"
#include "widgets/key_button.h"
#include "widgets/lane_view.h"
#include "widgets/situation_sentence.h"
#include "widgets/state_overlay.h"

#include <QLineEdit>
#include <QTableView>

#include <initializer_list>
#include <map>

namespace binnacle::test {

/// Rows of a table of the catalogue, each with the cells that matter; the others hold nothing.
inline SnapshotTable tableOf(std::string_view id,
                             std::initializer_list<std::map<std::string_view, binnacle::TableCell>> rows) {
    SnapshotTable table(*findTable(id));
    for (const auto& row : rows) {
        std::vector<binnacle::TableCell> cells(table.spec().columns.size());
        for (const auto& [column, cell] : row) {
            cells[*table.spec().column(column)] = cell;
        }
        table.add(std::move(cells));
    }
    return table;
}

/// A console that shows one page of lanes and tables.
struct PageBench : Bench {
    QString id;

    void openPage(const char* page, Qt::Key key, QSize size = {1600, 1000}) {
        id = QLatin1String(page);
        app::LaunchOptions options;
        options.size = size;
        open(options);
        QTRY_VERIFY(live() && console->control().hasView());
        QTest::keyClick(&window(), Qt::Key_G);
        QTest::keyClick(&window(), key);
        QTRY_COMPARE(window().currentPage(), id);
    }
    [[nodiscard]] app::Page& page() const { return *window().page(id); }
    [[nodiscard]] QString sentence() const { return page().findChild<SituationSentence*>()->spokenValue(); }
    [[nodiscard]] LaneView& lanes() const { return *page().findChild<LaneView*>(); }
    [[nodiscard]] QTableView* table(const char* name) const {
        return page().findChild<QTableView*>(QLatin1String(name));
    }
    /// What stands in the place of the rows; empty while there are some.
    [[nodiscard]] QString words(const char* name) const {
        const auto* overlay = table(name)->findChild<StateOverlay*>();
        return overlay->isVisibleTo(table(name)) ? overlay->spokenValue() : QString();
    }
    /// The cell under the head that begins so.
    [[nodiscard]] QVariant cell(const char* name, int row, const QString& head, int role = Qt::DisplayRole) const {
        const auto* model = table(name)->model();
        for (int column = 0; column < model->columnCount(); ++column) {
            if (model->headerData(column, Qt::Horizontal).toString().startsWith(head)) {
                return model->index(row, column).data(role);
            }
        }
        return {};
    }
    [[nodiscard]] KeyButton* button(const char* name) const {
        return page().findChild<KeyButton*>(QLatin1String(name));
    }
    [[nodiscard]] QLineEdit* field(const char* name) const { return page().findChild<QLineEdit*>(QLatin1String(name)); }
    [[nodiscard]] app::ActionDialog* dialog() const { return console->actions().dialog(); }
};

/// One state of the source behind a page, and what the page then says.
inline void addPageStates(const char* live, const char* name) {
    QTest::addColumn<int>("behaviour");
    QTest::addColumn<bool>("paused");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("lanes");
    const auto of = [name](const char* words) { return QString(QLatin1String(name) + QLatin1String(words)); };
    QTest::addRow("live") << int(Behaviour::Answer) << false << QString(QLatin1String(live)) << QString();
    QTest::addRow("late") << int(Behaviour::Hang) << false << of(" answers late") << QStringLiteral("late");
    QTest::addRow("lost") << int(Behaviour::Refuse) << false << of(" stopped answering") << QStringLiteral("no data");
    QTest::addRow("denied") << int(Behaviour::Deny) << false << of(" refuses to be read") << QStringLiteral("denied");
    QTest::addRow("error") << int(Behaviour::Garble) << false << of(" gives answers that are not understood")
                           << QStringLiteral("reply not understood");
    QTest::addRow("paused") << int(Behaviour::Answer) << true << QString(QLatin1String(live))
                            << QStringLiteral("paused");
}

/// Brings a row of addPageStates() about, and checks that sentence and lanes say it; then all is live again, for the
/// next row.
inline void checkPageState(PageBench& bench, const std::string& source) {
    QFETCH(int, behaviour);
    QFETCH(bool, paused);
    QFETCH(QString, sentence);
    QFETCH(QString, lanes);
    const auto& readings = bench.console->feed().history().line(PathLine::Requests);
    QTRY_VERIFY(bench.stateOf(source) == SourceState::Live && readings.size() >= 4); // there is a past to look at
    bench.stack->set(source, static_cast<Behaviour>(behaviour));
    if (paused) {
        QTest::keyClick(&bench.window(), Qt::Key_Space);
    }
    QTRY_VERIFY2(bench.sentence().contains(sentence), qPrintable(bench.sentence()));
    QTRY_VERIFY2(bench.lanes().spokenValue().contains(lanes), qPrintable(bench.lanes().spokenValue()));
    bench.picture(qPrintable(bench.id + QLatin1Char('-') + QLatin1String(QTest::currentDataTag())));
    bench.stack->set(source, Behaviour::Answer);
    bench.window().time().showLive();
}

} // namespace binnacle::test
