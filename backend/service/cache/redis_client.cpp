// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/cache/redis_client.h"

#include "backend/service/cache/redis_loop.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <hiredis/async.h>

#include <algorithm>
#include <array>

namespace binnacle::service {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kProbeTime{250};
constexpr milliseconds kFirstBackoff{50};
constexpr milliseconds kLongestBackoff{1000};

void appendItems(const redisReply& reply, std::vector<std::string>& items) {
    for (std::size_t i = 0; i < reply.elements; ++i) {
        const redisReply& element = *reply.element[i];
        if (element.type == REDIS_REPLY_ARRAY) {
            appendItems(element, items);
        } else if (element.type == REDIS_REPLY_STRING) {
            items.emplace_back(element.str, static_cast<std::size_t>(element.len));
        }
    }
}

} // namespace

/// A command under way. It belongs to its waiter and to hiredis, and is free again when both have let go: a reply that
/// comes after the deadline must find it.
struct RedisClient::Call final : Deadline {
    explicit Call(RedisClient& owner)
        : client(owner)
        , point(owner.m_io.get_executor()) {}
    void expired() override {
        client.m_metrics.cacheErrors.add();
        finish();
        client.drop();
    }
    void finish() {
        if (waiting) {
            waiting = false;
            disarm();
            point.resume();
        }
    }
    RedisClient& client;
    ResumePoint point;
    Reply reply;
    bool waiting = false; ///< a coroutine has not been told yet
    bool pending = false; ///< hiredis will still call back
    bool taken = false;   ///< the coroutine has not picked the reply up
};

RedisClient::RedisClient(asio::io_context& io, DeadlineTicker& ticker, ShardMetrics& metrics, EventLog& log,
                         RedisConfig config)
    : m_io(io)
    , m_ticker(ticker)
    , m_metrics(metrics)
    , m_log(log)
    , m_config(std::move(config))
    , m_ended(io.get_executor())
    , m_pause(io) {}

RedisClient::~RedisClient() {
    drop();
}

void RedisClient::start() {
    if (m_config.socket.empty()) {
        return;
    }
    asio::co_spawn(m_io, keep(), [this](const std::exception_ptr& error) {
        if (error) {
            m_log.write(Severity::Error, "cache_connection_abandoned");
        }
    });
}

void RedisClient::stop() {
    m_stopping = true;
    m_pause.cancel();
    drop();
    m_ended.resume();
}

Awaitable<void> RedisClient::keep() {
    milliseconds backoff = kFirstBackoff;
    while (!m_stopping) {
        bool good = open();
        if (good && !m_config.password.empty()) {
            std::vector<std::string_view> words{"AUTH"};
            if (!m_config.user.empty()) {
                words.push_back(m_config.user);
            }
            words.push_back(m_config.password);
            const Reply reply = co_await replyTo(ask(words, kProbeTime));
            good = reply.status == Status::Value;
        }
        if (good) {
            static constexpr std::array<std::string_view, 1> kPing{"PING"};
            const Reply reply = co_await replyTo(ask(kPing, kProbeTime));
            good = reply.status == Status::Value;
        }
        if (m_stopping) {
            break;
        }
        tellReachable(good);
        if (good && m_context != nullptr) {
            backoff = kFirstBackoff;
            m_up = true;
            m_metrics.redisUp.set(1);
            co_await m_ended.wait();
            continue;
        }
        drop();
        m_pause.expires_after(milliseconds(
            std::uniform_int_distribution<milliseconds::rep>(backoff.count() / 2, backoff.count())(m_random)));
        backoff = std::min(2 * backoff, kLongestBackoff);
        boost::system::error_code ignored;
        co_await m_pause.async_wait(asio::redirect_error(useAwaitable, ignored));
    }
    drop();
}

bool RedisClient::open() {
    drop();
    m_context = redisAsyncConnectUnix(m_config.socket.c_str());
    if (m_context == nullptr) {
        return false;
    }
    if (m_context->err != 0) {
        redisAsyncFree(m_context);
        m_context = nullptr;
        return false;
    }
    m_context->data = this;
    m_loop = std::make_shared<RedisLoop>(m_io, m_context);
    redisAsyncSetConnectCallback(m_context, [](const redisAsyncContext* context, int status) {
        if (status != REDIS_OK) {
            static_cast<RedisClient*>(context->data)->lost();
        }
    });
    redisAsyncSetDisconnectCallback(
        m_context, [](const redisAsyncContext* context, int) { static_cast<RedisClient*>(context->data)->lost(); });
    return true;
}

/// hiredis frees the context right after this.
void RedisClient::lost() {
    m_context = nullptr;
    m_metrics.redisUp.set(0);
    if (m_up) {
        m_up = false;
        m_ended.resume();
    }
}

