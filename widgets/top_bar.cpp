// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/top_bar.h"

#include "widgets/draw.h"
#include "widgets/elided_texts.h"
#include "widgets/environment_band.h"
#include "widgets/key_button.h"
#include "widgets/number_text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace binnacle {

namespace {

constexpr int kLine = 3;
constexpr int kGap = 16;
constexpr int kLeastField = 96; ///< of the palette's field
constexpr double kWord = 4;     ///< between two words of one line

QString dash() {
    return QStringLiteral(" \u2013 ");
}

QString clockBehind(SteadyTime::duration behind) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(behind).count();
    const auto rest = QStringLiteral(":%1").arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return seconds < 3600
               ? QString::number(seconds / 60) + rest
               : QStringLiteral("%1:%2").arg(seconds / 3600).arg(seconds / 60 % 60, 2, 10, QLatin1Char('0')) + rest;
}

} // namespace

TopBar::TopBar(QWidget* parent)
    : PaintedWidget(parent)
    , m_spans{std::chrono::minutes(5), std::chrono::minutes(15), std::chrono::minutes(60)}
    , m_spanControl(new SegmentedControl(this))
    , m_liveControl(new SegmentedControl(this))
    , m_back(new KeyButton(tr("Back"), tr("Alt \u2190"), this))
    , m_palette(new KeyButton(tr("Go to or do\u2026"), QStringLiteral("Ctrl K"), this))
    , m_alerts(new KeyButton({}, tr("Alt A"), this))
    , m_panic(new KeyButton(tr("Panic\u2026"), QStringLiteral("Ctrl Shift P"), this)) {
    setFixedHeight(kHeight);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Time and environment"));
    m_spanControl->setAccessibleName(tr("Time span"));
    m_liveControl->setAccessibleName(tr("Live or paused"));
    m_liveControl->setSegments({{tr("Live"), {}, KeyButton::Sign::Dot}, {tr("Pause"), tr("Space")}});
    m_palette->setRole(KeyButton::Role::Field);
    m_panic->setSign(KeyButton::Sign::Square);
    m_back->setObjectName(QStringLiteral("back"));
    m_back->setToolTip(tr("The window of time before this one"));
    m_back->hide();
    m_alerts->setObjectName(QStringLiteral("alertsButton"));
    m_panic->setObjectName(QStringLiteral("panic"));
    m_palette->hide();
    m_alerts->hide();
    m_panic->hide();
    connect(m_back, &KeyButton::clicked, this, [this] {
        if (m_context) {
            m_context->goBack();
        }
    });
    connect(m_palette, &KeyButton::clicked, this, &TopBar::paletteRequested);
    connect(m_alerts, &KeyButton::clicked, this, &TopBar::alertsRequested);
    connect(m_panic, &KeyButton::clicked, this, &TopBar::panicRequested);
    connect(m_spanControl, &SegmentedControl::chosen, this, [this](int index) {
        if (m_context) {
            m_context->chooseSpan(m_spans[static_cast<std::size_t>(index)]);
        }
    });
    connect(m_liveControl, &SegmentedControl::chosen, this, [this](int index) {
        if (!m_context) {
            return;
        }
        index == 0 ? m_context->goLive() : m_context->pause();
        refresh();
    });
    setSpans(m_spans);
}

void TopBar::setTimeContext(TimeContext* context) {
    if (m_context) {
        m_context->disconnect(this);
    }
    m_context = context;
    if (context) {
        for (const auto signal : {&TimeContext::modeChanged, &TimeContext::spanChanged, &TimeContext::comparisonChanged,
                                  &TimeContext::stepsChanged}) {
            connect(context, signal, this, &TopBar::refresh);
        }
    }
    refresh();
}

void TopBar::setEnvironment(Environment environment, const QString& profile) {
    assign(m_environment, std::optional(environment));
    assign(m_profile, profile);
}

void TopBar::setRecording(const QString& name) {
    assign(m_environment, std::optional<Environment>());
    assign(m_profile, name);
}

void TopBar::setOperator(const QString& text) {
    if (assign(m_operator, text)) {
        place();
    }
}

void TopBar::setSpans(std::vector<std::chrono::minutes> spans) {
    m_spans = std::move(spans);
    std::vector<SegmentedControl::Segment> segments;
    for (const auto span : m_spans) {
        segments.push_back(
            {span < std::chrono::hours(1) ? tr("%1 min").arg(span.count()) : tr("%1 h").arg(span.count() / 60)});
    }
    m_spanControl->setSegments(std::move(segments));
    refresh();
    place();
}

void TopBar::setPaletteVisible(bool visible) {
    m_palette->setVisible(visible);
    place();
}

void TopBar::setAlerts(const QString& text, Mark mark, const QString& words) {
    m_alerts->setAccessibleName(words);
    m_alerts->setToolTip(words);
    if (!m_alerts->isHidden() && m_alerts->text() == text && m_alerts->mark() == mark) {
        return;
    }
    m_alerts->setText(text);
    m_alerts->setMark(mark);
    m_alerts->show();
    place();
}

