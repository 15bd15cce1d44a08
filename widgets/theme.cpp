// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme.h"

#include "widgets/console_style.h"

#include <QApplication>
#include <QToolTip>
#include <QWidget>

#include <algorithm>
#include <array>
#include <cmath>

namespace binnacle {

namespace {

using Colors = std::array<QRgb, kTokenCount>;

// In the order of Token. The contrast and colour-vision figures of these values are kept by tests/widgets.
constexpr Colors kDark{
    0xff101214, 0xff16191c, 0xff22272c, 0xff2b3036, 0xff24292e, 0xff3d444c, // bg rail sel track rule rule2
    0xffe8eaed, 0xffa8afb7, 0xff89939d,                                     // ink ink2 ink3
    0xffff6b61, 0xfff2a93b, 0xfff2a93b, 0xff4fc38a, 0xffc4352c, 0xffffffff, // crit caut cautf ok critfill on
    0xff3f9df0, 0xffa9edf2, 0xff8a5cd0, 0xffde93be, 0xff808a94,             // d1 d2 d3 d4 ref
    0xff46729e, 0xff4f9be3, 0xff9ccbfa, 0xffe6f1fd,                         // q50 q95 q99 q999
    0xff16191c, 0xff1b2c40, 0xff1f4a75, 0xff2a74b5, 0xff6bb1ec, 0xffd6ebff, // h0 .. h5
};
constexpr Colors kLight{
    0xfff7f7f5, 0xffedede9, 0xffe3e3de, 0xffdadad5, 0xffe0e0db, 0xffb4b6b3, 0xff14171a, 0xff464c53,
    0xff5b6269, 0xffb71c1c, 0xff8a4f00, 0xffb46e00, 0xff156b41, 0xffb3261e, 0xffffffff, 0xff2b7dd8,
    0xff0c4f55, 0xff5a1fa0, 0xffb8508e, 0xff6f767d, 0xff5288c2, 0xff2f74ba, 0xff12508f, 0xff0a2a4d,
    0xffedede9, 0xffcfe0f1, 0xff9cc3e8, 0xff5596d6, 0xff1f62a8, 0xff0a2a4d,
};

struct TypeSpec {
    int pixels;
    QFont::Weight weight;
    bool mono;
};
// In the order of Type.
constexpr std::array<TypeSpec, kTypeCount> kTypes{{
    {40, QFont::Medium, false},
    {26, QFont::Medium, false},
    {22, QFont::DemiBold, false},
    {18, QFont::DemiBold, false},
    {18, QFont::Medium, false},
    {15, QFont::Normal, false},
    {15, QFont::Medium, false},
    {13, QFont::DemiBold, false},
    {13, QFont::Normal, false},
    {13, QFont::Medium, false},
    {12, QFont::Normal, false},
    {12, QFont::Medium, false},
    {11, QFont::Normal, false},
    {11, QFont::DemiBold, false},
    {12, QFont::Normal, true},
    {12, QFont::Medium, true},
}};

QColor mix(QColor a, QColor b, double share) {
    const auto part = [share](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * share)); };
    return QColor(part(a.red(), b.red()), part(a.green(), b.green()), part(a.blue(), b.blue()));
}

} // namespace

struct Theme::Data {
    ThemeMode mode = ThemeMode::Dark;
    FontFamilies families;
    Colors colors{};
    std::array<QFont, kTypeCount> fonts;
};

Theme::Theme()
    : Theme(ThemeMode::Dark) {}

Theme::Theme(ThemeMode mode, const FontFamilies& families) {
    auto data = std::make_shared<Data>();
    data->mode = mode;
    data->families = families;
    data->colors = mode == ThemeMode::Dark ? kDark : kLight;
    for (std::size_t i = 0; i < kTypes.size(); ++i) {
        const auto& spec = kTypes[i];
        const auto& family = spec.mono ? families.mono : families.sans;
        QFont font = family.isEmpty() ? QFont() : QFont(family);
        if (spec.mono) {
            font.setStyleHint(QFont::Monospace);
            font.setFixedPitch(true);
        } else {
            font.setStyleHint(QFont::SansSerif);
        }
        font.setPixelSize(spec.pixels);
        font.setWeight(spec.weight);
        font.setHintingPreference(QFont::PreferNoHinting);
        data->fonts[i] = font;
    }
    m_data = std::move(data);
}

