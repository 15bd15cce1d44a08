// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart_event.h"
#include "widgets/console_style.h"
#include "widgets/environment_band.h"
#include "widgets/mark.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QImage>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QStyleOptionSlider>
#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace binnacle;

namespace {

struct Named {
    const char* name;
    Token token;
};

constexpr std::array kText{Named{"ink", Token::Ink},   Named{"ink2", Token::Ink2}, Named{"ink3", Token::Ink3},
                           Named{"crit", Token::Crit}, Named{"caut", Token::Caut}, Named{"ok", Token::Ok}};
constexpr std::array kShapes{Named{"cautf", Token::CautFill}, Named{"d1", Token::D1},   Named{"d2", Token::D2},
                             Named{"d3", Token::D3},          Named{"d4", Token::D4},   Named{"ref", Token::Ref},
                             Named{"q50", Token::Q50},        Named{"q95", Token::Q95}, Named{"q99", Token::Q99},
                             Named{"q999", Token::Q999}};

constexpr std::array kGrounds{Named{"bg", Token::Bg}, Named{"rail", Token::Rail}, Named{"sel", Token::Sel}};
// Hairlines, the empty part of a bar, the steps of the heat ramp: nothing is read from one of them alone.
constexpr std::array kQuiet{Token::Track, Token::Rule, Token::Rule2, Token::H0, Token::H1,
                            Token::H2,    Token::H3,   Token::H4,    Token::H5};
constexpr double kReadable = 4.5; // WCAG 2.1 AA for text; 3 for what is not text
constexpr double kSeen = 3.0;

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

std::array<double, 3> linearRgb(const QColor& color) {
    return {linear(color.redF()), linear(color.greenF()), linear(color.blueF())};
}

double luminance(const QColor& color) {
    const auto [r, g, b] = linearRgb(color);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

double contrast(const QColor& a, const QColor& b) {
    const double high = std::max(luminance(a), luminance(b));
    const double low = std::min(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

using Matrix = std::array<double, 9>;
constexpr Matrix kSame{1, 0, 0, 0, 1, 0, 0, 0, 1};
// Machado, Oliveira and Fernandes 2009, severity 1.
constexpr Matrix kDeutan{0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881};
constexpr Matrix kProtan{0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998};
constexpr Matrix kTritan{1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900};

std::array<double, 3> lab(const QColor& color, const Matrix& m) {
    const auto c = linearRgb(color);
    std::array<double, 3> seen{};
    for (std::size_t i = 0; i < 3; ++i) {
        seen[i] = std::clamp(m[i * 3] * c[0] + m[i * 3 + 1] * c[1] + m[i * 3 + 2] * c[2], 0.0, 1.0);
    }
    const double x = (0.4124564 * seen[0] + 0.3575761 * seen[1] + 0.1804375 * seen[2]) / 0.95047;
    const double y = 0.2126729 * seen[0] + 0.7151522 * seen[1] + 0.0721750 * seen[2];
    const double z = (0.0193339 * seen[0] + 0.1191920 * seen[1] + 0.9503041 * seen[2]) / 1.08883;
    const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
    return {116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))};
}

double ciede2000(const std::array<double, 3>& a, const std::array<double, 3>& b) {
    constexpr double kPi = 3.14159265358979323846;
    const double meanC = (std::hypot(a[1], a[2]) + std::hypot(b[1], b[2])) / 2;
    const double c7 = std::pow(meanC, 7);
    const double g = 0.5 * (1 - std::sqrt(c7 / (c7 + std::pow(25.0, 7))));
    const double a1 = (1 + g) * a[1];
    const double a2 = (1 + g) * b[1];
    const double c1 = std::hypot(a1, a[2]);
    const double c2 = std::hypot(a2, b[2]);
    const auto hue = [](double x, double y) {
        const double h = std::atan2(y, x) * 180 / kPi;
        return x == 0 && y == 0 ? 0 : h < 0 ? h + 360 : h;
    };
    const double h1 = hue(a1, a[2]);
    const double h2 = hue(a2, b[2]);
    double dh = h2 - h1;
    dh = c1 * c2 == 0 ? 0 : dh > 180 ? dh - 360 : dh < -180 ? dh + 360 : dh;
    const double dL = b[0] - a[0];
    const double dC = c2 - c1;
    const double dH = 2 * std::sqrt(c1 * c2) * std::sin(dh / 2 * kPi / 180);
    const double meanL = (a[0] + b[0]) / 2;
    const double meanCp = (c1 + c2) / 2;
    double meanH = h1 + h2;
    if (c1 * c2 != 0) {
        meanH = std::abs(h1 - h2) <= 180 ? meanH / 2 : meanH < 360 ? (meanH + 360) / 2 : (meanH - 360) / 2;
    }
    const auto cosine = [](double degrees) { return std::cos(degrees * kPi / 180); };
    const double t = 1 - 0.17 * cosine(meanH - 30) + 0.24 * cosine(2 * meanH) + 0.32 * cosine(3 * meanH + 6) -
                     0.20 * cosine(4 * meanH - 63);
    const double l50 = (meanL - 50) * (meanL - 50);
    const double sl = 1 + 0.015 * l50 / std::sqrt(20 + l50);
    const double sc = 1 + 0.045 * meanCp;
    const double sh = 1 + 0.015 * meanCp * t;
    const double cp7 = std::pow(meanCp, 7);
    const double turn = 30 * std::exp(-std::pow((meanH - 275) / 25, 2));
    const double rt = -2 * std::sqrt(cp7 / (cp7 + std::pow(25.0, 7))) * std::sin(2 * turn * kPi / 180);
    return std::sqrt(std::pow(dL / sl, 2) + std::pow(dC / sc, 2) + std::pow(dH / sh, 2) + rt * dC / sc * dH / sh);
}

} // namespace

class TestTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textIsReadableOnEveryGround_data() { modes(); }
    void textIsReadableOnEveryGround() {
        QFETCH(int, mode);
        const Theme theme(static_cast<ThemeMode>(mode));
        for (const auto& [name, token] : kText) {
            for (const auto& [at, ground] : kGrounds) {
                const double ratio = contrast(theme.color(token), theme.color(ground));
                QVERIFY2(ratio >= kReadable,
                         qPrintable(QStringLiteral("%1 has only %2").arg(QLatin1String(name)).arg(ratio)));
            }
        }
        QVERIFY(contrast(theme.color(Token::OnCritFill), theme.color(Token::CritFill)) >= kReadable);
        for (const auto environment : {Environment::Production, Environment::Staging, Environment::Development}) {
            QVERIFY(contrast(theme.onEnvironment(), theme.environment(environment)) >= kReadable);
        }
        const auto recording = placeMark(std::nullopt, theme);
        QVERIFY(contrast(recording.ink, recording.ground) >= kReadable);
    }

