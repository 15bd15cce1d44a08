// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notice_bar.h"

#include "widgets/key_button.h"
#include "widgets/mark.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace binnacle::app {

NoticeBar::NoticeBar(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_action(new KeyButton({}, {}, this)) {
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(24, 4, 0, 4);
    row->setSpacing(12);
    row->addWidget(m_text, 1);
    row->addWidget(m_action);
    connect(m_action, &QAbstractButton::clicked, this, &NoticeBar::actionRequested);
    hide();
}

void NoticeBar::showNotice(const QString& text, const QString& action, const QString& key) {
    m_text->setText(text);
    m_action->setText(action);
    m_action->setKey(key);
    m_action->setVisible(!action.isEmpty());
    setVisible(!text.isEmpty());
    setAccessibleName(text);
}

QString NoticeBar::notice() const {
    return m_text->text();
}

void NoticeBar::setTheme(const Theme& theme) {
    m_theme = theme;
    m_text->setFont(theme.font(Type::Label));
    update();
}

void NoticeBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto x = layoutDirection() == Qt::RightToLeft ? width() - 16.0 : 4.0;
    drawMark(painter, {x, height() / 2.0 - 6, 12, 12}, Mark::Note, m_theme);
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.color(Token::Rule));
}

} // namespace binnacle::app
