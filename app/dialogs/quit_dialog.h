// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settings.h"
#include "widgets/theme.h"

#include <QDialog>

namespace binnacle::app {

class TickBox;

/// Asked when the window closes and this console started the stack: keep it running, or stop it. Non-modal code:
/// open() it and listen to chosen(). Escape cancels the quit.
class QuitDialog : public QDialog {
    Q_OBJECT

public:
    QuitDialog(const QString& stateDir, const Theme& theme, QWidget* parent);

Q_SIGNALS:
    void chosen(binnacle::app::QuitChoice choice, bool remember);

private:
    void choose(QuitChoice choice);
    TickBox* m_remember;
};

} // namespace binnacle::app
