// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <functional>
#include <map>
#include <string>

namespace binnacle::stack {

/// True when this process could listen on 127.0.0.1:port now. Binds without SO_REUSEPORT, so that a HAProxy which
/// shares its port is seen, and listens, so that a port in TIME_WAIT is not mistaken for one in use.
[[nodiscard]] bool isPortFree(int port);

/// Which program listens on a loopback port, as "NAME (process PID)", or empty when that can't be seen.
[[nodiscard]] std::string describePortOwner(int port);

/// The TCP ports of one stack by purpose ("api", "app-1", "app-1.metrics"). Kept in ports.json, so that addresses stay
/// what they were over restarts.
class PortPlan {
public:
    static constexpr int lowest = 15000;
    static constexpr int highest = 32000;

    using FreeCheck = std::function<bool(int port)>;

    /// Reads ports.json; an empty text is an empty plan. Refuses what is not ports of the range, each used once.
    [[nodiscard]] static Result<PortPlan> parse(const std::string& text);
    [[nodiscard]] std::string toJson() const;

    /// The port of a purpose, chosen now if it has none: the first free one from a place that depends on `seed`, so
    /// that two stacks started at once seldom try the same.
    [[nodiscard]] Result<int> portFor(const std::string& purpose, unsigned seed, const FreeCheck& isFree);

    /// The kept port, or 0.
    [[nodiscard]] int kept(const std::string& purpose) const;
    void forget(const std::string& purpose) { m_ports.erase(purpose); }
    [[nodiscard]] const std::map<std::string, int>& all() const { return m_ports; }

private:
    std::map<std::string, int> m_ports;
};

} // namespace binnacle::stack
