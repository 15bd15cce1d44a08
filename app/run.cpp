// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run.h"

#include "app/console.h"
#include "app/feed/profile_links.h"
#include "app/feed/replay_control_link.h"
#include "app/language.h"
#include "app/pages/page.h"
#include "app/pages/panel_of.h"
#include "app/quit_signals.h"
#include "app/settings.h"
#include "app/state_dir.h"
#include "backend/clients/pg_connect.h"
#include "backend/clients/stack_locator.h"
#include "backend/clients/system_clock.h"

#include <QApplication>
#include <QDir>
#include <QLocale>
#include <QTimer>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sys/resource.h>
#include <unistd.h>

namespace binnacle::app {

namespace {

QString resourceDir() {
    const auto named = qEnvironmentVariable("BINNACLE_RESOURCES");
    return !named.isEmpty()
               ? named
               : QDir::cleanPath(QCoreApplication::applicationDirPath() + QStringLiteral("/../share/binnacle"));
}

Environment environmentOf(const Profile& profile) {
    switch (profile.environment) {
    case ProfileEnvironment::Staging:
        return Environment::Staging;
    case ProfileEnvironment::Development:
        return Environment::Development;
    case ProfileEnvironment::Production:
        break;
    }
    return Environment::Production;
}

/// Where the recorder of that place writes (binnaclectl record run); empty when there is no such folder.
std::filesystem::path recordingOf(const StackPlace& place) {
    if (!place.profile) {
        return std::filesystem::path(place.stateDir) / "recorder" / "recording.sqlite";
    }
    const auto state = resolveStateDir(std::nullopt, processEnvironment(), ::getuid());
    return state
               ? state->parent_path() / "recorder" / (std::filesystem::path(place.stateDir).stem().string() + ".sqlite")
               : std::filesystem::path();
}

} // namespace

int run(int argc, char** argv) {
    // Before the first thread: the user's own PGPASSWORD or PGHOSTADDR would override the stack's credentials.
    forgetPostgresEnvironment();
    // Passwords pass through this process: no core file may hold them.
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
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

    ConsoleParts parts;
    parts.options = *options;
    const auto tokenFile = options->tokenFile ? options->tokenFile->toStdString() : std::string();
    if (place->profile) {
        const auto& profile = *place->profile;
        parts.link = profileStackLink(profile);
        parts.control = profileControlLink(profile, place->stateDir, tokenFile);
        parts.environment = environmentOf(profile);
        parts.placeName = QString::fromStdString(profile.name);
    } else {
        parts.link = bundledStackLink(place->socket);
        parts.control = bundledControlLink(place->socket, place->stateDir, tokenFile);
    }
    parts.clock = std::make_shared<SystemClock>();
    parts.recording = recordingOf(*place);
    parts.notesFile = notesFileOf(QString::fromStdString(place->stateDir));
    parts.stack.stateDir = QString::fromStdString(place->profile ? place->profile->name : place->stateDir);
    parts.stack.program = QCoreApplication::applicationDirPath() + QStringLiteral("/binnacle-stack");
    parts.stack.mayStart = !options->profile;
    if (replay) {
        parts.control = std::make_shared<ReplayControlLink>();
        parts.replayClock = std::make_shared<ReplayClock>(replay->at, replay->to, replay->timeline.utcOffsetNs);
        parts.clock = parts.replayClock;
        parts.stack.mayStart = false;
        parts.replay = std::move(replay);
    }
    parts.systemIsDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    parts.fonts = loadFonts(resources + QStringLiteral("/fonts"));

    auto console = std::make_unique<Console>(std::move(parts));
    QObject::connect(console.get(), &Console::finished, &application, [](int code) { QCoreApplication::exit(code); });
    QuitSignals signals_;
    QObject::connect(&signals_, &QuitSignals::raised, console.get(), &Console::quitNow);
    console->show();
    const int code = QApplication::exec();
    const bool joined = console->shutDown();
    if (!joined) {
        // A collector still waits for a peer that hangs. Its deadline will end it; nobody has to wait for that.
        std::fflush(nullptr);
        std::_Exit(code);
    }
    return code;
}

} // namespace binnacle::app
