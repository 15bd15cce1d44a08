// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/server_choice.h"

#include "app/feed/snapshot_feed.h"
#include "app/pages/panel_of.h"
#include "app/pages/table_reading.h"
#include "widgets/key_button.h"

#include <QHBoxLayout>

#include <algorithm>

namespace binnacle::app {

ServerChoice::ServerChoice(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_segments(new SegmentedControl(this)) {
    m_segments->setAccessibleName(tr("Server"));
    m_segments->setObjectName(QStringLiteral("server"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_segments);
    hide();
    connect(m_segments, &SegmentedControl::chosen, this, [this](int at) {
        m_chosen = m_sources[static_cast<std::size_t>(at)];
        Q_EMIT chosen();
    });
}

void ServerChoice::showServers() {
    auto sources = sourcesOf(m_context, "postgres/");
    const auto& primary = m_context.feed.path().primary.source;
    std::ranges::stable_partition(sources, [&](const std::string& source) { return source == primary; });
    if (sources == m_sources) {
        return;
    }
    m_sources = std::move(sources);
    std::vector<SegmentedControl::Segment> segments;
    for (const auto& source : m_sources) {
        segments.push_back({shownName(source)});
    }
    const auto known = std::ranges::find(m_sources, m_chosen);
    if (known == m_sources.end()) {
        m_chosen.clear(); // back to the first: the one that was chosen is gone
    }
    m_segments->setSegments(std::move(segments));
    m_segments->setCurrent(known == m_sources.end() ? 0 : static_cast<int>(known - m_sources.begin()));
    setVisible(m_sources.size() > 1);
}

std::string ServerChoice::source() const {
    return !m_chosen.empty() ? m_chosen : m_sources.empty() ? std::string() : m_sources.front();
}

void ServerChoice::choose(const std::string& source) {
    const auto known = std::ranges::find(m_sources, source);
    if (known != m_sources.end()) {
        m_chosen = source;
        m_segments->setCurrent(static_cast<int>(known - m_sources.begin()));
        Q_EMIT chosen();
    }
}

} // namespace binnacle::app
