// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/palette/fuzzy_match.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace binnacle::app {

namespace {

constexpr int kLetter = 16;
constexpr int kWordStart = 10;
constexpr int kBeside = 8; ///< the letter before stands right before it
constexpr int kGapOpens = 5;
constexpr int kGapGrows = 1;
constexpr int kLeastPerLetter = 13; ///< below this the letters are scattered
constexpr int kWholeWord = 12;
constexpr int kVeryFirst = 6;
constexpr int kInDetail = 9; ///< of kLetter: what stands beside the name counts less
constexpr int kNone = -1'000'000;

bool startsWord(const QString& text, qsizetype at) {
    return at == 0 || (text.at(at).isLetterOrNumber() && !text.at(at - 1).isLetterOrNumber()) ||
           (text.at(at).isUpper() && text.at(at - 1).isLower());
}

bool same(QChar a, QChar b) {
    return a == b || a.toCaseFolded() == b.toCaseFolded();
}

bool holdsAll(const QString& word, const QString& text, qsizetype length) {
    qsizetype at = 0;
    for (const auto letter : word) {
        while (at < length && !same(letter, text.at(at))) {
            ++at;
        }
        if (at++ >= length) {
            return false;
        }
    }
    return true;
}

/// The best ways to find the letters up to each place. Small enough for the stack.
struct Table {
    std::array<std::array<int, kLongestMatched>, 2> ending{}; ///< this letter stands exactly there
    std::array<std::array<std::int16_t, kLongestMatched>, kLongestQuery> from{};
};

} // namespace

std::optional<FuzzyMatch> matchWord(const QString& word, const QString& text) {
    const auto length = std::min(text.size(), kLongestMatched);
    const auto letters = std::min(word.size(), kLongestQuery);
    if (letters == 0 || letters > length || !holdsAll(word.left(letters), text, length)) {
        return std::nullopt;
    }
    Table table;
    for (qsizetype letter = 0; letter < letters; ++letter) {
        auto& now = table.ending[static_cast<std::size_t>(letter % 2)];
        const auto& before = table.ending[static_cast<std::size_t>((letter + 1) % 2)];
        auto& from = table.from[static_cast<std::size_t>(letter)];
        int carried = kNone; // best way to the letter before that ends at least one place back, with its gap paid
        int carriedFrom = -1;
        for (qsizetype at = 0; at < length; ++at) {
            const auto i = static_cast<std::size_t>(at);
            now[i] = kNone;
            from[i] = -1;
            if (letter > 0 && at >= 2) {
                carried -= kGapGrows;
                if (const auto opened = before[i - 2] - kGapOpens; before[i - 2] > kNone && opened > carried) {
                    carried = opened;
                    carriedFrom = static_cast<int>(at - 2);
                }
            }
            if (!same(word.at(letter), text.at(at))) {
                continue;
            }
            const int own = kLetter + (startsWord(text, at) ? kWordStart : 0);
            if (letter == 0) {
                now[i] = own + (at == 0 ? kVeryFirst : 0);
                continue;
            }
            const int beside = at >= 1 && before[i - 1] > kNone ? before[i - 1] + kBeside : kNone;
            const int best = std::max(beside, carriedFrom >= 0 ? carried : kNone);
            if (best > kNone) {
                now[i] = own + best;
                from[i] = static_cast<std::int16_t>(beside >= best ? at - 1 : carriedFrom);
            }
        }
    }
    const auto& last = table.ending[static_cast<std::size_t>((letters - 1) % 2)];
    const auto end = std::max_element(last.begin(), last.begin() + length);
    if (*end < static_cast<int>(letters) * kLeastPerLetter) {
        return std::nullopt;
    }
    FuzzyMatch match;
    match.score = *end;
    match.places.resize(static_cast<std::size_t>(letters));
    auto at = static_cast<int>(end - last.begin());
    for (auto letter = static_cast<int>(letters) - 1; letter >= 0; --letter) {
        match.places[static_cast<std::size_t>(letter)] = at;
        at = table.from[static_cast<std::size_t>(letter)][static_cast<std::size_t>(std::max(at, 0))];
    }
    const auto first = match.places.front();
    const auto after = match.places.back() + 1;
    if (after - first == letters && startsWord(text, first) &&
        (after >= text.size() || !text.at(after).isLetterOrNumber())) {
        match.score += kWholeWord;
    }
    return match;
}

std::optional<QueryMatch> matchQuery(const QStringList& words, const QString& title, const QString& detail) {
    QueryMatch all;
    for (const auto& word : words) {
        if (auto found = matchWord(word, title)) {
            all.score += found->score;
            all.inTitle.insert(all.inTitle.end(), found->places.begin(), found->places.end());
            continue;
        }
        const auto at = detail.left(kLongestMatched).indexOf(word, 0, Qt::CaseInsensitive);
        if (at < 0) {
            return std::nullopt;
        }
        all.score += static_cast<int>(word.size()) * kInDetail + (startsWord(detail, at) ? kWordStart / 2 : 0);
        for (auto place = at; place < at + word.size(); ++place) {
            all.inDetail.push_back(static_cast<int>(place));
        }
    }
    for (auto* places : {&all.inTitle, &all.inDetail}) {
        std::ranges::sort(*places);
        places->erase(std::unique(places->begin(), places->end()), places->end());
    }
    return all;
}

} // namespace binnacle::app
