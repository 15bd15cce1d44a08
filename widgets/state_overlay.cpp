// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/state_overlay.h"

#include "widgets/draw.h"
#include "widgets/time_context.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

namespace binnacle {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(StateWords)
};
} // namespace

namespace {
constexpr int kLow = 84; ///< px: less than two lines and a button below them
constexpr double kBeside = 12;
} // namespace

StateWords stateWords(const PanelStatus& status, const TimeContext* context) {
    const QString clock = context && status.lastAt ? context->clock(*status.lastAt) : QString();
    StateWords words;
    switch (status.state) {
    case PanelState::Empty:
        words.title = Words::tr("Nothing to show");
        if (status.age) {
            words.detail = Words::tr("Looked %1 ago. This is a fact, not a gap.").arg(ageText(*status.age));
        }
        break;
    case PanelState::Loading:
        words.title = Words::tr("Waiting for the first two samples");
        words.detail = Words::tr("rates need two; about 1 s");
        break;
    case PanelState::Late:
        words.title = status.age ? Words::tr("last sample %1 ago").arg(ageText(*status.age)) : Words::tr("late");
        words.detail = Words::tr("still trying");
        break;
    case PanelState::Lost:
        // With words of what was there before it is not "yet", and the clock stands in them.
        words.title = !status.detail.isEmpty() ? Words::tr("No data now")
                      : clock.isEmpty()        ? Words::tr("No data yet")
                                               : Words::tr("no data since");
        words.detail = clock;
        break;
    case PanelState::Denied:
        words.title = Words::tr("Not allowed to read this");
        break;
    case PanelState::Error:
        words.title = clock.isEmpty() ? Words::tr("reply not understood") : clock + Words::tr(" reply not understood");
        break;
    case PanelState::Paused:
        words.title = clock.isEmpty() ? Words::tr("view stopped") : Words::tr("view stopped %1").arg(clock);
        break;
    case PanelState::Live:
    case PanelState::Replay:
        break;
    }
    if (!status.title.isEmpty()) {
        words.title = status.title;
    }
    if (!status.detail.isEmpty()) {
        words.detail = status.detail;
    }
    return words;
}

void drawStateWords(QPainter& painter, const QRectF& area, const StateWords& words, const Theme& theme) {
    const double height = words.detail.isEmpty() ? 18 : 34;
    const double top = area.center().y() - height / 2;
    const double widest = std::max(draw::textWidth(theme.font(Type::LabelStrong), words.title),
                                   draw::textWidth(theme.font(Type::Small), words.detail));
    const double width = std::min(widest + 24, area.width());
    painter.fillRect(QRectF(area.center().x() - width / 2, top - 4, width, height + 8), theme.color(Token::Bg));
    const QRectF box = area.adjusted(8, 0, -8, 0);
    draw::text(painter, QRectF(box.left(), top, box.width(), 18), words.title, theme.font(Type::LabelStrong),
               theme.color(Token::Ink), Qt::AlignHCenter);
    draw::text(painter, QRectF(box.left(), top + 18, box.width(), 16), words.detail, theme.font(Type::Small),
               theme.color(Token::Ink2), Qt::AlignHCenter);
}

StateOverlay::StateOverlay(QWidget* parent)
    : PaintedWidget(parent)
    , m_button(new QPushButton(this)) {
    m_button->hide();
    hide();
    connect(m_button, &QPushButton::clicked, this, &StateOverlay::actionRequested);
}

void StateOverlay::showStatus(const PanelStatus& status, const QString& action) {
    const bool words = status.state != PanelState::Live && status.state != PanelState::Replay;
    if (m_button->text() != action) {
        m_button->setText(action);
        place();
    }
    m_button->setVisible(!action.isEmpty());
    setVisible(words);
    PanelStatus shown = status;
    // The words, not the running age, decide about a repaint.
    if (status.state != PanelState::Empty && status.state != PanelState::Late) {
        shown.age.reset();
    }
    assign(m_status, shown);
}

QString StateOverlay::spokenValue() const {
    const auto words = stateWords(m_status);
    return words.detail.isEmpty() ? words.title : words.title + QStringLiteral(", ") + words.detail;
}

bool StateOverlay::isLow() const {
    return height() < kLow;
}

void StateOverlay::paint(QPainter& painter) {
    const auto words = stateWords(m_status);
    if (isLow()) { // one line: the words, and the button behind them
        const double button = m_button->isHidden() ? 0 : m_button->width() + kBeside;
        const QRectF line(0, 0, width() - button, height());
        painter.fillRect(rect(), theme().color(Token::Bg));
        const auto& font = theme().font(Type::LabelStrong);
        const double title = std::min(draw::textWidth(font, words.title), line.width());
        const double detail =
            words.detail.isEmpty() ? 0 : draw::textWidth(theme().font(Type::Small), words.detail) + kBeside;
        const bool both = title + detail <= line.width();
        const double left = (line.width() - title - (both ? detail : 0)) / 2;
        draw::text(painter, visual(QRectF(left, 0, title + 1, height())), words.title, font, theme().color(Token::Ink));
        if (both) {
            draw::text(painter, visual(QRectF(left + title + kBeside, 0, detail, height())), words.detail,
                       theme().font(Type::Small), theme().color(Token::Ink2));
        }
        return;
    }
    const double below = m_button->isHidden() ? 0 : 38;
    drawStateWords(painter, QRectF(0, 0, width(), height() - below), words, theme());
}

void StateOverlay::resizeEvent(QResizeEvent*) {
    place();
}

void StateOverlay::place() {
    const QSize size = m_button->sizeHint().expandedTo(QSize(0, 26));
    const QRect below((width() - size.width()) / 2, height() / 2 + 10, size.width(), 26);
    const QRectF beside(width() - size.width() - kBeside, (height() - 26) / 2.0, size.width(), 26);
    m_button->setGeometry(isLow() ? visual(beside).toRect() : below);
}

} // namespace binnacle
