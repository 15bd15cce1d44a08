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
    if (assign(m_shown, Shown{clause, detail, severity})) {
        setToolTip(QString());
    }
}

QString SituationSentence::spokenValue() const {
    return m_shown.clause + QLatin1Char(' ') + m_shown.detail;
}

void SituationSentence::paint(QPainter& painter) {
    const auto start = isMirrored() ? Qt::AlignRight : Qt::AlignLeft;
    double used = 0;
    if (const Mark mark = markOf(m_shown.severity); mark != Mark::None) {
        drawMark(painter, visual(QRectF(0, height() / 2.0 - 7, 14, 14)), mark, theme());
        used = 22;
    }
    const QRectF line(0, 0, width(), height());
    used += draw::text(painter, visual(QRectF(used, 0, width() - used, height())), m_shown.clause,
                       theme().font(Type::Sentence), theme().color(Token::Ink), start);
    used += 10;
    if (width() - used > 24) {
        // One pixel lower: both sizes then stand on one base line.
        draw::text(painter, visual(QRectF(used, 1, width() - used, height())), m_shown.detail,
                   theme().font(Type::Detail), theme().color(Token::Ink2), start);
    }
}

SectionHead::SectionHead(const QString& title, const QString& subtitle, QWidget* parent)
    : PaintedWidget(parent) {
    m_shown.title = title;
    m_shown.subtitle = subtitle;
    setAccessibleName(title);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
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
