// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/painted_widget.h"

#include <QString>

#include <vector>

namespace binnacle {

/// A key and what it does.
struct KeyBinding {
    QString keys{}; ///< "Ctrl K"
    QString text{};
    QString group{}; ///< "Everywhere", "Time"
    friend bool operator==(const KeyBinding&, const KeyBinding&) = default;
};

/// All keys at once, over the window. Escape, F1, ? or a click closes it.
class KeyHelp : public PaintedWidget {
    Q_OBJECT

public:
    explicit KeyHelp(QWidget* parent);
    void setBindings(std::vector<KeyBinding> bindings);
    /// Covers the parent and takes the focus.
    void open();
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::HelpBalloon; }

protected:
    void paint(QPainter& painter) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void close_();
    std::vector<KeyBinding> m_bindings;
    QWidget* m_focusBefore = nullptr;
};

} // namespace binnacle
