// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace binnacle {

/// The name:value lines of Redis' INFO, without its headings.
class RedisInfo {
public:
    /// Never fails: lines that are not of that shape are left out. Views into `text`, which must live as long.
    [[nodiscard]] static RedisInfo parse(std::string_view text);

    [[nodiscard]] std::string_view text(std::string_view name) const;
    [[nodiscard]] std::optional<double> number(std::string_view name) const;
    /// Keys over all databases (the lines "db0:keys=12,expires=3,…").
    [[nodiscard]] double keys() const;
    /// All lines, by name.
    [[nodiscard]] const std::map<std::string_view, std::string_view>& fields() const { return m_fields; }
    [[nodiscard]] bool empty() const { return m_fields.empty(); }

private:
    std::map<std::string_view, std::string_view> m_fields;
};

} // namespace binnacle