void RedisClient::drop() {
    if (m_context != nullptr) {
        redisAsyncContext* context = m_context;
        lost();
        redisAsyncFree(context); // every pending call is called back with no reply
    }
    m_loop.reset();
}

void RedisClient::tellReachable(bool reachable) {
    if (m_told && m_toldUp == reachable) {
        return;
    }
    m_told = true;
    m_toldUp = reachable;
    m_log.write(reachable ? Severity::Info : Severity::Warning, reachable ? "cache_reachable" : "cache_unreachable");
}

bool RedisClient::submit(Words words, void (*callback)(redisAsyncContext*, void*, void*), void* data) {
    if (m_context == nullptr) {
        return false;
    }
    m_words.clear();
    m_lengths.clear();
    for (const std::string_view word : words) {
        m_words.push_back(word.data());
        m_lengths.push_back(word.size());
    }
    return redisAsyncCommandArgv(m_context, callback, data, static_cast<int>(m_words.size()), m_words.data(),
                                 m_lengths.data()) == REDIS_OK;
}

RedisClient::Call& RedisClient::takeCall() {
    if (m_freeCalls.empty()) {
        m_calls.push_back(std::make_unique<Call>(*this));
        m_freeCalls.push_back(m_calls.back().get());
    }
    Call& call = *m_freeCalls.back();
    m_freeCalls.pop_back();
    call.reply.status = Status::Unavailable;
    call.reply.value.clear();
    call.reply.number = 0;
    call.reply.items.clear();
    return call;
}

void RedisClient::recycle(Call& call) {
    if (!call.pending && !call.taken) {
        m_freeCalls.push_back(&call);
    }
}

RedisClient::Call* RedisClient::ask(Words words, milliseconds time) {
    Call& call = takeCall();
    call.pending = true;
    const auto answered = [](redisAsyncContext*, void* answer, void* data) {
        auto& done = *static_cast<Call*>(data);
        done.pending = false;
        if (const auto* found = static_cast<const redisReply*>(answer); found != nullptr && done.waiting) {
            if (found->type == REDIS_REPLY_STRING || found->type == REDIS_REPLY_STATUS) {
                done.reply.status = Status::Value;
                done.reply.value.assign(found->str, static_cast<std::size_t>(found->len));
            } else if (found->type == REDIS_REPLY_NIL || found->type == REDIS_REPLY_INTEGER) {
                done.reply.status = Status::Nothing;
                done.reply.number = found->type == REDIS_REPLY_INTEGER ? found->integer : 0;
            } else if (found->type == REDIS_REPLY_ARRAY) {
                done.reply.status = Status::Value;
                appendItems(*found, done.reply.items);
            } else {
                done.client.m_metrics.cacheErrors.add();
            }
        }
        done.finish();
        done.client.recycle(done);
    };
    if (!submit(words, answered, &call)) {
        call.pending = false;
        recycle(call);
        return nullptr;
    }
    call.waiting = true;
    call.taken = true;
    m_ticker.arm(call, Clock::now() + time);
    return &call;
}

Awaitable<RedisClient::Reply> RedisClient::replyTo(Call* call) {
    Reply reply;
    if (call != nullptr) {
        co_await call->point.wait();
        call->taken = false;
        reply.status = call->reply.status;
        reply.value.swap(call->reply.value);
        reply.number = call->reply.number;
        reply.items.swap(call->reply.items);
        recycle(*call);
    }
    co_return reply;
}

Awaitable<RedisClient::Reply> RedisClient::get(std::string_view key) {
    const std::array<std::string_view, 2> words{"GET", key};
    return replyTo(m_up ? ask(words, kCallTime) : nullptr);
}

void RedisClient::set(std::string_view key, std::string_view value, std::chrono::seconds timeToLive) {
    if (!m_up) {
        return;
    }
    const std::string seconds = std::to_string(timeToLive.count());
    const std::array<std::string_view, 5> words{"SET", key, value, "EX", seconds};
    const auto judge = [](redisAsyncContext*, void* answer, void* data) {
        const auto* found = static_cast<const redisReply*>(answer);
        if (found == nullptr || found->type == REDIS_REPLY_ERROR) {
            static_cast<RedisClient*>(data)->m_metrics.cacheErrors.add();
        }
    };
    if (!submit(words, judge, this)) {
        m_metrics.cacheErrors.add();
    }
}

Awaitable<RedisClient::Reply> RedisClient::erase(std::span<const std::string> keys) {
    std::vector<std::string_view> words{"DEL"};
    words.insert(words.end(), keys.begin(), keys.end());
    return replyTo(m_up ? ask(words, kCallTime) : nullptr);
}

Awaitable<RedisClient::Reply> RedisClient::command(std::span<const std::string_view> words, milliseconds time) {
    return replyTo(m_up ? ask(words, time) : nullptr);
}

} // namespace binnacle::service
