// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/canary_page.h"

#include "app/controllers/action_controller.h"
#include "app/feed/control_feed.h"
#include "app/feed/snapshot_feed.h"
#include "app/models/canary_words.h"
#include "app/models/cohort_rows.h"
#include "app/models/share_text.h"
#include "app/models/worded.h"
#include "app/pages/control_status.h"
#include "app/pages/effect_panel.h"
#include "app/pages/in_force_list.h"
#include "app/pages/page_room.h"
#include "app/pages/panel_of.h"
#include "app/pages/rule.h"
#include "app/pages/share_panel.h"
#include "widgets/key_button.h"
#include "widgets/line_chart.h"
#include "widgets/situation_sentence.h"
#include "widgets/time_context.h"
#include "widgets/tip_text.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QResizeEvent>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace binnacle::app {

namespace {

constexpr int kCohortRows = 9;
constexpr int kMainStretch = 920;
constexpr int kSideStretch = 416;
constexpr int kRoomForSide = 1100; ///< px of the page
constexpr int kRoomForLines = 620;
constexpr int kLeftGutter = 68;
constexpr int kRightGutter = 116;        ///< "Canary 7.11 ms", and in longer languages
constexpr double kFirstTopSeconds = 0.1; ///< of the scale, until there is something to draw

QString windowText(std::chrono::seconds window) {
    return window < std::chrono::seconds(60)
               ? CanaryPage::tr("%1 s").arg(window.count())
               : numberText(static_cast<double>(window.count()), Quantity::Duration).joined();
}

/// A share as an act takes it: whole numbers stay whole.
Value shareValue(double percent) {
    return percent == std::floor(percent) ? Value(static_cast<std::int64_t>(percent)) : Value(percent);
}

/// The share that HAProxy has now.
std::optional<double> liveShare(const PageContext& context) {
    const auto& seen = context.feed.path().canarySharePercent;
    return seen.live() ? seen.value : std::nullopt;
}

} // namespace

CanaryPage::CanaryPage(const PageContext& context, QWidget* parent)
    : Page(context, parent)
    , m_sentence(new SituationSentence(this))
    , m_share(new SharePanel(this))
    , m_cohortsHead(new SectionHead(tr("Cohorts"), {}, this))
    , m_cohortTable(new QTableView(this))
    , m_cohorts(new KeyedTable(this))
    , m_linesHead(
          new SectionHead(tr("p99 by cohort"), tr("from merged buckets of two minutes; a gap: too few requests"), this))
    , m_lines(new LineChart(this))
    , m_main(new QVBoxLayout)
    , m_side(makeSide())
    , m_sideRule(new Rule(Qt::Vertical, this))
    , m_bottom(new QBoxLayout(QBoxLayout::LeftToRight)) {
    m_cohorts->setColumns(cohortColumns({}, {}));
    m_cohortTable->setModel(m_cohorts);
    m_cohortTable->setObjectName(QStringLiteral("cohorts"));
    m_cohortTable->setAccessibleName(tr("Canary against stable"));
    setUpTable(m_cohortTable, Theme());
    m_cohortTable->setSelectionMode(QAbstractItemView::NoSelection);
    auto* heads = m_cohortTable->horizontalHeader();
    constexpr std::array kWidths = {124, 132, 132, 168};
    for (std::size_t i = 0; i < kWidths.size(); ++i) {
        heads->resizeSection(static_cast<int>(i), kWidths[i]);
    }
    heads->setStretchLastSection(true);
    m_cohortTable->setFixedHeight(22 + 26 * kCohortRows + 2);
    m_lines->setTimeContext(&context.time);
    m_lines->setQuantity(Quantity::Duration);
    m_lines->setLines({{tr("canary"), Token::D4, 2}, {tr("stable"), Token::D1, 1.5}});
    m_lines->setScale(AxisScale(AxisScale::Kind::Linear, 0, kFirstTopSeconds));
    m_lines->setGutters(kLeftGutter, kRightGutter);
    m_lines->setAccessibleName(tr("p99 by cohort"));

    m_main->setSpacing(0);
    m_main->addWidget(m_cohortsHead);
    m_main->addWidget(m_cohortTable);
    m_main->addSpacing(8);
    m_main->addWidget(m_linesHead);
    m_main->addWidget(m_lines, 1);
    m_main->addStretch(0);
    m_bottom->addLayout(m_main, kMainStretch);
    m_bottom->addWidget(m_sideRule);
    m_bottom->addWidget(m_side, kSideStretch);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_sentence);
    column->addSpacing(8);
    column->addWidget(new Rule(Qt::Horizontal, this));
    column->addWidget(m_share);
    column->addWidget(new Rule(Qt::Horizontal, this));
    column->addLayout(m_bottom, 1);

    connect(m_share, &SharePanel::shareAsked, this, &CanaryPage::ask);
    connect(m_share, &SharePanel::abortAsked, this, [this] { ask(0); });
    connect(&context.control, &ControlFeed::changed, this, [this] {
        // What is shown of then stays; what can be done goes by what is now.
        if (isVisible() && !this->context().live()) {
            showReadings();
        }
    });
    auto* abort = new QShortcut(QKeySequence(Qt::Key_A), this); // works while this page is shown
    connect(abort, &QShortcut::activated, this, [this] { ask(0); });
}

