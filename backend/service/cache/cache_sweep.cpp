// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/cache/cache_sweep.h"

#include "backend/service/cache/cache_keys.h"

#include <set>

namespace binnacle::service {
namespace {

constexpr std::chrono::milliseconds kStepTime{500};
constexpr int kMostSteps = 500; // of about a thousand keys
constexpr std::size_t kSampleSize = 10;

using Words = std::vector<std::string_view>;

Words wordsOf(std::string_view command, const std::vector<std::string>& keys) {
    Words words{command};
    words.insert(words.end(), keys.begin(), keys.end());
    return words;
}

/// False when Redis did not answer.
Awaitable<bool> take(RedisClient& redis, const std::vector<std::string>& keys, bool remove, CacheFound& found) {
    const Words exists = wordsOf("EXISTS", keys);
    if (remove) {
        const Words del = wordsOf("DEL", keys);
        const RedisClient::Reply removed = co_await redis.command(del, kStepTime);
        const RedisClient::Reply after = co_await redis.command(exists, kStepTime);
        found.keys += removed.number;
        found.removed += removed.number;
        found.present += after.number;
        co_return removed.status != RedisClient::Status::Unavailable&& after.status != RedisClient::Status::Unavailable;
    }
    const RedisClient::Reply there = co_await redis.command(exists, kStepTime);
    found.keys += there.number;
    co_return there.status != RedisClient::Status::Unavailable;
}

} // namespace

Awaitable<CacheFound> sweepCache(RedisClient& redis, CacheWish wish) {
    CacheFound found;
    if (!wish.key.empty()) {
        const std::vector<std::string> one{wish.key};
        found.reachable = co_await take(redis, one, wish.remove, found);
        if (found.keys > 0) {
            found.sample = one;
        }
        co_return found;
    }
    std::string cursor = "0";
    std::set<std::string> known; // SCAN may tell a key twice
    for (int step = 0; step < kMostSteps; ++step) {
        const Words scan{"SCAN", cursor, "MATCH", cache_keys::kEveryKey, "COUNT", "1000"};
        RedisClient::Reply reply = co_await redis.command(scan, kStepTime);
        if (reply.items.empty()) {
            co_return found;
        }
        std::vector<std::string> keys;
        for (std::size_t i = 1; i < reply.items.size(); ++i) {
            if (cache_keys::belongsTo(reply.items[i], wish.tag) && known.insert(reply.items[i]).second) {
                keys.push_back(std::move(reply.items[i]));
            }
        }
        if (!keys.empty()) {
            const bool answered = co_await take(redis, keys, wish.remove, found);
            if (!answered) {
                co_return found;
            }
        }
        for (std::size_t i = 0; i < keys.size() && found.sample.size() < kSampleSize; ++i) {
            found.sample.push_back(keys[i]);
        }
        cursor = std::move(reply.items.front());
        if (cursor == "0") {
            found.reachable = true;
            co_return found;
        }
    }
    found.reachable = true;
    found.complete = false;
    co_return found;
}

} // namespace binnacle::service
