// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace binnacle::service {

enum class Severity : std::uint8_t { Info, Warning, Error };

/// One JSON line per event on standard error; each is one write, so lines of different threads never mix.
///
/// At most 100 lines a second: what is dropped is counted and said with the next line that passes. Any thread.
class EventLog {
public:
    explicit EventLog(std::string instance)
        : m_instance(std::move(instance)) {}

    using Field = std::pair<std::string_view, std::string_view>;
    void write(Severity severity, std::string_view event, std::initializer_list<Field> fields = {}) noexcept;

private:
    [[nodiscard]] bool admit(std::int64_t second);

    std::string m_instance;
    std::atomic<std::int64_t> m_second{0};
    std::atomic<int> m_linesInSecond{0};
    std::atomic<std::uint64_t> m_dropped{0};
};

} // namespace binnacle::service
