// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stop_line.h"

#include "widgets/draw.h"
#include "widgets/tip_text.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace binnacle {

namespace {

constexpr double kLabel = 22; ///< height of the labels above the line
constexpr double kLine = 33;  ///< where the line lies
constexpr double kNote = 48;  ///< where the notes begin
constexpr double kInset = 7;  ///< from a column's edge to its dot: room for the large mark

/// The part of a stop that takes focus and clicks, and speaks; the line paints it.
class StopButton : public QAbstractButton {
public:
    StopButton(QWidget* parent, const PaintedWidget* line)
        : QAbstractButton(parent)
        , m_line(line) {
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        if (hasFocus()) {
            QPainter painter(this);
            draw::focusRing(painter, rect(), m_line->theme());
        }
    }
    void keyPressEvent(QKeyEvent* event) override {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
            click();
            return;
        }
        QAbstractButton::keyPressEvent(event);
    }

private:
    const PaintedWidget* m_line;
};

void dot(QPainter& painter, const QPointF& centre, double radius, const QColor& fill, const QColor& edge) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(edge, 1.5));
    painter.setBrush(fill);
    painter.drawEllipse(centre, radius, radius);
}

} // namespace

StopLine::StopLine(QWidget* parent)
    : PaintedWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void StopLine::setStops(std::vector<LineStop> stops) {
    if (!assign(m_stops, std::move(stops))) {
        return;
    }
    while (m_buttons.size() > m_stops.size()) {
        delete m_buttons.back();
        m_buttons.pop_back();
    }
    while (m_buttons.size() < m_stops.size()) {
        const auto index = m_buttons.size();
        auto* button = new StopButton(this, this);
        button->installEventFilter(this);
        button->show();
        connect(button, &QAbstractButton::clicked, this, [this, index] {
            if (index < m_stops.size()) {
                Q_EMIT stopChosen(m_stops[index].value);
            }
        });
        m_buttons.push_back(button);
    }
    nameStops();
    place();
}

void StopLine::showPlace(LinePlace place) {
    if (assign(m_place, std::move(place))) {
        nameStops();
    }
}

void StopLine::setChoosable(bool choosable, const QString& why) {
    const bool other = assign(m_choosable, choosable);
    if (assign(m_why, why) || other) {
        nameStops();
    }
}

bool StopLine::standsAt(double value) const {
    return m_place.wanted && std::abs(*m_place.wanted - value) < 1e-6;
}

bool StopLine::inForce(double value) const {
    return m_place.current && std::abs(*m_place.current - value) < 1e-6;
}

void StopLine::nameStops() {
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        const auto& stop = m_stops[i];
        auto* button = m_buttons[i];
        const bool here = inForce(stop.value);
        // What is in force already can't be asked for: the button would lead nowhere.
        const bool able = m_choosable && !here;
        const auto text = stop.label + (able ? QStringLiteral("\u2026") : QString());
        const auto why = here          ? (standsAt(stop.value) ? m_place.note : tr("in force now"))
                         : m_choosable ? stop.note
                                       : m_why;
        if (button->text() != text) {
            button->setText(text);
            button->setAccessibleName(able ? tr("Set to %1\u2026").arg(stop.label) : stop.label);
        }
        if (button->accessibleDescription() != why) {
            button->setAccessibleDescription(why);
            button->setToolTip(m_choosable ? QString() : tipText(draw::oneLine(why).left(200)));
        }
        button->setObjectName(QStringLiteral("stop.%1").arg(stop.value));
        button->setEnabled(able);
    }
}

QRectF StopLine::column(std::size_t stop) const {
    const double wide = static_cast<double>(width()) / static_cast<double>(std::max<std::size_t>(1, m_stops.size()));
    return visual({std::floor(static_cast<double>(stop) * wide), 0, std::floor(wide) - 6, double(height())});
}

/// Where a value lies on the line, in pixels from the end that it begins at.
double StopLine::along(double value) const {
    const double wide = static_cast<double>(width()) / static_cast<double>(std::max<std::size_t>(1, m_stops.size()));
    const auto at = [wide](std::size_t stop) { return std::floor(static_cast<double>(stop) * wide) + kInset; };
    if (value <= m_stops.front().value) {
        return at(0);
    }
    for (std::size_t i = 1; i < m_stops.size(); ++i) {
        if (value <= m_stops[i].value) {
            const double part = (value - m_stops[i - 1].value) / (m_stops[i].value - m_stops[i - 1].value);
            return at(i - 1) + part * (at(i) - at(i - 1));
        }
    }
    return at(m_stops.size() - 1);
}

void StopLine::place() {
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        m_buttons[i]->setGeometry(column(i).toRect());
    }
}

void StopLine::resizeEvent(QResizeEvent*) {
    place();
}