QWidget* CanaryPage::makeSide() {
    auto* side = new QWidget(this);
    m_inForce = new InForceList(side);
    m_undo = new KeyButton(tr("Undo\u2026"), {}, side);
    m_undo->setObjectName(QStringLiteral("undoShare"));
    m_effect = new EffectPanel(context(), tr("What the last change did"), side);
    m_inForceHead = new SectionHead(tr("In force"), tr("as control and HAProxy tell it"), side);
    m_sideParts = new QBoxLayout(QBoxLayout::TopToBottom, side);
    m_sideParts->setContentsMargins(0, 0, 0, 0);
    m_sideParts->setSpacing(0);
    m_sideParts->addWidget(m_inForceHead);
    m_sideParts->addWidget(m_inForce);
    m_sideParts->addSpacing(8);
    m_sideParts->addWidget(m_undo, 0, Qt::AlignLeading | Qt::AlignVCenter);
    m_sideParts->addSpacing(12);
    m_sideParts->addWidget(m_effect, 1);
    connect(m_undo, &QAbstractButton::clicked, this, [this] {
        if (!m_undoReference.isEmpty()) {
            context().actions.requestUndo(m_undoReference);
        }
    });
    return side;
}

void CanaryPage::ask(double percent) {
    context().actions.request(QStringLiteral("set_canary_share"), {{"percent", shareValue(percent)}});
}

void CanaryPage::showReadings() {
    const auto view = context().controlView();
    const auto* share = view == nullptr ? nullptr : view->resource("canary_share");
    showSentence(share);
    showShare(share);
    showCohorts(share);
    showInForce(share);
    // An act is of now, whatever time is shown.
    showUndo(context().control.hasView() ? context().control.view().resource("canary_share") : nullptr);
    m_effect->showEffectOf(share == nullptr ? std::string() : share->reference);
}

void CanaryPage::showSentence(const ResourceView* share) {
    const auto status = controlStatus(context());
    switch (status.state) {
    case PanelState::Empty:
        m_sentence->setSentence(status.title, {});
        m_sentence->setAside({});
        return;
    case PanelState::Loading:
        m_sentence->setSentence(tr("Waiting for control."), tr("The share that is wanted is its to tell."));
        m_sentence->setAside({});
        return;
    case PanelState::Lost:
    case PanelState::Denied:
    case PanelState::Error:
        m_sentence->setSentence(status.title.isEmpty() ? tr("Control\u2019s answer was not understood.")
                                                       : status.title + QLatin1Char('.'),
                                tr("HAProxy keeps the share that it has."), Severity::Caution);
        m_sentence->setAside(controlAge(context()));
        return;
    default:
        break;
    }
    const auto words = canarySentence(share, context().time.zone());
    m_sentence->setSentence(words.clause, words.detail, words.severity);
    m_sentence->setAside(words.aside.isEmpty() ? controlAge(context())
                                               : words.aside + QStringLiteral(", ") + controlAge(context()));
}

