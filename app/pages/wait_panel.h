// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"

#include <string>

namespace binnacle {
class LatencyHistogramView;
class SectionHead;
} // namespace binnacle

namespace binnacle::app {

/// How long requests waited for a slot of the application's pools: the distribution, and the longest of them. Those
/// that found a free slot count as well, as the shortest. GUI thread.
class WaitPanel : public QWidget {
    Q_OBJECT

public:
    explicit WaitPanel(const PageContext& context, QWidget* parent = nullptr);

    /// Of one instance; empty: of all.
    void setInstance(std::string instance) { m_instance = std::move(instance); }
    void showReadings();

private:
    PageContext m_context;
    std::string m_instance;
    SectionHead* m_head;
    LatencyHistogramView* m_view;
};

} // namespace binnacle::app
