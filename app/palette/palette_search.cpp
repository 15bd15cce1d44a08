// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/palette/palette_search.h"

#include <algorithm>

namespace binnacle::app {

void PaletteSearch::begin(std::vector<std::shared_ptr<const PaletteSource>> sources, const QString& query,
                          std::size_t most) {
    m_sources = std::move(sources);
    m_words = query.left(kLongestQuery).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    m_most = most;
    m_groups.assign(m_sources.size(), {});
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        m_groups[i].source = i;
    }
    m_source = 0;
    m_index = 0;
}

void PaletteSearch::look(const PaletteSource& source) {
    auto& group = m_groups[m_source];
    ++group.looked;
    Hit hit{m_index, {}};
    if (!m_words.isEmpty()) {
        const auto text = source.text(m_index);
        auto match = matchQuery(m_words, text.title, text.detail);
        if (!match) {
            return;
        }
        hit.match = std::move(*match);
        hit.match.score += m_bonus ? m_bonus(m_source, text) : 0;
        hit.match.score -= static_cast<int>(std::min<qsizetype>(text.title.size(), kLongestMatched)) / 8;
    }
    ++group.found;
    auto& hits = group.hits;
    const auto place = std::ranges::upper_bound(hits, hit.match.score, std::greater<>(),
                                                [](const Hit& held) { return held.match.score; });
    if (place == hits.end() && hits.size() >= m_most) {
        return;
    }
    hits.insert(place, std::move(hit));
    if (hits.size() > m_most) {
        hits.pop_back();
    }
}

bool PaletteSearch::step(const std::function<bool()>& mayGoOn) {
    while (!done()) {
        const auto& source = *m_sources[m_source];
        const auto all = m_words.isEmpty() ? std::min(source.count(), source.offered()) : source.count();
        if (m_index >= std::min(all, kMostLooked) || (m_words.isEmpty() && m_groups[m_source].hits.size() >= m_most)) {
            m_groups[m_source].found = m_words.isEmpty() ? all : m_groups[m_source].found;
            ++m_source;
            m_index = 0;
            continue;
        }
        look(source);
        ++m_index;
        if (!mayGoOn()) {
            return !done();
        }
    }
    return false;
}

std::vector<PaletteSearch::Group> PaletteSearch::groups() const {
    std::vector<Group> shown;
    std::ranges::copy_if(m_groups, std::back_inserter(shown), [](const Group& group) { return !group.hits.empty(); });
    std::ranges::stable_sort(shown, std::greater<>(),
                             [](const Group& group) { return group.hits.front().match.score; });
    return shown;
}

} // namespace binnacle::app
