// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/degradation_page.h"

#include "app/controllers/action_controller.h"
#include "app/feed/action_marks.h"
#include "app/feed/control_feed.h"
#include "app/feed/snapshot_feed.h"
#include "app/models/degradation_words.h"
#include "app/models/worded.h"
#include "app/pages/act_button.h"
#include "app/pages/control_status.h"
#include "app/pages/effect_panel.h"
#include "app/pages/page_room.h"
#include "app/pages/panel_of.h"
#include "app/pages/plain_label.h"
#include "app/pages/rule.h"
#include "widgets/lane_view.h"
#include "widgets/situation_sentence.h"
#include "widgets/time_context.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QResizeEvent>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

namespace binnacle::app {

namespace {

constexpr int kSideWidth = 452;
constexpr int kNarrowSide = 340;
constexpr int kWideFeature = 230; ///< of the column with its names
constexpr int kNarrowFeature = 132;
constexpr int kRoomForLanes = 760;
constexpr int kRoomForLanesAlone = 600;
constexpr qsizetype kLongestReason = 24; ///< of a button's text: four stand side by side
constexpr std::string_view kResource = "degradation_level";

/// What a level is set for, on the axis on which its change is marked.
struct LaneSpec {
    const char* title;
    const char* subtitle;
    Figure PathReading::*figure;
    PathLine line;
    Quantity quantity;
    double leastTop;
};
constexpr std::array kLanes = {
    LaneSpec{QT_TRANSLATE_NOOP("Lane", "Requests"), QT_TRANSLATE_NOOP("Lane", "all routes"),
             &PathReading::requestsPerSecond, PathLine::Requests, Quantity::Rate, 10},
    LaneSpec{QT_TRANSLATE_NOOP("Lane", "p99 latency"), QT_TRANSLATE_NOOP("Lane", "all routes, last 30 s"),
             &PathReading::p99, PathLine::P99, Quantity::Duration, 0.01},
    LaneSpec{QT_TRANSLATE_NOOP("Lane", "Pool waiters"), QT_TRANSLATE_NOOP("Lane", "requests waiting"),
             &PathReading::poolWaiting, PathLine::PoolWaiting, Quantity::Count, 5},
};

std::vector<Lane> lanes() {
    std::vector<Lane> out;
    for (const auto& spec : kLanes) {
        Lane lane;
        lane.title = QCoreApplication::translate("Lane", spec.title);
        lane.subtitle = QCoreApplication::translate("Lane", spec.subtitle);
        lane.quantity = spec.quantity;
        lane.leastTop = spec.leastTop;
        out.push_back(std::move(lane));
    }
    return out;
}

void setTableHeight(QTableView& table, int rows) {
    constexpr int kMostRows = 12;
    table.setFixedHeight(22 + 26 * std::clamp(rows, 1, kMostRows) + 2);
}

} // namespace

DegradationPage::DegradationPage(const PageContext& context, QWidget* parent)
    : Page(context, parent)
    , m_sentence(new SituationSentence(this))
    , m_notice(new PlainLabel(Type::Body, Token::Ink, this))
    , m_lease(new LeaseBar(this))
    , m_featureHead(new SectionHead(tr("What each level turns off"), {}, this))
    , m_features(new KeyedTable(this))
    , m_noFeatures(new PlainLabel(Type::Label, Token::Ink2, this))
    , m_effect(new EffectPanel(context, tr("What it changed"), this))
    , m_lanes(new LaneView(this))
    , m_side(new QWidget(this))
    , m_predictionHead(new SectionHead(tr("Predicted and measured"), {}, m_side))
    , m_prediction(new PredictionBars(m_side))
    , m_instanceHead(new SectionHead(tr("Applied"), {}, m_side))
    , m_instances(new KeyedTable(this)) {
    m_features->setColumns(featureColumns(std::nullopt));
    m_instances->setColumns(instanceColumns());
    m_featureTable = makeTable(m_features, tr("What each level turns off"), {kWideFeature, 92, 100, 54, 54, 54, 54});
    m_featureTable->setObjectName(QStringLiteral("features"));
    m_instanceTable = makeTable(m_instances, tr("Level by instance"), {96, 54, 88});
    m_instanceTable->setObjectName(QStringLiteral("instances"));
    m_notice->setObjectName(QStringLiteral("notice"));
    m_notice->hide();
    m_lanes->setTimeContext(&context.time);
    m_lanes->setLanes(lanes());

    auto* side = new QVBoxLayout(m_side);
    side->setContentsMargins(0, 0, 0, 0);
    side->setSpacing(0);
    side->addWidget(m_instanceHead);
    side->addWidget(m_instanceTable);
    side->addSpacing(12);
    side->addWidget(m_predictionHead);
    side->addWidget(m_prediction);
    side->addStretch(1);
    auto* main = new QVBoxLayout;
    main->setSpacing(0);
    main->addWidget(m_featureHead);
    main->addWidget(m_featureTable);
    main->addWidget(m_noFeatures);
    main->addSpacing(12);
    main->addWidget(m_effect);
    main->addSpacing(8);
    main->addWidget(m_lanes, 2);
    main->addStretch(1);
    auto* bottom = new QHBoxLayout;
    bottom->setSpacing(20);
    bottom->addLayout(main, 1);
    bottom->addWidget(new Rule(Qt::Vertical, this));
    bottom->addWidget(m_side);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_sentence);
    column->addWidget(m_notice);
    column->addWidget(makeLevels());
    column->addWidget(m_lease);
    column->addLayout(bottom, 1);
    connect(&context.control, &ControlFeed::changed, this, [this] {
        // Instances answer within a second, and their numbers are read at the next half: this one comes by itself.
        // While paused the buttons still go by what is now.
        if (isVisible()) {
            showReadings();
        }
    });
}

