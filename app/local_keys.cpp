// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local_keys.h"

#include "widgets/accessible/chart_table_dialog.h"

#include <QCoreApplication>

namespace binnacle::app {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(LocalKeys)
};
} // namespace

std::vector<LocalKey> localKeys() {
    const auto pages = Words::tr("On its page");
    const auto tables = Words::tr("In a table");
    const auto charts = Words::tr("On a chart");
    const auto preview = Words::tr("In a preview");
    const auto alerts = Words::tr("In the list of alerts");
    const auto one = [](const char* keys) { return QStringList{QLatin1String(keys)}; };
    return {
        {QStringLiteral("L 0 \u2026 3"),
         {QStringLiteral("L, 0"), QStringLiteral("L, 1"), QStringLiteral("L, 2"), QStringLiteral("L, 3")},
         Words::tr("Degradation: set a level\u2026"),
         pages},
        {QStringLiteral("E"), one("E"), Words::tr("Degradation: extend the lease\u2026"), pages},
        {QStringLiteral("A"), one("A"), Words::tr("Canary: no user to the canary\u2026"), pages},
        {QStringLiteral("I"), one("I"), Words::tr("Cache: name a key or tag to invalidate\u2026"), pages},
        {QStringLiteral("C"), one("C"), Words::tr("Locks, Sessions: cancel the query\u2026"), pages},
        {QStringLiteral("T"), one("T"), Words::tr("Locks, Sessions: terminate the session\u2026"), pages},
        {QStringLiteral("S"), one("S"),
         Words::tr("Latency: the statements of a route; Statements: the sessions that run it"), pages},
        {QStringLiteral("F V I"),
         {QStringLiteral("F"), QStringLiteral("V"), QStringLiteral("I")},
         Words::tr("Latency: only one route, version or instance"),
         pages},
        {QStringLiteral("Shift+F"), one("Shift+F"), Words::tr("Latency: all routes and instances again"), pages},
        {QStringLiteral("C"), one("C"), Words::tr("Latency: compare with something else"), pages},
        {QStringLiteral("R"), one("R"), Words::tr("Latency: pin this window to compare with, or let it go"), pages},
        {QStringLiteral("B"), one("B"), Words::tr("Latency: show the last burst, or the plateau, on all pages"), pages},
        {QStringLiteral("O"), one("O"), Words::tr("Latency: only what stands out in the tail"), pages},
        {QStringLiteral("P"), one("P"), Words::tr("Statements: the plan of the statement"), pages},
        {QStringLiteral("W"), one("W"), Words::tr("Sessions: whom it waits for"), pages},
        {QStringLiteral("U"), one("U"), Words::tr("Back on the way from a route to a lock"), pages},
        {QStringLiteral("Ctrl+N"), one("Ctrl+N"), Words::tr("Connections: a new profile"), pages},
        {QStringLiteral("Ctrl+S"), one("Ctrl+S"), Words::tr("Connections: save the profile"), pages},
        {QStringLiteral("PgUp PgDown"), {}, Words::tr("Scroll the page where the window is too low for it"), pages},
        {QStringLiteral("Ctrl+PgDown"), one("Ctrl+PgDown"), Words::tr("Database: the next section"), pages},
        {QStringLiteral("Ctrl+PgUp"), one("Ctrl+PgUp"), Words::tr("Database: the section before"), pages},
        {QStringLiteral("Ctrl+F"), one("Ctrl+F"), Words::tr("Filter its rows; Esc leaves the field"), tables},
        {QStringLiteral("Esc"), one("Esc"), Words::tr("Leave the filter, and empty it"), tables},
        {QStringLiteral("Ctrl+C"), one("Ctrl+C"), Words::tr("Copy the row"), tables},
        {QStringLiteral("Ctrl+Shift+C"), one("Ctrl+Shift+C"), Words::tr("Copy all rows as CSV"), tables},
        {QStringLiteral("Ctrl+S"), one("Ctrl+S"), Words::tr("Save all rows as CSV\u2026"), tables},
        {QStringLiteral("Enter"), {}, Words::tr("What belongs to the row"), tables},
        {QStringLiteral("Ctrl+\u2190 \u2192"),
         {QStringLiteral("Ctrl+Left"), QStringLiteral("Ctrl+Right")},
         Words::tr("Sort by the column beside"),
         tables},
        {QStringLiteral("Ctrl+\u2191 \u2193"),
         {QStringLiteral("Ctrl+Up"), QStringLiteral("Ctrl+Down")},
         Words::tr("Smallest first, largest first"),
         tables},
        {QStringLiteral("Ctrl+Shift+\u2190 \u2192"),
         {QStringLiteral("Ctrl+Shift+Left"), QStringLiteral("Ctrl+Shift+Right")},
         Words::tr("Move the sorted column"),
         tables},
        {QStringLiteral("Ctrl+Shift+\u2191 \u2193"),
         {QStringLiteral("Ctrl+Shift+Up"), QStringLiteral("Ctrl+Shift+Down")},
         Words::tr("Sorted column wider, narrower"),
         tables},
        {QStringLiteral("\u2190 \u2192"), {}, Words::tr("Move the crosshair; Esc takes it away"), charts},
        {ChartTableDialog::keyText(), {}, Words::tr("Its figures as a table, and as CSV"), charts},
        {QStringLiteral("\u2190 \u2192 End"), {}, Words::tr("Time line above: move the window; End is now"), charts},
        {QStringLiteral("\u2190 \u2192"), {}, Words::tr("Who waited for whom: another session of a ring"), charts},
        {QStringLiteral("A"), {}, Words::tr("Acknowledge: it stays, and is quiet"), alerts},
        {QStringLiteral("S"), {}, Words::tr("Silence it, or its rule, for a while\u2026"), alerts},
        {QStringLiteral("U"), {}, Words::tr("End its silence"), alerts},
        {QStringLiteral("R"), {}, Words::tr("All rules with their limits, and back"), alerts},
        {QStringLiteral("Enter"), {}, Words::tr("The page that shows more of it"), alerts},
        {QStringLiteral("Ctrl+Enter"), {}, Words::tr("Do it"), preview},
        {QStringLiteral("Esc"), {}, Words::tr("Leave everything as it is"), preview},
        {QStringLiteral("F5"), {}, Words::tr("Read the state again"), preview},
    };
}

} // namespace binnacle::app
