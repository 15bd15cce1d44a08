// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace binnacle {

/// A statement without what its user wrote into it: literals become ?, comments go, white space becomes one space, and
/// it is cut at `longest` bytes, between two characters. Parameters ($1) stay. Works on any text, also one that is cut
/// off (track_activity_query_size) or no SQL: then, where it can be read in two ways, the rest becomes ?. Thread-safe.
[[nodiscard]] std::string withoutLiterals(std::string_view sql, std::size_t longest = 4096);

/// What becomes of what users wrote into statements: shown only where a profile asks for it.
enum class Literals { Replaced, Shown };
/// The statement as it may be shown: withoutLiterals(), or as it was written, cut in the same way.
[[nodiscard]] std::string shownStatement(std::string_view sql, Literals literals, std::size_t longest = 4096);

/// What is known of a statement's text.
struct SqlText {
    std::string shown; ///< shownStatement()
    std::string shape; ///< statementShape()
    std::string route; ///< routeInComment()
};

/// Remembers what was made of the texts seen lately, because parsing costs and sessions repeat themselves. Keeps
/// digests of the texts, not the texts: they hold what must not be kept, unless it is shown. One thread at a time.
class SqlTextCache {
public:
    explicit SqlTextCache(std::size_t capacity = 2000, Literals literals = Literals::Replaced)
        : m_capacity(capacity)
        , m_literals(literals) {}

    /// Valid until the next call.
    [[nodiscard]] const SqlText& of(std::string_view sql);
    /// The same without shape and route, which cost another parse.
    [[nodiscard]] const std::string& shown(std::string_view sql) { return entry(sql).text.shown; }

private:
    struct Digest {
        std::uint64_t low = 0;
        std::uint64_t high = 0;
        friend bool operator==(const Digest&, const Digest&) = default;
    };
    struct DigestHash {
        std::size_t operator()(const Digest& digest) const { return static_cast<std::size_t>(digest.low); }
    };
    struct Entry {
        SqlText text;
        bool whole = false; ///< shape and route are known, too
    };
    using Texts = std::unordered_map<Digest, Entry, DigestHash>;
    [[nodiscard]] Entry& entry(std::string_view sql);

    std::size_t m_capacity;
    Literals m_literals;
    Texts m_recent;
    Texts m_older; ///< the recent ones of before; what is asked for again moves back
};

} // namespace binnacle
