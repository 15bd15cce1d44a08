// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct redisReader;

namespace binnacle {

/// One answer of Redis: a text, a number, an error, nothing, or a list of answers.
struct RedisReply {
    enum class Type { Nil, Text, Number, Error, List };

    Type type = Type::Nil;
    std::string text; ///< of Text and Error ("NOPERM this user has no permissions …")
    std::int64_t number = 0;
    std::vector<RedisReply> items;

    [[nodiscard]] bool isError() const { return type == Type::Error; }
    [[nodiscard]] bool isList() const { return type == Type::List; }
    /// The element at that place, or a Nil: lists of other versions may be shorter.
    [[nodiscard]] const RedisReply& at(std::size_t index) const;
};

/// What an Error reply means to the caller: Denied (NOAUTH, NOPERM, WRONGPASS), Refused while it loads its data, else
/// Protocol.
[[nodiscard]] Error errorOf(const RedisReply& reply);

/// Reads answers (RESP2) out of bytes as they come in. Bounded: nested at most seven deep (hiredis' limit), at most
/// kElementCap elements in one answer, however many a length promises.
class RedisReplyReader {
public:
    static constexpr std::size_t kElementCap = 200'000;

    RedisReplyReader();
    ~RedisReplyReader();
    RedisReplyReader(const RedisReplyReader&) = delete;
    RedisReplyReader& operator=(const RedisReplyReader&) = delete;

    void feed(std::string_view bytes);
    /// The next whole answer; null while its end is not in. Protocol when the bytes are none of Redis'; the reader is
    /// of no use after that.
    [[nodiscard]] Result<std::unique_ptr<RedisReply>> next();

private:
    redisReader* m_reader;
    std::size_t m_elements = 0;
};

} // namespace binnacle
