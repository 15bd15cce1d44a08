// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/service/asio_types.h"
#include "backend/service/deadline_ticker.h"
#include "backend/service/resume_point.h"
#include "backend/service/service_config.h"
#include "backend/service/telemetry/event_log.h"
#include "backend/service/telemetry/shard_metrics.h"

#include <memory>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct redisAsyncContext;

namespace binnacle::service {

class RedisLoop;

/// One pipelined connection to Redis. A call that misses its deadline ends the connection, and while there is none
/// every call answers Unavailable at once: that is the breaker, and the reconnects (at most 1 s apart) are its probes.
/// One thread.
class RedisClient {
public:
    static constexpr std::chrono::milliseconds kCallTime{50};

    enum class Status : std::uint8_t { Value, Nothing, Unavailable };
    struct Reply {
        Status status = Status::Unavailable;
        std::string value;
        std::int64_t number = 0;        ///< of an answer that is a number; its status is Nothing
        std::vector<std::string> items; ///< of an answer that is an array; nested ones are flattened
    };

    RedisClient(asio::io_context& io, DeadlineTicker& ticker, ShardMetrics& metrics, EventLog& log, RedisConfig config);
    ~RedisClient();

    void start();
    void stop();

    [[nodiscard]] Awaitable<Reply> get(std::string_view key);
    /// Sends and forgets; a failure is counted.
    void set(std::string_view key, std::string_view value, std::chrono::seconds timeToLive);
    /// Returns when Redis has answered or could not be asked.
    [[nodiscard]] Awaitable<Reply> erase(std::span<const std::string> keys);
    /// Any command; the words must live until it has answered.
    [[nodiscard]] Awaitable<Reply> command(std::span<const std::string_view> words, std::chrono::milliseconds time);

private:
    struct Call;
    using Words = std::span<const std::string_view>;

    [[nodiscard]] Awaitable<void> keep();
    /// Null if it could not be sent.
    [[nodiscard]] Call* ask(Words words, std::chrono::milliseconds time);
    [[nodiscard]] Awaitable<Reply> replyTo(Call* call);
    void recycle(Call& call);
    [[nodiscard]] bool open();
    [[nodiscard]] bool submit(Words words, void (*callback)(redisAsyncContext*, void*, void*), void* data);
    void drop();
    void lost();
    [[nodiscard]] Call& takeCall();
    void tellReachable(bool reachable);

    asio::io_context& m_io;
    DeadlineTicker& m_ticker;
    ShardMetrics& m_metrics;
    EventLog& m_log;
    RedisConfig m_config;
    std::shared_ptr<RedisLoop> m_loop;
    redisAsyncContext* m_context = nullptr;
    std::vector<std::unique_ptr<Call>> m_calls;
    std::vector<Call*> m_freeCalls;
    std::vector<const char*> m_words;
    std::vector<std::size_t> m_lengths;
    std::minstd_rand m_random{std::random_device{}()};
    ResumePoint m_ended;
    Timer m_pause;
    bool m_up = false;
    bool m_told = false;
    bool m_toldUp = false;
    bool m_stopping = false;
};

} // namespace binnacle::service
