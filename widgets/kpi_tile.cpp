// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/kpi_tile.h"

#include "widgets/elided_texts.h"
#include "widgets/plot.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace binnacle {

namespace {

constexpr double kPad = 11;
constexpr double kSparkHeight = 22;
constexpr double kSparkWidth = 101;
constexpr std::size_t kSparkColumns = 72;

} // namespace

KpiTile::KpiTile(QWidget* parent)
    : PaintedWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void KpiTile::showReading(const KpiReading& reading) {
    KpiReading next = reading;
    next.status.age = shownAge(next.status.age);
    next.status.lastAt.reset();
    if (next.label != m_reading.label) {
        setAccessibleName(next.label);
    }
    assign(m_reading, std::move(next));
}

void KpiTile::setTimeContext(const TimeContext* context) {
    m_context = context;
    connect(context, &TimeContext::crosshairChanged, this, qOverload<>(&QWidget::update));
}

std::optional<int> KpiTile::crosshairColumn() const {
    return m_context != nullptr && m_sparkVisible ? plot::sampleAt(m_columns, m_window, m_context->crosshair())
                                                  : std::nullopt;
}

QString KpiTile::crosshairText() const {
    const auto found = crosshairColumn();
    if (!found) {
        return {};
    }
    return tr("%1 at %2")
        .arg(numberText(m_columns[static_cast<std::size_t>(*found)].last, m_quantity).joined(),
             m_context->clock(*m_context->crosshair()));
}

void KpiTile::showSpark(const Series* series, const TimeSpan& window, Quantity quantity) {
    m_columns.clear();
    m_quantity = quantity;
    draw::Curve next;
    std::optional<float> baseline;
    if (series && window.length().count() > 0) {
        // Whole columns, so that the spark stands still between two of them.
        const auto step =
            std::max<SteadyTime::rep>(1, window.length().count() / static_cast<SteadyTime::rep>(kSparkColumns));
        const SteadyTime to{SteadyTime::duration((window.to.time_since_epoch().count() / step + 1) * step)};
        m_window = {to - SteadyTime::duration(step * static_cast<SteadyTime::rep>(kSparkColumns)), to};
        m_columns = series->columns(m_window.from, m_window.to, kSparkColumns);
        const auto& columns = m_columns;
        double top = m_reading.baseline.value_or(0) * 1.15;
        for (const auto& column : columns) {
            top = column.present ? std::max(top, column.max) : top;
        }
        const AxisScale scale(AxisScale::Kind::Linear, 0, top > 0 ? top : 1);
        const QRectF box(0, 1.5, kSparkWidth, kSparkHeight - 3);
        next = plot::curve(columns, scale, box);
        if (m_reading.baseline) {
            baseline = static_cast<float>(std::round(box.bottom() - scale.place(*m_reading.baseline) * box.height()));
        }
    }
    assign(m_baselineY, baseline);
    assign(m_spark, std::move(next));
}

void KpiTile::setSparkVisible(bool visible) {
    if (assign(m_sparkVisible, visible)) {
        updateGeometry();
    }
}

void KpiTile::setSeparator(bool visible) {
    assign(m_separator, visible);
}