bool StopLine::eventFilter(QObject* watched, QEvent* event) {
    const auto found = std::ranges::find(m_buttons, watched);
    if (found == m_buttons.end()) {
        return PaintedWidget::eventFilter(watched, event);
    }
    if (event->type() == QEvent::Enter || event->type() == QEvent::Leave) {
        update(); // the line paints the hovered stop's ground
    } else if (event->type() == QEvent::KeyPress) {
        const auto key = static_cast<QKeyEvent*>(event)->key();
        const int step = key == Qt::Key_Right ? 1 : key == Qt::Key_Left ? -1 : 0;
        if (step != 0) {
            const int forward = isMirrored() ? -step : step;
            for (int to = static_cast<int>(found - m_buttons.begin()) + forward;
                 to >= 0 && to < static_cast<int>(m_buttons.size()); to += forward) {
                if (auto* button = m_buttons[static_cast<std::size_t>(to)]; button->isEnabled()) {
                    button->setFocus(Qt::TabFocusReason);
                    break;
                }
            }
            return true;
        }
    }
    return PaintedWidget::eventFilter(watched, event);
}

QString StopLine::spokenValue() const {
    QStringList parts{m_place.wanted ? m_place.label : absentText()};
    if (!m_place.note.isEmpty()) {
        parts << m_place.note;
    }
    if (!m_choosable && !m_why.isEmpty()) {
        parts << m_why;
    }
    return parts.join(QStringLiteral(", "));
}

void StopLine::paint(QPainter& painter) {
    if (m_stops.size() < 2) {
        return;
    }
    const auto start = isMirrored() ? Qt::AlignRight : Qt::AlignLeft;
    const double end = along(m_stops.back().value);
    const double reached = m_place.wanted ? along(*m_place.wanted) : -1;
    for (std::size_t i = 0; i < m_stops.size(); ++i) {
        if (m_buttons[i]->underMouse() && m_buttons[i]->isEnabled()) {
            painter.fillRect(column(i), theme().color(Token::Sel));
        }
    }
    painter.fillRect(visual({kInset, kLine - 0.5, end - kInset, 1}), theme().color(Token::Rule2));
    if (reached > kInset) {
        painter.fillRect(visual({kInset, kLine - 1, reached - kInset, 2}),
                         theme().color(m_place.dim ? Token::Ink3 : Token::Ink2));
    }
    const QRectF own = noteBox();
    for (std::size_t i = 0; i < m_stops.size(); ++i) {
        const auto& stop = m_stops[i];
        const QRectF box = column(i);
        const bool here = standsAt(stop.value);
        const bool passed = reached >= along(stop.value);
        const double x = visual({along(stop.value), 0, 0, 0}).left();
        if (!here) {
            dot(painter, {x, kLine}, 4, theme().color(passed ? Token::Ink2 : Token::Bg),
                theme().color(passed ? Token::Ink2 : Token::Ink3));
            draw::text(painter, QRectF(box.left(), 0, box.width(), kLabel), m_buttons[i]->text(),
                       theme().font(Type::LabelStrong),
                       theme().color(m_buttons[i]->isEnabled() ? Token::Ink : Token::Ink3), start);
        }
        const QRectF note(box.left(), kNote, box.width(), 14);
        if (!note.intersects(own)) {
            draw::text(painter, note, stop.note, theme().font(Type::Small), theme().color(Token::Ink3), start);
        }
    }
    draw::text(painter, own, m_place.note, theme().font(Type::Small), theme().color(Token::Ink2), start);
    paintMark(painter);
}

/// Below the mark, or below the ring while nobody knows what is wanted; notes of stops give way to it.
QRectF StopLine::noteBox() const {
    const auto at = m_place.wanted ? m_place.wanted : m_place.seen;
    if (!at || m_place.note.isEmpty()) {
        return {};
    }
    const double wide =
        std::min<double>(draw::textWidth(theme().font(Type::Small), m_place.note.left(200)) + 2, width());
    const double left = std::min(along(*at) - kInset, width() - wide);
    return visual({left, kNote, wide, 14});
}

void StopLine::paintMark(QPainter& painter) const {
    const auto x = [this](double value) { return visual({along(value), 0, 0, 0}).left(); };
    if (m_place.seen && (!m_place.wanted || std::abs(*m_place.seen - *m_place.wanted) > 1e-6)) {
        dot(painter, {x(*m_place.seen), kLine}, 6.5, Qt::transparent, theme().color(Token::Ink));
    }
    if (!m_place.wanted) {
        return;
    }
    const QPointF centre(x(*m_place.wanted), kLine);
    const QColor ink = theme().color(m_place.dim ? Token::Ink3 : Token::Ink);
    dot(painter, centre, 6.5, ink, ink);
    const QFont& font = theme().font(Type::Sentence);
    const double wide = draw::textWidth(font, m_place.label) + 2;
    double left = isMirrored() ? centre.x() + kInset - wide : centre.x() - kInset;
    left = std::clamp(left, 0.0, std::max(0.0, width() - wide));
    const bool atStop = std::ranges::any_of(m_stops, [this](const LineStop& stop) { return standsAt(stop.value); });
    if (!atStop) {
        // Between two stops the label would cover the one before it: paper first.
        painter.fillRect(QRectF(left - 4, 0, wide + 8, kLabel), theme().color(Token::Bg));
    }
    draw::text(painter, QRectF(left, 0, wide, kLabel), m_place.label, font, ink);
}

} // namespace binnacle
