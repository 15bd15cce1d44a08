// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/split_map.h"

#include "backend/actions/durable_file.h"
#include "backend/clients/haproxy_admin.h"

#include <algorithm>
#include <charconv>
#include <thread>

namespace binnacle {
namespace {

constexpr std::string_view generationMark = "# generation ";

std::optional<std::int64_t> wholeNumber(std::string_view text) {
    std::int64_t value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

} // namespace

Result<Generation> parseSplitMap(std::string_view text) {
    Generation result;
    bool found = false;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        while (line.ends_with(' ') || line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (line.starts_with(generationMark)) {
            result.generation = wholeNumber(line.substr(generationMark.size())).value_or(0);
        } else if (line.starts_with("default ")) {
            const auto points = wholeNumber(line.substr(8));
            if (!points || *points < 0 || *points > wholeShare) {
                return fail(ErrorCode::Protocol, "The map's line \"" + std::string(line) + "\" holds no share");
            }
            result.value = *points;
            found = true;
        }
    }
    if (!found) {
        return fail(ErrorCode::Protocol, "The map has no line \"default BASIS_POINTS\"");
    }
    return result;
}

std::string splitMapText(const Generation& wanted) {
    return "# Share of users for the canary, in basis points. Written by binnacle-control.\n" +
           std::string(generationMark) + std::to_string(wanted.generation) + "\ndefault " +
           std::to_string(wanted.value) + "\n";
}

Result<Generation> HaproxySplitMap::stored() {
    const auto text = readWholeFile(m_paths.file);
    return text ? parseSplitMap(*text) : std::unexpected(text.error());
}

Result<void> HaproxySplitMap::store(const Generation& wanted) {
    return replaceFile(m_paths.file, splitMapText(wanted));
}

Result<std::int64_t> HaproxySplitMap::live(SteadyTime deadline) {
    const auto answer = askHaproxy(m_paths.adminSocket, "show map " + m_paths.mapName, deadline);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    // "0x55d0a4b6 default 500"
    const auto key = answer->find(" default ");
    if (key != std::string::npos) {
        const auto end = answer->find_first_of(" \n", key + 9);
        if (const auto points = wholeNumber(std::string_view(*answer).substr(key + 9, end - key - 9))) {
            return *points;
        }
    }
    return fail(ErrorCode::Protocol, "HAProxy shows no share in its map: " + answer->substr(0, 200));
}

Result<void> HaproxySplitMap::setLive(std::int64_t basisPoints, SteadyTime deadline) {
    return orderHaproxy(m_paths.adminSocket, "set map " + m_paths.mapName + " default " + std::to_string(basisPoints),
                        deadline);
}

TargetState ShareActuator::look(const Generation& onDisk, SteadyTime deadline) {
    TargetState state;
    state.name = "haproxy";
    const auto live = m_map.live(deadline);
    if (!live) {
        state.problem = live.error().text;
        state.running = live.error().code != ErrorCode::Refused;
    } else if (*live == onDisk.value) {
        state.held = onDisk;
    } else {
        // It runs with another share than its file has: it holds that share, under no generation of ours.
        state.held = Generation{std::max<std::int64_t>(onDisk.generation - 1, 0), *live};
        state.problem = "runs with " + valuePhrase(Resource::CanaryShare, *live);
    }
    return state;
}

Observation ShareActuator::observe(std::chrono::milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + std::min(patience, callLimit);
    const auto onDisk = m_map.stored();
    if (!onDisk) {
        return {{TargetState{.name = "haproxy", .held = {}, .problem = onDisk.error().text}}, {}};
    }
    return {{look(*onDisk, deadline)}, *onDisk};
}

Result<Observation> ShareActuator::apply(const Generation& wanted, std::chrono::milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    // On disk first, so that a load balancer that starts in between already reads the new share.
    auto onDisk = m_map.stored();
    if (onDisk && onDisk->generation > wanted.generation) {
        return observe(patience);
    }
    if (!onDisk || *onDisk != wanted) {
        if (auto stored = m_map.store(wanted); !stored) {
            return std::unexpected(std::move(stored.error()));
        }
    }
    while (true) {
        const auto limit = std::min(deadline, std::chrono::steady_clock::now() + callLimit);
        const auto set = m_map.setLive(wanted.value, limit);
        auto state = look(wanted, limit);
        if (!set && state.problem.empty()) {
            state.problem = set.error().text;
        }
        const bool there = state.held && state.held->generation >= wanted.generation;
        if (there || !state.running || std::chrono::steady_clock::now() + retryPause >= deadline) {
            return Observation{{std::move(state)}, wanted};
        }
        std::this_thread::sleep_for(retryPause);
    }
}

Result<void> ShareActuator::healthy(std::chrono::milliseconds patience) {
    const auto live = m_map.live(std::chrono::steady_clock::now() + std::min(patience, callLimit));
    return live ? Result<void>{} : std::unexpected(live.error());
}

} // namespace binnacle
