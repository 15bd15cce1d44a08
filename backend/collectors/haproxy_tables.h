// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/haproxy_csv.h"
#include "backend/collectors/windowed_rate.h"
#include "backend/domain/snapshot_table.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace binnacle {

/// A slot that is held free for an instance that does not exist: nothing to tell about it.
[[nodiscard]] bool isSpare(const HaproxyRow& row);
/// A frontend that answers every request itself serves statistics, not users.
[[nodiscard]] bool servesStatistics(const HaproxyRow& row);

/// The tables haproxy.proxies and haproxy.servers, with rates over the last seconds.
class HaproxyTables {
public:
    struct Pair {
        SnapshotTable proxies;
        SnapshotTable servers;
    };
    [[nodiscard]] Pair build(const std::vector<HaproxyRow>& rows, SteadyTime at);
    void clear() { m_rates.clear(); }

private:
    struct Rates {
        WindowedRate requests;
        WindowedRate bytesIn;
        WindowedRate bytesOut;
    };
    std::map<std::pair<std::string, std::string>, Rates> m_rates; ///< by proxy and name
};

} // namespace binnacle
