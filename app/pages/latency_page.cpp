// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/latency_page.h"

#include "app/feed/action_marks.h"
#include "app/feed/control_feed.h"
#include "app/feed/snapshot_feed.h"
#include "app/models/page_sentence.h"
#include "app/models/route_model.h"
#include "app/models/table_order.h"
#include "app/models/worded.h"
#include "app/pages/latency_comparison.h"
#include "app/pages/latency_filter.h"
#include "app/pages/page_room.h"
#include "app/pages/panel_of.h"
#include "app/pages/route_statements_panel.h"
#include "app/pages/rule.h"
#include "app/pages/tail_panel.h"
#include "widgets/heatmap_view.h"
#include "widgets/latency_histogram_view.h"
#include "widgets/line_chart.h"
#include "widgets/situation_sentence.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QResizeEvent>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <array>
#include <cmath>
#include <utility>

namespace binnacle::app {

namespace {

// Cached reads of the bundled service take well under a millisecond, down to some 60 us.
constexpr double kLowSeconds = 0.00005;
constexpr double kHighSeconds = 4;
constexpr int kShapeWidth = 120;
constexpr int kHistogramStretch = 852;
constexpr int kNarrowStretch = 520;
constexpr int kRoomForAll = 1100; ///< px of the page
constexpr std::array kLines = {PathLine::RecentP50, PathLine::RecentP95, PathLine::RecentP99, PathLine::P999};

/// How long before the first value of a line its first reading was: what is counted needs two.
SteadyTime::duration firstStep(const SignalStore& store) {
    for (const auto& name : store.sources()) {
        const auto* source = name.starts_with("service/") ? store.source(name) : nullptr;
        if (source != nullptr) {
            return source->interval;
        }
    }
    return {};
}

/// What the reading's latencies are counted over: "30 s", also where there is no reading.
QString spanText(const PathReading& path) {
    return ageText(path.at == path.latencyFrom ? PathReading::kLatencyWindow : path.at - path.latencyFrom);
}

} // namespace

LatencyPage::LatencyPage(const PageContext& context, QWidget* parent)
    : LinkedPage(context, parent)
    , m_sentence(new SituationSentence(this))
    , m_histogramHead(new SectionHead(tr("Live histogram"), {}, this))
    , m_histogram(new LatencyHistogramView(this))
    , m_comparison(new LatencyComparison(context, *m_histogram, this))
    , m_filter(new LatencyFilter(context, this))
    , m_tail(new TailPanel(context, this))
    , m_linesHead(new SectionHead(tr("Percentiles"), {}, this))
    , m_lines(new LineChart(this))
    , m_heatHead(new SectionHead(tr("Heat"), {}, this))
    , m_heat(new HeatmapView(this))
    , m_heatFeeder(*m_heat, context.time)
    , m_routes(new RouteModel(this))
    , m_sorted(new TableOrder(this))
    , m_routeTable(makeRoutes())
    , m_bottom(new QStackedWidget(this))
    , m_statements(new RouteStatementsPanel(context, this)) {
    m_lines->setTimeContext(&context.time);
    m_lines->setQuantity(Quantity::Duration);
    m_lines->setLines({{tr("p50"), Token::Q50, 1.5},
                       {tr("p95"), Token::Q95, 1.5},
                       {tr("p99"), Token::Q99, 2},
                       {tr("p99.9"), Token::Q999, 1.5}});
    m_lines->setLimits({{PathLimits{}.p99TargetSeconds,
                         tr("target %1").arg(numberText(PathLimits{}.p99TargetSeconds, Quantity::Duration).value)}});
    m_lines->setAccessibleName(tr("Percentiles"));
    m_heat->setTimeContext(&context.time);
    m_heat->setRange(kLowSeconds, kHighSeconds);
    m_heat->setAccessibleName(tr("Heat"));
    connect(&context.feed, &SnapshotFeed::pastFilled, this, [this] {
        m_heatFeeder.reset();
        m_filteredLines.reset();
    });
    m_histogram->setRange(kLowSeconds, kHighSeconds);
    connect(m_filter, &LatencyFilter::changed, this, &LatencyPage::choose);
    connect(m_comparison, &LatencyComparison::changed, this, &LatencyPage::choose);
    connect(m_tail, &TailPanel::onlyRequested, m_filter, &LatencyFilter::choose);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* choices = new QHBoxLayout;
    choices->setSpacing(8);
    choices->addWidget(m_filter, 1);
    choices->addWidget(m_comparison->choice());
    column->addWidget(m_sentence);
    column->addSpacing(4);
    column->addLayout(choices);
    column->addSpacing(8);
    column->addWidget(makeTop(), 18);
    column->addWidget(new Rule(Qt::Horizontal, this));
    column->addWidget(m_tail);
    column->addWidget(new Rule(Qt::Horizontal, this));
    column->addWidget(m_linesHead);
    column->addWidget(m_lines, 17);
    column->addWidget(m_heatHead);
    column->addWidget(m_heat, 16);
    column->addSpacing(8);
    column->addWidget(makeBottom());
}

QWidget* LatencyPage::makeTop() {
    auto* top = new QWidget(this);
    auto* left = new QVBoxLayout;
    left->setSpacing(0);
    left->addWidget(m_histogramHead);
    left->addWidget(m_histogram, 1);
    m_top = new QHBoxLayout(top);
    m_top->setContentsMargins(0, 0, 0, 8);
    m_top->setSpacing(20);
    m_top->addLayout(left, kHistogramStretch);
    m_top->addWidget(new Rule(Qt::Vertical, top));
    m_top->addWidget(m_comparison, 492);
    return top;
}

QTableView* LatencyPage::makeRoutes() {
    m_sorted->setSourceModel(m_routes);
    m_sorted->setSortRole(RouteModel::kSortRole);
    auto* view = new QTableView(this);
    view->setObjectName(QStringLiteral("routes"));
    view->setAccessibleName(tr("Routes"));
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    setUpTable(view, Theme());
    setUpOrder(*view, *m_sorted, RouteModel::P99, Qt::DescendingOrder);
    auto* header = view->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Stretch);
    header->setSectionResizeMode(RouteModel::Route, QHeaderView::Interactive);
    header->resizeSection(RouteModel::Route, 300);
    header->setSectionResizeMode(RouteModel::Shape, QHeaderView::Interactive);
    header->resizeSection(RouteModel::Shape, kShapeWidth);
    fitHeads(*header);
    connect(view, &QTableView::activated, this, &LatencyPage::openRoute);
    connect(view, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (index.data(LinkRole).toBool()) {
            openRoute(index);
        }
    });
    return view;
}

