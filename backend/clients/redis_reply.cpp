// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/redis_reply.h"

#include <hiredis/read.h>
#include <new>
#include <utility>

namespace binnacle {

namespace {

enum ReplyType { String = 1, Array = 2, Integer = 3, Nil = 4, Status = 5, ErrorReply = 6 }; // as hiredis numbers them

/// Where the reader wants this answer put: into its list, or at the root. Null when there is no memory, which hiredis
/// takes for the end.
RedisReply* place(const redisReadTask* task) {
    if (task->parent == nullptr) {
        return new (std::nothrow) RedisReply;
    }
    auto& list = *static_cast<RedisReply*>(task->parent->obj);
    return &list.items[static_cast<std::size_t>(task->idx)];
}

/// Exceptions may not pass through the library's C code.
template <typename Fill>
void* build(const redisReadTask* task, const Fill& fill) {
    auto* const reply = place(task);
    if (reply == nullptr) {
        return nullptr;
    }
    try {
        if (fill(*reply)) {
            return reply;
        }
    } catch (const std::bad_alloc&) { // told as any other end below
    }
    if (task->parent == nullptr) {
        delete reply;
    }
    return nullptr;
}

redisReplyObjectFunctions& builders() {
    // Generic lambdas, because the library's versions differ in the types of lengths.
    static redisReplyObjectFunctions functions = [] {
        redisReplyObjectFunctions out{};
        out.createString = [](const redisReadTask* task, char* text, std::size_t size) {
            return build(task, [&](RedisReply& reply) {
                reply.type = task->type == ErrorReply ? RedisReply::Type::Error : RedisReply::Type::Text;
                reply.text.assign(text, size);
                return true;
            });
        };
        out.createArray = [](const redisReadTask* task, auto elements) {
            return build(task, [&](RedisReply& reply) {
                auto& sum = *static_cast<std::size_t*>(task->privdata);
                const auto count = static_cast<std::size_t>(elements);
                if (count > RedisReplyReader::kElementCap - sum) {
                    return false;
                }
                sum += count;
                reply.type = RedisReply::Type::List;
                reply.items.resize(count);
                return true;
            });
        };
        out.createInteger = [](const redisReadTask* task, long long value) {
            return build(task, [&](RedisReply& reply) {
                reply.type = RedisReply::Type::Number;
                reply.number = value;
                return true;
            });
        };
        out.createNil = [](const redisReadTask* task) { return build(task, [](RedisReply&) { return true; }); };
        out.freeObject = [](void* root) { delete static_cast<RedisReply*>(root); };
        return out;
    }();
    return functions;
}

} // namespace

const RedisReply& RedisReply::at(std::size_t index) const {
    static const RedisReply nil;
    return index < items.size() ? items[index] : nil;
}

Error errorOf(const RedisReply& reply) {
    const std::string_view text = reply.text;
    const bool denied = text.starts_with("NOAUTH") || text.starts_with("NOPERM") || text.starts_with("WRONGPASS") ||
                        text.starts_with("ERR invalid password");
    const bool starting = text.starts_with("LOADING") || text.starts_with("MASTERDOWN");
    return {denied ? ErrorCode::Denied : starting ? ErrorCode::Refused : ErrorCode::Protocol, "Redis: " + reply.text};
}

RedisReplyReader::RedisReplyReader()
    : m_reader(redisReaderCreateWithFunctions(&builders())) {
    if (m_reader == nullptr) {
        throw std::bad_alloc();
    }
    m_reader->privdata = &m_elements;
}

RedisReplyReader::~RedisReplyReader() {
    redisReaderFree(m_reader);
}

void RedisReplyReader::feed(std::string_view bytes) {
    redisReaderFeed(m_reader, bytes.data(), bytes.size()); // a failure is told by next()
}

Result<std::unique_ptr<RedisReply>> RedisReplyReader::next() {
    void* raw = nullptr;
    if (redisReaderGetReply(m_reader, &raw) != REDIS_OK) {
        const bool tooLarge = m_reader->err == REDIS_ERR_OOM;
        return fail(ErrorCode::Protocol,
                    std::string("Redis: ") + (tooLarge ? "the answer has too many elements" : m_reader->errstr));
    }
    if (raw != nullptr) {
        m_elements = 0;
    }
    return std::unique_ptr<RedisReply>(static_cast<RedisReply*>(raw));
}

} // namespace binnacle