void TopBar::setPanicVisible(bool visible) {
    m_panic->setVisible(visible);
    place();
}

void TopBar::setPanicWhyNot(const QString& why) {
    if (assign(m_panicWhyNot, why)) {
        m_panic->setEnabled(why.isEmpty());
        m_panic->setKey(why.isEmpty() ? QStringLiteral("Ctrl Shift P") : QString());
        m_panic->setToolTip(why.toHtmlEscaped());
        if (!why.isEmpty()) {
            m_panic->setAccessibleDescription(why);
        }
        place();
    }
}

/// Where room is short the reason stands in the tip alone.
void TopBar::namePanic(bool room) {
    m_panic->setText(room && !m_panicWhyNot.isEmpty() ? tr("Panic: %1").arg(m_panicWhyNot) : tr("Panic\u2026"));
}

void TopBar::setRailWidth(int width) {
    if (assign(m_railWidth, width)) {
        place();
    }
}

void TopBar::setReplay(bool replay) {
    m_liveControl->setSegments(
        {{replay ? tr("Replay") : tr("Live"), {}, KeyButton::Sign::Dot}, {tr("Pause"), tr("Space")}});
    place();
    refresh();
}

void TopBar::refresh() {
    Shown next;
    if (m_context) {
        const auto window = m_context->window();
        next.live = m_context->mode() == TimeContext::Mode::Live;
        next.from = m_context->clock(window.from);
        next.to = m_context->clock(window.to);
        next.zone = m_context->zoneName();
        if (!next.live) {
            next.behind = tr("%1 behind").arg(clockBehind(m_context->behind()));
        }
        if (const auto reference = m_context->reference()) {
            next.reference = m_context->clock(reference->from, false) + dash() + m_context->clock(reference->to, false);
        }
        const auto span = std::ranges::find_if(m_spans, [&](auto s) { return m_context->span() == s; });
        m_spanControl->setCurrent(span != m_spans.end() ? static_cast<int>(span - m_spans.begin()) : -1);
        m_liveControl->setCurrent(next.live ? 0 : 1);
        next.back = m_context->canGoBack();
    }
    if (assign(m_shown, std::move(next))) {
        m_back->setVisible(m_shown.back);
        place();
    }
}

void TopBar::setTheme(const Theme& theme) {
    PaintedWidget::setTheme(theme);
    for (Themed* child :
         std::initializer_list<Themed*>{m_spanControl, m_liveControl, m_back, m_palette, m_alerts, m_panic}) {
        child->setTheme(theme);
    }
    place();
}

double TopBar::clockWidth(bool whole) const {
    const QFont& small = theme().font(Type::Label);
    return (whole ? draw::textWidth(small, m_shown.from + dash()) : 0) +
           draw::textWidth(theme().font(Type::LabelStrong), m_shown.to) + kWord + draw::textWidth(small, m_shown.zone) +
           2;
}

int TopBar::taken(bool keys, bool wholeClock) const {
    int wide = m_railWidth + 20 + m_spanControl->widthWith(keys) + kGap +
               static_cast<int>(std::ceil(clockWidth(wholeClock))) + kGap + m_liveControl->widthWith(keys) + 14 + 20;
    for (const auto* button : {m_back, m_alerts, m_panic}) {
        wide += button->isHidden() ? 0 : button->widthWith(keys) + kGap;
    }
    if (!m_shown.behind.isEmpty()) {
        wide += static_cast<int>(draw::textWidth(theme().font(Type::LabelStrong), m_shown.behind)) + kGap;
    }
    return wide;
}

void TopBar::place() {
    const int middle = kLine + (kHeight - kLine) / 2;
    const auto put = [&](QWidget* child, int left) {
        const QSize size = child->sizeHint();
        const QRect box(left, middle - size.height() / 2, size.width(), size.height());
        child->setGeometry(visual(box).toRect());
        return left + size.width();
    };
    // Where room is short the printed keys go first, then the clock of where the window begins: the axis tells it, too.
    const int least = m_palette->isHidden() ? 0 : kLeastField + 2 * kGap;
    namePanic(true);
    const bool keys = taken(true, true) + least <= width();
    namePanic(keys);
    m_wholeClock = keys || taken(false, true) + least <= width();
    m_liveControl->setKeysPrinted(keys);
    for (auto* button : {m_back, m_alerts, m_panic}) {
        button->setKeyPrinted(keys);
    }
    const QFont& small = theme().font(Type::Label);
    int left = put(m_spanControl, m_railWidth + 20) + kGap;
    const double clock = clockWidth(m_wholeClock);
    m_clockBox = QRectF(left, kLine, clock, kHeight - kLine);
    left += static_cast<int>(std::ceil(clock)) + kGap;
    left = put(m_liveControl, left) + 14;
    if (!m_back->isHidden()) {
        left = put(m_back, left) + 14;
    }
    const int behind = m_shown.behind.isEmpty()
                           ? 0
                           : static_cast<int>(draw::textWidth(theme().font(Type::LabelStrong), m_shown.behind)) + kGap;

    int right = width() - 20;
    if (!m_panic->isHidden()) {
        right -= m_panic->sizeHint().width();
        put(m_panic, right);
        right -= kGap;
    }
    const double operatorWidth = draw::textWidth(small, draw::oneLine(m_operator.left(128)));
    const int field = m_palette->isHidden() ? 0 : m_palette->sizeHint().width() + kGap;
    const int alerts = m_alerts->isHidden() ? 0 : m_alerts->sizeHint().width() + kGap;
    const bool room = right - operatorWidth - alerts - field > left + behind + 24;
    m_operatorBox = room ? QRectF(right - operatorWidth, kLine, operatorWidth, kHeight - kLine) : QRectF();
    if (room && operatorWidth > 0) {
        right -= static_cast<int>(std::ceil(operatorWidth)) + kGap;
    }
    if (!m_alerts->isHidden()) {
        right -= m_alerts->sizeHint().width();
        put(m_alerts, right);
        right -= kGap;
    }
    if (!m_palette->isHidden()) {
        // It gives way rather than to lie over what stands before it.
        const QSize size(std::clamp(right - left - behind - kGap, 40, m_palette->sizeHint().width()),
                         m_palette->sizeHint().height());
        right -= size.width();
        m_palette->setGeometry(visual(QRect(right, middle - size.height() / 2, size.width(), size.height())).toRect());
        right -= kGap;
    }
    m_referenceBox = QRectF(left, kLine, std::max(0, right - left), kHeight - kLine);
    update();
}

