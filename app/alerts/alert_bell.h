// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme.h"

#include <QObject>
#include <QPointer>

class QWidget;

namespace binnacle {
class TopBar;
}

namespace binnacle::app {

class AlertDesk;
class AlertsDialog;
class WindowKeys;

/// How many alerts there are, in the top bar of every page, and the list behind it. GUI thread.
class AlertBell : public QObject {
    Q_OBJECT

public:
    /// A child of `window`; the desk must outlive it.
    AlertBell(AlertDesk& desk, TopBar& bar, QWidget& window);
    [[nodiscard]] AlertDesk& desk() { return m_desk; }
    void addKeys(WindowKeys& keys);
    void setTheme(const Theme& theme);
    void open();

Q_SIGNALS:
    void pageRequested(const QString& id);

private:
    void showCounts();

    AlertDesk& m_desk;
    TopBar& m_bar;
    QWidget& m_window;
    Theme m_theme;
    QPointer<AlertsDialog> m_dialog;
};

} // namespace binnacle::app
