// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/painted_widget.h"

class QLabel;

namespace binnacle {
class KeyButton;
}

namespace binnacle::app {

/// A line above the page that says what the window itself has to say, with the next step; hidden when it has nothing.
class NoticeBar : public QWidget, public Themed {
    Q_OBJECT

public:
    explicit NoticeBar(QWidget* parent = nullptr);
    /// Plain text; empty hides the bar. `action` names the button, empty for none.
    void showNotice(const QString& text, const QString& action = {}, const QString& key = {});
    [[nodiscard]] QString notice() const;
    void setTheme(const Theme& theme) override;

Q_SIGNALS:
    void actionRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme m_theme;
    QLabel* m_text;
    KeyButton* m_action;
};

} // namespace binnacle::app
