// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/overview_page.h"

#include "app/feed/action_marks.h"
#include "app/feed/control_feed.h"
#include "app/feed/snapshot_feed.h"
#include "app/models/worded.h"
#include "app/pages/budget_tile.h"
#include "app/pages/in_force_panel.h"
#include "app/pages/likely_cause_panel.h"
#include "app/pages/page_room.h"
#include "app/pages/panel_of.h"
#include "app/pages/path_picture.h"
#include "app/pages/rule.h"
#include "app/time_steering.h"
#include "backend/history/path_verdict.h"
#include "widgets/axis_scale.h"
#include "widgets/decimal_text.h"
#include "widgets/kpi_tile.h"
#include "widgets/lane_view.h"
#include "widgets/request_path_view.h"
#include "widgets/situation_sentence.h"
#include "widgets/tip_text.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QResizeEvent>
#include <QVBoxLayout>

#include <array>
#include <utility>
#include <vector>

namespace binnacle::app {

namespace {

QString said(double value, Quantity quantity) {
    return numberText(value, quantity).joined();
}

/// A round figure: "10 s".
QString lagLimit() {
    return axisLabel(PathLimits{}.lagSecondsCritical, Quantity::Duration, true);
}

/// A tile: which figure, which line, how it is written, and what stands below it.
struct TileSpec {
    const char* label;
    Figure PathReading::*figure;
    PathLine line;
    Quantity quantity;
    QString (*comparison)(const PathReading& path, std::optional<double> baseline);
    QString (*shortly)(const PathReading& path) = nullptr; ///< instead of it where room is short
};

QString againstBaseline(std::optional<double> now, std::optional<double> baseline) {
    if (!now || !baseline) {
        return {};
    }
    const auto change = changeText(*now, baseline);
    if (change.isEmpty() || change == changeText(1, 1)) {
        return change; // "unchanged" needs no room for what it is compared with
    }
    return QCoreApplication::translate("Tile", "%1 to baseline").arg(change);
}

template <Figure PathReading::*figure>
QString toBaseline(const PathReading& path, std::optional<double> baseline) {
    return againstBaseline((path.*figure).value, baseline);
}

constexpr std::array kTiles = {
    TileSpec{QT_TRANSLATE_NOOP("Tile", "Requests"), &PathReading::requestsPerSecond, PathLine::Requests, Quantity::Rate,
             &toBaseline<&PathReading::requestsPerSecond>},
    TileSpec{
        QT_TRANSLATE_NOOP("Tile", "Errors"), &PathReading::errorShare, PathLine::ErrorShare, Quantity::Share,
        [](const PathReading&, std::optional<double>) { return QCoreApplication::translate("Tile", "5xx, last 5 s"); }},
    TileSpec{QT_TRANSLATE_NOOP("Tile", "p50"), &PathReading::p50, PathLine::P50, Quantity::Duration,
             &toBaseline<&PathReading::p50>},
    TileSpec{QT_TRANSLATE_NOOP("Tile", "p95"), &PathReading::p95, PathLine::P95, Quantity::Duration,
             &toBaseline<&PathReading::p95>},
    TileSpec{QT_TRANSLATE_NOOP("Tile", "p99"), &PathReading::p99, PathLine::P99, Quantity::Duration,
             &toBaseline<&PathReading::p99>},
    TileSpec{QT_TRANSLATE_NOOP("Tile", "p99.9"), &PathReading::p999, PathLine::P999, Quantity::Duration,
             &toBaseline<&PathReading::p999>},
    TileSpec{QT_TRANSLATE_NOOP("Tile", "Cache hits"), &PathReading::hitRatio, PathLine::HitRatio, Quantity::Share,
             [](const PathReading& path, std::optional<double> baseline) {
                 if (!path.hitRatio.value || !baseline) {
                     return QString();
                 }
                 const auto points = (*path.hitRatio.value - *baseline) * 100;
                 return QCoreApplication::translate("Tile", "%1 points")
                     .arg((points < -0.05  ? QStringLiteral("\u2212")
                           : points > 0.05 ? QStringLiteral("+")
                                           : QString()) +
                          decimalText(std::abs(points), 1));
             }},
    TileSpec{QT_TRANSLATE_NOOP("Tile", "Lag"), &PathReading::worstLagSeconds, PathLine::WorstLag, Quantity::Duration,
             [](const PathReading& path, std::optional<double>) {
                 return path.worstLagStandby.empty() ? QString()
                                                     : QCoreApplication::translate("Tile", "%1, limit %2")
                                                           .arg(worded(displayName(path.worstLagStandby)), lagLimit());
             },
             [](const PathReading&) { return QCoreApplication::translate("Tile", "limit %1").arg(lagLimit()); }},
    TileSpec{QT_TRANSLATE_NOOP("Tile", "Pools"), &PathReading::poolInUse, PathLine::PoolInUse, Quantity::Count,
             [](const PathReading& path, std::optional<double>) {
                 const auto waiting = path.poolWaiting.value.value_or(0);
                 const auto size = path.poolSize.value.value_or(0);
                 const auto used = path.poolInUse.value.value_or(0);
                 return size <= 0 ? QString()
                                  : QCoreApplication::translate("Tile", "%1, %2 wait")
                                        .arg(said(used / size, Quantity::Share), said(waiting, Quantity::Count));
             }},
    TileSpec{QT_TRANSLATE_NOOP("Tile", "Deadlocks"), &PathReading::deadlocks, PathLine::Deadlocks, Quantity::Count,
             [](const PathReading& path, std::optional<double>) {
                 return path.deadlocks.value.value_or(0) > 0 ? QString()
                                                             : QCoreApplication::translate("Tile", "none seen");
             }},
};

/// The page that shows more of a tile's figure.
const char* pageOf(PathLine line) {
    switch (line) {
    case PathLine::HitRatio:
        return "cache";
    case PathLine::WorstLag:
        return "database";
    case PathLine::PoolInUse:
        return "pools";
    case PathLine::Deadlocks:
        return "locks";
    case PathLine::Requests:
    case PathLine::ErrorShare:
        return "traffic";
    default:
        return "latency";
    }
}

NumberText numberOf(const TileSpec& spec, const PathReading& path) {
    const auto& figure = path.*spec.figure;
    auto number = numberText(figure.value, spec.quantity);
    if (spec.line == PathLine::PoolInUse && path.poolSize.value) {
        number.unit = QCoreApplication::translate("Tile", "of %1").arg(said(*path.poolSize.value, Quantity::Count));
    } else if (spec.line == PathLine::Deadlocks && figure.value) {
        const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(path.deadlockSpan).count();
        number.unit = minutes >= 1 ? QCoreApplication::translate("Tile", "in %1 min").arg(minutes)
                                   : QCoreApplication::translate("Tile", "in %1 s").arg(path.deadlockSpan.count());
    }
    return number;
}

struct LaneSpec {
    const char* title;
    const char* subtitle;
    Figure PathReading::*figure;
    PathLine line;
    Quantity quantity;
    double leastTop;
    double noise; ///< a spread below this is no move
    bool always;  ///< false: gives way where height is short
};

// In the order of the request path, clients on top, storage at the bottom: reading down goes back in time.
constexpr std::array kLanes = {
    LaneSpec{QT_TRANSLATE_NOOP("Lane", "Requests"), QT_TRANSLATE_NOOP("Lane", "all routes"),
             &PathReading::requestsPerSecond, PathLine::Requests, Quantity::Rate, 10, 5, false},
    LaneSpec{QT_TRANSLATE_NOOP("Lane", "p99 latency"), QT_TRANSLATE_NOOP("Lane", "all routes, last 30 s"),
             &PathReading::p99, PathLine::P99, Quantity::Duration, 0.01, 0.02, true},
    LaneSpec{QT_TRANSLATE_NOOP("Lane", "HAProxy queue"), QT_TRANSLATE_NOOP("Lane", "requests"),
             &PathReading::proxyQueue, PathLine::ProxyQueue, Quantity::Count, 5, 0.5, true},
    LaneSpec{QT_TRANSLATE_NOOP("Lane", "Pool waiters"), QT_TRANSLATE_NOOP("Lane", "requests waiting"),
             &PathReading::poolWaiting, PathLine::PoolWaiting, Quantity::Count, 5, 0.5, true},
    LaneSpec{QT_TRANSLATE_NOOP("Lane", "pgBouncer waiters"), QT_TRANSLATE_NOOP("Lane", "clients waiting"),
             &PathReading::bouncerWaiting, PathLine::BouncerWaiting, Quantity::Count, 5, 0.5, false},
    LaneSpec{QT_TRANSLATE_NOOP("Lane", "Lock waits"), QT_TRANSLATE_NOOP("Lane", "sessions"), &PathReading::lockWaits,
             PathLine::LockWaits, Quantity::Count, 5, 0.5, true},
    LaneSpec{QT_TRANSLATE_NOOP("Lane", "Redis evictions"), QT_TRANSLATE_NOOP("Lane", "keys per second"),
             &PathReading::evictionsPerSecond, PathLine::Evictions, Quantity::Rate, 5, 2, true},
    LaneSpec{QT_TRANSLATE_NOOP("Lane", "WAL written"), QT_TRANSLATE_NOOP("Lane", "primary"),
             &PathReading::walBytesPerSecond, PathLine::WalBytes, Quantity::ByteRate, 100'000, 100'000, true},
    LaneSpec{QT_TRANSLATE_NOOP("Lane", "Replica lag"), QT_TRANSLATE_NOOP("Lane", "worst standby"),
             &PathReading::worstLagSeconds, PathLine::WorstLag, Quantity::Duration, 1, 0.2, true},
};

std::optional<double> limitOf(const LaneSpec& spec) {
    return spec.line == PathLine::P99        ? std::optional(PathLimits{}.p99TargetSeconds)
           : spec.line == PathLine::WorstLag ? std::optional(PathLimits{}.lagSecondsCritical)
                                             : std::nullopt;
}

std::vector<Lane> lanes(bool all) {
    std::vector<Lane> out;
    for (const auto& spec : kLanes) {
        if (!all && !spec.always) {
            continue;
        }
        Lane lane;
        lane.title = QCoreApplication::translate("Lane", spec.title);
        lane.subtitle = QCoreApplication::translate("Lane", spec.subtitle);
        lane.quantity = spec.quantity;
        lane.leastTop = spec.leastTop;
        lane.limit = limitOf(spec);
        out.push_back(std::move(lane));
    }
    return out;
}

} // namespace

OverviewPage::OverviewPage(const PageContext& context, QWidget* parent)
    : LinkedPage(context, parent)
    , m_sentence(new SituationSentence(this))
    , m_picture(new RequestPathView(this))
    , m_tiles(new KpiRow(this))
    , m_lanesHead(new SectionHead(
          tr("What moved"),
          tr("in the order of the request path; numbers tell what moved first, which is evidence and no proof"), this))
    , m_lanes(new LaneView(this))
    , m_cause(new LikelyCausePanel(context, this))
    , m_inForce(new InForcePanel(context, this))
    , m_sideRule(new Rule(Qt::Vertical, this))
    , m_bottom(new QBoxLayout(QBoxLayout::LeftToRight)) {
    for (const auto& spec : kTiles) {
        auto* tile = m_tiles->addTile();
        tile->setObjectName(QStringLiteral("tile.") + QLatin1String(spec.label));
        tile->setTimeContext(&context.time);
        connect(tile, &KpiTile::activated, this, [this, &spec] {
            const auto& standby = this->context().path().worstLagStandby;
            Q_EMIT pageRequested(QLatin1String(pageOf(spec.line)), spec.line == PathLine::WorstLag && !standby.empty()
                                                                       ? QStringLiteral("server ") + plain(standby)
                                                                       : QString());
        });
    }
    connect(m_cause, &LikelyCausePanel::pageRequested, this, &LinkedPage::pageRequested);
    connect(m_inForce, &InForcePanel::pageRequested, this, &LinkedPage::pageRequested);
    connect(m_picture, &RequestPathView::nodeActivated, this, [this](const QString& id) {
        if (const auto* node = m_picture->node(id)) {
            const auto to = targetOf(*node);
            Q_EMIT pageRequested(to.page, to.target);
        }
    });
    m_budget = m_tiles->addTile();
    m_budget->setObjectName(QStringLiteral("tile.Budget"));
    m_budget->setSeparator(false);
    connect(m_budget, &KpiTile::activated, this, [this] {
        // Where it goes: to answers that fail, or else to those that come too late.
        const auto& failing = this->context().path().errorShare;
        Q_EMIT pageRequested(failing.value && failing.concern != Concern::Normal ? QStringLiteral("traffic")
                                                                                 : QStringLiteral("latency"),
                             {});
    });
    m_lanes->setTimeContext(&context.time);
    m_lanes->setLanes(lanes(m_allLanes));
    const auto watchAnew = [this] {
        m_onsets.clear();
        for (const auto& spec : kLanes) {
            m_onsets.emplace_back(OnsetRule{spec.noise, limitOf(spec)});
        }
    };
    watchAnew();
    connect(&context.feed, &SnapshotFeed::pastFilled, this, watchAnew);

    auto* main = new QVBoxLayout;
    main->setSpacing(0);
    main->addWidget(m_lanesHead);
    main->addWidget(m_lanes, 1);
    auto* side = new QVBoxLayout;
    side->setSpacing(0);
    side->addWidget(m_cause);
    side->addWidget(m_inForce, 1);
    m_bottom->setSpacing(20);
    m_bottom->addLayout(main, 1);
    m_bottom->addWidget(m_sideRule);
    m_bottom->addLayout(side);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_sentence);
    column->addWidget(m_picture);
    column->addWidget(m_tiles);
    column->addLayout(m_bottom, 1);
}

