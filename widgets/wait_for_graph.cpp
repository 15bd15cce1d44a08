// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/wait_for_graph.h"

#include "widgets/draw.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace binnacle {

namespace {

constexpr int kMostNodes = 8;
constexpr qsizetype kMostLines = 3;
constexpr double kNodeWidth = 150;
constexpr double kTitle = 20;
constexpr double kLine = 15;
constexpr double kLabel = 32; ///< of two lines beside an arrow
constexpr double kReach = 26; ///< of an arrow above its nodes
constexpr std::array kColors = {Token::D1, Token::D4, Token::D2, Token::D3};

double nodeHeight(const WaitForNode& node) {
    return kTitle + kLine * static_cast<double>(std::min(node.lines.size(), kMostLines) + (node.victim ? 1 : 0)) + 2;
}

/// The point of an arrow that ends at `at`, coming from `from`.
void arrowHead(QPainter& painter, const QPointF& from, const QPointF& at, const QColor& color) {
    const double angle = std::atan2(at.y() - from.y(), at.x() - from.x());
    const auto corner = [&](double turn) {
        return QPointF(at.x() - 8 * std::cos(angle + turn), at.y() - 8 * std::sin(angle + turn));
    };
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(QPolygonF({at, corner(0.42), corner(-0.42)}));
    painter.setRenderHint(QPainter::Antialiasing, false);
}

/// Where the line from the middle of `box` to `to` leaves it.
QPointF edgeOf(const QRectF& box, const QPointF& to) {
    const QPointF middle = box.center();
    const QPointF way = to - middle;
    const double across = std::abs(way.x()) > 0 ? box.width() / 2 / std::abs(way.x()) : 1e9;
    const double down = std::abs(way.y()) > 0 ? box.height() / 2 / std::abs(way.y()) : 1e9;
    return middle + way * std::min({across, down, 1.0});
}

} // namespace

WaitForGraph::WaitForGraph(QWidget* parent)
    : PaintedWidget(parent) {
    setAccessibleName(tr("Wait-for graph"));
    setFocusPolicy(Qt::StrongFocus); // a screen reader stops here: the sentence is the table behind the picture
}

void WaitForGraph::setGraph(std::vector<WaitForNode> nodes, std::vector<WaitForEdge> edges) {
    const auto all = static_cast<int>(nodes.size());
    std::erase_if(edges, [all](const WaitForEdge& edge) {
        return edge.from < 0 || edge.to < 0 || edge.from >= all || edge.to >= all;
    });
    const int kept = nodes == m_graph.nodes ? m_graph.selected : 0;
    assign(m_graph, Graph{std::move(nodes), std::move(edges), kept});
}

void WaitForGraph::select(int node) {
    if (node < 0 || node >= count()) {
        return;
    }
    auto next = m_graph;
    next.selected = node;
    if (assign(m_graph, std::move(next))) {
        Q_EMIT selectionChanged();
    }
}

void WaitForGraph::keyPressEvent(QKeyEvent* event) {
    int to = -1;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Up:
        to = selected() + count() - 1; // a ring has no end
        break;
    case Qt::Key_Right:
    case Qt::Key_Down:
        to = selected() + 1;
        break;
    case Qt::Key_Home:
        to = 0;
        break;
    case Qt::Key_End:
        to = count() - 1;
        break;
    default:
        break;
    }
    if (to < 0 || !isSelectable() || event->modifiers() != Qt::NoModifier) {
        PaintedWidget::keyPressEvent(event);
        return;
    }
    select(to % count());
}

void WaitForGraph::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && isSelectable()) {
        for (int node = firstDrawn(); node < firstDrawn() + drawnCount(); ++node) {
            if (nodeRect(node).contains(event->position())) {
                select(node);
                break;
            }
        }
    }
    PaintedWidget::mousePressEvent(event);
}

int WaitForGraph::drawnCount() const {
    return std::min(count(), kMostNodes);
}

/// They change only when the selection leaves them, so that a ring does not turn under the eyes.
int WaitForGraph::firstDrawn() const {
    return std::min(m_graph.selected / kMostNodes * kMostNodes, count() - drawnCount());
}

bool WaitForGraph::isDrawn(int node) const {
    return node >= firstDrawn() && node < firstDrawn() + drawnCount();
}

QString WaitForGraph::spokenValue() const {
    QStringList parts;
    for (const auto& edge : m_graph.edges) {
        const auto& from = m_graph.nodes[static_cast<std::size_t>(edge.from)];
        const auto& to = m_graph.nodes[static_cast<std::size_t>(edge.to)];
        parts << tr("%1 %2, held by %3").arg(from.title, edge.title, to.title) +
                     (from.victim ? tr(", was cancelled") : QString());
    }
    if (isSelectable()) {
        parts << tr("%1 is selected").arg(m_graph.nodes[static_cast<std::size_t>(m_graph.selected)].title);
    }
    return parts.join(QStringLiteral("; "));
}

QRectF WaitForGraph::area() const {
    return QRectF(rect()).adjusted(8, 4, -8, -4);
}