    void aRecordingIsMarkedAsNoEnvironment_data() { modes(); }
    void aRecordingIsMarkedAsNoEnvironment() {
        QFETCH(int, mode);
        const Theme theme(static_cast<ThemeMode>(mode));
        const auto recording = placeMark(std::nullopt, theme);
        for (const auto environment : {Environment::Production, Environment::Staging, Environment::Development}) {
            const auto mark = placeMark(environment, theme);
            QCOMPARE(mark.ground, theme.environment(environment));
            QVERIFY(mark.word != recording.word);
            QVERIFY(contrast(mark.ground, recording.ground) >= 1.5); // seen from the corner of an eye
        }
    }

    void shapesStandOutFromTheirGround_data() { modes(); }
    void shapesStandOutFromTheirGround() {
        QFETCH(int, mode);
        const Theme theme(static_cast<ThemeMode>(mode));
        for (const auto& [name, token] : kShapes) {
            for (const Token ground : {Token::Bg, Token::Rail}) {
                const double ratio = contrast(theme.color(token), theme.color(ground));
                QVERIFY2(ratio >= kSeen,
                         qPrintable(QStringLiteral("%1 has only %2").arg(QLatin1String(name)).arg(ratio)));
            }
        }
    }

    void everyTokenHasARoleThatIsChecked() {
        std::vector<Token> checked(kQuiet.begin(), kQuiet.end());
        for (const auto& [name, token] : kText) {
            checked.push_back(token);
        }
        for (const auto& [name, token] : kShapes) {
            checked.push_back(token);
        }
        for (const auto& [name, token] : kGrounds) {
            checked.push_back(token);
        }
        checked.push_back(Token::CritFill);
        checked.push_back(Token::OnCritFill);
        std::ranges::sort(checked);
        QCOMPARE(std::ranges::unique(checked).size(), std::size_t{0});
        QCOMPARE(static_cast<int>(checked.size()), kTokenCount);
    }