ThemeMode Theme::mode() const {
    return m_data->mode;
}

const FontFamilies& Theme::families() const {
    return m_data->families;
}

QColor Theme::color(Token token) const {
    return QColor::fromRgb(m_data->colors[static_cast<std::size_t>(token)]);
}

QColor Theme::environment(Environment environment) const {
    switch (environment) {
    case Environment::Production:
        return isDark() ? QColor(0x83, 0x38, 0xb8) : QColor(0x7a, 0x2f, 0xb0);
    case Environment::Staging:
        return QColor(0x0f, 0x6e, 0x78);
    case Environment::Development:
        break;
    }
    return QColor(0x56, 0x60, 0x6a);
}

QColor Theme::onEnvironment() const {
    return color(Token::OnCritFill);
}

QColor Theme::heat(double zeroToOne) const {
    const double at = std::clamp(zeroToOne, 0.0, 1.0) * 5;
    const int low = std::min(static_cast<int>(at), 4);
    const auto stop = [this](int i) { return color(static_cast<Token>(static_cast<int>(Token::H0) + i)); };
    return mix(stop(low), stop(low + 1), at - low);
}

const QFont& Theme::font(Type type) const {
    return m_data->fonts[static_cast<std::size_t>(type)];
}

QColor Theme::text(Severity severity, Token normal) const {
    switch (severity) {
    case Severity::Caution:
        return color(Token::Caut);
    case Severity::Critical:
        return color(Token::Crit);
    case Severity::Normal:
        break;
    }
    return color(normal);
}

QColor Theme::shape(Severity severity, Token normal) const {
    return severity == Severity::Caution ? color(Token::CautFill) : text(severity, normal);
}

QPalette Theme::palette() const {
    QPalette out;
    const auto set = [&](QPalette::ColorRole role, Token token) { out.setColor(role, color(token)); };
    set(QPalette::Window, Token::Bg);
    set(QPalette::WindowText, Token::Ink);
    set(QPalette::Base, Token::Bg);
    set(QPalette::AlternateBase, Token::Rail);
    set(QPalette::ToolTipBase, Token::Sel);
    set(QPalette::ToolTipText, Token::Ink);
    set(QPalette::PlaceholderText, Token::Ink3);
    set(QPalette::Text, Token::Ink);
    set(QPalette::Button, Token::Rail);
    set(QPalette::ButtonText, Token::Ink);
    set(QPalette::BrightText, Token::Ink);
    set(QPalette::Highlight, Token::Sel);
    set(QPalette::HighlightedText, Token::Ink);
    set(QPalette::Link, Token::Ink);
    set(QPalette::LinkVisited, Token::Ink2);
    set(QPalette::Light, Token::Rule2);
    set(QPalette::Midlight, Token::Rule2);
    set(QPalette::Mid, Token::Rule2);
    set(QPalette::Dark, Token::Rule);
    set(QPalette::Shadow, Token::Bg);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        out.setColor(QPalette::Disabled, role, color(Token::Ink3));
    }
    return out;
}

void applyTheme(QApplication& application, const Theme& theme) {
    application.setStyle(new ConsoleStyle(theme)); // the application's from here on
    application.setPalette(theme.palette());
    QToolTip::setPalette(theme.palette());
    application.setFont(theme.font(Type::Label));
}

void applyTheme(QWidget& root, const Theme& theme) {
    if (auto* themed = dynamic_cast<Themed*>(&root)) {
        themed->setTheme(theme);
    }
    // Delegates and other helpers are Themed without being widgets.
    const auto children = root.findChildren<QObject*>();
    for (QObject* child : children) {
        if (auto* themed = dynamic_cast<Themed*>(child)) {
            themed->setTheme(theme);
        }
    }
}

} // namespace binnacle