void KpiTile::paint(QPainter& painter) {
    const auto& status = m_reading.status;
    const QRectF box = QRectF(0, 0, width(), height()).adjusted(kPad, 0, -kPad, 0);
    if (m_hover) {
        painter.fillRect(rect(), theme().color(Token::Rail));
    }
    if (m_separator) {
        const double x = isMirrored() ? 0 : width() - 1;
        draw::vertical(painter, x, 0, height(), theme().color(Token::Rule));
    }
    if (status.state == PanelState::Replay) {
        draw::horizontal(painter, box.left(), box.right(), 0, theme().color(Token::Ink2));
        draw::horizontal(painter, box.left(), box.right(), 2, theme().color(Token::Ink2));
    }
    const auto start = isMirrored() ? Qt::AlignRight : Qt::AlignLeft;
    const auto end = isMirrored() ? Qt::AlignLeft : Qt::AlignRight;

    // Head: label and glyph, age at the far end. The age keeps its place; the label gives way.
    double tail = 0;
    const QRectF head(box.left(), 7, box.width(), 16);
    const bool banner = status.state == PanelState::Paused || status.state == PanelState::Replay;
    if (banner) {
        const QString word = status.state == PanelState::Paused ? tr("PAUSED") : tr("REPLAY");
        const double wide = draw::textWidth(theme().font(Type::SmallStrong), word) + 10;
        const QRectF badge = visual(QRectF(box.right() - wide, 8, wide, 15));
        painter.fillRect(badge, theme().color(Token::Ink));
        draw::text(painter, badge, word, theme().font(Type::SmallStrong), theme().color(Token::Bg), Qt::AlignHCenter);
        tail = wide + 6;
    } else if (status.age && status.state != PanelState::Loading) {
        const bool strong = status.state == PanelState::Late || status.state == PanelState::Lost;
        tail = draw::text(painter, head, ageText(*status.age), theme().font(strong ? Type::SmallStrong : Type::Small),
                          theme().color(strong ? Token::Ink : Token::Ink3), end) +
               6;
    }
    Mark mark = markOf(status.state);
    if (mark == Mark::None) {
        mark = markOf(m_reading.severity);
    }
    const bool badged = status.state == PanelState::Paused || status.state == PanelState::Replay;
    if (badged && draw::textWidth(theme().font(Type::Label), m_reading.label) > head.width() - tail - 18) {
        mark = Mark::None; // the badge says it, too; a label that is cut says less
    }
    const double markRoom = mark == Mark::None ? 0 : 18;
    QRectF labelBox = head.adjusted(0, 0, -tail - markRoom, 0);
    if (isMirrored()) {
        labelBox = head.adjusted(tail + markRoom, 0, 0, 0);
    }
    const double labelWidth =
        draw::text(painter, labelBox, m_reading.label, theme().font(Type::Label), theme().color(Token::Ink2), start);
    if (mark != Mark::None) {
        drawMark(painter, visual(QRectF(box.left() + labelWidth + 6, 9, 12, 12)), mark, theme());
    }

    paintNumber(painter, QRectF(box.left(), 24, box.width(), 30));

    const bool limited = m_reading.severity != Severity::Normal && status.hasValue();
    const bool broken = status.state == PanelState::Error;
    QString below = m_reading.comparison;
    if (!status.detail.isEmpty() && status.state != PanelState::Live) {
        below = status.detail;
    }
    if (below == m_reading.comparison && !m_reading.shortComparison.isEmpty() &&
        draw::textWidth(theme().font(Type::Small), below) > box.width()) {
        below = m_reading.shortComparison;
    }
    const auto then = crosshairText();
    if (!then.isEmpty()) {
        below = then; // what the whole page is asked for
    }
    const Severity severity = broken ? Severity::Critical : limited ? m_reading.severity : Severity::Normal;
    draw::text(painter, QRectF(box.left(), 58, box.width(), 16), below, theme().font(Type::Small),
               then.isEmpty() ? theme().text(severity, Token::Ink2) : theme().color(Token::Ink), start);
    if (m_sparkVisible) {
        const QRectF spark(box.left(), height() - kSparkHeight - 4, box.width(), kSparkHeight);
        m_reading.bar&& status.hasValue() ? paintBar(painter, visual(spark)) : paintSpark(painter, visual(spark));
    }
}