    void textOnInvertedFillsIsReadable_data() { modes(); }
    void textOnInvertedFillsIsReadable() {
        QFETCH(int, mode);
        const Theme theme(static_cast<ThemeMode>(mode));
        // Primary buttons (also under the pointer), the chosen segment, badges, the time tag of the crosshair,
        // selected text of a field.
        for (const Token fill : {Token::Ink, Token::Ink2}) {
            QVERIFY(contrast(theme.color(Token::Bg), theme.color(fill)) >= kReadable);
        }
        QVERIFY(contrast(theme.color(Token::OnCritFill), theme.color(Token::CritFill)) >= kReadable);
        // The bar and dot inside the square of the critical mark.
        QVERIFY(contrast(theme.color(Token::Bg), theme.color(Token::Crit)) >= kSeen);
        // The signs of events on a plot, with their words.
        for (const auto kind : {ChartEvent::Kind::Automatic, ChartEvent::Kind::Operator, ChartEvent::Kind::Caution,
                                ChartEvent::Kind::Critical}) {
            QVERIFY(contrast(eventColor(kind, theme), theme.color(Token::Bg)) >= kReadable);
        }
        for (const auto severity : {Severity::Normal, Severity::Caution, Severity::Critical}) {
            for (const auto& [name, ground] : kGrounds) {
                QVERIFY(contrast(theme.text(severity), theme.color(ground)) >= kReadable);
                QVERIFY(contrast(theme.shape(severity), theme.color(ground)) >= kSeen);
            }
        }
    }

    void focusIsSeenOnEveryGround_data() { modes(); }
    void focusIsSeenOnEveryGround() {
        QFETCH(int, mode);
        const Theme theme(static_cast<ThemeMode>(mode));
        for (const auto& [name, ground] : kGrounds) {
            QVERIFY(contrast(theme.color(Token::Ink), theme.color(ground)) >= kSeen);  // draw::focusRing
            QVERIFY(contrast(theme.color(Token::Ink3), theme.color(ground)) >= kSeen); // edges of fields and toggles
        }
        // On inverted fills the ring has the colour of the page, on the dangerous button that of its text.
        QVERIFY(contrast(theme.color(Token::Bg), theme.color(Token::Ink)) >= kSeen);
        QVERIFY(contrast(theme.color(Token::OnCritFill), theme.color(Token::CritFill)) >= kSeen);
    }

    void thePaletteIsReadable_data() { modes(); }
    void thePaletteIsReadable() {
        QFETCH(int, mode);
        const QPalette palette = Theme(static_cast<ThemeMode>(mode)).palette();
        using Role = QPalette::ColorRole;
        for (const auto group : {QPalette::Active, QPalette::Inactive}) {
            for (const auto& [text, ground] :
                 {std::pair(Role::WindowText, Role::Window), std::pair(Role::Text, Role::Base),
                  std::pair(Role::Text, Role::AlternateBase), std::pair(Role::ButtonText, Role::Button),
                  std::pair(Role::HighlightedText, Role::Highlight), std::pair(Role::ToolTipText, Role::ToolTipBase),
                  std::pair(Role::PlaceholderText, Role::Base), std::pair(Role::Link, Role::Window),
                  std::pair(Role::LinkVisited, Role::Window), std::pair(Role::BrightText, Role::Window)}) {
                const double ratio = contrast(palette.color(group, text), palette.color(group, ground));
                QVERIFY2(
                    ratio >= kReadable,
                    qPrintable(QStringLiteral("role %1 on %2 has only %3").arg(int(text)).arg(int(ground)).arg(ratio)));
            }
        }
    }