QWidget* LatencyPage::makeBottom() {
    m_bottom->addWidget(m_routeTable);
    m_bottom->addWidget(m_statements);
    m_bottom->setFixedHeight(22 + 26 * 7 + 2);
    connect(m_statements, &RouteStatementsPanel::closed, this, &LatencyPage::closeRoute);
    connect(m_statements, &RouteStatementsPanel::pageRequested, this, &LinkedPage::pageRequested);
    auto* next = new QShortcut(QKeySequence(Qt::Key_S), this);
    connect(next, &QShortcut::activated, this, &LatencyPage::goOn);
    return m_bottom;
}

void LatencyPage::openRoute(const QModelIndex& index) {
    if (index.isValid()) {
        showStatementsOf(index.siblingAtColumn(RouteModel::Route).data().toString(), {});
    }
}

void LatencyPage::showStatementsOf(const QString& route, const QString& statement) {
    m_bottom->setCurrentWidget(m_statements);
    m_statements->showRoute(route, statement);
}

void LatencyPage::closeRoute() {
    m_bottom->setCurrentWidget(m_routeTable);
    m_routeTable->setFocus(Qt::OtherFocusReason);
}

/// One step further, wherever it was left: from the chosen route, or else the first in the order of the table, to its
/// statements; from there to the sessions.
void LatencyPage::goOn() {
    if (m_bottom->currentWidget() == m_statements) {
        m_statements->goOn();
    } else {
        const auto chosen = m_routeTable->currentIndex();
        openRoute(chosen.isValid() ? chosen : m_sorted->index(0, 0));
    }
}

void LatencyPage::showTarget(const QString& target) {
    const auto words = wordsOf(target);
    if (words.section(QLatin1Char(' '), 0, 0) == QLatin1String("statements")) {
        showStatementsOf(words.section(QLatin1Char(' '), 1), trailOf(target).statement);
    }
}