void KpiTile::paintNumber(QPainter& painter, const QRectF& box) const {
    const auto& status = m_reading.status;
    const QFont& digits = theme().font(Type::Kpi);
    const QFont& unit = theme().font(Type::Label);
    const QFontMetricsF metrics(digits);
    const double baseline = std::round(box.center().y() + metrics.capHeight() / 2);
    NumberText shown = m_reading.number;
    Token ink = Token::Ink;
    if (status.state == PanelState::Loading) {
        shown.value = QStringLiteral("\u2026");
        ink = Token::Ink3;
    } else if (!status.hasValue()) {
        shown = {absentText(), {}};
        ink = Token::Ink2;
        if (status.state == PanelState::Lost) {
            draw::hatched(painter, QRectF(box.left(), box.top() + 2, box.width(), box.height() - 2), theme());
            // The dash is cut out of the hatch, else it drowns in it.
            const double wide = draw::textWidth(digits, shown.value) + 8;
            const QRectF paper(isMirrored() ? box.right() - wide : box.left(), box.top() + 2, wide, box.height() - 2);
            painter.fillRect(paper, theme().color(Token::Bg));
        }
    } else if (status.state == PanelState::Late) {
        ink = Token::Ink3;
    }
    shown.value = draw::oneLine(shown.value.left(64));
    shown.unit = draw::oneLine(shown.unit.left(64));
    // A number is never cut in two: the unit gives way first, then the size does.
    QFont font = digits;
    double room = box.width();
    if (draw::textWidth(font, shown.value) > room) {
        font = theme().font(Type::Sentence);
        if (draw::textWidth(font, shown.value) > room) {
            draw::text(painter, box, shown.value, font, theme().color(ink));
            return;
        }
    }
    const double valueWidth = draw::textWidth(font, shown.value);
    const auto whole = shown.unit;
    shown.unit = QFontMetricsF(unit).elidedText(whole, Qt::ElideRight, room - valueWidth - 4);
    if (shown.unit != whole) {
        ElidedTexts::note(painter, box, shown.value + QLatin1Char(' ') + whole);
    }
    if (shown.unit == QStringLiteral("\u2026")) {
        shown.unit.clear();
    }
    const double unitWidth = shown.unit.isEmpty() ? 0 : draw::textWidth(unit, shown.unit) + 4;
    const double left = isMirrored() ? box.right() - valueWidth - unitWidth : box.left();
    draw::number(painter, QPointF(left, baseline), shown, font, unit, theme().color(ink),
                 theme().color(ink == Token::Ink3 ? Token::Ink3 : Token::Ink2));
}

void KpiTile::paintBar(QPainter& painter, const QRectF& area) const {
    const double wide = std::min(kSparkWidth, area.width());
    const QRectF whole(isMirrored() ? area.right() - wide : area.left(), area.center().y() - 1, wide, 4);
    QRectF part = whole;
    part.setWidth(wide * std::clamp(*m_reading.bar, 0.0, 1.0));
    if (isMirrored()) {
        part.moveRight(whole.right());
    }
    painter.fillRect(whole, theme().color(Token::Track));
    painter.fillRect(part, theme().color(m_reading.status.state == PanelState::Late ? Token::Ink3 : Token::Ink2));
}

void KpiTile::paintSpark(QPainter& painter, const QRectF& area) const {
    if (m_spark.empty() || m_reading.status.state == PanelState::Loading ||
        m_reading.status.state == PanelState::Denied) {
        return;
    }
    const double wide = std::min(kSparkWidth, area.width());
    const QRectF box(isMirrored() ? area.right() - wide : area.left(), area.top(), wide, area.height());
    draw::horizontal(painter, box.left(), box.right(), box.bottom() - 1, theme().color(Token::Rule));
    if (m_baselineY) {
        draw::dashed(painter, QLineF(box.left(), box.top() + *m_baselineY, box.right(), box.top() + *m_baselineY),
                     theme().color(Token::Ink3), 1, 3);
    }
    painter.save();
    painter.translate(0, box.top());
    painter.setOpacity(m_reading.status.state == PanelState::Lost ? 0.55 : 1.0);
    const double step = (box.width() - 4) / static_cast<double>(m_spark.size());
    const auto lines = draw::curveLines(m_spark, box.left(), step);
    draw::stroke(painter, lines, theme().color(Token::Ink2), 1.25);
    for (std::size_t i = m_spark.size(); i-- > 0;) {
        if (m_spark[i].present) {
            if (m_reading.status.state == PanelState::Live || m_reading.status.state == PanelState::Empty) {
                painter.setPen(Qt::NoPen);
                painter.setBrush(theme().color(Token::Ink));
                painter.setRenderHint(QPainter::Antialiasing);
                painter.drawEllipse(QPointF(box.left() + (static_cast<double>(i) + 0.5) * step, m_spark[i].last), 2, 2);
            }
            break;
        }
    }
    if (const auto found = crosshairColumn(); found && static_cast<std::size_t>(*found) < m_spark.size()) {
        const double x = box.left() + (*found + 0.5) * step;
        draw::vertical(painter, x, 0, box.height(), theme().color(Token::Ink));
        plot::drawRing(painter, QPointF(x, m_spark[static_cast<std::size_t>(*found)].last), theme());
    }
    painter.restore();
}

