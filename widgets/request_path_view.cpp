// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/request_path_view.h"

#include "widgets/draw.h"
#include "widgets/elided_texts.h"
#include "widgets/queue_comb.h"
#include "widgets/saturation_bar.h"

#include <QAbstractButton>
#include <QFontMetricsF>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace binnacle {

namespace {

constexpr double kStem = 3;
constexpr double kText = 10; ///< from the stem's left edge to the text
constexpr double kHeight = 246;
constexpr double kInstancePitch = 58;
constexpr double kNode = 58; ///< title, number, detail, bar
constexpr double kLine = 7;  ///< flows meet a node at the middle of its title

/// Where a column begins and how wide its nodes are, as shares of the drawn 1376 px.
struct ColumnSpec {
    double left;
    double width;
};
constexpr std::array<ColumnSpec, 5> kColumns{{{0, 106}, {177, 129}, {431, 165}, {741, 171}, {1037, 179}}};
constexpr double kLagLeft = 1266;
constexpr double kFullWidth = 1376;

int columnOf(HopKind kind) {
    switch (kind) {
    case HopKind::Clients:
        return 0;
    case HopKind::LoadBalancer:
        return 1;
    case HopKind::Instance:
        return 2;
    case HopKind::Pooler:
    case HopKind::Cache:
        return 3;
    case HopKind::Primary:
    case HopKind::Replica:
        return 4;
    }
    return 0;
}

QString spokenNode(const PathNode& node) {
    QStringList parts{node.status.hasValue() ? node.number.joined() : absentText()};
    if (!node.detail.isEmpty()) {
        parts << node.detail;
    }
    parts << (node.severity != Severity::Normal ? markWord(markOf(node.severity)) : stateWord(node.status.state));
    if (node.status.age) {
        parts << ageText(*node.status.age);
    }
    if (node.worst) {
        parts.prepend(RequestPathView::tr("look here first"));
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace

/// The focusable, clickable and spoken part of a node; the view paints it.
class PathNodeButton : public QAbstractButton {
public:
    PathNodeButton(QWidget* parent, const PaintedWidget* view)
        : QAbstractButton(parent)
        , m_view(view) {
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        if (hasFocus()) {
            draw::focusRing(painter, rect(), m_view->theme());
        } else if (underMouse()) {
            // It lies over the node that the view has painted: a frame, where others fill.
            painter.setPen(m_view->theme().color(Token::Rule2));
            painter.drawRect(rect().adjusted(0, 0, -1, -1));
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
    const PaintedWidget* m_view;
};

RequestPathView::RequestPathView(QWidget* parent)
    : PaintedWidget(parent) {
    setAccessibleName(tr("Request path"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize RequestPathView::sizeHint() const {
    const auto instances = std::ranges::count(m_path.nodes, HopKind::Instance, &PathNode::kind);
    return {
        static_cast<int>(kFullWidth),
        std::max(static_cast<int>(kHeight), static_cast<int>(kInstancePitch * static_cast<double>(instances)) + 14)};
}

QSize RequestPathView::minimumSizeHint() const {
    return {1000, sizeHint().height()};
}

void RequestPathView::showPath(RequestPath path) {
    for (auto& node : path.nodes) {
        node.status.age = shownAge(node.status.age);
        node.status.lastAt.reset();
        if (node.saturation) {
            node.saturation = std::round(*node.saturation * 200) / 200; // a pixel of the bar
        }
    }
    for (auto& flow : path.flows) {
        if (flow.perSecond) {
            flow.perSecond = std::max(1.0, std::round(*flow.perSecond / 420)) * 420; // a pixel of the line
        }
    }
    bool moved = path.nodes.size() != m_path.nodes.size();
    for (std::size_t i = 0; !moved && i < path.nodes.size(); ++i) {
        moved = path.nodes[i].kind != m_path.nodes[i].kind || path.nodes[i].id != m_path.nodes[i].id;
    }
    if (assign(m_path, std::move(path))) {
        if (moved) {
            arrange();
            updateGeometry();
        }
        syncButtons();
    }
}

int RequestPathView::indexOf(const QString& id) const {
    const auto it = std::ranges::find(m_path.nodes, id, &PathNode::id);
    return it == m_path.nodes.end() ? -1 : static_cast<int>(it - m_path.nodes.begin());
}

QRectF RequestPathView::nodeRect(const QString& id) const {
    const int index = indexOf(id);
    return index < 0 ? QRectF() : m_placed[static_cast<std::size_t>(index)].box;
}

const PathNode* RequestPathView::node(const QString& id) const {
    const int index = indexOf(id);
    return index < 0 ? nullptr : &m_path.nodes[static_cast<std::size_t>(index)];
}

void RequestPathView::arrange() {
    m_placed.assign(m_path.nodes.size(), {});
    const double scale = width() / kFullWidth;
    std::array<std::vector<std::size_t>, 5> columns;
    for (std::size_t i = 0; i < m_path.nodes.size(); ++i) {
        columns[static_cast<std::size_t>(columnOf(m_path.nodes[i].kind))].push_back(i);
    }
    const double middle = height() / 2.0;
    for (std::size_t column = 0; column < columns.size(); ++column) {
        const auto& nodes = columns[column];
        const double count = static_cast<double>(nodes.size());
        // Instances stand close, the two ways out of them far apart, servers in between.
        double pitch = column == 2 ? kInstancePitch : column == 3 ? 112 : 80;
        if (count > 1) {
            pitch = std::min(pitch, (height() - kNode) / (count - 1));
        }
        const double height = column == 2 ? 44 : kNode;
        double top = std::round(middle - (pitch * (count - 1) + height) / 2);
        if (column < 2) {
            top = std::round(middle - kNode / 2); // one line from the clients into the load balancer
        }
        for (const auto node : nodes) {
            auto& placed = m_placed[node];
            const double left = std::round(kColumns[column].left * scale);
            const double wide = std::round(std::max(kColumns[column].width * std::min(1.0, scale + 0.12), 96.0));
            placed.box = QRectF(left, top, wide, height);
            placed.lineY = top + kLine;
            top += pitch;
        }
    }
}

void RequestPathView::syncButtons() {
    while (m_buttons.size() > m_path.nodes.size()) {
        m_buttons.back()->hide();
        m_buttons.back()->deleteLater();
        m_buttons.pop_back();
    }
    while (m_buttons.size() < m_path.nodes.size()) {
        auto* button = new PathNodeButton(this, this);
        const auto index = m_buttons.size();
        connect(button, &QAbstractButton::clicked, this, [this, index] {
            if (index < m_path.nodes.size()) {
                Q_EMIT nodeActivated(m_path.nodes[index].id);
            }
        });
        button->show();
        m_buttons.push_back(button);
    }
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        const auto& node = m_path.nodes[i];
        m_buttons[i]->setAccessibleName(node.title);
        m_buttons[i]->setAccessibleDescription(spokenNode(node));
        // The first stands at the edge: its ring goes inside of its bar, where it would not be seen.
        const auto& box = m_placed[i].box;
        m_buttons[i]->setGeometry(box.adjusted(box.left() < 4 ? 5 : -4, -4, 6, 4).toAlignedRect().intersected(rect()));
    }
}

void RequestPathView::paint(QPainter& painter) {
    if (m_placed.size() != m_path.nodes.size()) {
        return;
    }
    paintFlows(painter);
    paintReplication(painter);
    for (std::size_t i = 0; i < m_path.nodes.size(); ++i) {
        if (m_path.nodes[i].worst) {
            paintWorst(painter, m_path.nodes[i], m_placed[i]);
        }
        paintNode(painter, m_path.nodes[i], m_placed[i]);
    }
}

void RequestPathView::paintWorst(QPainter& painter, const PathNode& node, const Placed& placed) const {
    const bool lost = !node.status.hasValue();
    const auto severity = lost ? Severity::Critical : std::max(node.severity, Severity::Caution);
    const QColor ink = theme().shape(severity);
    const bool instance = node.kind == HopKind::Instance;
    // Where a detail line reaches into the gap, so does the frame.
    const double spare =
        instance || node.detail.isEmpty()
            ? 0
            : std::clamp(draw::textWidth(theme().font(Type::Small), node.detail) + kText - placed.box.width(), 0.0,
                         node.kind == HopKind::Primary || node.kind == HopKind::Replica ? 36.0 : 50.0);
    const QRectF frame = placed.box.adjusted(-5, -7, 7 + spare, instance ? 3 : 3);
    QColor wash = ink;
    wash.setAlphaF(0.10F);
    painter.fillRect(frame, theme().color(Token::Bg));
    painter.fillRect(frame, wash);
    painter.setPen(QPen(ink, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(frame.adjusted(1, 1, -1, -1));
    painter.setPen(Qt::NoPen);
}

void RequestPathView::paintNode(QPainter& painter, const PathNode& node, const Placed& placed) const {
    const QRectF& box = placed.box;
    const auto state = node.status.state;
    const bool lost = !node.status.hasValue();
    const bool instance = node.kind == HopKind::Instance;
    const QColor stem = lost                                ? theme().color(Token::Track)
                        : node.severity != Severity::Normal ? theme().shape(node.severity)
                                                            : theme().color(node.identity);
    painter.fillRect(QRectF(box.left(), box.top() - 1, kStem, box.height() - (instance ? 0 : 6)), stem);

    const double left = box.left() + kText;
    const double wide = box.width() - kText;
    Mark mark = markOf(state);
    if (mark == Mark::None) {
        mark = markOf(node.severity);
    }
    double tail = mark == Mark::None ? 0 : 16;
    if (mark != Mark::None) {
        drawMark(painter, QRectF(box.right() - 12, box.top() + kLine - 6, 12, 12), mark, theme());
    }
    if (node.status.age && state != PanelState::Loading) {
        const bool strong = state == PanelState::Late || state == PanelState::Lost;
        tail += draw::text(painter, QRectF(left, box.top(), wide - tail, 14), ageText(*node.status.age),
                           theme().font(strong ? Type::SmallStrong : Type::Small),
                           theme().color(strong ? Token::Ink : Token::Ink3), Qt::AlignRight) +
                8;
    }
    draw::text(painter, QRectF(left, box.top(), wide - tail, 14), node.title, theme().font(Type::LabelStrong),
               theme().color(Token::Ink));

    NumberText number = node.number;
    Token ink = state == PanelState::Late ? Token::Ink3 : Token::Ink;
    const QFontMetricsF digits(theme().font(Type::NodeValue));
    const double baseline = std::round(box.top() + 24 + digits.capHeight() / 2);
    if (state == PanelState::Loading) {
        number = {QStringLiteral("\u2026"), {}};
        ink = Token::Ink3;
    } else if (lost) {
        number = {absentText(), {}};
        ink = Token::Ink2;
        const double dash = draw::textWidth(theme().font(Type::NodeValue), number.value) + 8;
        if (state == PanelState::Lost) {
            draw::hatched(painter, QRectF(left + dash, box.top() + 16, wide - dash, 17), theme());
        }
    }
    number.value = draw::oneLine(number.value.left(32));
    const double side = node.side.isEmpty() || lost
                            ? 0
                            : draw::text(painter, QRectF(left + wide / 3, box.top() + 17, wide * 2 / 3, 16), node.side,
                                         theme().font(Type::Small), theme().color(Token::Ink2), Qt::AlignRight) +
                                  8;
    const double room = wide - side - draw::textWidth(theme().font(Type::NodeValue), number.value) - 4;
    const auto unit = draw::oneLine(number.unit.left(64));
    number.unit = QFontMetricsF(theme().font(Type::Label)).elidedText(unit, Qt::ElideRight, room);
    if (number.unit != unit) {
        ElidedTexts::note(painter, QRectF(left, box.top() + 16, wide, 17), number.value + QLatin1Char(' ') + unit);
    }
    draw::number(painter, QPointF(left, baseline), number, theme().font(Type::NodeValue), theme().font(Type::Label),
                 theme().color(ink), theme().color(Token::Ink2));

    QString detail = node.detail;
    if (lost && !node.status.detail.isEmpty()) {
        detail = node.status.detail;
    }
    double barTop = box.top() + 35;
    if (!instance) {
        // The gap to the next column is free at this height, but not the lag at the far right.
        const double spare = node.kind == HopKind::Replica || node.kind == HopKind::Primary ? 36 : 50;
        draw::text(painter, QRectF(left, box.top() + 34, wide + spare, 15), detail, theme().font(Type::Small),
                   theme().text(lost ? Severity::Normal : node.severity, Token::Ink2));
        barTop = box.top() + 52;
    }
    if (node.saturation || (lost && node.kind != HopKind::Clients)) { // an empty bar would say that nothing is used
        drawSaturation(painter, QRectF(left, barTop, wide, 4), lost ? std::nullopt : node.saturation, node.severity,
                       theme());
    }
}

void RequestPathView::paintFlows(QPainter& painter) const {
    struct Ends {
        const PathFlow* flow;
        const Placed* from;
        const Placed* to;
    };
    std::vector<Ends> flows;
    for (const auto& flow : m_path.flows) {
        const int from = indexOf(flow.from);
        const int to = indexOf(flow.to);
        if (from >= 0 && to >= 0) {
            flows.push_back(
                {&flow, &m_placed[static_cast<std::size_t>(from)], &m_placed[static_cast<std::size_t>(to)]});
        }
    }
    // What several flows share is as thick as all of them together.
    const auto thickness = [&](auto belongs) {
        double sum = 0;
        for (const auto& ends : flows) {
            sum += belongs(ends) ? ends.flow->perSecond.value_or(0) : 0;
        }
        return std::clamp(std::round(sum / 420), 1.0, 5.0);
    };
    const auto paintEnd = [&](const Ends& ends, double x1, double x2, double y, double thick, const QColor& color) {
        if (ends.flow->off) {
            draw::dashed(painter, QLineF(x1, y, x2, y), theme().color(Token::Crit), 4, 3);
        } else {
            painter.fillRect(QRectF(x1, std::round(y - thick / 2), x2 - x1, thick), color);
        }
    };
    const QColor calm = theme().color(Token::Ref);
    const auto ink = [&](const PathFlow& flow) { return theme().shape(flow.severity, Token::Ref); };
    // The calm lines first: an amber trunk is not to be crossed by a grey branch.
    std::ranges::stable_sort(flows, {}, [](const Ends& ends) { return ends.flow->severity; });
    for (const auto& ends : flows) {
        const auto& flow = *ends.flow;
        const double start = ends.from->box.right() + 6;
        const double end = ends.to->box.left();
        if (end - start < 16) {
            continue;
        }
        const auto sources = std::ranges::count_if(flows, [&](const Ends& e) { return e.to == ends.to; });
        const auto targets = std::ranges::count_if(flows, [&](const Ends& e) { return e.from == ends.from; });
        const double in = thickness([&](const Ends& e) { return e.to == ends.to; });
        const double out = thickness([&](const Ends& e) { return e.from == ends.from; });
        const double y = ends.to->lineY;
        double labelLeft = start;
        if (sources == 1 && targets == 1 && std::abs(ends.from->lineY - y) < 0.5) {
            paintEnd(ends, start, end, y, in, ink(flow));
        } else {
            // Bends stand on one upright of the gap between two columns, as on a bus.
            const double bus = std::round(start + (end - start) * (sources > 1 ? 0.46 : 0.5));
            // A trunk that only feeds troubled hops belongs to the trouble; a branch into a shared one does not.
            const bool troubled = targets > 1 && std::ranges::all_of(flows, [&](const Ends& e) {
                                      return e.from != ends.from || e.flow->off || e.flow->severity != Severity::Normal;
                                  });
            painter.fillRect(QRectF(start, std::round(ends.from->lineY - out / 2), bus - start + 2, out),
                             troubled ? ink(flow) : calm);
            const double top = std::min(ends.from->lineY, y) - 1;
            const double bottom = std::max(ends.from->lineY, y) + 1;
            painter.fillRect(QRectF(bus, std::round(top), 2, std::round(bottom - top)), calm);
            paintEnd(ends, bus, end, y, in, ink(flow));
            labelLeft = bus + 2;
        }
        if (flow.waiting > 0) {
            paintComb(painter, flow, labelLeft, end, y);
        } else if (!flow.label.isEmpty()) {
            QRectF words(labelLeft + 2, y - 19, end - labelLeft - 8, 14);
            if (const double wide = draw::textWidth(theme().font(Type::Small), flow.label); wide > words.width()) {
                // May cross the upright, or stand out on both sides of a short straight line.
                words.setLeft(labelLeft > start ? std::max(start, words.right() - wide - 1)
                                                : words.center().x() - wide / 2 - 1);
                words.setWidth(wide + 1);
                painter.fillRect(words.adjusted(-2, 0, 0, 0), theme().color(Token::Bg));
            }
            draw::text(painter, words, flow.label, theme().font(Type::Small),
                       flow.off ? theme().color(Token::Crit) : theme().text(flow.severity, Token::Ink3),
                       labelLeft > start ? Qt::AlignRight : Qt::AlignHCenter);
        }
    }
}

void RequestPathView::paintComb(QPainter& painter, const PathFlow& flow, double left, double right, double y) const {
    drawQueueComb(painter, QRectF(left + 4, y - 6, right - left - 12, 12), flow.waiting, theme());
    const QString words = flow.waitingLabel.isEmpty() ? tr("%n waiting", nullptr, flow.waiting) : flow.waitingLabel;
    const double wide = draw::textWidth(theme().font(Type::Small), words) + 2;
    const QRectF box(right - 8 - wide, y - 25, wide, 14);
    painter.fillRect(box.adjusted(-2, 0, 2, 0), theme().color(Token::Bg)); // the words may cross the bus
    draw::text(painter, box, words, theme().font(Type::Small), theme().color(Token::Caut), Qt::AlignRight);
}

void RequestPathView::paintReplication(QPainter& painter) const {
    if (m_path.lags.empty()) {
        return;
    }
    const double scale = width() / kFullWidth;
    double textLeft = std::min(std::round(kLagLeft * scale), width() - 102.0);
    for (const auto& placed : m_placed) {
        textLeft = std::max(textLeft, placed.box.right() + 20); // never into a hop
    }
    const double upright = textLeft - 12;
    double top = 1e9;
    double bottom = -1e9;
    const auto branch = [&](const Placed& placed) {
        draw::dashed(painter, QLineF(placed.box.right() + 6, placed.lineY, upright, placed.lineY),
                     theme().color(Token::Ink3), 1, 3);
        top = std::min(top, placed.lineY);
        bottom = std::max(bottom, placed.lineY);
    };
    for (std::size_t i = 0; i < m_path.nodes.size(); ++i) {
        if (m_path.nodes[i].kind == HopKind::Primary) {
            branch(m_placed[i]);
        }
    }
    for (const auto& lag : m_path.lags) {
        const int index = indexOf(lag.node);
        if (index < 0) {
            continue;
        }
        const auto& placed = m_placed[static_cast<std::size_t>(index)];
        const auto& node = m_path.nodes[static_cast<std::size_t>(index)];
        branch(placed);
        const QRectF box(textLeft, placed.box.top(), width() - textLeft, 14);
        draw::text(painter, box, lag.label, theme().font(Type::Small), theme().text(lag.severity, Token::Ink3));
        const bool value = node.status.hasValue();
        if (value && lag.severity != Severity::Normal) {
            drawMark(painter, QRectF(width() - 12, placed.box.top() + 18, 12, 12), markOf(lag.severity), theme());
        }
        const NumberText number = value ? lag.number : NumberText{absentText(), {}};
        const QFontMetricsF digits(theme().font(Type::NodeValue));
        const QColor ink = value ? theme().text(lag.severity) : theme().color(Token::Ink2);
        draw::number(painter, QPointF(textLeft, std::round(placed.box.top() + 24 + digits.capHeight() / 2)), number,
                     theme().font(Type::NodeValue), theme().font(Type::Label),
                     node.status.state == PanelState::Late ? theme().color(Token::Ink3) : ink,
                     theme().text(lag.severity, Token::Ink2));
        if (value) {
            draw::text(painter, QRectF(textLeft, placed.box.top() + 34, width() - textLeft, 15), lag.detail,
                       theme().font(Type::Small), theme().color(Token::Ink2));
        }
    }
    if (bottom > top) {
        draw::dashed(painter, QLineF(upright, top, upright, bottom), theme().color(Token::Ink3), 1, 3);
    }
}

QString RequestPathView::spokenValue() const {
    QStringList parts;
    for (const auto& node : m_path.nodes) {
        parts << node.title + QLatin1Char(' ') + spokenNode(node);
    }
    return parts.join(QStringLiteral("; "));
}

void RequestPathView::resizeEvent(QResizeEvent*) {
    arrange();
    syncButtons();
}

} // namespace binnacle
