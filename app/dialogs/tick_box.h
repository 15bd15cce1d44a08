// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme.h"

#include <QCheckBox>

namespace binnacle::app {

/// A box that is seen to be on or off, and to have the focus, by shape and not by colour.
class TickBox : public QCheckBox, public Themed {
public:
    explicit TickBox(const QString& text, QWidget* parent = nullptr);
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    [[nodiscard]] bool hitButton(const QPoint& at) const override { return rect().contains(at); }

private:
    Theme m_theme;
};

} // namespace binnacle::app
