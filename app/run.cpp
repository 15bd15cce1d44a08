// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run.h"

#include "app/alerts/alert_notifier.h"
#include "app/console_host.h"
#include "app/language.h"
#include "app/pages/page.h"
#include "app/pages/panel_of.h"
#include "app/quit_signals.h"
#include "app/self_report.h"
#include "app/settings.h"
#include "app/state_dir.h"
#include "backend/clients/pg_connect.h"
#include "backend/clients/secret.h"
#include "backend/clients/stack_locator.h"
#include "backend/collectors/profile_shelf.h"

#include <QApplication>
#include <QDir>
#include <QLocale>
#include <QTimer>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace binnacle::app {

namespace {

QString resourceDir() {
    const auto named = qEnvironmentVariable("BINNACLE_RESOURCES");
    return !named.isEmpty()
               ? named
               : QDir::cleanPath(QCoreApplication::applicationDirPath() + QStringLiteral("/../share/binnacle"));
}

} // namespace

int run(int argc, char** argv) {
    // Before the first thread: the user's own PGPASSWORD or PGHOSTADDR would override the stack's credentials.
    forgetPostgresEnvironment();
    // Passwords pass through this process: no core file may hold them.
    forbidCoreFiles();
    std::signal(SIGPIPE, SIG_IGN);

    QStringList arguments;
    for (int i = 0; i < argc; ++i) {
        arguments << QString::fromLocal8Bit(argv[i]);
    }
    const auto options = parseLaunchOptions(arguments, pageIds());
    if (!options) {
        const auto& exit = options.error();
        std::fputs(qUtf8Printable(exit.text), exit.exitCode == 0 ? stdout : stderr);
        return exit.exitCode;
    }
    const auto place = findStackPlace(*options);
    if (!place) {
        std::fprintf(stderr, "binnacle: %s\n", place.error().text.c_str());
        return 2;
    }
    for (const auto& warning : place->profile ? place->profile->warnings : std::vector<std::string>()) {
        std::fprintf(stderr, "binnacle: %s\n", qUtf8Printable(plain(warning, 400)));
    }
    const auto read = [](const char* name) { return qEnvironmentVariable(name); };
    if (const auto missing = missingDisplay(read, platformArgument(arguments))) {
        std::fprintf(stderr, "binnacle: %s\n", qUtf8Printable(*missing));
        return 1;
    }

    std::optional<Replay> replay;
    if (options->replay) {
        auto opened = openReplay(options->replay->toStdString(),
                                 options->at ? std::optional<UtcTime>(*utcInstant(*options->at)) : std::nullopt);
        if (!opened) {
            std::fprintf(stderr, "binnacle: %s\n", opened.error().text.c_str());
            return opened.error().code == ErrorCode::Invalid ? 2 : 1;
        }
        replay = std::move(*opened);
    }

    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("binnacle"));
    QApplication::setApplicationVersion(QStringLiteral(BINNACLE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("binnacle"));
    QApplication::setQuitOnLastWindowClosed(false);
    const auto resources = resourceDir();
    const auto language = options->language.value_or(Settings::storedLanguage(Settings::defaultFile()));
    speak(application, language.isEmpty() ? languageFor(QLocale::system()) : language, resources);

    ConsoleHost::Setup setup;
    setup.options = *options;
    setup.program = QCoreApplication::applicationDirPath() + QStringLiteral("/binnacle-stack");
    setup.systemIsDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    setup.fonts = loadFonts(resources + QStringLiteral("/fonts"));
    setup.profiles = profileFolder(processEnvironment()).value_or(std::filesystem::path());
    setup.keychain = systemKeychain();
    setup.notifier = desktopNotifier();

    auto host = std::make_unique<ConsoleHost>(std::move(setup));
    QObject::connect(host.get(), &ConsoleHost::finished, &application, [](int code) { QCoreApplication::exit(code); });
    reportOnSelf(qEnvironmentVariable("BINNACLE_REPORT"), *host);
    QuitSignals signals_;
    QObject::connect(&signals_, &QuitSignals::raised, host.get(), &ConsoleHost::quitNow);
    host->open(*place, std::move(replay));
    const int code = QApplication::exec();
    const bool joined = host->shutDown();
    if (!joined) {
        // A collector still waits for a peer that hangs. Its deadline will end it; nobody has to wait for that.
        std::fflush(nullptr);
        std::_Exit(code);
    }
    return code;
}

} // namespace binnacle::app