void CanaryPage::showShare(const ResourceView* share) {
    const auto& path = context().path();
    const auto& seen = path.canarySharePercent;
    ShareShown shown;
    shown.status = controlStatus(context());
    shown.wantedPercent = shown.status.hasValue() ? wantedPercent(share) : std::nullopt;
    if (seen.value && (seen.state == SourceState::Live || seen.state == SourceState::Late)) {
        shown.seenPercent = seen.value;
        const bool same = shown.wantedPercent && std::abs(*seen.value - *shown.wantedPercent) < 0.005;
        shown.seenText = same ? tr("HAProxy has it, %1").arg(ageText(seen.age))
                              : tr("HAProxy has %1, %2").arg(shareText(*seen.value), ageText(seen.age));
    } else {
        shown.seenText = tr("HAProxy: %1").arg(stateWord(panelStateOf(seen.state)));
    }
    if (path.requestsPerSecond.live()) {
        shown.requestsPerSecond = path.requestsPerSecond.value;
    }
    const auto* now = controlNow(context());
    shown.currentPercent = now != nullptr ? wantedPercent(now->resource("canary_share")) : liveShare(context());
    shown.whyNot = context().actions.whyNot("set_share");
    shown.whyNotAbort = context().actions.whyNot("panic"); // the way out is never barred but where all is
    m_share->showShare(shown);
}

void CanaryPage::showCohorts(const ResourceView* share) {
    const auto& path = context().path();
    const auto& store = context().feed.store();
    const auto view = context().controlView();
    const auto status = controlStatus(context());
    const bool told = status.hasValue() && view != nullptr && view->cohorts;
    const auto canary = trafficOf(store, path, "canary");
    const auto stable = trafficOf(store, path, "stable");
    m_cohorts->setColumns(cohortColumns(canary, stable));
    m_cohorts->showRows(cohortRows(canary, stable, told ? &*view->cohorts : nullptr, wantedPercent(share)));
    QString about = tr("requests and latencies from the instances, age %1").arg(ageText(path.p99.age));
    if (!context().hasReading()) {
        about = nothingThenText();
    } else if (told) {
        const auto& cohorts = *view->cohorts;
        about =
            tr("users of the last %1 by control, age %2; latencies age %3")
                .arg(windowText(cohorts.window),
                     ageText(cohorts.age + (context().live() ? context().control.age() : std::chrono::nanoseconds(0))),
                     ageText(path.p99.age));
        if (!cohorts.problem.empty()) {
            about += tr("; %1").arg(worded(cohorts.problem));
        }
    }
    m_cohortsHead->setSubtitle(about);
    auto lines = panelOf(path.p99, context(), PathLine::P99, Quantity::Duration);
    const auto window = context().time.window();
    const auto drawn = [&window](const CohortLine& line) {
        return line.p99().range(window.from, window.to).has_value();
    };
    if ((lines.state == PanelState::Live || lines.state == PanelState::Replay) && !drawn(m_canary) &&
        !drawn(m_stable)) {
        lines.state = PanelState::Empty;
        lines.title = tr("Too few requests for a p99");
        lines.detail = tr("it takes 100 of a cohort within two minutes");
    }
    m_lines->setStatus(lines);
}

void CanaryPage::showInForce(const ResourceView* share) {
    std::vector<InForceRow> rows;
    const auto status = controlStatus(context());
    if (share != nullptr && status.hasValue()) {
        for (const auto& target : share->targets) {
            InForceRow row;
            const auto held = numberOf(target.held, "percent");
            row.mark = target.inEffect ? Mark::Proof : target.problem.empty() ? Mark::Late : Mark::Lost;
            row.title = held ? tr("%1 holds %2").arg(plain(target.name), shareText(*held))
                             : tr("%1 does not answer").arg(plain(target.name));
            row.lines << (target.inEffect          ? tr("as wanted, seen by control")
                          : target.problem.empty() ? tr("not what is wanted yet, seen by control")
                                                   : worded(target.problem));
            if (share->observedAge) {
                row.age = ageText(*share->observedAge +
                                  (context().live() ? context().control.age() : std::chrono::nanoseconds(0)));
            }
            row.dim = status.state == PanelState::Late;
            rows.push_back(std::move(row));
        }
    }
    if (context().hasReading()) {
        const auto& seen = context().path().canarySharePercent;
        InForceRow row;
        row.mark = seen.live() ? Mark::Normal : markOf(panelStateOf(seen.state));
        row.title = tr("HAProxy\u2019s own word: %1").arg(seen.value ? shareText(*seen.value) : absentText());
        row.lines << (seen.live() ? tr("split by a hash of the user, sticky") : stateWord(panelStateOf(seen.state)));
        row.age = seen.state == SourceState::Loading ? QString() : ageText(seen.age);
        row.dim = !seen.live();
        rows.push_back(std::move(row));
    }
    m_inForce->showRows(std::move(rows));
}

