// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/gallery.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTextStream>

using namespace binnacle;

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("binnacle-gallery"));
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Every widget of Binnacle with canned data."));
    parser.addHelpOption();
    const QCommandLineOption screenshot(QStringLiteral("screenshot"), QStringLiteral("Write a picture and exit."),
                                        QStringLiteral("FILE"));
    const QCommandLineOption themeName(QStringLiteral("theme"), QStringLiteral("dark or light."),
                                       QStringLiteral("NAME"), QStringLiteral("dark"));
    const QCommandLineOption sheet(QStringLiteral("sheet"), gallery::sheetNames().join(QStringLiteral(", ")),
                                   QStringLiteral("NAME"), QStringLiteral("overview"));
    const QCommandLineOption size(QStringLiteral("size"), QStringLiteral("Logical size."), QStringLiteral("WxH"),
                                  QStringLiteral("1600x1000"));
    const QCommandLineOption fonts(QStringLiteral("fonts"), QStringLiteral("Directory of the Binnacle fonts."),
                                   QStringLiteral("DIR"), qEnvironmentVariable("BINNACLE_FONTS"));
    const QCommandLineOption mirrored(QStringLiteral("rtl"), QStringLiteral("Right to left."));
    parser.addOptions({screenshot, themeName, sheet, size, fonts, mirrored});
    parser.process(application);

    const auto mode = parser.value(themeName) == QStringLiteral("light") ? ThemeMode::Light : ThemeMode::Dark;
    const Theme theme(mode, loadFonts(parser.value(fonts)));
    if (parser.isSet(mirrored)) {
        application.setLayoutDirection(Qt::RightToLeft);
    }
    applyTheme(application, theme);
    const auto window = gallery::makeSheet(parser.value(sheet));
    if (!window) {
        QTextStream(stderr) << "There is no sheet of that name.\n";
        return 2;
    }
    applyTheme(*window, theme);
    const auto parts = parser.value(size).split(QLatin1Char('x'));
    window->resize(parts.value(0).toInt(), parts.value(1).toInt());
    window->show();
    QCoreApplication::processEvents();
    gallery::feed(*window);
    QCoreApplication::processEvents();
    if (parser.isSet(screenshot)) {
        return window->grab().save(parser.value(screenshot)) ? 0 : 1;
    }
    return QApplication::exec();
}
