// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/prediction_bars.h"

#include "widgets/draw.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace binnacle {

namespace {
constexpr int kHead = 20;
constexpr int kRow = 36;
constexpr double kName = 0.43;
constexpr double kValueRoom = 70;
constexpr double kOffRoom = 78;
constexpr double kBarHigh = 9;
} // namespace

PredictionBars::PredictionBars(QWidget* parent)
    : PaintedWidget(parent) {
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Predicted and measured"));
}

void PredictionBars::showRows(std::vector<PredictionRow> rows) {
    const auto before = sizeHint();
    if (assign(m_rows, std::move(rows)) && sizeHint() != before) {
        updateGeometry();
    }
}

QSize PredictionBars::sizeHint() const {
    return {452, kHead + kRow * static_cast<int>(m_rows.size())};
}

QString PredictionBars::spokenValue() const {
    QStringList out;
    for (const auto& row : m_rows) {
        out << tr("%1: predicted %2, measured %3").arg(row.title, row.predictedText, row.measuredText);
    }
    return out.join(QStringLiteral("; "));
}

void PredictionBars::paint(QPainter& painter) {
    const auto& t = theme();
    const auto start = isMirrored() ? Qt::AlignRight : Qt::AlignLeft;
    const auto end = isMirrored() ? Qt::AlignLeft : Qt::AlignRight;
    const double name = width() * kName;
    const double room = std::max(20.0, width() - name - kValueRoom - kOffRoom);
    const QFont& small = t.font(Type::Small);
    draw::text(painter, visual({name, 0, room + kValueRoom, kHead}), tr("predicted, outline; measured, solid"), small,
               t.color(Token::Ink3), start);
    draw::text(painter, visual({width() - kOffRoom, 0, kOffRoom, kHead}), tr("off by"), small, t.color(Token::Ink3),
               end);
    double top = kHead;
    for (const auto& row : m_rows) {
        const double most = std::max({std::abs(row.predicted), std::abs(row.measured), 1e-12});
        const auto wide = [&](double value) { return std::max(1.0, std::round(room * std::abs(value) / most)); };
        draw::text(painter, visual({0, top, name - 8, kRow}), row.title, t.font(Type::Label), t.color(Token::Ink),
                   start);
        const double predicted = wide(row.predicted);
        const double measured = wide(row.measured);
        const QRectF outline = visual({name, top + 6, predicted, kBarHigh});
        painter.setPen(QPen(t.color(Token::Ink2), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(outline.adjusted(0.5, 0.5, -0.5, -0.5));
        painter.fillRect(visual({name, top + 6 + kBarHigh + 3, measured, kBarHigh}), t.color(Token::Ink2));
        draw::text(painter, visual({name + predicted + 6, top + 3, kValueRoom, kBarHigh + 6}), row.predictedText, small,
                   t.color(Token::Ink2), start);
        draw::text(painter, visual({name + measured + 6, top + 15, kValueRoom, kBarHigh + 6}), row.measuredText,
                   t.font(Type::SmallStrong), t.color(Token::Ink), start);
        draw::text(painter, visual({width() - kOffRoom, top, kOffRoom, kRow}), row.offBy, t.font(Type::Label),
                   t.color(Token::Ink2), end);
        top += kRow;
    }
}

} // namespace binnacle