QWidget* DegradationPage::makeLevels() {
    auto* row = new QWidget(this);
    auto* columns = new QHBoxLayout(row);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    for (int level = 0; level < kLevels; ++level) {
        auto* card = new LevelCard(row);
        auto* button = new KeyButton(levelButton(level, std::nullopt), QStringLiteral("L %1").arg(level), row);
        card->setObjectName(QStringLiteral("level.%1").arg(level));
        button->setObjectName(QStringLiteral("setLevel.%1").arg(level));
        connect(button, &QAbstractButton::clicked, this, [this, level] { ask(level); });
        addKey(QStringLiteral("L, %1").arg(level), level);
        auto* below = new QHBoxLayout;
        below->setContentsMargins(14, 4, 14, 10);
        below->addWidget(button);
        below->addStretch(1);
        auto* column = new QVBoxLayout;
        column->setSpacing(0);
        column->addWidget(card);
        column->addLayout(below);
        if (level > 0) {
            columns->addWidget(new Rule(Qt::Vertical, row));
        }
        columns->addLayout(column, 1);
        m_cards[static_cast<std::size_t>(level)] = card;
        m_buttons[static_cast<std::size_t>(level)] = button;
    }
    auto* extend = new QShortcut(QKeySequence(QStringLiteral("E")), this);
    connect(extend, &QShortcut::activated, this, [this] {
        if (m_current && *m_current > 0 && *m_current < kLevels) {
            ask(static_cast<int>(*m_current));
        }
    });
    return row;
}

void DegradationPage::addKey(const QString& keys, int level) {
    // A page that is hidden hears no key: Qt asks the shortcut's own widget.
    auto* shortcut = new QShortcut(QKeySequence(keys), this);
    connect(shortcut, &QShortcut::activated, this, [this, level] { ask(level); });
}

QTableView* DegradationPage::makeTable(KeyedTable* rows, const QString& name, std::initializer_list<int> widths) {
    auto* table = new QTableView(this);
    table->setModel(rows);
    table->setAccessibleName(name);
    setUpTable(table, Theme());
    table->setSelectionMode(QAbstractItemView::NoSelection);
    // Fixed: figures that come and go must not move the columns.
    for (int column = 0; column < rows->columnCount() && column < static_cast<int>(widths.size()); ++column) {
        table->horizontalHeader()->resizeSection(column, widths.begin()[column]);
    }
    fitHeads(*table->horizontalHeader());
    table->horizontalHeader()->setStretchLastSection(true);
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return table;
}

void DegradationPage::ask(int level) {
    auto* button = m_buttons[static_cast<std::size_t>(level)];
    if (button->isEnabled()) {
        context().actions.request(QStringLiteral("set_degradation_level"), {{"level", std::int64_t{level}}});
    }
}

