// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/top_command.h"

#include "backend/clients/stack_client.h"
#include "backend/collectors/collector_runner.h"
#include "backend/ctl/plain_text.h"
#include "backend/ctl/stack_access.h"
#include "backend/ctl/top_frame.h"
#include "backend/ctl/top_screen.h"
#include "backend/domain/format.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <mutex>
#include <thread>
#include <unistd.h>

namespace binnacle::ctl {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Reads the stack and its sources on threads of its own, so that the display never waits for any of them.
class LiveStack {
public:
    LiveStack(StackPlace place, StackStatus status)
        : m_place(std::move(place))
        , m_status(std::move(status))
        , m_runner([this](SourceUpdate update) { take(std::move(update)); })
        , m_watch([this](const std::stop_token& stop) { watch(stop); }) {}

    ~LiveStack() {
        m_watch.request_stop();
        m_watch.join();
        m_runner.stop();
    }
    LiveStack(const LiveStack&) = delete;
    LiveStack& operator=(const LiveStack&) = delete;

    /// Moves what came in since the last call into the store.
    void applyTo(SignalStore& store) {
        std::map<std::string, SourceUpdate> updates;
        std::vector<std::string> removed;
        {
            const std::scoped_lock lock(m_mutex);
            updates.swap(m_updates);
            removed.swap(m_removed);
        }
        for (const auto& source : removed) {
            store.removeSource(source);
        }
        for (const auto& [source, update] : updates) {
            store.apply(update);
        }
        store.expire(steady_clock::now());
    }
    [[nodiscard]] StackStatus status() const {
        const std::scoped_lock lock(m_mutex);
        return m_status;
    }
    [[nodiscard]] std::optional<std::string> statusError() const {
        const std::scoped_lock lock(m_mutex);
        return m_statusError;
    }
    [[nodiscard]] bool isForeign() const { return m_place.profile.has_value(); }
    void retryNow() { m_retry = true; }

private:
    void take(SourceUpdate update) {
        const std::scoped_lock lock(m_mutex);
        m_updates.insert_or_assign(update.source, std::move(update));
    }

    void watch(const std::stop_token& stop) {
        StackClient client(m_place.socket);
        run(status());
        auto nextStatus = steady_clock::now() + std::chrono::seconds(1);
        while (!stop.stop_requested()) {
            {
                std::unique_lock lock(m_mutex);
                m_wake.wait_for(lock, stop, milliseconds(100), [] { return false; });
            }
            if (m_retry.exchange(false)) {
                m_runner.retryNow();
            }
            if (stop.stop_requested() || m_place.profile || steady_clock::now() < nextStatus) {
                continue;
            }
            auto status = client.status(steady_clock::now() + milliseconds(500));
            nextStatus = steady_clock::now() + std::chrono::seconds(1);
            if (status) {
                run(*status);
            }
            const std::scoped_lock lock(m_mutex);
            if (status) {
                m_status = std::move(*status);
                m_statusError.reset();
            } else {
                m_statusError = status.error().text;
            }
        }
    }

    void run(const StackStatus& status) {
        auto collectors = collectorsOf(m_place, status);
        std::vector<std::string> sources;
        for (const auto& collector : collectors) {
            sources.push_back(collector->source());
        }
        m_runner.run(std::move(collectors));
        const std::scoped_lock lock(m_mutex);
        for (const auto& gone : m_sources) {
            if (std::ranges::find(sources, gone) == sources.end()) {
                m_removed.push_back(gone);
                m_updates.erase(gone);
            }
        }
        m_sources = std::move(sources);
    }

