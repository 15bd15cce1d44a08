// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/record_command.h"

#include "backend/ctl/plain_text.h"
#include "backend/ctl/record_times.h"
#include "backend/ctl/source_recorder.h"
#include "backend/ctl/stack_access.h"
#include "backend/domain/format.h"
#include "backend/recorder/recording_file.h"
#include "backend/recorder/recording_reader.h"
#include "backend/recorder/recording_writer.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace binnacle::ctl {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kCommit{1000};

int failed(const Error& error) {
    std::fprintf(stderr, "binnaclectl: %s\n", plainText(error.text).c_str());
    return error.code == ErrorCode::Invalid ? kUsage : kFailed;
}

/// Signals that end a recording, taken one by one between two commits instead of anywhere in the middle.
class EndingSignals {
public:
    EndingSignals() {
        sigemptyset(&m_set);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
            sigaddset(&m_set, signal);
        }
        // Before any thread begins, so that none of them takes a signal.
        pthread_sigmask(SIG_BLOCK, &m_set, nullptr);
    }
    /// Whether one came before `until`.
    [[nodiscard]] bool cameBefore(SteadyTime until) const {
        for (;;) {
            const auto left = std::max(until - steady_clock::now(), steady_clock::duration(0));
            const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
            const timespec wait{seconds.count(), std::chrono::nanoseconds(left - seconds).count()};
            if (sigtimedwait(&m_set, nullptr, &wait) >= 0) {
                return true;
            }
            if (errno == EAGAIN) {
                return false;
            }
        }
    }

private:
    sigset_t m_set{};
};

/// Says a trouble once, and once that it is over.
class Troubles {
public:
    void now(const std::string& text) {
        if (text == m_said) {
            return;
        }
        std::fprintf(stderr, "binnaclectl: %s\n", text.empty() ? "recording again" : plainText(text).c_str());
        m_said = text;
    }

private:
    std::string m_said;
};

/// Records until a signal or `end`. False when nothing was ever read.
bool record(SourceRecorder& sources, RecordingWriter& writer, const EndingSignals& signals,
            std::optional<SteadyTime> end, bool& interrupted) {
    Troubles troubles;
    bool any = false;
    auto next = steady_clock::now() + kCommit;
    for (bool over = false; !over;) {
        interrupted = signals.cameBefore(end ? std::min(next, *end) : next);
        over = interrupted || (end && steady_clock::now() >= *end);
        std::string trouble = sources.trouble();
        for (const auto& event : sources.take()) {
            any = any || (event.update && event.update->snapshot);
            if (const auto done = writer.append(event); !done) {
                trouble = done.error().text;
            }
        }
        if (const auto done = writer.commit(); !done) {
            trouble = "nothing is recorded: " + done.error().text;
        }
        troubles.now(trouble);
        // On a grid, without catching up on what a slow disk missed.
        next = std::max(next + kCommit, steady_clock::now() + kCommit / 2);
    }
    return any;
}

RecordingRun thisRun() {
    return {currentBootId(), currentUtcOffsetNs()};
}

Result<StackPlace> placeOf(const Options& options) {
    auto place = findStack(options);
    if (place && !place->profile && !options.record.socket.empty()) {
        place->socket = options.record.socket;
    }
    return place;
}

Result<std::filesystem::path> fileToWrite(const Options& options, const StackPlace& place) {
    if (!options.record.file.empty()) {
        return std::filesystem::path(options.record.file);
    }
    auto file = recorderFile(place);
    if (file) {
        std::error_code error;
        std::filesystem::create_directories(file->parent_path(), error);
        if (error) {
            return fail(ErrorCode::Io, file->parent_path().string() + ": " + error.message());
        }
    }
    return file;
}

/// Opens the recorder's own file. What stands there and can't be read is put aside, never deleted: a recorder that
/// gives up over yesterday's damage records nothing today.
Result<std::unique_ptr<RecordingWriter>> openKept(const std::filesystem::path& file, RecordingLimits limits) {
    auto writer = RecordingWriter::open(file, limits, thisRun());
    if (writer || writer.error().code != ErrorCode::Protocol) {
        return writer;
    }
    const std::filesystem::path aside(file.string() + ".damaged");
    std::fprintf(stderr, "binnaclectl: %s; it is kept as %s\n", plainText(writer.error().text).c_str(),
                 aside.filename().c_str());
    for (const char* const suffix : {"", "-wal", "-shm"}) {
        std::error_code error;
        std::filesystem::rename(file.string() + suffix, aside.string() + suffix, error);
    }
    return RecordingWriter::open(file, limits, thisRun());
}