QString DegradationPage::noticeText() const {
    const auto status = controlStatus(context());
    const auto told = [&status](const QString& what) {
        return status.detail.isEmpty() ? what : what + QStringLiteral(": ") + status.detail;
    };
    switch (status.state) {
    case PanelState::Lost:
        return tr("%1. What is shown here is what the instances say themselves. The level can still be changed: by "
                  "break-glass, past control, which takes it over when it is back. No lease ends until then.")
            .arg(told(status.title));
    case PanelState::Denied:
        return tr("%1. What is shown here is what the instances say themselves. The level can\u2019t be changed from "
                  "here until it does. A lease still ends at its time.")
            .arg(told(status.title));
    case PanelState::Error:
        return tr("%1. What is shown here is what the instances say themselves. Whether the level can be changed, its "
                  "preview says.")
            .arg(told(tr("Control\u2019s answer was not understood")));
    case PanelState::Late:
        return tr("Control has not answered for %1; what it said then stands here.").arg(ageText(*status.age));
    case PanelState::Paused:
        return tr("Paused: %1. The buttons act on what is now.").arg(status.detail);
    default:
        return {};
    }
}

void DegradationPage::showReadings() {
    const auto held = context().controlView();
    const auto* view = controlAway(context()) ? nullptr : held.get();
    const auto& path = context().path();
    const auto* resource = view != nullptr ? view->resource(kResource) : nullptr;
    const auto shown = levelNow(resource, path);
    const auto* effect = resource != nullptr ? context().control.effectOf(resource->reference) : nullptr;
    if (!context().live() && held == nullptr) {
        m_sentence->setSentence(nothingThenText(),
                                context().time.recording() ? QString()
                                                           : tr("The level can still be changed, as of now."),
                                Severity::Normal);
        m_sentence->setAside({});
    } else if (context().live() && context().control.state() == SourceState::Loading) {
        m_sentence->setSentence(tr("Waiting for control."), {}, Severity::Normal);
        m_sentence->setAside({});
    } else {
        const auto sentence = degradationSentence(view, path, effect);
        m_sentence->setSentence(sentence.clause, sentence.detail,
                                sentence.caution ? Severity::Caution : Severity::Normal);
        m_sentence->setAside(sentence.aside);
    }
    const auto notice = noticeText();
    if (m_notice->text() != notice) {
        m_notice->setText(notice);
        m_notice->setVisible(!notice.isEmpty());
    }
    showLevels(view, shown);
    showButtons();
    showLease();
    showFeatures(view, shown);
    showEffect(view);
    if (std::exchange(m_marks, context().control.revision()) != context().control.revision()) {
        m_lanes->setEvents(actionMarks(context().control.entries(), context().feed.now(), context().feed.utcNow()));
    }
}

void DegradationPage::showLevels(const ControlView* view, std::optional<std::int64_t> shown) {
    for (int level = 0; level < kLevels; ++level) {
        auto reading = levelReading(level, view, shown, context().time.zone());
        reading.dim = context().control.state() == SourceState::Late && context().live();
        m_cards[static_cast<std::size_t>(level)]->showLevel(std::move(reading));
    }
}

void DegradationPage::showButtons() {
    const auto* view = controlNow(context());
    m_current = levelNow(view != nullptr ? view->resource(kResource) : nullptr, context().feed.path());
    for (int level = 0; level < kLevels; ++level) {
        auto& button = *m_buttons[static_cast<std::size_t>(level)];
        const bool here = m_current == level;
        button.setKey(here && level > 0 ? QStringLiteral("E") : QStringLiteral("L %1").arg(level));
        const bool emergency = level == kLevels - 1 || m_current == kLevels - 1;
        auto why = context().actions.whyNot(emergency ? "set_emergency_level" : "set_level");
        const auto text = levelButton(level, m_current);
        if (why.isEmpty() && here && level == 0) {
            why = tr("In force: it needs no lease");
            showActButton(button, text, text, why);
        } else {
            showActButton(button, text, here && level > 0 ? tr("Extend") : tr("Level %1").arg(level), why,
                          kLongestReason);
        }
        const auto spoken = why.isEmpty() ? tr("Keys L, then %1").arg(level) : why;
        if (button.accessibleDescription() != spoken) {
            button.setAccessibleDescription(spoken);
        }
    }
}

void DegradationPage::showLease() {
    const auto lease = leaseOfLevel(context());
    m_lease->setVisible(lease.has_value());
    if (lease) {
        m_lease->showLease(*lease);
    }
}