QString KpiTile::spokenValue() const {
    const auto& status = m_reading.status;
    QStringList parts;
    parts << (status.hasValue() ? m_reading.number.joined() : absentText());
    if (m_reading.severity != Severity::Normal && status.hasValue()) {
        parts << markWord(markOf(m_reading.severity));
    }
    parts << stateWord(status.state);
    if (status.age) {
        parts << tr("age %1").arg(ageText(*status.age));
    }
    if (!m_reading.comparison.isEmpty()) {
        parts << m_reading.comparison;
    }
    return parts.join(QStringLiteral(", "));
}

void KpiTile::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint())) {
        Q_EMIT activated();
    }
}

void KpiTile::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT activated();
        return;
    }
    PaintedWidget::keyPressEvent(event);
}

void KpiTile::enterEvent(QEnterEvent*) {
    m_hover = true;
    update();
}

void KpiTile::leaveEvent(QEvent*) {
    m_hover = false;
    update();
}

KpiRow::KpiRow(QWidget* parent)
    : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

KpiTile* KpiRow::addTile() {
    auto* tile = new KpiTile(this);
    tile->setTheme(m_theme);
    tile->setSparkVisible(m_sparks);
    m_tiles.push_back(tile);
    arrange();
    return tile;
}

void KpiRow::setSparksVisible(bool visible) {
    if (m_sparks != visible) {
        m_sparks = visible;
        for (auto* tile : m_tiles) {
            tile->setSparkVisible(visible);
        }
        arrange();
        updateGeometry();
    }
}

void KpiRow::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

int KpiRow::rowsFor(int width) const {
    return m_tiles.size() > 4 && width < static_cast<int>(m_tiles.size()) * 108 ? 2 : 1;
}

int KpiRow::heightForWidth(int width) const {
    const int tile = m_sparks ? 104 : 76;
    return rowsFor(width) * (tile + 1) + 1;
}

QSize KpiRow::sizeHint() const {
    return {1376, heightForWidth(width() > 0 ? width() : 1376)};
}

QSize KpiRow::minimumSizeHint() const {
    return {560, heightForWidth(std::max(width(), 560))};
}

void KpiRow::arrange() {
    const int rows = rowsFor(width());
    const int perRow = (count() + rows - 1) / std::max(1, rows);
    const int tileHeight = m_sparks ? 104 : 76;
    if (perRow == 0) {
        return;
    }
    // The outer tiles reach out by their padding, so that the first label starts where the page does.
    const int reach = 11;
    const double pitch = static_cast<double>(width() + 2 * reach) / perRow;
    for (int i = 0; i < count(); ++i) {
        const int column = i % perRow;
        const int left = static_cast<int>(std::lround(column * pitch)) - reach;
        const int right = static_cast<int>(std::lround((column + 1) * pitch)) - reach;
        QRect box(left, 1 + (i / perRow) * (tileHeight + 1), right - left, tileHeight);
        if (layoutDirection() == Qt::RightToLeft) {
            box.moveLeft(width() - box.right() - 1);
        }
        tile(i)->setGeometry(box);
        tile(i)->setSeparator(column + 1 < perRow && i + 1 < count());
    }
}

void KpiRow::resizeEvent(QResizeEvent*) {
    arrange();
    updateGeometry();
}

void KpiRow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const int tileHeight = m_sparks ? 104 : 76;
    for (int row = 0; row <= rowsFor(width()); ++row) {
        draw::horizontal(painter, 0, width(), row * (tileHeight + 1), m_theme.color(Token::Rule2));
    }
}

} // namespace binnacle