void OverviewPage::showReadings() {
    const auto& path = context().path();
    const auto verdict = judgePath(path, context().feed.store());
    if (context().hasReading()) {
        const auto situation = situationOf(path, context().feed.history(), verdict);
        m_sentence->setSentence(worded(situation.clause), worded(situation.detail), severityOf(situation.concern));
    } else {
        m_sentence->setSentence(nothingThenText(), {}, Severity::Normal);
    }
    m_picture->showPath(pathPicture(path, verdict, context()));
    showTiles(path);
    m_cause->showReadings(path, verdict);
    m_inForce->showReadings();
    if (std::exchange(m_marks, context().control.revision()) != context().control.revision()) {
        m_lanes->setEvents(actionMarks(context().control.entries(), context().feed.now(), context().feed.utcNow()));
    }
}

void OverviewPage::showTiles(const PathReading& path) {
    const auto& history = context().feed.history();
    for (std::size_t i = 0; i < kTiles.size(); ++i) {
        const auto& spec = kTiles[i];
        const auto& figure = path.*spec.figure;
        const auto baseline =
            history.median(spec.line, path.at - std::chrono::minutes(16), path.at - std::chrono::minutes(1));
        KpiReading reading;
        reading.label = QCoreApplication::translate("Tile", spec.label);
        reading.number = numberOf(spec, path);
        reading.severity = severityOf(figure.concern);
        reading.status = panelOf(figure, context(), spec.line, spec.quantity);
        reading.baseline = spec.quantity == Quantity::Count ? std::nullopt : baseline;
        // Why there is no number: the state's words, or the source's own reason while it answers.
        reading.comparison = !reading.status.hasValue() ? reading.status.detail
                             : figure.value             ? spec.comparison(path, baseline)
                                                        : worded(figure.reason);
        if (figure.value && reading.status.hasValue() && spec.shortly != nullptr) {
            reading.shortComparison = spec.shortly(path);
        }
        auto* tile = m_tiles->tile(static_cast<int>(i));
        tile->showReading(reading);
        tile->showSpark(&history.line(spec.line), context().time.window(), spec.quantity);
        tile->setToolTip(tipText(provenance(figure)));
    }
    // Counted anew for each time that is looked at: what a recording tells of the day before comes late.
    const auto& counted = context().feed.budget();
    const auto budget = readBudget(counted, path);
    m_budget->showReading(budgetReading(budget, counted.objective(), context()));
    m_budget->setToolTip(tipText(budgetTip(budget, counted)));
}