QRectF WaitForGraph::nodeRect(int node) const {
    if (node < 0 || !isDrawn(node)) {
        return {};
    }
    const int drawn = drawnCount();
    const QRectF box = area();
    const double high = nodeHeight(m_graph.nodes[static_cast<std::size_t>(node)]);
    const double wide = std::min(kNodeWidth, box.width() * (drawn > 4 ? 0.25 : 0.42));
    if (drawn <= 2) {
        const double top = box.center().y() - high / 2;
        const double gap = std::max(24.0, std::min(box.width() - 2 * wide, 150.0));
        return QRectF(box.left() + node * (wide + gap), top, wide, high);
    }
    const double angle = 2 * std::numbers::pi * (node - firstDrawn()) / drawn - std::numbers::pi / 2;
    const QPointF middle(box.center().x() + (box.width() - wide) / 2 * std::cos(angle),
                         box.center().y() + (box.height() - high) / 2 * std::sin(angle));
    return QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high);
}

void WaitForGraph::paintNode(QPainter& painter, int index) const {
    const auto& node = m_graph.nodes[static_cast<std::size_t>(index)];
    const QRectF box = nodeRect(index);
    const auto color = theme().color(kColors[static_cast<std::size_t>(index) % kColors.size()]);
    const bool chosen = isSelectable() && index == m_graph.selected;
    painter.fillRect(box, theme().color(chosen ? Token::Sel : Token::Bg)); // arrows end at it
    painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), chosen ? theme().color(Token::Ink) : color);
    const double left = box.left() + 12;
    double top = box.top();
    draw::text(painter, QRectF(left, top, box.right() - left, kTitle), node.title, theme().font(Type::LaneValue),
               theme().color(Token::Ink));
    top += kTitle;
    const auto line = [&](const QString& text, Type type, Token ink) {
        draw::text(painter, QRectF(left, top, box.right() - left, kLine), text, theme().font(type), theme().color(ink));
        top += kLine;
    };
    for (const auto& text : node.lines.mid(0, kMostLines)) {
        line(text, Type::Small, Token::Ink2);
    }
    if (node.victim) {
        line(tr("cancelled"), Type::SmallStrong, Token::Ink);
    }
}

/// The first edge goes above the two, the second below.
void WaitForGraph::paintPair(QPainter& painter) const {
    const auto ink = theme().color(Token::Ink);
    for (std::size_t i = 0; i < std::min<std::size_t>(2, m_graph.edges.size()); ++i) {
        const auto& edge = m_graph.edges[i];
        const bool above = i == 0;
        const QRectF from = nodeRect(edge.from);
        const QRectF to = nodeRect(edge.to);
        const double start = above ? from.top() - 3 : from.bottom() + 3;
        const double end = above ? to.top() - 3 : to.bottom() + 3;
        const double turn = above ? std::min(start, end) - kReach : std::max(start, end) + kReach;
        const double x1 = from.left() + 48;
        const double x2 = to.left() + 48;
        draw::vertical(painter, x1, std::min(start, turn), std::max(start, turn), ink);
        draw::horizontal(painter, std::min(x1, x2), std::max(x1, x2) + 1, turn, ink);
        draw::vertical(painter, x2, std::min(end, turn), std::max(end, turn), ink);
        arrowHead(painter, QPointF(x2 + 0.5, turn), QPointF(x2 + 0.5, end), ink);
        const double left = std::min(x1, x2) + 4;
        const QRectF words(left, above ? turn - kLabel - 1 : turn + 3, area().right() - left, kLabel);
        draw::text(painter, QRectF(words.left(), words.top(), words.width(), 16), edge.title,
                   theme().font(Type::LabelStrong), theme().color(Token::Ink));
        draw::text(painter, QRectF(words.left(), words.top() + 16, words.width(), 15), edge.detail,
                   theme().font(Type::Small), theme().color(Token::Ink2));
    }
}

void WaitForGraph::paintRing(QPainter& painter) const {
    // In a ring there is room for the words of one edge: that of the session that is selected.
    for (const auto& edge : m_graph.edges) {
        if (!isDrawn(edge.from) || !isDrawn(edge.to)) {
            continue;
        }
        const bool told = edge.from == m_graph.selected;
        const auto ink = theme().color(told ? Token::Ink : Token::Ink3);
        const QRectF from = nodeRect(edge.from).adjusted(-6, -4, 6, 4);
        const QRectF to = nodeRect(edge.to).adjusted(-6, -4, 6, 4);
        const QPointF start = edgeOf(from, to.center());
        const QPointF end = edgeOf(to, from.center());
        draw::stroke(painter, {QLineF(start, end)}, ink, 1);
        arrowHead(painter, start, end, ink);
        if (!told) {
            continue;
        }
        const QPointF middle = (start + end) / 2;
        const double wide = std::min(draw::textWidth(theme().font(Type::Small), edge.title) + 8, 170.0);
        const QRectF words(
            std::clamp(middle.x() - wide / 2, area().left(), std::max(area().left(), area().right() - wide)),
            middle.y() - 8, wide, 16);
        painter.fillRect(words, theme().color(Token::Bg));
        draw::text(painter, words, edge.title, theme().font(Type::Small), theme().color(Token::Ink2), Qt::AlignHCenter);
    }
}

void WaitForGraph::paint(QPainter& painter) {
    if (m_graph.nodes.size() > 2) {
        paintRing(painter);
    } else {
        paintPair(painter);
    }
    for (int node = firstDrawn(); node < firstDrawn() + drawnCount(); ++node) {
        paintNode(painter, node);
    }
    if (drawnCount() < count()) {
        const auto words = tr("%1 to %2 of %3").arg(firstDrawn() + 1).arg(firstDrawn() + drawnCount()).arg(count());
        draw::text(painter, QRectF(area().left(), area().bottom() - kLine, area().width(), kLine), words,
                   theme().font(Type::Small), theme().color(Token::Ink2), Qt::AlignRight);
    }
}

} // namespace binnacle
