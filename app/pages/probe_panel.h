// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/connections_controller.h"
#include "widgets/theme.h"

#include <QWidget>

class QGridLayout;

namespace binnacle {
class SectionHead;
}

namespace binnacle::app {

/// What the servers of a profile answered to its test, one after the other as they answer.
class ProbePanel : public QWidget, public Themed {
    Q_OBJECT

public:
    explicit ProbePanel(QWidget* parent = nullptr);
    void showTest(const ConnectionsController::Test& test);
    void setTheme(const Theme& theme) override { m_theme = theme; }
    /// All of it as text, one line a server: for screen readers and to be copied.
    [[nodiscard]] QString text() const { return m_lines.join(QLatin1Char('\n')); }

private:
    void addReport(const ProbeReport& report, bool done, bool cancelled);
    void addDetail(const QString& text, bool isError, const QString& statement);

    Theme m_theme;
    SectionHead* m_head;
    QWidget* m_rows = nullptr;
    QGridLayout* m_grid = nullptr;
    QStringList m_lines;
};

} // namespace binnacle::app