void OverviewPage::showLanes(const PathReading& path) {
    std::vector<LaneReading> readings;
    std::vector<const Series*> series;
    std::vector<std::optional<SteadyTime>> onsets;
    for (std::size_t i = 0; i < kLanes.size(); ++i) {
        const auto& spec = kLanes[i];
        const auto& line = context().feed.history().line(spec.line);
        // Percentiles over half a minute come late and stay long: when they moved is told by those over ten seconds.
        const auto& moves = spec.line == PathLine::P99 ? context().feed.history().line(PathLine::RecentP99) : line;
        m_onsets[i].follow(moves, context().feed.now());
        if (!m_allLanes && !spec.always) {
            continue;
        }
        const auto& figure = path.*spec.figure;
        LaneReading reading;
        reading.number = numberText(figure.value, spec.quantity);
        reading.severity = severityOf(figure.concern);
        reading.status = panelOf(figure, context(), spec.line, spec.quantity);
        const auto onset = m_onsets[i].onset();
        onsets.push_back(onset && *onset <= path.at ? onset : std::nullopt); // not what comes after a paused view
        reading.onsetAt = onsets.back();
        readings.push_back(std::move(reading));
        series.push_back(&line);
    }
    const auto order = onsetOrder(onsets);
    for (std::size_t i = 0; i < readings.size(); ++i) {
        readings[i].onsetOrder = order[i];
    }
    m_lanes->showLanes(readings, series);
}