void LatencyPage::showReadings() {
    const auto& path = context().path();
    const auto& history = context().feed.history();
    const auto silence = context().hasReading() && !path.p99.value
                             ? silenceOf(path, "service/", tr("What is shown below is of before."))
                             : std::nullopt;
    if (silence) {
        m_sentence->setSentence(silence->clause, silence->detail, silence->severity);
    } else if (context().hasReading()) {
        const auto situation = tailSituation(path, history);
        m_sentence->setSentence(worded(situation.clause), worded(situation.detail), severityOf(situation.concern));
    } else {
        m_sentence->setSentence(nothingThenText(), {}, Severity::Normal);
    }
    showDistribution(path);
    const auto [tail, routes] = whatIsDue();
    if (tail) {
        m_tail->showReadings(m_filter->selector());
    }
    if (routes) {
        showRoutes(path);
    }
    if (m_bottom->currentWidget() == m_statements) {
        m_statements->showReadings();
    }
    if (std::exchange(m_marks, context().control.revision()) != context().control.revision()) {
        const auto marks = actionMarks(context().control.entries(), context().feed.now(), context().feed.utcNow());
        m_lines->setEvents(marks);
        m_heat->setEvents(marks);
    }
}

/// The two that look through the most take turns while all is live, each once a second: together they would be most of
/// what the window's thread may need in one of its turns.
std::pair<bool, bool> LatencyPage::whatIsDue() {
    constexpr std::chrono::milliseconds kLongest{1400};
    const auto now = context().feed.now();
    const auto old = [&](const std::optional<SteadyTime>& at) { return !at || *at > now || now - *at > kLongest; };
    const bool all = !context().live();
    const bool first = m_tailAt <= m_routesAt;
    const bool tail = all || first || old(m_tailAt);
    const bool routes = all || !first || old(m_routesAt);
    m_tailAt = tail ? now : m_tailAt;
    m_routesAt = routes ? now : m_routesAt;
    return {tail, routes};
}

/// Another part of the requests is shown, or compared with something else.
void LatencyPage::choose() {
    m_tailAt.reset();
    m_routesAt.reset();
    m_filteredLines.setSelector(m_filter->selector());
    if (isVisible()) {
        showReadings();
        showTick();
    }
}

const Series& LatencyPage::line(std::size_t which) const {
    return m_filter->takesAll() ? context().feed.history().line(kLines[which]) : m_filteredLines.line(which);
}

void LatencyPage::showDistribution(const PathReading& path) {
    m_comparison->showReadings(m_filter->selector());
    const auto status = panelOf(path.p99, context(), line(2), Quantity::Duration);
    m_histogram->setStatus(status);
    auto subtitle = nothingThenText();
    if (context().hasReading()) {
        subtitle = tr("share of requests per bucket, square-root scale, %1, age %2; %3")
                       .arg(context().countedOver(), ageText(path.p99.age), m_histogram->countsText());
        if (!m_comparison->legend().isEmpty()) {
            subtitle = m_comparison->legend() + QStringLiteral("; ") + subtitle;
        }
    }
    m_histogramHead->setSubtitle(subtitle);
    m_linesHead->setSubtitle(
        m_filter->takesAll()
            ? tr("from merged buckets, last 10 s (p99.9: 30 s), log scale")
            : tr("%1; from merged buckets, last 10 s (p99.9: 30 s), log scale").arg(m_filter->words()));
    m_heatHead->setSubtitle(tr("%1, same time axis, log colours").arg(m_filter->words()));
    m_lines->setStatus(status);
    m_heat->setStatus(status);
}

void LatencyPage::showRoutes(const PathReading& path) {
    const auto from = path.latencyFrom;
    // Slots are taken by their start, and there are none from before the first reading: a rate is over the time that
    // they really cover. Their end is the present, or, in the past, the end of the last slot.
    auto begun = LatencyLog::slotStart(from + LatencyLog::kSlot - std::chrono::nanoseconds(1));
    if (const auto first = context().feed.history().line(PathLine::Requests).firstAt()) {
        begun = std::max(begun, *first - firstStep(context().feed.store()));
    }
    const auto lastSlot = LatencyLog::slotStart(path.latencyTo - std::chrono::nanoseconds(1));
    const auto ended = std::min<SteadyTime>(lastSlot + LatencyLog::kSlot, context().feed.path().at);
    const double covered = toSeconds(ended - begun);
    std::vector<RouteRow> rows;
    constexpr std::size_t kMostRows = 200;
    for (const auto& [route, latency] :
         context().feed.store().latency().byRoute(m_filter->selector(), from, path.latencyTo)) {
        if (route.starts_with("GET /healthz") || rows.size() >= kMostRows) {
            continue;
        }
        const auto& histogram = latency.histogram;
        RouteRow row;
        row.route = plain(route);
        row.count = histogram.count();
        if (covered >= 1) {
            row.perSecond = static_cast<double>(histogram.count()) / covered;
        }
        row.p50 = histogram.supportedQuantile(0.5);
        row.p95 = histogram.supportedQuantile(0.95);
        row.p99 = histogram.supportedQuantile(0.99);
        row.p999 = histogram.supportedQuantile(0.999);
        if (!histogram.empty()) {
            row.errorShare = static_cast<double>(latency.failed) / static_cast<double>(histogram.count());
        }
        if (row.p99 && *row.p99 > PathLimits{}.p99TargetSeconds) {
            row.severity = *row.p99 > PathLimits{}.p99CriticalSeconds ? Severity::Critical : Severity::Caution;
        }
        row.shape = MiniShape::of(histogram, kLowSeconds, kHighSeconds);
        rows.push_back(std::move(row));
    }
    m_routes->setCountedOver(spanText(path));
    m_routes->showRows(std::move(rows));
    m_sorted->sortUnlessRead(*m_routeTable);
}

