// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme.h"

#include <QWidget>

namespace binnacle {

/// The ring around a table, tree, list or text that has the focus: 2 px of ink inside its edge. Painted widgets,
/// buttons and fields draw their own. One of these watches a window, and makes one for each part that is reached.
class FocusRing : public QWidget, public Themed {
    Q_OBJECT

public:
    /// Rings for everything in `window` that scrolls.
    static void watch(QWidget& window);
    void setTheme(const Theme& theme) override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    explicit FocusRing(QWidget* part);
    void fit();

    Theme m_theme;
};

} // namespace binnacle
