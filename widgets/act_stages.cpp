// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/act_stages.h"

#include "widgets/draw.h"
#include "widgets/mark.h"

#include <QPainter>

#include <algorithm>
#include <array>

namespace binnacle {

namespace {

constexpr double kPad = 24;
constexpr double kHeadRoom = 96;
constexpr double kGlyph = 12;

Mark markOf(ActStage::State state) {
    switch (state) {
    case ActStage::State::Waiting:
    case ActStage::State::Going:
        return Mark::Normal;
    case ActStage::State::Done:
        return Mark::Proof;
    case ActStage::State::Doubtful:
        return Mark::Caution;
    case ActStage::State::Failed:
        break;
    }
    return Mark::Critical;
}

QString stateWord(ActStage::State state) {
    switch (state) {
    case ActStage::State::Waiting:
        return ActStages::tr("not yet");
    case ActStage::State::Going:
        return ActStages::tr("under way");
    case ActStage::State::Done:
        return ActStages::tr("done");
    case ActStage::State::Doubtful:
        return ActStages::tr("in doubt");
    case ActStage::State::Failed:
        break;
    }
    return ActStages::tr("no");
}

/// The tick of Mark::Proof without its claim: green is for what was seen in effect.
void drawTick(QPainter& painter, const QPointF& centre, const QColor& color) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, 1.8, Qt::SolidLine, Qt::SquareCap));
    const std::array<QPointF, 3> tick = {centre + QPointF(-3.6, 0.2), centre + QPointF(-1.2, 2.6),
                                         centre + QPointF(3.6, -2.6)};
    painter.drawPolyline(tick.data(), static_cast<int>(tick.size()));
}

} // namespace

ActStages::ActStages(QWidget* parent)
    : PaintedWidget(parent) {
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Progress of the act"));
}

void ActStages::showStages(std::vector<ActStage> stages) {
    assign(m_stages, std::move(stages));
}

void ActStages::setStep(int step) {
    if (m_step != step % 12) {
        m_step = step % 12;
        if (std::ranges::any_of(m_stages, [](const ActStage& s) { return s.state == ActStage::State::Going; })) {
            update();
        }
    }
}

QString ActStages::spokenValue() const {
    QStringList out;
    for (const auto& stage : m_stages) {
        out << QStringLiteral("%1, %2").arg(stage.text, stateWord(stage.state));
    }
    return out.join(QStringLiteral("; "));
}

void ActStages::paint(QPainter& painter) {
    draw::horizontal(painter, 0, width(), 0, theme().color(Token::Rule2));
    const auto start = isMirrored() ? Qt::AlignRight : Qt::AlignLeft;
    draw::text(painter, visual({kPad, 0, kHeadRoom, double(height())}), tr("Then, here"), theme().font(Type::Label),
               theme().color(Token::Ink2), start);
    if (m_stages.empty()) {
        return;
    }
    const double room = (width() - kPad * 2 - kHeadRoom) / static_cast<double>(m_stages.size());
    double left = kPad + kHeadRoom;
    for (const auto& stage : m_stages) {
        const QRectF glyph = visual({left, height() / 2.0 - kGlyph / 2, kGlyph, kGlyph});
        if (stage.state == ActStage::State::Going) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(theme().color(Token::Ink), 1.5));
            painter.drawArc(glyph.adjusted(2, 2, -2, -2), (90 - m_step * 30) * 16, -250 * 16);
        } else if (stage.state == ActStage::State::Done && !stage.proof) {
            drawTick(painter, glyph.center(), theme().color(Token::Ink2));
        } else {
            drawMark(painter, glyph, markOf(stage.state), theme());
        }
        const bool waits = stage.state == ActStage::State::Waiting;
        draw::text(painter, visual({left + kGlyph + 6, 0, room - kGlyph - 12, double(height())}), stage.text,
                   theme().font(waits ? Type::Label : Type::LabelStrong),
                   theme().color(waits ? Token::Ink2 : Token::Ink), start);
        left += room;
    }
}

} // namespace binnacle
