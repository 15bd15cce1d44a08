// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console_host.h"

#include "app/feed/profile_links.h"
#include "app/feed/replay_control_link.h"
#include "app/notes/note_store.h"
#include "app/pages/connection_words.h"
#include "backend/clients/stack_locator.h"
#include "backend/clients/system_clock.h"

#include <cstdio>
#include <unistd.h>
#include <utility>

namespace binnacle::app {

namespace {

constexpr std::chrono::milliseconds kDropEvery{50};

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

ConsoleHost::ConsoleHost(Setup setup, QObject* parent)
    : QObject(parent)
    , m_setup(std::move(setup))
    , m_settings(m_setup.settingsFile.isEmpty() ? Settings::defaultFile() : m_setup.settingsFile)
    , m_connections(m_setup.profiles, std::move(m_setup.keychain)) {
    connect(&m_drop, &QTimer::timeout, this, &ConsoleHost::dropEnded);
}

ConsoleHost::~ConsoleHost() = default;

ConsoleParts ConsoleHost::partsOf(const StackPlace& place) {
    ConsoleParts parts;
    parts.options = m_setup.options;
    parts.settings = &m_settings;
    parts.disk = m_disk;
    const auto tokenFile = parts.options.tokenFile ? parts.options.tokenFile->toStdString() : std::string();
    if (place.profile) {
        const auto& profile = *place.profile;
        parts.box = std::make_shared<CredentialBox>();
        parts.link = profileStackLink(profile, parts.box);
        parts.control = profileControlLink(profile, place.stateDir, tokenFile, parts.box);
        parts.credentials = profile.credentials;
        parts.environment = environmentOf(profile.environment);
        parts.readOnly = profile.readOnly;
        parts.objective = profile.objective;
        parts.placeName = QString::fromStdString(profile.name);
    } else {
        parts.link = bundledStackLink(place.socket);
        parts.control = bundledControlLink(place.socket, place.stateDir, tokenFile);
    }
    parts.clock = std::make_shared<SystemClock>();
    parts.recording = recordingOf(place);
    parts.notesFile = notesFileOf(QString::fromStdString(place.stateDir));
    parts.alertsFile = alertsFileOf(QString::fromStdString(place.stateDir));
    parts.notifier = m_setup.notifier;
    parts.stack.stateDir = QString::fromStdString(place.profile ? place.profile->name : place.stateDir);
    parts.stack.program = m_setup.program;
    parts.stack.mayStart = m_setup.mayStart && !place.profile && !parts.options.profile;
    parts.systemIsDark = m_setup.systemIsDark;
    parts.fonts = m_setup.fonts;
    parts.connections = &m_connections;
    return parts;
}

void ConsoleHost::open(StackPlace place, std::optional<Replay> replay) {
    auto parts = partsOf(place);
    if (replay) {
        parts.credentials.clear();
        parts.control = std::make_shared<ReplayControlLink>();
        parts.replayClock = std::make_shared<ReplayClock>(replay->at, replay->to, replay->timeline.utcOffsetNs);
        parts.clock = parts.replayClock;
        parts.stack.mayStart = false;
        parts.replay = std::move(replay);
        parts.cameFromLive = m_console != nullptr;
    } else {
        parts.stack.ours = m_startedStack;
    }
    m_connections.setCurrent(place.profile ? QString::fromStdString(std::filesystem::path(place.stateDir).stem())
                                           : QString());
    if (!place.profile && m_setup.options.profile) { // a stack by its folder: what "bundled" means from now on
        m_setup.options.stateDir = std::exchange(m_setup.options.profile, std::nullopt);
        m_setup.mayStart = false;
    }
    m_place = std::move(place);
    auto before = std::move(m_console);
    m_console = std::make_unique<Console>(std::move(parts));
    connect(m_console.get(), &Console::finished, this, &ConsoleHost::onFinished);
    m_console->show();
    if (before) { // its window has closed; its threads end by themselves
        before->disconnect(this);
        m_left.push_back(std::move(before));
        m_drop.start(kDropEvery);
    }
}

void ConsoleHost::onFinished(int exitCode) {
    const auto next = m_console->next();
    if (!next) {
        Q_EMIT finished(exitCode);
        return;
    }
    if (next->same) {
        m_startedStack = m_console->stack().startedByUs() || (m_startedStack && m_console->replay() != nullptr);
        m_setup.options.page = m_console->window().currentPage();
        m_setup.options.replay.reset();
        QTimer::singleShot(0, this, [this, replay = next->replay] { open(m_place, replay); });
        return;
    }
    m_startedStack = false;
    auto options = m_setup.options;
    options.profile.reset();
    if (!next->profile.isEmpty()) { // by its file: a folder here may have the same name
        options.profile = m_connections.folder() + QLatin1Char('/') + next->profile + QStringLiteral(".json");
    }
    // What was read of the file a moment ago: a slow disk is not asked again while no window stands.
    auto place = next->read ? Result<StackPlace>(StackPlace{options.profile->toStdString(), {}, *next->read})
                            : findStackPlace(options);
    if (!place) {
        std::fprintf(stderr, "binnacle: %s\n", place.error().text.c_str());
        Q_EMIT finished(1);
        return;
    }
    m_setup.options = std::move(options);
    m_setup.options.page.reset(); // asked for once; from now on the settings know
    m_setup.options.replay.reset();
    // Its own signal is still on its way through the console that ends.
    QTimer::singleShot(0, this, [this, place = std::move(*place)] { open(place); });
}

void ConsoleHost::dropEnded() {
    std::erase_if(m_left, [](const auto& console) { return console->ended(); });
    if (m_left.empty()) {
        m_drop.stop();
    }
}

bool ConsoleHost::shutDown() {
    // One second for all of them together, whose ends overlap.
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    for (const auto& console : m_left) {
        static_cast<void>(console->ended());
    }
    bool joined = !m_console || m_console->shutDown(deadline);
    for (const auto& console : m_left) {
        joined = console->shutDown(deadline) && joined;
    }
    const bool told = m_setup.notifier == nullptr || m_setup.notifier->end();
    return m_connections.credentials().end() && told && joined;
}

void ConsoleHost::quitNow() {
    m_console->quitNow();
}

} // namespace binnacle::app