    StackPlace m_place;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::map<std::string, SourceUpdate> m_updates; ///< newest of each source, not yet taken
    std::vector<std::string> m_removed;
    std::vector<std::string> m_sources;
    StackStatus m_status;
    std::optional<std::string> m_statusError;
    std::atomic<bool> m_retry = false;
    CollectorRunner m_runner;
    std::jthread m_watch;
};

std::string clockText() {
    const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[32] = {};
    std::strftime(text, sizeof text, "%H:%M:%S UTC", &parts);
    return text;
}

TopState stateOf(const LiveStack& live, const SignalStore& store, SteadyTime now) {
    return {store, live.status(), live.statusError(), now, clockText(), {}, live.isForeign()};
}

std::size_t fromEnvironment(const char* name, std::size_t fallback) {
    const char* const text = std::getenv(name);
    const long value = text != nullptr ? std::strtol(text, nullptr, 10) : 0;
    return value >= 20 && value <= 1000 ? static_cast<std::size_t>(value) : fallback;
}

int printOnce(LiveStack& live) {
    SignalStore store;
    // Long enough for two readings of the slowest source.
    const auto end = steady_clock::now() + milliseconds(2300);
    while (steady_clock::now() < end) {
        std::this_thread::sleep_for(milliseconds(100));
        live.applyTo(store);
    }
    const auto frame = topFrame(stateOf(live, store, steady_clock::now()), fromEnvironment("COLUMNS", 80),
                                fromEnvironment("LINES", 24));
    return std::fputs(plainFrame(frame).c_str(), stdout) < 0 || std::fflush(stdout) != 0 ? kFailed : kDone;
}

void runLive(LiveStack& live, TopScreen& screen) {
    SignalStore store;
    std::optional<SignalStore> frozen;

    SteadyTime pausedAt;
    SteadyTime nextFrame;
    for (;;) {
        const auto now = steady_clock::now();
        if (now >= nextFrame) {
            live.applyTo(store);
            TopState state = stateOf(live, frozen ? *frozen : store, frozen ? pausedAt : now);
            if (frozen) {
                state.pausedFor = asciiSpaces(formatAge(now - pausedAt));
            }
            screen.show(topFrame(state, screen.columns(), screen.rows()));
            nextFrame = now + milliseconds(500);
        }
        switch (screen.waitForKey(milliseconds(100))) {
        case TopScreen::Key::Quit:
            return;
        case TopScreen::Key::Pause:
            if (frozen) {
                frozen.reset();
            } else {
                frozen = store; // the live one goes on: a pause loses nothing
                pausedAt = steady_clock::now();
            }
            nextFrame = {};
            break;
        case TopScreen::Key::Retry:
            live.retryNow();
            break;
        case TopScreen::Key::Resized:
            nextFrame = {};
            break;
        case TopScreen::Key::Back: // the arrows belong to replays
        case TopScreen::Key::Forward:
        case TopScreen::Key::Slower:
        case TopScreen::Key::Faster:
        case TopScreen::Key::None:
            break;
        }
    }
}

} // namespace

int runTop(const Options& options) {
    if (options.json) {
        std::fputs("binnaclectl: top is for people; scripts read \"binnaclectl snapshot --json\".\n", stderr);
        return kUsage;
    }
    if (!options.once && (::isatty(STDIN_FILENO) == 0 || ::isatty(STDOUT_FILENO) == 0)) {
        std::fputs("binnaclectl: top needs a terminal. Use \"binnaclectl top --once\" or \"binnaclectl snapshot\".\n",
                   stderr);
        return kUsage;
    }
    const auto place = findStack(options);
    if (!place) {
        std::fprintf(stderr, "binnaclectl: %s\n", place.error().text.c_str());
        return kFailed;
    }
    auto status = readStack(*place);
    if (!status) {
        std::fprintf(stderr, "binnaclectl: %s\n", status.error().text.c_str());
        return kFailed;
    }
    LiveStack live(*place, std::move(*status));
    if (options.once) {
        return printOnce(live);
    }
    const char* const noColour = std::getenv("NO_COLOR");
    const auto screen = TopScreen::open(noColour == nullptr || *noColour == '\0');
    if (!screen) {
        std::fputs("binnaclectl: this type of terminal (TERM) is not known. Use \"binnaclectl top --once\".\n", stderr);
        return kUsage;
    }
    runLive(live, *screen);
    return kDone;
}

} // namespace binnacle::ctl
