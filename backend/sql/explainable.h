// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace binnacle {

/// A statement that EXPLAIN may be asked about, and what is known of its parameters.
struct Explainable {
    std::string statement;      ///< one SELECT, INSERT, UPDATE or DELETE, without a semicolon
    std::string parameterTypes; ///< "bigint, text", as a PREPARE around it told them; empty: the server finds out
    unsigned parameters = 0;    ///< the highest $n
    bool writes = false;        ///< planning it takes rights that a reader does not have
    std::string whyNot;         ///< a sentence: why it can't be explained; empty: it can
};

/// Looks at a text by PostgreSQL's own parser before it is sent anywhere. Whatever is not exactly one reading or
/// writing statement is refused: several, commands, SELECT INTO, what is cut off, what holds "?" where a value was.
[[nodiscard]] Explainable explainable(std::string_view sql);

} // namespace binnacle