nlohmann::ordered_json infoJson(const RecordingInfo& info) {
    const bool empty = info.sources.empty();
    return {{"from", empty ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(instantText(info.from))},
            {"to", empty ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(instantText(info.to))},
            {"snapshots", info.snapshots},
            {"sources", info.sources},
            {"bytes", info.bytes}};
}

int printInfo(const std::filesystem::path& file, bool json) {
    auto reader = RecordingReader::open(file);
    if (!reader) {
        return failed(reader.error());
    }
    const auto info = reader->info();
    if (!info) {
        return failed(info.error());
    }
    std::string text;
    if (json) {
        text = infoJson(*info).dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    } else {
        text = info->sources.empty() ? "empty"
                                     : instantText(info->from) + " to " + instantText(info->to) + ", " +
                                           std::to_string(info->snapshots) + " snapshots";
        text += ", " + asciiSpaces(formatBytes(static_cast<double>(info->bytes)).text()) + "\n";
        for (const auto& source : info->sources) {
            text += "  " + plainText(source) + "\n";
        }
    }
    return std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout) != 0 ? kFailed : kDone;
}

} // namespace

int runRecorder(const Options& options) {
    const EndingSignals signals;
    RecordingLimits limits;
    const auto age = parseDuration(options.record.keep);
    const auto bytes = parseBytes(options.record.maxBytes);
    if (!age || !bytes) {
        return failed(age ? bytes.error() : age.error());
    }
    limits.age = *age;
    limits.bytes = *bytes;
    auto place = placeOf(options);
    if (!place) {
        return failed(place.error());
    }
    const auto file = fileToWrite(options, *place);
    if (!file) {
        return failed(file.error());
    }
    auto writer = openKept(*file, limits);
    if (!writer) {
        return failed(writer.error());
    }
    SourceRecorder sources(std::move(*place));
    bool interrupted = false;
    (void)record(sources, **writer, signals, std::nullopt, interrupted);
    return kDone;
}

int runRecordStart(const Options& options) {
    const EndingSignals signals;
    const auto length = parseDuration(options.record.length);
    if (!length) {
        return failed(length.error());
    }
    auto place = placeOf(options);
    if (!place) {
        return failed(place.error());
    }
    std::error_code error;
    if (std::filesystem::exists(options.record.out, error)) {
        return failed({ErrorCode::Conflict, options.record.out + " exists; nothing was recorded"});
    }
    if (const auto status = readStack(*place); !status) {
        return failed(status.error());
    }
    auto writer =
        RecordingWriter::open(options.record.out, {std::chrono::hours(24 * 365), std::uint64_t{1} << 40U}, thisRun());
    if (!writer) {
        return failed(writer.error());
    }
    bool any = false;
    bool interrupted = false;
    {
        SourceRecorder sources(std::move(*place));
        any = record(sources, **writer, signals, steady_clock::now() + *length, interrupted);
    }
    if (const auto done = (*writer)->finish(); !done) {
        return failed(done.error());
    }
    writer->reset();
    const int printed = printInfo(options.record.out, options.json);
    if (!any) {
        return failed({ErrorCode::NotFound, "no source answered"});
    }
    return interrupted ? kFailed : printed;
}

int runRecordInfo(const Options& options) {
    return printInfo(options.record.file, options.json);
}

int runRecordCut(const Options& options) {
    auto reader = RecordingReader::open(options.record.file);
    if (!reader) {
        return failed(reader.error());
    }
    const auto info = reader->info();
    if (!info) {
        return failed(info.error());
    }
    const auto instant = [&](const std::string& text, UtcTime otherwise) {
        return text.empty() ? Result<UtcTime>(otherwise) : parseInstant(text, info->to);
    };
    const auto from = instant(options.record.from, info->from);
    const auto to = instant(options.record.to, info->to);
    if (!from || !to) {
        return failed(from ? to.error() : from.error());
    }
    if (*from >= *to) {
        return failed({ErrorCode::Invalid, "--from must be before --to"});
    }
    if (const auto done = cutRecording(*reader, *from, *to, options.record.out); !done) {
        return failed(done.error());
    }
    return printInfo(options.record.out, options.json);
}

} // namespace binnacle::ctl
