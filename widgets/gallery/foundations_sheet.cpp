// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/draw.h"
#include "widgets/gallery/sheets.h"
#include "widgets/icon.h"
#include "widgets/painted_widget.h"

#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace binnacle::gallery {

namespace {

constexpr int kTypeColumn = 500;

struct TypeRow {
    Type type;
    const char* size;
    const char* sample;
    const char* use;
};
constexpr std::array kTypes = {
    TypeRow{Type::Hero, "40 / 44", "2", "hero: degradation level"},
    TypeRow{Type::Kpi, "26 / 30", "486 ms", "KPI value"},
    TypeRow{Type::Title, "22 / 28", "Cancel the query", "dialog title"},
    TypeRow{Type::Sentence, "18 / 24", "p99 is 4.1 times", "situation sentence"},
    TypeRow{Type::NodeValue, "18 / 24", "1 842", "value of a hop"},
    TypeRow{Type::Detail, "15 / 20", "Replica 2 stopped", "sentence detail"},
    TypeRow{Type::LaneValue, "15 / 20", "9:28", "value of a lane"},
    TypeRow{Type::Heading, "13 / 18", "Blocking tree", "heading of a section"},
    TypeRow{Type::Body, "13 / 18", "Level 1 is in force", "body, navigation"},
    TypeRow{Type::Label, "12 / 16", "POST /v1/orders", "tables, buttons, labels"},
    TypeRow{Type::Small, "11 / 14", "0.4 s", "axis, age, unit: the floor"},
    TypeRow{Type::Mono, "12 / 19", "SELECT 0O1lI FROM a != b -> c", "SQL, routes"},
};

struct TokenRow {
    Token token;
    const char* name;
    const char* role;
};
constexpr std::array kTokens = {
    TokenRow{Token::Bg, "bg", "page"},
    TokenRow{Token::Rail, "rail", "rail, bars, dialog"},
    TokenRow{Token::Sel, "sel", "selected, hover"},
    TokenRow{Token::Track, "track", "empty part of a bar, gap"},
    TokenRow{Token::Rule, "rule", "hairline"},
    TokenRow{Token::Rule2, "rule2", "section rule, control edge"},
    TokenRow{Token::Ink, "ink", "text, focus, primary"},
    TokenRow{Token::Ink2, "ink2", "secondary text, bars"},
    TokenRow{Token::Ink3, "ink3", "labels, axis, age"},
    TokenRow{Token::Crit, "crit", "critical text"},
    TokenRow{Token::Caut, "caut", "caution text"},
    TokenRow{Token::CautFill, "cautf", "caution shape, waiting"},
    TokenRow{Token::Ok, "ok", "proof only"},
    TokenRow{Token::CritFill, "critfill", "the final button"},
    TokenRow{Token::D1, "d1", "data 1: stable, primary"},
    TokenRow{Token::D2, "d2", "data 2: replica 1"},
    TokenRow{Token::D3, "d3", "data 3"},
    TokenRow{Token::D4, "d4", "data 4: canary, replica 2"},
    TokenRow{Token::Ref, "ref", "reference, dashed"},
    TokenRow{Token::Q50, "q50", "p50"},
    TokenRow{Token::Q95, "q95", "p95"},
    TokenRow{Token::Q99, "q99", "p99, 2 px"},
    TokenRow{Token::Q999, "q999", "p99.9"},
};
constexpr std::array kIcons = {"overview", "latency",  "traffic",      "cache",      "pools", "database",
                               "locks",    "canary",   "degradation",  "migrations", "jobs",  "failover",
                               "advisor",  "incident", "walkthroughs", "connections"};

double luminance(const QColor& color) {
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

/// Type, space, icons.
class Types : public PaintedWidget {
public:
    Types() { setFixedWidth(kTypeColumn); }

protected:
    void paint(QPainter& painter) override {
        const auto small = theme().font(Type::Small);
        double y = 0;
        const auto head = [&](const char* title) {
            draw::text(painter, QRectF(0, y, width(), 28), QLatin1String(title), theme().font(Type::Heading),
                       theme().color(Token::Ink));
            y += 32;
        };
        head("Type, px / line");
        for (const auto& row : kTypes) {
            const double high = std::max(26.0, theme().font(row.type).pixelSize() + 14.0);
            draw::text(painter, QRectF(0, y, 60, high), QLatin1String(row.size), small, theme().color(Token::Ink3));
            draw::text(painter, QRectF(70, y, 240, high), QString::fromUtf8(row.sample), theme().font(row.type),
                       theme().color(Token::Ink));
            draw::text(painter, QRectF(320, y, width() - 320, high), QLatin1String(row.use), small,
                       theme().color(Token::Ink3));
            y += high;
            draw::horizontal(painter, 0, width(), y - 1, theme().color(Token::Rule));
        }
        y += 12;
        draw::text(painter, QRectF(0, y, width(), 24), QStringLiteral("Figures of one width: 1 111 111  8 888 888"),
                   theme().font(Type::NodeValue), theme().color(Token::Ink));
        y += 40;
        head("Space");
        double x = 0;
        for (const int space : {2, 4, 8, 12, 16, 24, 32}) {
            painter.fillRect(QRectF(x, y + 32 - space, space, space), theme().color(Token::Ink2));
            draw::text(painter, QRectF(x, y + 38, 30, 14), QString::number(space), small, theme().color(Token::Ink3));
            x += 48;
        }
        y += 68;
        head("Icons, 16 px, never filled, never coloured");
        for (std::size_t i = 0; i < kIcons.size(); ++i) {
            const double left = static_cast<double>(i % 4) * 124;
            const double top = y + std::floor(static_cast<double>(i) / 4) * 28;
            const auto name = QLatin1String(kIcons[i]);
            painter.drawPixmap(QPointF(left, top + 4),
                               tintedIcon(name, theme().color(Token::Ink2), devicePixelRatioF()));
            draw::text(painter, QRectF(left + 26, top, 96, 24), name, theme().font(Type::Label),
                       theme().color(Token::Ink2));
        }
    }
};

/// Every colour of the theme, with its contrast on page and rail.
class Colours : public PaintedWidget {
protected:
    void paint(QPainter& painter) override {
        const auto small = theme().font(Type::Small);
        const auto label = theme().font(Type::Label);
        const double right = width();
        draw::text(painter, QRectF(0, 0, 200, 28), QStringLiteral("Colours"), theme().font(Type::Heading),
                   theme().color(Token::Ink));
        draw::text(painter, QRectF(right - 160, 4, 80, 20), QStringLiteral("on page"), small,
                   theme().color(Token::Ink3), Qt::AlignRight);
        draw::text(painter, QRectF(right - 80, 4, 80, 20), QStringLiteral("on rail"), small, theme().color(Token::Ink3),
                   Qt::AlignRight);
        double y = 28;
        for (const auto& row : kTokens) {
            const auto color = theme().color(row.token);
            draw::horizontal(painter, 0, right, y, theme().color(Token::Rule));
            painter.fillRect(QRectF(0, y + 6, 22, 14), theme().color(Token::Ink3));
            painter.fillRect(QRectF(1, y + 7, 20, 12), color);
            draw::text(painter, QRectF(40, y, 70, 26), QLatin1String(row.name), label, theme().color(Token::Ink));
            draw::text(painter, QRectF(120, y, 80, 26), color.name().toUpper(), theme().font(Type::Mono),
                       theme().color(Token::Ink2));
            draw::text(painter, QRectF(220, y, right - 390, 26), QLatin1String(row.role), label,
                       theme().color(Token::Ink2));
            int column = 160;
            for (const auto under : {Token::Bg, Token::Rail}) {
                draw::text(painter, QRectF(right - column, y, 80, 26),
                           QString::number(contrast(color, theme().color(under)), 'f', 1), label,
                           theme().color(Token::Ink), Qt::AlignRight);
                column -= 80;
            }
            y += 26;
        }
        y += 16;
        draw::text(painter, QRectF(0, y, right, 20), QStringLiteral("Heat, none to many"), small,
                   theme().color(Token::Ink3));
        constexpr int kSteps = 120;
        const double wide = right / kSteps;
        for (int i = 0; i < kSteps; ++i) {
            painter.fillRect(QRectF(i * wide, y + 24, wide + 1, 16), theme().heat(static_cast<double>(i) / kSteps));
        }
    }
};

class FoundationsSheet : public Sheet {
public:
    FoundationsSheet() {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(24, 20, 24, 20);
        row->setSpacing(48);
        row->addWidget(new Types);
        row->addWidget(new Colours, 1);
    }
    void feedAll() override {}
};

} // namespace

std::unique_ptr<Sheet> makeFoundations() {
    return std::make_unique<FoundationsSheet>();
}

} // namespace binnacle::gallery