void OverviewPage::showTick() {
    showLanes(context().path());
}

void OverviewPage::showTarget(const QString& target) {
    const bool next = target == QLatin1String("mover next");
    if (!next && target != QLatin1String("mover first")) {
        return;
    }
    auto& time = context().time;
    const auto here = time.crosshair();
    std::optional<SteadyTime> found;
    for (const auto& watch : m_onsets) {
        const auto onset = watch.onset();
        const bool wanted = onset && *onset <= context().path().at && (!next || !here || *onset > *here);
        if (wanted && (!found || *onset < *found)) {
            found = onset;
        }
    }
    if (found) {
        lookAt(time, *found);
    }
}

void OverviewPage::resizeEvent(QResizeEvent* event) {
    LinkedPage::resizeEvent(event);
    // Numbers never shrink: where height is short the sparklines go first; where width is short the side column folds
    // into one line above the lanes, which keep their width.
    const bool tall = roomOf(*this) >= 720;
    m_tiles->setSparksVisible(tall);
    if (std::exchange(m_allLanes, tall) != tall) {
        m_lanes->setLanes(lanes(tall));
        showLanes(context().path());
    }
    const bool folds = narrow();
    m_bottom->setDirection(folds ? QBoxLayout::BottomToTop : QBoxLayout::LeftToRight);
    m_bottom->setSpacing(folds ? 0 : 20);
    m_sideRule->setVisible(!folds);
    m_cause->setFolded(folds);
    m_inForce->setFolded(folds);
    // Beside the lanes it takes what there is, its last rows give way: a tall page must not scroll because of it.
    m_inForce->setSizePolicy(QSizePolicy::Preferred, folds ? QSizePolicy::Fixed : QSizePolicy::Ignored);
}

RailReading OverviewPage::railReading(const PageContext&) {
    return {};
}

} // namespace binnacle::app
