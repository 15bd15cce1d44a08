// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

class QStackedWidget;

namespace binnacle::app {

/// Shows the pages of a stack, each at least as high as it needs to be: where the window is lower, it scrolls, by wheel
/// and by PgUp and PgDn, and follows the focus. A page that was just opened has its size before it is asked what it
/// shows.
class ContentScroll : public QScrollArea {
    Q_OBJECT

public:
    /// `content` becomes a part of it.
    explicit ContentScroll(QStackedWidget& content, QWidget* parent = nullptr);
    [[nodiscard]] QSize minimumSizeHint() const override { return {300, 160}; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void settle();
    void fitAnew();
    void fit();
    void follow(QWidget* focused);

    QStackedWidget& m_content;
    QWidget* m_sheet; ///< holds the content without a layout, whose wishes would be those of all pages together
};

} // namespace binnacle::app
