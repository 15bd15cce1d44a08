// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/lag_panel.h"

#include "app/feed/snapshot_feed.h"
#include "app/models/worded.h"
#include "app/pages/database_reading.h"
#include "app/pages/panel_of.h"
#include "app/pages/table_reading.h"
#include "widgets/latency_histogram_view.h"
#include "widgets/line_chart.h"
#include "widgets/situation_sentence.h"
#include "widgets/time_context.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace binnacle::app {

namespace {

constexpr double kLeast = 0.001; ///< s: under it a standby is level
constexpr double kMost = 100;
constexpr std::size_t kMostLines = 3;
constexpr std::chrono::minutes kWindow{5};
constexpr std::chrono::minutes kKept{40}; ///< single readings stay about as long

QWidget* headed(SectionHead* head, QWidget* chart, QWidget* parent) {
    auto* part = new QWidget(parent);
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(chart, 1);
    return part;
}

} // namespace

void LagBand::feed(const Series& lag, SteadyTime now) {
    const auto first = lag.firstAt();
    if (!first) {
        return;
    }
    const auto begin = std::max<SteadyTime>(*first, now - kKept);
    if (!m_from || begin + kSpan < *m_from) { // the hours before came in later
        m_low = Series();
        m_median = Series();
        m_high = Series();
        m_from = begin;
        m_next = begin;
        m_open = false;
    }
    for (int made = 0; made < kMostPoints && m_next <= now; ++made, m_next += kStep) {
        auto samples = lag.samples(m_next - kSpan, m_next);
        if (samples.empty()) {
            for (auto* line : {&m_low, &m_median, &m_high}) {
                if (m_open) {
                    line->appendGap(m_next);
                }
            }
            m_open = false;
            continue;
        }
        const auto middle = samples.begin() + static_cast<std::ptrdiff_t>((samples.size() - 1) / 2);
        std::ranges::nth_element(samples, middle, {}, &Sample::value);
        const auto [low, high] = std::ranges::minmax(samples, {}, &Sample::value);
        m_median.append(m_next, middle->value);
        m_low.append(m_next, low.value);
        m_high.append(m_next, high.value);
        m_open = true;
    }
}

LagPanel::LagPanel(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_head(new SectionHead(tr("Replay lag"), tr("log scale; line p50, band least to most of 10 s"), this))
    , m_lines(new LineChart(this))
    , m_shapeHead(new SectionHead(tr("Its distribution"), {}, this))
    , m_shape(new LatencyHistogramView(this)) {
    m_lines->setObjectName(QStringLiteral("lagBands"));
    m_lines->setAccessibleName(LagPanel::tr("Replay lag"));
    m_lines->setTimeContext(&context.time);
    m_lines->setQuantity(Quantity::Duration);
    m_lines->setGutters(68, 132); // names of servers, and their lag
    m_lines->setScale(AxisScale(AxisScale::Kind::Log, kLeast, kMost));
    ChartLimit limit;
    limit.value = PathLimits().lagSecondsCaution;
    limit.label = LagPanel::tr("limit");
    m_lines->setLimits({limit});
    m_shape->setObjectName(QStringLiteral("lagShape"));
    m_shape->setAccessibleName(LagPanel::tr("Distribution of the replay lag"));
    m_shape->setRange(kLeast, kMost);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(20);
    row->addWidget(headed(m_head, m_lines, this), 860);
    row->addWidget(headed(m_shapeHead, m_shape, this), 492);
    setMinimumHeight(170);
}

std::vector<LagPanel::Follower> LagPanel::followers() const {
    std::vector<Follower> out;
    const auto& store = m_context.feed.store();
    for (const auto* entry : store.byId("postgres.replication.lag_seconds")) {
        if (entry->source == m_server && out.size() < kMostLines) {
            out.push_back({std::string(entry->key.labels.get("standby")), entry});
        }
    }
    for (const auto* entry : store.byId("postgres.replay.lag_seconds")) {
        if (entry->source == m_server && out.empty()) {
            out.push_back({{}, entry});
        }
    }
    return out;
}

QString LagPanel::nameOf(const Follower& follower) const {
    return follower.name.empty() ? shownName(m_server)
                                 : plain(follower.name).replace(QLatin1Char('-'), QLatin1Char(' '));
}

PanelStatus LagPanel::status() const {
    const auto* update = m_context.feed.store().source(m_server);
    PanelStatus status;
    if (update != nullptr) {
        status = panelStatus(*update, m_context.feed.now());
        status.detail = worded(status.detail.toStdString());
    }
    if (!m_context.live()) {
        status.state = PanelState::Paused;
        status.lastAt = m_context.time.end();
    }
    return status;
}

/// As its server tells it, or, of another time than now, out of the readings that are kept.
LatencyHistogram LagPanel::distribution(const Follower& follower) const {
    const auto* update = m_context.feed.store().source(m_server);
    if (m_context.live() && update != nullptr && update->snapshot) {
        for (const auto& reading : update->snapshot->readings) {
            if (reading.key.id == "postgres.replication.lag" && reading.histogram &&
                reading.key.labels.get("standby") == follower.name) {
                return *reading.histogram;
            }
        }
    }
    const auto& path = m_context.path();
    LatencyHistogram out;
    const auto from = m_context.time.isSelected() ? path.latencyFrom : path.at - kWindow;
    for (const auto& sample : follower.lag->series.samples(from, path.at)) {
        out.record(std::chrono::duration_cast<std::chrono::nanoseconds>(
            std::chrono::duration<double>(std::clamp(sample.value, 0.0, 1e6))));
    }
    return out;
}

void LagPanel::showReadings() {
    const auto all = followers();
    std::vector<ChartLine> lines;
    for (std::size_t i = 0; i < all.size(); ++i) {
        lines.push_back({nameOf(all[i]), serverColor(i + 1)});
    }
    m_lines->setLines(std::move(lines));
    auto told = status();
    if (all.empty() && told.hasValue()) {
        told.state = PanelState::Empty;
        told.title = tr("No standby is connected to this server");
    }
    m_lines->setStatus(told);
    m_shape->setStatus(told);
    LatencyHistogram first;
    std::optional<LatencyHistogram> second;
    if (!all.empty() && m_context.hasReading()) {
        first = distribution(all.front());
        if (all.size() > 1) {
            second = distribution(all[1]);
        }
    }
    m_shape->setNames(all.empty() ? QString() : nameOf(all.front()), second ? nameOf(all[1]) : QString());
    m_shape->showHistogram(first, second ? &*second : nullptr);
    const auto span = m_context.time.isSelected() ? m_context.countedOver() : tr("last 5 min");
    m_shapeHead->setSubtitle(first.count() == 0 ? QString()
                             : second ? tr("bars %1, outline %2, %3").arg(nameOf(all[0]), nameOf(all[1]), span)
                                      : tr("share of readings, %1").arg(span));
}

void LagPanel::showTick() {
    const auto all = followers();
    std::vector<const Series*> lines;
    std::vector<ChartBand> bands;
    for (const auto& follower : all) {
        auto& band = m_bands[m_server + ' ' + follower.name];
        band.feed(follower.lag->series, m_context.feed.now());
        lines.push_back(&band.median());
        bands.push_back({&band.low(), &band.high()});
    }
    m_lines->showSeries(lines, bands);
}

} // namespace binnacle::app
