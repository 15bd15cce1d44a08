// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launch_options.h"

#include <QtTest>

using namespace binnacle::app;
using namespace std::chrono_literals;

namespace {

const QStringList kPages{QStringLiteral("overview"), QStringLiteral("latency")};

auto parse(const char* line) {
    return parseLaunchOptions(
        (QStringLiteral("binnacle ") + QLatin1String(line)).split(QLatin1Char(' '), Qt::SkipEmptyParts), kPages);
}

std::optional<QString> display(QMap<QByteArray, QString> environment, const char* platform = "") {
    return missingDisplay([&](const char* name) { return environment.value(name); }, QLatin1String(platform));
}

} // namespace

class TestLaunchOptions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingIsRead() {
        const auto options = parse("--connect /tmp/x --page latency --theme=light --language de --size 1280x800 "
                                   "--after 1.5 --screenshot a.png");
        QVERIFY(options);
        QCOMPARE(options->profile, QStringLiteral("/tmp/x"));
        QCOMPARE(options->page, QStringLiteral("latency"));
        QVERIFY(options->theme == ThemeChoice::Light);
        QCOMPARE(options->language, QStringLiteral("de"));
        QCOMPARE(options->size, QSize(1280, 800));
        QVERIFY(options->after == 1500ms);
        QCOMPARE(options->screenshot, QStringLiteral("a.png"));
    }

    void nothingIsAskedFor() {
        const auto options = parse("");
        QVERIFY(options);
        QVERIFY(!options->page && !options->theme && !options->size && !options->takesScreenshot());
    }

    void misuseIsASentenceAndExitCode2_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("word");
        QTest::newRow("page") << "--page nope"
                              << "overview, latency";
        QTest::newRow("theme") << "--theme pink"
                               << "dark, light, system";
        QTest::newRow("language") << "--language tlh"
                                  << "en, de";
        QTest::newRow("size") << "--size 12"
                              << "WIDTHxHEIGHT";
        QTest::newRow("huge size") << "--size 99999x99999"
                                   << "8192x8192";
        QTest::newRow("after") << "--after soon --screenshot a"
                               << "seconds";
        QTest::newRow("after alone") << "--after 3"
                                     << "--screenshot";
        QTest::newRow("no value") << "--page"
                                  << "needs a value";
        QTest::newRow("unknown") << "--frobnicate"
                                 << "frobnicate";
        QTest::newRow("stray word") << "harbour"
                                    << "harbour";
    }
    void misuseIsASentenceAndExitCode2() {
        QFETCH(QString, line);
        QFETCH(QString, word);
        const auto options = parse(line.toUtf8().constData());
        QVERIFY(!options);
        QCOMPARE(options.error().exitCode, 2);
        QVERIFY2(options.error().text.contains(word), qPrintable(options.error().text));
    }

    void helpNamesThePagesAndIsNoError() {
        const auto options = parse("--help");
        QVERIFY(!options);
        QCOMPARE(options.error().exitCode, 0);
        QVERIFY(options.error().text.contains(QStringLiteral("overview, latency")));
    }

    void qtsOwnOptionsAreLeftToQt() {
        const auto options = parse("-platform offscreen --page latency");
        QVERIFY(options);
        QCOMPARE(options->page, QStringLiteral("latency"));
    }

    void withoutADisplayItIsSaidAndOffscreenNeedsNone() {
        QVERIFY(display({}).has_value());
        QVERIFY(!display({{"DISPLAY", QStringLiteral(":0")}}));
        QVERIFY(!display({{"WAYLAND_DISPLAY", QStringLiteral("wayland-0")}}));
        QVERIFY(!display({{"QT_QPA_PLATFORM", QStringLiteral("offscreen")}}));
        QVERIFY(!display({}, "offscreen"));
        QVERIFY(display({{"QT_QPA_PLATFORM", QStringLiteral("xcb")}}).has_value());
        QVERIFY(
            display({{"QT_QPA_PLATFORM", QStringLiteral("wayland")}, {"DISPLAY", QStringLiteral(":0")}}).has_value());
    }
};

QTEST_GUILESS_MAIN(TestLaunchOptions)
#include "test_launch_options.moc"
