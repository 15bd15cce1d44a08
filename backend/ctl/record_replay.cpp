// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/plain_text.h"
#include "backend/ctl/record_command.h"
#include "backend/ctl/record_times.h"
#include "backend/ctl/snapshot_document.h"
#include "backend/ctl/top_frame.h"
#include "backend/ctl/top_screen.h"
#include "backend/recorder/recording_cursor.h"
#include "backend/recorder/recording_reader.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <unistd.h>

namespace binnacle::ctl {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr seconds kBefore{120}; ///< what a frame looks back on: rates, windows and the last quarter of an hour's marks
constexpr seconds kStep{10};
constexpr std::array kSpeeds{0.25, 0.5, 1.0, 2.0, 4.0, 10.0, 60.0};

int failed(const Error& error) {
    std::fprintf(stderr, "binnaclectl: %s\n", plainText(error.text).c_str());
    return error.code == ErrorCode::Invalid ? kUsage : kFailed;
}

/// A recording at one instant, which moves.
class Replay {
public:
    Replay(RecordingReader& reader, SteadyTime first, SteadyTime last, SteadyTime at)
        : m_reader(reader)
        , m_cursor(reader)
        , m_first(first)
        , m_last(last) {
        seek(at);
    }

    void seek(SteadyTime at) {
        m_at = std::clamp(at, m_first, m_last);
        m_store = {};
        m_cursor.seek(m_at - kBefore);
        take();
    }
    void advance(steady_clock::duration by) {
        m_at = std::min(m_at + by, m_last);
        take();
    }
    [[nodiscard]] bool atEnd() const { return m_at >= m_last; }
    [[nodiscard]] SteadyTime at() const { return m_at; }

    [[nodiscard]] std::vector<FrameLine> frame(const std::string& file, const std::string& pace, std::size_t columns,
                                               std::size_t rows) const {
        StackStatus stack;
        stack.stateDir = file;
        stack.state = "replay";
        const auto clock = instantText(m_reader.utcOf(m_at)).substr(0, 19) + "Z " + pace;
        return topFrame({m_store, stack, std::nullopt, m_at, clock, {}, true}, columns, rows);
    }

private:
    void take() {
        for (const auto& event : m_cursor.upTo(m_at)) {
            if (event.update) {
                m_store.apply(*event.update);
            } else {
                m_store.removeSource(event.source);
            }
        }
        m_store.expire(m_at);
    }

    RecordingReader& m_reader;
    RecordingCursor m_cursor;
    SteadyTime m_first;
    SteadyTime m_last;
    SteadyTime m_at;
    SignalStore m_store;
};

std::string paceText(bool paused, bool ended, double speed) {
    char text[32] = {};
    std::snprintf(text, sizeof text, "x%g", speed);
    return ended ? "end" : paused ? "paused" : text;
}

void play(Replay& replay, const std::string& file, TopScreen& screen) {
    bool paused = false;
    std::size_t speed = 2;
    auto shown = steady_clock::now();
    for (;;) {
        const auto now = steady_clock::now();
        if (!paused) {
            replay.advance(std::chrono::duration_cast<steady_clock::duration>((now - shown) * kSpeeds[speed]));
        }
        shown = now;
        screen.show(
            replay.frame(file, paceText(paused, replay.atEnd(), kSpeeds[speed]), screen.columns(), screen.rows()));
        switch (screen.waitForKey(milliseconds(250))) {
        case TopScreen::Key::Quit:
            return;
        case TopScreen::Key::Pause:
            paused = !paused;
            break;
        case TopScreen::Key::Back:
            replay.seek(replay.at() - kStep);
            break;
        case TopScreen::Key::Forward:
            replay.seek(replay.at() + kStep);
            break;
        case TopScreen::Key::Faster:
            speed = std::min(speed + 1, kSpeeds.size() - 1);
            break;
        case TopScreen::Key::Slower:
            speed = speed > 0 ? speed - 1 : 0;
            break;
        case TopScreen::Key::Retry:
        case TopScreen::Key::Resized:
        case TopScreen::Key::None:
            break;
        }
    }
}

/// What every source had said at that instant, with what it said before, for rates and windows.
std::vector<SourcePasses> passesAt(RecordingReader& reader, SteadyTime at) {
    RecordingCursor cursor(reader);
    cursor.seek(at - kBefore);
    std::map<std::string, SourcePasses> sources;
    for (auto& event : cursor.upTo(at)) {
        if (!event.update) {
            sources.erase(event.source);
            continue;
        }
        auto& passes = sources[event.source];
        if (passes.last.snapshot && event.update->snapshot != passes.last.snapshot) {
            passes.first = passes.last.snapshot;
        }
        passes.last = std::move(*event.update);
    }
    std::vector<SourcePasses> out;
    for (auto& [source, passes] : sources) {
        out.push_back(std::move(passes));
    }
    return out;
}

} // namespace

int runRecordReplay(const Options& options) {
    const auto& file = options.record.file;
    auto reader = RecordingReader::open(file);
    if (!reader) {
        return failed(reader.error());
    }
    const auto info = reader->info();
    if (!info) {
        return failed(info.error());
    }
    if (info->sources.empty()) {
        return failed({ErrorCode::NotFound, file + ": nothing is recorded"});
    }
    const bool terminal = !options.json && ::isatty(STDIN_FILENO) != 0 && ::isatty(STDOUT_FILENO) != 0;
    auto at = terminal ? info->from : info->to;
    if (!options.record.at.empty()) {
        const auto wanted = parseInstant(options.record.at, info->to);
        if (!wanted) {
            return failed(wanted.error());
        }
        if (*wanted < info->from || *wanted > info->to) {
            return failed({ErrorCode::Invalid,
                           "--at must lie between " + instantText(info->from) + " and " + instantText(info->to)});
        }
        at = *wanted;
    }
    const auto steady = reader->steadyOf(at);
    if (!terminal) {
        const auto passes = passesAt(*reader, steady);
        const auto text = options.json ? snapshotJson(passes, steady) : snapshotTable(passes, steady);
        return std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout) != 0 ? kFailed : kDone;
    }
    const char* const noColour = std::getenv("NO_COLOR");
    const auto screen = TopScreen::open(noColour == nullptr || *noColour == '\0');
    if (!screen) {
        std::fputs("binnaclectl: this type of terminal (TERM) is not known. Use --json, or a pipe.\n", stderr);
        return kUsage;
    }
    Replay replay(*reader, reader->steadyOf(info->from), reader->steadyOf(info->to), steady);
    play(replay, file, *screen);
    return kDone;
}

} // namespace binnacle::ctl