    void controlsAreReadable_data() { modes(); }
    void controlsAreReadable() {
        QFETCH(int, mode);
        const Theme theme(static_cast<ThemeMode>(mode));
        applyTheme(*qApp, theme);
        QWidget window;
        QLineEdit field(&window);
        QPushButton button(QStringLiteral("Cancel query"), &window);
        field.setGeometry(10, 10, 120, 28);
        button.setGeometry(10, 50, 120, 26);
        window.resize(200, 120);
        window.show();
        QApplication::setActiveWindow(&window);
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const auto ground = theme.color(Token::Bg);
        const auto edge = [&](const QWidget& widget, int fromTop) {
            const auto image = window.grab().toImage();
            return image.pixelColor(widget.geometry().center().x(), widget.geometry().top() + fromTop);
        };
        const auto seen = [&](const QColor& color) { return contrast(color, ground) >= kSeen; };
        // A field has an edge, a wider one with the focus, and another one where its text is at fault.
        window.setFocus();
        const auto calm = edge(field, 0);
        QVERIFY(seen(calm));
        QVERIFY(!seen(edge(field, 2)));
        field.setProperty(ConsoleStyle::kFaultProperty, true);
        QVERIFY(seen(edge(field, 0)));
        QVERIFY(edge(field, 0) != calm);
        field.setProperty(ConsoleStyle::kFaultProperty, false);
        field.setFocus();
        QVERIFY(seen(edge(field, 0)) && seen(edge(field, 2)));
        QVERIFY(contrast(theme.color(Token::Bg), theme.color(Token::Ink)) >= kReadable); // of its selection
        // A button's focus is an edge twice as wide.
        QVERIFY(!seen(edge(button, 1)));
        button.setFocus();
        QVERIFY(seen(edge(button, 0)) && seen(edge(button, 1)));
        for (const auto paper : {Token::Bg, Token::Sel}) { // at rest and below the mouse
            QVERIFY(contrast(theme.color(Token::Ink), theme.color(paper)) >= kReadable);
        }
        QVERIFY(contrast(theme.color(Token::Ink3), ground) >= kReadable); // heads of tables
    }

