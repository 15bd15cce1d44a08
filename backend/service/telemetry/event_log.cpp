// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/telemetry/event_log.h"

#include "backend/service/api/json_text.h"

#include <chrono>
#include <poll.h>
#include <unistd.h>

namespace binnacle::service {

bool EventLog::admit(std::int64_t second) {
    constexpr int kLinesPerSecond = 100;
    if (m_second.exchange(second, std::memory_order_relaxed) != second) {
        m_linesInSecond.store(0, std::memory_order_relaxed);
    }
    if (m_linesInSecond.fetch_add(1, std::memory_order_relaxed) < kLinesPerSecond) {
        return true;
    }
    m_dropped.fetch_add(1, std::memory_order_relaxed);
    return false;
}

void EventLog::write(Severity severity, std::string_view event, std::initializer_list<Field> fields) noexcept try {
    using namespace std::chrono;
    constexpr sys_days kPostgresEpoch = year{2000} / 1 / 1;
    const auto now = system_clock::now();
    // A full pipe whose reader stands still may not hold a shard up; a writable one takes a whole line.
    pollfd room{STDERR_FILENO, POLLOUT, 0};
    if (::poll(&room, 1, 0) == 0) {
        m_dropped.fetch_add(1, std::memory_order_relaxed);
        return;
    }
    if (!admit(duration_cast<seconds>(now.time_since_epoch()).count())) {
        return;
    }
    std::string line = R"({"at":)";
    appendTimestamp(line, duration_cast<microseconds>(now - kPostgresEpoch).count());
    line.append(R"(,"severity":)");
    appendJsonString(line, severity == Severity::Info ? "info" : severity == Severity::Warning ? "warning" : "error");
    line.append(R"(,"instance":)");
    appendJsonString(line, m_instance);
    line.append(R"(,"event":)");
    appendJsonString(line, event);
    for (const auto& [name, value] : fields) {
        line.push_back(',');
        appendJsonString(line, name);
        line.push_back(':');
        appendJsonString(line, value);
    }
    if (const auto dropped = m_dropped.exchange(0, std::memory_order_relaxed); dropped != 0) {
        line.append(R"(,"dropped_before":)");
        appendUnsigned(line, dropped);
    }
    line.append("}\n");
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
} catch (...) {
    // Out of memory for a log line: there is nobody left to tell.
}

} // namespace binnacle::service
