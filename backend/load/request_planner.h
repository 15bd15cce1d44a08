// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/load/random_source.h"
#include "backend/load/request_mix.h"
#include "backend/load/zipf_distribution.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle::load {

/// Keys that exist in the service, learned from its own answers.
struct KeySpace {
    std::vector<std::int64_t> projects; ///< at least one
    std::vector<std::int64_t> tasks;    ///< at least one
};

/// One request as drawn: what is asked and by whom. Nothing here depends on how the server answered before.
struct RequestPlan {
    Route route = Route::ListProjects;
    bool nextPage = false;    ///< lists: go on behind the last page seen of this list, if one was seen
    std::uint32_t user = 0;   ///< 1..users
    std::uint32_t choice = 0; ///< selects words of titles and search texts
    std::int64_t id = 0;      ///< project or task, 0 where the route has none

    friend bool operator==(const RequestPlan&, const RequestPlan&) = default;
};

/// Draws requests: route by mix, key by Zipf's law, user uniformly. The same seed and keys give the same sequence.
class RequestPlanner {
public:
    RequestPlanner(RequestMix mix, KeySpace keys, std::uint32_t users, std::uint64_t seed);

    RequestPlan next();

private:
    RequestMix m_mix;
    KeySpace m_keys;
    std::uint32_t m_users;
    RandomSource m_random;
    ZipfDistribution m_projectRank;
    ZipfDistribution m_taskRank;
};

/// What every request of a run carries.
struct RequestIdentity {
    std::string host;   ///< Host header
    std::string apiKey; ///< bearer; not logged, not printed
};

/// Appends the request's bytes. `cursor` is sent where the plan goes on to a next page; empty: first page.
void appendRequest(std::string& out, const RequestPlan& plan, std::string_view cursor, const RequestIdentity& identity);
/// Appends a GET of an arbitrary path for simulated user `user`.
void appendGet(std::string& out, std::string_view path, std::uint32_t user, const RequestIdentity& identity);

} // namespace binnacle::load