    void aScrollBarReachesBothEnds() {
        applyTheme(*qApp, Theme(ThemeMode::Dark));
        QScrollBar bar(Qt::Vertical);
        bar.resize(8, 200);
        bar.setRange(0, 2'000'000'000);
        bar.setPageStep(10);
        QStyleOptionSlider option;
        const auto slider = [&](int value) {
            bar.setValue(value);
            option.initFrom(&bar);
            option.orientation = Qt::Vertical;
            option.minimum = bar.minimum();
            option.maximum = bar.maximum();
            option.pageStep = bar.pageStep();
            option.sliderPosition = bar.sliderPosition();
            return bar.style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider, &bar);
        };
        QCOMPARE(slider(0).top(), 0);
        QCOMPARE(slider(0).height(), 24); // never too short to be taken
        QCOMPARE(slider(2'000'000'000).bottom(), 199);
        bar.setRange(0, 200);
        bar.setPageStep(200);
        QCOMPARE(slider(0).height(), 100);
        bar.setRange(0, 0);
        QCOMPARE(slider(0).height(), 200);
    }

    /// The percentiles' lines share a hue; lightness is their order, and it stays one for every eye.
    void percentilesAreAnOrderForEveryEye_data() { modes(); }
    void percentilesAreAnOrderForEveryEye() {
        QFETCH(int, mode);
        const Theme theme(static_cast<ThemeMode>(mode));
        const std::array lines{Token::Q50, Token::Q95, Token::Q99, Token::Q999};
        for (const auto& m : {kSame, kDeutan, kProtan, kTritan}) {
            for (std::size_t i = 1; i < lines.size(); ++i) {
                const auto below = lab(theme.color(lines[i - 1]), m);
                const auto above = lab(theme.color(lines[i]), m);
                QVERIFY(theme.isDark() ? above[0] > below[0] : above[0] < below[0]);
                QVERIFY2(ciede2000(below, above) >= 6.0, qPrintable(QString::number(ciede2000(below, above))));
            }
        }
    }

    void seriesStayApartForEveryEye_data() {
        QTest::addColumn<int>("mode");
        QTest::addColumn<int>("vision");
        QTest::addColumn<double>("among");
        QTest::addColumn<double>("toState");
        const std::array names{"normal", "deutan", "protan", "tritan"};
        // The figures of the visual language, a third under for what the published matrices are rounded to.
        const double dark[4][2]{{25.4, 23.0}, {10.4, 19.1}, {11.5, 25.1}, {17.4, 7.7}};
        const double light[4][2]{{25.0, 20.4}, {15.5, 22.3}, {14.2, 22.7}, {23.1, 7.7}};
        for (int vision = 0; vision < 4; ++vision) {
            const auto row = static_cast<std::size_t>(vision);
            QTest::addRow("dark, %s", names[row]) << 0 << vision << dark[vision][0] << dark[vision][1];
            QTest::addRow("light, %s", names[row]) << 1 << vision << light[vision][0] << light[vision][1];
        }
    }
    void seriesStayApartForEveryEye() {
        QFETCH(int, mode);
        QFETCH(int, vision);
        QFETCH(double, among);
        QFETCH(double, toState);
        const Theme theme(static_cast<ThemeMode>(mode));
        const std::array matrices{kSame, kDeutan, kProtan, kTritan};
        const auto& m = matrices[static_cast<std::size_t>(vision)];
        const std::array data{Token::D1, Token::D2, Token::D3, Token::D4};
        double leastAmong = 1e9;
        double leastToState = 1e9;
        for (std::size_t i = 0; i < data.size(); ++i) {
            const auto seen = lab(theme.color(data[i]), m);
            for (std::size_t j = i + 1; j < data.size(); ++j) {
                leastAmong = std::min(leastAmong, ciede2000(seen, lab(theme.color(data[j]), m)));
            }
            for (const Token state : {Token::Crit, Token::CautFill, Token::Ok}) {
                leastToState = std::min(leastToState, ciede2000(seen, lab(theme.color(state), m)));
            }
        }
        QVERIFY2(leastAmong >= among, qPrintable(QString::number(leastAmong)));
        QVERIFY2(leastToState >= toState, qPrintable(QString::number(leastToState)));
    }

    void heatGrowsInOneDirectionOfLightness_data() { modes(); }
    void heatGrowsInOneDirectionOfLightness() {
        QFETCH(int, mode);
        const Theme theme(static_cast<ThemeMode>(mode));
        double before = luminance(theme.heat(0));
        for (int i = 1; i <= 40; ++i) {
            const double now = luminance(theme.heat(i / 40.0));
            QVERIFY(theme.isDark() ? now >= before : now <= before);
            before = now;
        }
    }

    void eachMarkHasItsOwnSilhouette() {
        std::vector<QByteArray> shapes;
        for (int i = 1; i <= static_cast<int>(Mark::Denied); ++i) {
            QImage image(24, 24, QImage::Format_ARGB32_Premultiplied);
            image.fill(Qt::transparent);
            QPainter painter(&image);
            drawMark(painter, image.rect(), static_cast<Mark>(i), Theme());
            painter.end();
            QByteArray alpha;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    alpha.append(qAlpha(image.pixel(x, y)) > 127 ? '#' : '.');
                }
            }
            QVERIFY(alpha.contains('#'));
            QVERIFY2(std::find(shapes.begin(), shapes.end(), alpha) == shapes.end(),
                     qPrintable(markWord(static_cast<Mark>(i))));
            QVERIFY(!markWord(static_cast<Mark>(i)).isEmpty());
            shapes.push_back(alpha);
        }
    }

    void missingFontsFallBackWithAWarning() {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("Binnacle Sans is not in /nowhere.*")));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("Binnacle Mono is not in /nowhere.*")));
        const auto families = loadFonts(QStringLiteral("/nowhere"));
        QVERIFY(!families.sans.isEmpty());
        QVERIFY(!families.mono.isEmpty());
    }

private:
    static void modes() {
        QTest::addColumn<int>("mode");
        QTest::newRow("dark") << static_cast<int>(ThemeMode::Dark);
        QTest::newRow("light") << static_cast<int>(ThemeMode::Light);
    }
};

QTEST_MAIN(TestTheme)
#include "test_theme.moc"
