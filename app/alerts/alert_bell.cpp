// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/alerts/alert_bell.h"

#include "app/alerts/alert_desk.h"
#include "app/alerts/alerts_dialog.h"
#include "app/window_keys.h"
#include "widgets/top_bar.h"

#include <QStringList>

namespace binnacle::app {

AlertBell::AlertBell(AlertDesk& desk, TopBar& bar, QWidget& window)
    : QObject(&window)
    , m_desk(desk)
    , m_bar(bar)
    , m_window(window) {
    connect(&desk, &AlertDesk::changed, this, &AlertBell::showCounts);
    connect(&bar, &TopBar::alertsRequested, this, &AlertBell::open);
    showCounts();
}

void AlertBell::addKeys(WindowKeys& keys) {
    const auto group = tr("Alerts");
    keys.add(QStringLiteral("Alt+A"), tr("All alerts, and the rules"), group, [this] { open(); });
    keys.add(
        QStringLiteral("Alt+Shift+A"), tr("Acknowledge all alerts"), group, [this] { m_desk.acknowledgeAll(); },
        [this] { return m_desk.counts().calling() == 0 ? tr("There is none to acknowledge") : QString(); });
}

void AlertBell::setTheme(const Theme& theme) {
    m_theme = theme;
    if (m_dialog) {
        m_dialog->setTheme(theme);
    }
}

void AlertBell::open() {
    if (m_dialog) {
        return;
    }
    m_dialog = new AlertsDialog(m_desk, m_theme, &m_window);
    connect(m_dialog, &AlertsDialog::pageRequested, this, &AlertBell::pageRequested);
    m_dialog->open();
}

void AlertBell::showCounts() {
    const auto counts = m_desk.counts();
    const auto text = counts.calling() > 0 ? tr("%n alert(s)", "", counts.calling())
                      : counts.quiet > 0   ? tr("%n quiet", "alerts", counts.quiet)
                                           : tr("No alerts");
    QStringList words{text};
    if (counts.critical > 0) {
        words << tr("%n critical", "", counts.critical);
    }
    if (counts.caution > 0) {
        words << tr("%n caution", "", counts.caution);
    }
    if (counts.calling() > 0 && counts.quiet > 0) {
        words << tr("%n acknowledged or silenced", "", counts.quiet);
    }
    const auto mark = counts.critical > 0 ? Mark::Critical : counts.caution > 0 ? Mark::Caution : Mark::None;
    m_bar.setAlerts(text, mark, words.join(QStringLiteral(", ")));
}

} // namespace binnacle::app
