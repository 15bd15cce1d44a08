// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/status_line.h"

#include "widgets/draw.h"
#include "widgets/number_text.h"

#include <QPainter>

#include <algorithm>
#include <span>

namespace binnacle {

namespace {

Mark sourceMark(PanelState state) {
    const Mark mark = markOf(state);
    return mark == Mark::None ? Mark::Normal : mark;
}

} // namespace

StatusLine::StatusLine(QWidget* parent)
    : PaintedWidget(parent) {
    setAccessibleName(tr("Age of the sources"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void StatusLine::showSources(const std::vector<SourceAge>& sources) {
    std::vector<ShownSource> next;
    next.reserve(sources.size());
    for (const auto& source : sources) {
        next.push_back({source.name,
                        source.age && source.state != PanelState::Loading ? ageText(*source.age) : QString(),
                        source.state});
    }
    assign(m_sources, std::move(next));
}

void StatusLine::showFacts(std::vector<StatusFact> facts) {
    assign(m_facts, std::move(facts));
}

void StatusLine::paint(QPainter& painter) {
    painter.fillRect(rect(), theme().color(Token::Rail));
    draw::horizontal(painter, 0, width(), 0, theme().color(Token::Rule));
    const QFont& small = theme().font(Type::Small);
    const auto start = isMirrored() ? Qt::AlignRight : Qt::AlignLeft;
    // The console's own cost is measured first: it stays, the sources take what is left.
    double facts = 0;
    std::size_t shown = 0; // whole ones: the first are the gravest, and the last are in the tip
    for (const auto& fact : m_facts) {
        const double wide = draw::textWidth(small, draw::oneLine(fact.name)) +
                            draw::textWidth(small, draw::oneLine(fact.text)) + 4 + 20 +
                            (fact.mark == Mark::None ? 0 : 16);
        if (shown > 0 && facts + wide > width() * 0.5) {
            break;
        }
        facts += wide;
        ++shown;
    }
    facts = std::min(facts, width() * 0.5);
    const double end = width() - 12 - facts;
    double at = 12;
    const auto put = [&](const QString& text, const QColor& color, const QFont& font, double until) {
        const double room = until - at;
        at += room > 4 ? draw::text(painter, visual(QRectF(at, 1, room, height() - 1)), text, font, color, start) : 0;
    };
    put(tr("Age"), theme().color(Token::Ink3), small, end);
    at += 16;
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        const auto& source = m_sources[i];
        const double wanted =
            16 + draw::textWidth(small, draw::oneLine(source.name.left(64))) + 4 + draw::textWidth(small, source.age);
        if (at + wanted > end - 30 && i + 1 < m_sources.size()) {
            put(QStringLiteral("+%1").arg(m_sources.size() - i), theme().color(Token::Ink3), small, end);
            break;
        }
        drawMark(painter, visual(QRectF(at, height() / 2.0 - 5.5, 12, 12)), sourceMark(source.state), theme());
        at += 16;
        const bool ill = source.state != PanelState::Live && source.state != PanelState::Loading;
        put(source.name, theme().color(Token::Ink2), small, end);
        at += 4;
        put(source.age.isEmpty() ? stateWord(source.state) : source.age, theme().color(ill ? Token::Ink : Token::Ink3),
            ill ? theme().font(Type::SmallStrong) : small, end);
        at += 16;
    }
    at = width() - 12 - facts;
    for (const auto& fact : std::span(m_facts).first(shown)) {
        at += 20;
        if (fact.mark != Mark::None && at < width() - 28) {
            drawMark(painter, visual(QRectF(at, height() / 2.0 - 5.5, 12, 12)), fact.mark, theme());
            at += 16;
        }
        put(fact.name, theme().color(Token::Ink3), small, width() - 12);
        at += 4;
        put(fact.text, theme().color(fact.mark == Mark::Caution ? Token::Ink : Token::Ink2), small, width() - 12);
    }
}

QString StatusLine::spokenValue() const {
    QStringList parts;
    for (const auto& source : m_sources) {
        parts << source.name + QLatin1Char(' ') + stateWord(source.state) + QLatin1Char(' ') + source.age;
    }
    for (const auto& fact : m_facts) {
        const auto word = fact.mark == Mark::None ? QString() : QLatin1Char(' ') + markWord(fact.mark);
        parts << fact.name + QLatin1Char(' ') + fact.text + word;
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace binnacle
