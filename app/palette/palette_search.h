// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/palette/fuzzy_match.h"
#include "app/palette/palette_item.h"

#include <QStringList>

#include <functional>
#include <memory>
#include <vector>

namespace binnacle::app {

/// Looks for words in sources, a slice at a time, and keeps the best of each. No Qt objects; no clock.
class PaletteSearch {
public:
    struct Hit {
        std::size_t index = 0; ///< in its source
        QueryMatch match;
    };
    struct Group {
        std::size_t source = 0;
        std::vector<Hit> hits;  ///< the best first; at most as many as were asked for
        std::size_t found = 0;  ///< how many matched, also those that were let go
        std::size_t looked = 0; ///< how many were looked at
    };
    /// The most of one source that is looked at: more is named by narrower words.
    static constexpr std::size_t kMostLooked = 20'000;

    /// Begins anew. Without words the first things of every source are what is found, in their order.
    void begin(std::vector<std::shared_ptr<const PaletteSource>> sources, const QString& query, std::size_t most);
    /// Adds to the score of an item, by source and index; must be set before begin().
    void setBonus(std::function<int(std::size_t source, const PaletteText& text)> bonus) { m_bonus = std::move(bonus); }
    /// Goes on until `mayGoOn` says no or all is looked at; true when there is more to do.
    bool step(const std::function<bool()>& mayGoOn);
    [[nodiscard]] bool done() const { return m_source >= m_sources.size(); }
    /// By their best hit; with no words in the order of the sources.
    [[nodiscard]] std::vector<Group> groups() const;
    [[nodiscard]] const QStringList& words() const { return m_words; }

private:
    void look(const PaletteSource& source);

    std::vector<std::shared_ptr<const PaletteSource>> m_sources;
    std::function<int(std::size_t, const PaletteText&)> m_bonus;
    QStringList m_words;
    std::size_t m_most = 0;
    std::vector<Group> m_groups; ///< one for each source
    std::size_t m_source = 0;
    std::size_t m_index = 0;
};

} // namespace binnacle::app
