// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/situation_sentence.h"

#include "widgets/draw.h"
#include "widgets/mark.h"

#include <QPainter>

#include <algorithm>

namespace binnacle {

SituationSentence::SituationSentence(QWidget* parent)
    : PaintedWidget(parent) {
    setAccessibleName(tr("Situation"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void SituationSentence::setSentence(const QString& clause, const QString& detail, Severity severity) {
    if (assign(m_shown, Shown{clause, detail, m_shown.aside, severity})) {
        setToolTip(QString());
    }
}

void SituationSentence::setAside(const QString& aside) {
    auto next = m_shown;
    next.aside = aside;
    assign(m_shown, std::move(next));
}

QString SituationSentence::spokenValue() const {
    QStringList parts{m_shown.clause, m_shown.detail, m_shown.aside};
    parts.removeAll(QString());
    return parts.join(QLatin1Char(' '));
}

void SituationSentence::paint(QPainter& painter) {
    const auto start = isMirrored() ? Qt::AlignRight : Qt::AlignLeft;
    double used = 0;
    if (const Mark mark = markOf(m_shown.severity); mark != Mark::None) {
        drawMark(painter, visual(QRectF(0, height() / 2.0 - 7, 14, 14)), mark, theme());
        used = 22;
    }
    used += draw::text(painter, visual(QRectF(used, 0, width() - used, height())), m_shown.clause,
                       theme().font(Type::Sentence), theme().color(Token::Ink), start);
    used += 10;
    double right = width();
    if (!m_shown.aside.isEmpty()) {
        // The sentence goes first: the aside is there only where it takes nothing away.
        const double wide = draw::textWidth(theme().font(Type::Label), m_shown.aside.left(200));
        if (used + draw::textWidth(theme().font(Type::Detail), m_shown.detail.left(400)) + wide + 24 <= right) {
            draw::text(painter, visual(QRectF(right - wide - 1, 1, wide + 1, height())), m_shown.aside,
                       theme().font(Type::Label), theme().color(Token::Ink3),
                       isMirrored() ? Qt::AlignLeft : Qt::AlignRight);
            right -= wide + 24;
        }
    }
    if (right - used > 24) {
        // One pixel lower: both sizes then stand on one base line.
        draw::text(painter, visual(QRectF(used, 1, right - used, height())), m_shown.detail, theme().font(Type::Detail),
                   theme().color(Token::Ink2), start);
    }
}

SectionHead::SectionHead(const QString& title, const QString& subtitle, QWidget* parent)
    : PaintedWidget(parent) {
    m_shown.title = title;
    m_shown.subtitle = subtitle;
    setAccessibleName(title);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void SectionHead::setTitle(const QString& title) {
    auto next = m_shown;
    next.title = title;
    if (assign(m_shown, std::move(next))) {
        setAccessibleName(title);
    }
}

void SectionHead::setSubtitle(const QString& subtitle) {
    auto next = m_shown;
    next.subtitle = subtitle;
    assign(m_shown, std::move(next));
}

void SectionHead::setAside(const QString& aside) {
    auto next = m_shown;
    next.aside = aside;
    assign(m_shown, std::move(next));
}

void SectionHead::setRule(bool visible) {
    auto next = m_shown;
    next.rule = visible;
    assign(m_shown, std::move(next));
}

QString SectionHead::spokenValue() const {
    return m_shown.subtitle;
}

void SectionHead::paint(QPainter& painter) {
    if (m_shown.rule) {
        draw::horizontal(painter, 0, width(), 0, theme().color(Token::Rule2));
    }
    const auto start = isMirrored() ? Qt::AlignRight : Qt::AlignLeft;
    const auto end = isMirrored() ? Qt::AlignLeft : Qt::AlignRight;
    double right = width();
    if (!m_shown.aside.isEmpty()) {
        right -= draw::text(painter, QRectF(0, 0, width(), height()), m_shown.aside, theme().font(Type::LabelStrong),
                            theme().color(Token::Ink), end) +
                 16;
    }
    const double used = draw::text(painter, visual(QRectF(0, 0, right, height())), m_shown.title,
                                   theme().font(Type::Heading), theme().color(Token::Ink), start) +
                        11;
    draw::text(painter, visual(QRectF(used, 0, std::max(0.0, right - used), height())), m_shown.subtitle,
               theme().font(Type::Label), theme().color(Token::Ink3), start);
}

} // namespace binnacle
