// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace binnacle::app {

/// How well a word stands in a text: the higher the better.
struct FuzzyMatch {
    int score = 0;
    std::vector<int> places; ///< of the letters that were found, ascending
    friend bool operator==(const FuzzyMatch&, const FuzzyMatch&) = default;
};

inline constexpr qsizetype kLongestMatched = 200; ///< letters of a text that are looked at
inline constexpr qsizetype kLongestQuery = 64;

/// Letters of one word in their order, whatever their case: beginnings of words and letters side by side count most.
/// Nothing when they are not all there, or so far apart that nobody would have meant it.
[[nodiscard]] std::optional<FuzzyMatch> matchWord(const QString& word, const QString& text);

/// All words of a query, each in `title` or, for less, written out in `detail`.
struct QueryMatch {
    int score = 0;
    std::vector<int> inTitle; ///< ascending, each once
    std::vector<int> inDetail;
};
[[nodiscard]] std::optional<QueryMatch> matchQuery(const QStringList& words, const QString& title,
                                                   const QString& detail);

} // namespace binnacle::app