void TopBar::paint(QPainter& painter) {
    painter.fillRect(rect(), theme().color(Token::Rail));
    const auto mark = placeMark(m_environment, theme());
    painter.fillRect(QRectF(0, 0, width(), kLine), mark.ground);
    draw::horizontal(painter, 0, width(), height() - 1, theme().color(Token::Rule));
    const auto start = isMirrored() ? Qt::AlignRight : Qt::AlignLeft;
    const auto end = isMirrored() ? Qt::AlignLeft : Qt::AlignRight;

    const QRectF block(0, 0, m_railWidth, height());
    painter.fillRect(visual(block), mark.ground);
    const QString& word = mark.word;
    const QColor& on = mark.ink;
    const QRectF line(0, kLine, m_railWidth, height() - kLine);
    if (m_railWidth < 100) {
        draw::text(painter, visual(line), word.left(3), theme().font(Type::SmallStrong), on, Qt::AlignHCenter);
        ElidedTexts::note(painter, visual(line), word + QStringLiteral(", ") + m_profile);
    } else {
        const double used =
            draw::text(painter, visual(line.adjusted(16, 0, -16, 0)), word, theme().font(Type::LabelStrong), on, start);
        draw::text(painter, visual(line.adjusted(16 + used + 10, 0, -16, 0)), m_profile, theme().font(Type::Label), on,
                   end);
    }

    if (m_context) {
        const QFont& small = theme().font(Type::Label);
        const QFont& strong = theme().font(Type::LabelStrong);
        // From and to go from left to right in every language, as the time axis below them does.
        QRectF clock = visual(m_clockBox);
        const auto next = [&](const QString& text, const QFont& font, Token ink) {
            clock.setLeft(clock.left() + draw::text(painter, clock, text, font, theme().color(ink)));
        };
        if (m_wholeClock) {
            next(m_shown.from + dash(), small, Token::Ink2);
        }
        next(m_shown.to, strong, Token::Ink);
        clock.setLeft(clock.left() + kWord);
        next(m_shown.zone, small, Token::Ink2);
        QRectF rest = m_referenceBox;
        const auto put = [&](const QString& text, const QFont& font, Token ink) {
            rest.setLeft(rest.left() + draw::text(painter, visual(rest), text, font, theme().color(ink), start));
        };
        if (!m_shown.behind.isEmpty()) {
            put(m_shown.behind, strong, Token::Ink);
            rest.setLeft(rest.left() + kGap);
        }
        if (!m_shown.reference.isEmpty()) {
            const QString words = tr("Compare with");
            if (draw::textWidth(small, words) + kWord + draw::textWidth(strong, m_shown.reference) < rest.width()) {
                put(words, small, Token::Ink2);
                rest.setLeft(rest.left() + kWord);
                put(m_shown.reference, strong, Token::Ink);
            }
        }
    }
    if (!m_operatorBox.isEmpty()) {
        draw::text(painter, visual(m_operatorBox.adjusted(0, 0, 1, 0)), m_operator, theme().font(Type::Label),
                   theme().color(Token::Ink2), end);
    }
}

void TopBar::resizeEvent(QResizeEvent*) {
    place();
}

QString TopBar::modeText() const {
    return m_shown.live ? tr("live") : tr("paused, %1").arg(m_shown.behind);
}

QString TopBar::spokenValue() const {
    return placeMark(m_environment, theme()).word + QStringLiteral(", ") + m_profile + QStringLiteral(", ") +
           m_shown.from + dash() + m_shown.to + QLatin1Char(' ') + m_shown.zone + QStringLiteral(", ") +
           (m_shown.live ? tr("live") : m_shown.behind);
}

} // namespace binnacle