void DegradationPage::showFeatures(const ControlView* view, std::optional<std::int64_t> now) {
    const bool known = view != nullptr && !view->features.empty();
    m_featureHead->setSubtitle(known ? worded(view->forecastBasis) : QString());
    if (known) {
        m_features->setColumns(featureColumns(now));
        auto rows = featureRows(*view, now);
        setTableHeight(*m_featureTable, static_cast<int>(rows.size()));
        m_features->showRows(std::move(rows));
    }
    m_featureTable->setVisible(known);
    m_noFeatures->setVisible(!known);
    m_noFeatures->setText(view != nullptr    ? tr("No instance has told what its levels turn off.")
                          : context().live() ? tr("Only control tells this; nothing is known of it now.")
                                             : nothingThenText());
    const auto* resource = view != nullptr ? view->resource(kResource) : nullptr;
    auto instances = resource != nullptr ? instanceRows(*resource) : instanceRows(context().path());
    setTableHeight(*m_instanceTable, static_cast<int>(instances.size()));
    const auto& own = context().path().degradationLevel;
    m_instanceHead->setSubtitle(
        resource == nullptr
            ? own.value ? tr("as the instances tell it, age %1").arg(ageText(own.age)) : tr("as the instances tell it")
        : resource->observedAge ? tr("seen %1 before control answered").arg(ageText(*resource->observedAge))
                                : QString());
    m_instanceHead->setAside(controlAge(context()));
    m_instances->showRows(std::move(instances));
}

void DegradationPage::showEffect(const ControlView* view) {
    const auto* resource = view != nullptr ? view->resource(kResource) : nullptr;
    const auto reference = resource != nullptr ? resource->reference : std::string();
    m_effect->setVisible(!reference.empty());
    showLanesWhereThereIsRoom();
    m_effect->showEffectOf(reference);
    const auto* effect = reference.empty() ? nullptr : context().control.effectOf(reference);
    auto rows = effect != nullptr && effect->state == Effect::State::Ready ? predictionRows(*effect)
                                                                           : std::vector<PredictionRow>();
    m_predictionHead->setVisible(!rows.empty());
    m_prediction->setVisible(!rows.empty());
    m_prediction->showRows(std::move(rows));
}

void DegradationPage::showTick() {
    const auto& path = context().path();
    std::array<LaneReading, kLanes.size()> readings;
    std::array<const Series*, kLanes.size()> series{};
    for (std::size_t i = 0; i < kLanes.size(); ++i) {
        const auto& spec = kLanes[i];
        const auto& figure = path.*spec.figure;
        readings[i].number = numberText(figure.value, spec.quantity);
        readings[i].severity = severityOf(figure.concern);
        readings[i].status = panelOf(figure, context(), spec.line, spec.quantity);
        series[i] = &context().feed.history().line(spec.line);
    }
    m_lanes->showLanes(readings, series);
}

void DegradationPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    const bool wide = event->size().width() >= 1300;
    m_side->setFixedWidth(wide ? kSideWidth : kNarrowSide);
    if (std::exchange(m_wide, wide) != wide) { // in between widths are the operator's
        m_featureTable->horizontalHeader()->resizeSection(0, wide ? kWideFeature : kNarrowFeature);
    }
    showLanesWhereThereIsRoom();
}

/// Numbers never shrink: where height is short the lanes make room for what a change did; the overview has them.
void DegradationPage::showLanesWhereThereIsRoom() {
    const int room = roomOf(*this);
    m_lanes->setVisible(room >= kRoomForLanes || (m_effect->isHidden() && room >= kRoomForLanesAlone));
}

RailReading DegradationPage::railReading(const PageContext& context) {
    const auto state = context.control.state();
    const auto* resource =
        context.control.hasView() && state == SourceState::Live ? context.control.view().resource(kResource) : nullptr;
    const auto level = levelNow(resource, context.feed.path());
    if (!level) {
        return {{}, state == SourceState::Loading ? Mark::None : markOf(panelStateOf(state))};
    }
    const bool overdue = resource != nullptr && resource->leaseLeft && resource->leaseLeft->count() < 0;
    return {tr("L%1").arg(*level), *level > 0 || overdue        ? Mark::Caution
                                   : state == SourceState::Live ? Mark::None
                                                                : markOf(panelStateOf(state))};
}

} // namespace binnacle::app
