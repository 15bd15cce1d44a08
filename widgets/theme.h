// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

#include <memory>

class QApplication;
class QWidget;

namespace binnacle {

enum class ThemeMode { Dark, Light };

/// Every colour of the product by its role. Painters ask the theme by token; no colour literal stands outside it.
enum class Token {
    Bg,
    Rail,
    Sel,
    Track,
    Rule,
    Rule2,
    Ink,
    Ink2,
    Ink3,
    Crit,
    Caut,
    CautFill,
    Ok,
    CritFill,
    OnCritFill,
    D1,
    D2,
    D3,
    D4,
    Ref,
    Q50,
    Q95,
    Q99,
    Q999,
    H0,
    H1,
    H2,
    H3,
    H4,
    H5,
};
inline constexpr int kTokenCount = static_cast<int>(Token::H5) + 1;

/// The type scale: pixel size and weight by use.
enum class Type {
    Hero,        ///< 40 / 500
    Kpi,         ///< 26 / 500
    Title,       ///< 22 / 600
    Sentence,    ///< 18 / 600
    NodeValue,   ///< 18 / 500
    Detail,      ///< 15 / 400
    LaneValue,   ///< 15 / 500
    Heading,     ///< 13 / 600
    Body,        ///< 13 / 400
    BodyStrong,  ///< 13 / 500
    Label,       ///< 12 / 400
    LabelStrong, ///< 12 / 500
    Small,       ///< 11 / 400
    SmallStrong, ///< 11 / 600
    Mono,        ///< mono 12 / 400
    MonoStrong,  ///< mono 12 / 500
};
inline constexpr int kTypeCount = static_cast<int>(Type::MonoStrong) + 1;

enum class Environment { Production, Staging, Development };

/// How far something is beyond its limit. Normal has no colour.
enum class Severity { Normal, Caution, Critical };

/// Names of the font families, as the font database knows them.
struct FontFamilies {
    QString sans{};
    QString mono{};
    friend bool operator==(const FontFamilies&, const FontFamilies&) = default;
};

/// Loads Binnacle Sans and Binnacle Mono from `directory`; a family that is not there falls back to a system font
/// and a warning says so. Needs a QGuiApplication.
[[nodiscard]] FontFamilies loadFonts(const QString& directory);

/// The look as one value: colours, fonts, palette, style sheet. Copies share their data.
class Theme {
public:
    /// The dark theme with system fonts.
    Theme();
    explicit Theme(ThemeMode mode, const FontFamilies& families = {});

    [[nodiscard]] ThemeMode mode() const;
    [[nodiscard]] bool isDark() const { return mode() == ThemeMode::Dark; }
    [[nodiscard]] QColor color(Token token) const;
    [[nodiscard]] QColor environment(Environment environment) const;
    /// Text on an environment colour.
    [[nodiscard]] QColor onEnvironment() const;
    /// The heat ramp, 0 (nothing) to 1 (most), monotone in lightness.
    [[nodiscard]] QColor heat(double zeroToOne) const;
    [[nodiscard]] const QFont& font(Type type) const;
    /// Ink for text of that severity, `normal` when there is none.
    [[nodiscard]] QColor text(Severity severity, Token normal = Token::Ink) const;
    /// Fill for shapes of that severity.
    [[nodiscard]] QColor shape(Severity severity, Token normal = Token::Ink2) const;

    [[nodiscard]] QPalette palette() const;
    [[nodiscard]] const FontFamilies& families() const;

    friend bool operator==(const Theme& a, const Theme& b) {
        return a.m_data == b.m_data || (a.mode() == b.mode() && a.families() == b.families());
    }

private:
    struct Data;
    std::shared_ptr<const Data> m_data;
};

/// What wants to know the theme. Implemented by every widget here that paints or has children to tint.
class Themed {
public:
    virtual ~Themed() = default;
    virtual void setTheme(const Theme& theme) = 0;
};

/// Fusion, palette, font and style sheet for the whole application.
void applyTheme(QApplication& application, const Theme& theme);
/// Hands the theme to `root` and every Themed widget below it.
void applyTheme(QWidget& root, const Theme& theme);

} // namespace binnacle
