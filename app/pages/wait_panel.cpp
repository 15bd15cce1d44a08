// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/wait_panel.h"

#include "app/feed/snapshot_feed.h"
#include "app/pages/panel_of.h"
#include "backend/history/signal_line.h"
#include "widgets/latency_histogram_view.h"
#include "widgets/situation_sentence.h"

#include <QVBoxLayout>

namespace binnacle::app {

namespace {
constexpr double kLow = 1e-6; ///< a free slot is taken in a few microseconds
constexpr double kHigh = 10;
} // namespace

WaitPanel::WaitPanel(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_head(new SectionHead(tr("Waits for a pool slot"), {}, this))
    , m_view(new LatencyHistogramView(this)) {
    m_view->setObjectName(QStringLiteral("poolWaits"));
    m_view->setAccessibleName(tr("Waits for a pool slot"));
    m_view->setRange(kLow, kHigh);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(m_view, 1);
}

void WaitPanel::showReadings() {
    const auto& path = m_context.path();
    LatencySelector selector;
    selector.instance = m_instance;
    const auto source = m_instance.empty() ? std::string("service/") : "service/" + m_instance;
    const auto waits = m_context.hasReading()
                           ? m_context.feed.store().waits().merged(selector, path.latencyFrom, path.latencyTo)
                           : LatencyHistogram();
    const auto longest = waits.quantile(1);
    const auto figure = figureOf(path, source, longest);
    HopBase hop; // there is no line of it that would tell what it was
    hop.source = figure.source;
    hop.state = figure.state;
    hop.age = figure.age;
    m_head->setTitle(m_instance.empty() ? tr("Waits for a pool slot")
                                        : tr("Waits for a pool slot of %1").arg(plain(m_instance, 40)));
    m_view->setNames(m_instance.empty() ? tr("All instances") : plain(m_instance, 40), {});
    m_view->setStatus(panelOf(hop, m_context));
    m_view->showHistogram(waits);
    m_head->setSubtitle(!m_context.hasReading() ? nothingThenText()
                        : longest               ? tr("longest %1, %2; %3")
                                        .arg(numberText(longest, Quantity::Duration).joined(), m_context.countedOver(),
                                             m_view->countsText())
                                  : tr("none was taken, %1").arg(m_context.countedOver()));
}

} // namespace binnacle::app