void LatencyPage::fitScale() {
    // Whole decades around what the window holds; a scale that follows every sample could not be read.
    const auto window = context().time.window();
    double low = 0.001;
    double high = 1;
    bool any = false;
    for (std::size_t i = 0; i < kLines.size(); ++i) {
        if (const auto range = line(i).range(window.from, window.to)) {
            low = any ? std::min(low, range->first) : range->first;
            high = any ? std::max(high, range->second) : range->second;
            any = true;
        }
    }
    low = std::pow(10, std::floor(std::log10(std::clamp(low, 1e-6, 60.0))));
    high =
        std::max(PathLimits{}.p99TargetSeconds * 2, std::pow(10, std::ceil(std::log10(std::clamp(high, 1e-5, 60.0)))));
    if (low != m_scaleLow || high != m_scaleHigh) {
        m_scaleLow = low;
        m_scaleHigh = high;
        m_lines->setScale(AxisScale(AxisScale::Kind::Log, low, high));
    }
}

void LatencyPage::showTick() {
    const auto& log = context().feed.store().latency();
    if (!m_filter->takesAll()) {
        m_filteredLines.follow(log, context().time.window(), context().feed.now());
    }
    fitScale();
    std::array<const Series*, kLines.size()> series{};
    for (std::size_t i = 0; i < kLines.size(); ++i) {
        series[i] = &line(i);
    }
    m_lines->showSeries(series);
    m_heatFeeder.feed(log, m_filter->selector());
}

void LatencyPage::resizeEvent(QResizeEvent* event) {
    LinkedPage::resizeEvent(event);
    // Where height is short the routes give way first, they scroll; then what is said in two lines or twice; at last
    // the heat.
    const int height = roomOf(*this);
    const bool brief = event->size().width() < kRoomForAll;
    if (std::exchange(m_brief, brief) != brief) { // in between widths are the operator's
        m_filter->setBrief(brief);
        m_comparison->setBrief(brief);
        m_routeTable->setColumnHidden(RouteModel::Shape, brief); // figures first
        m_routeTable->horizontalHeader()->resizeSection(RouteModel::Route, brief ? 250 : 300);
    }
    m_top->setStretch(0, brief ? kNarrowStretch : kHistogramStretch); // the table keeps its figures whole
    const int rows = height >= 830 ? 7 : height >= 775 ? 5 : height >= 690 ? 3 : 2;
    m_bottom->setFixedHeight(22 + 26 * rows + 2);
    const bool low = height < 730;
    m_tail->setLow(low);
    m_comparison->setLow(height < 650);
    m_lines->setTimeLabelsVisible(!low); // the heat below has the same
    m_lines->setMinimumHeight(low ? 76 : 90);
    m_heat->setMinimumHeight(low ? 78 : 100);
    const bool tall = height >= 580;
    m_heat->setVisible(tall);
    m_heatHead->setVisible(tall);
}

RailReading LatencyPage::railReading(const PageContext& context) {
    const auto& path = context.feed.path();
    RailReading reading;
    reading.value =
        path.p99.live() && path.p99.value ? numberText(*path.p99.value, Quantity::Duration).joined() : QString();
    reading.mark = path.p99.live() ? markOf(severityOf(path.p99.concern)) : markOf(panelStateOf(path.p99.state));
    if (reading.mark == Mark::Normal) {
        reading.mark = Mark::None;
    }
    return reading;
}

} // namespace binnacle::app
