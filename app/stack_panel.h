// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/painted_widget.h"

class QLabel;

namespace binnacle {
class KeyButton;
}

namespace binnacle::app {

class StackController;

/// Stands in for the pages while there is nothing to show yet: the step while the stack starts, or what is wrong and
/// what to do next.
class StackPanel : public QWidget, public Themed {
    Q_OBJECT

public:
    explicit StackPanel(StackController& stack, QWidget* parent = nullptr);
    void setTheme(const Theme& theme) override;

private:
    void showPhase();

    StackController& m_stack;
    QLabel* m_title;
    QLabel* m_text;
    KeyButton* m_start;
    KeyButton* m_retry;
    KeyButton* m_cancel;
};

} // namespace binnacle::app