void CanaryPage::showUndo(const ResourceView* share) {
    const auto why = context().actions.whyNot("set_share");
    QString text = tr("Undo: nothing to undo");
    m_undoReference.clear();
    if (!why.isEmpty()) {
        text = tr("Undo: %1").arg(why.left(56));
    } else if (share != nullptr && !share->reference.empty()) {
        m_undoReference = plain(share->reference);
        text = tr("Undo #%1\u2026").arg(m_undoReference);
    }
    if (m_undo->text() != text) {
        m_undo->setText(text);
        m_undo->setToolTip(tipText(why));
        m_undo->updateGeometry();
    }
    m_undo->setEnabled(!m_undoReference.isEmpty());
}

void CanaryPage::showTick() {
    const auto window = context().time.window();
    const auto& log = context().feed.store().latency();
    const auto& history = context().feed.history();
    m_canary.feed(log, history, window.from, context().feed.now());
    m_stable.feed(log, history, window.from, context().feed.now());
    fitScale();
    const std::array<const Series*, 2> series{&m_canary.p99(), &m_stable.p99()};
    m_lines->showSeries(series);
}

/// From zero to a round figure above what the window holds; nothing to draw moves nothing.
void CanaryPage::fitScale() {
    const auto window = context().time.window();
    double largest = 0;
    for (const auto* line : {&m_canary, &m_stable}) {
        if (const auto range = line->p99().range(window.from, window.to)) {
            largest = std::max(largest, range->second);
        }
    }
    if (largest > 0) {
        const double top = m_top.follow(largest, toSeconds(context().time.now().time_since_epoch()));
        m_lines->setScale(AxisScale(AxisScale::Kind::Linear, 0, top));
    }
}

void CanaryPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    // The side column folds first where width is short, into one line; what the last change did goes below all else.
    const bool folds = event->size().width() < kRoomForSide;
    const bool tall = roomOf(*this) >= kRoomForLines; // else the table says what p99 is
    m_linesHead->setVisible(tall);
    m_lines->setVisible(tall);
    m_bottom->setDirection(folds ? QBoxLayout::BottomToTop : QBoxLayout::LeftToRight);
    m_bottom->setSpacing(folds ? 0 : 20);
    m_bottom->setStretchFactor(m_side, folds ? 0 : kSideStretch);
    m_sideRule->setVisible(!folds);
    m_inForceHead->setVisible(!folds);
    auto* const place = folds ? m_main : m_sideParts;
    if (place->indexOf(m_effect) < 0) {
        (folds ? m_sideParts : m_main)->removeWidget(m_effect);
        place->addWidget(m_effect, folds ? 0 : 1);
    }
    m_inForce->setFolded(folds);
    m_sideParts->setDirection(folds ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_sideParts->setStretchFactor(m_inForce, folds ? 1 : 0);
}

RailReading CanaryPage::railReading(const PageContext& context) {
    RailReading reading;
    const auto& seen = context.feed.path().canarySharePercent;
    const bool known = seen.value && (seen.state == SourceState::Live || seen.state == SourceState::Late);
    reading.value = known ? shareText(*seen.value) : QString();
    reading.mark = seen.live() || seen.state == SourceState::Loading ? Mark::None : markOf(panelStateOf(seen.state));
    if (context.control.hasView() && context.control.state() == SourceState::Live) {
        const auto* share = context.control.view().resource("canary_share");
        const auto wanted = wantedPercent(share);
        if (known && wanted && std::abs(*wanted - *seen.value) >= 0.005) {
            reading.value = shareText(*seen.value) + QStringLiteral(" \u2192 ") + shareText(*wanted);
            reading.mark = Mark::Caution;
        }
    }
    return reading;
}

} // namespace binnacle::app
