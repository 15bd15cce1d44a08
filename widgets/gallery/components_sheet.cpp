// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/act_stages.h"
#include "widgets/bucket_histogram.h"
#include "widgets/draw.h"
#include "widgets/environment_band.h"
#include "widgets/gallery/sheets.h"
#include "widgets/key_button.h"
#include "widgets/lease_bar.h"
#include "widgets/level_card.h"
#include "widgets/mark.h"
#include "widgets/now_after_table.h"
#include "widgets/phase_bar.h"
#include "widgets/prediction_bars.h"
#include "widgets/saturation_bar.h"
#include "widgets/situation_sentence.h"
#include "widgets/sql_view.h"
#include "widgets/state_overlay.h"
#include "widgets/stop_line.h"
#include "widgets/wait_for_graph.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace binnacle::gallery {

using namespace std::chrono_literals;

namespace {

/// All state shapes with their words.
class MarksRow : public PaintedWidget {
public:
    MarksRow() { setFixedHeight(28); }

protected:
    void paint(QPainter& painter) override {
        double x = 0;
        for (int i = 1; i <= static_cast<int>(Mark::Denied); ++i) {
            drawMark(painter, QRectF(x, 8, 12, 12), static_cast<Mark>(i), theme());
            x += 18 +
                 draw::text(painter, QRectF(x + 18, 4, 200, 20), markWord(static_cast<Mark>(i)),
                            theme().font(Type::Label), theme().color(Token::Ink2)) +
                 24;
        }
    }
};

QWidget* waitForGraph(int sessions) {
    auto* graph = new WaitForGraph;
    std::vector<WaitForNode> nodes;
    std::vector<WaitForEdge> edges;
    for (int i = 0; i < sessions; ++i) {
        nodes.push_back({QString::number(41911 + 41 * i), {QStringLiteral("app-%1, svc_orders").arg(i + 1)}, i == 0});
        edges.push_back({i, (i + 1) % sessions, QStringLiteral("waits for transaction 9 105 01%1").arg(i),
                         QStringLiteral("ShareLock, orders")});
    }
    graph->setGraph(std::move(nodes), std::move(edges));
    graph->setFixedHeight(210);
    return graph;
}

QWidget* shareLine(int which) {
    auto* line = new StopLine;
    std::vector<LineStop> stops;
    for (const double share : {0, 1, 5, 10, 25, 50, 100}) {
        stops.push_back({share, QStringLiteral("%1\u2009%").arg(share), QStringLiteral("about %1 /s").arg(share / 2)});
    }
    line->setStops(std::move(stops));
    LinePlace place;
    place.wanted = place.current = place.seen = which == 1 ? 17.5 : 10;
    place.label = QStringLiteral("%1\u2009%").arg(*place.wanted);
    place.note = QStringLiteral("in force 2:37 min");
    if (which == 1) {
        place.seen = 5;
    }
    line->showPlace(place);
    line->setChoosable(which < 2, QStringLiteral("needs the role operator"));
    return line;
}

QWidget* lease(bool overdue) {
    auto* bar = new LeaseBar;
    LeaseReading reading;
    reading.title = QStringLiteral("level 1, 60 min");
    reading.left = overdue ? QStringLiteral("\u22120:42") : QStringLiteral("57:22");
    reading.leftNote = overdue ? QStringLiteral("overdue") : QStringLiteral("left");
    reading.nowClock = QStringLiteral("now 14:12:08");
    reading.endClock = QStringLiteral("15:09:30");
    reading.after = QStringLiteral("level 0, if healthy");
    reading.elapsed = overdue ? 1 : 0.044;
    reading.overdue = overdue;
    bar->showLease(reading);
    return bar;
}

QWidget* levelCard(int level) {
    auto* card = new LevelCard;
    card->showLevel({level, level == 1 ? QStringLiteral("Shed the optional") : QStringLiteral("Shed the deferrable"),
                     level == 1 ? QStringLiteral("in force since 14:09:30") : QStringLiteral("lease 30 min"),
                     QStringLiteral("without Dashboard analytics"),
                     level == 1 ? QString() : QStringLiteral("\u221221\u2009% database time, 386 users"), level == 1,
                     false});
    return card;
}

QWidget* prediction() {
    auto* bars = new PredictionBars;
    bars->showRows({{QStringLiteral("Database time"), -0.1, -0.088, QStringLiteral("\u2212100 ms/s"),
                     QStringLiteral("\u221288 ms/s"), QStringLiteral("\u221212\u2009%")}});
    return bars;
}

QWidget* nowAfter() {
    auto* table = new NowAfterTable;
    table->showRows({{QStringLiteral("Degradation level"), QStringLiteral("0"), QStringLiteral("2")},
                     {QStringLiteral("Lease until"), QStringLiteral("none"), QStringLiteral("14:42:08")}});
    return table;
}

QWidget* stages() {
    auto* row = new ActStages;
    row->showStages({{QStringLiteral("requested 14:12:08"), ActStage::State::Done},
                     {QStringLiteral("accepted by control, #12"), ActStage::State::Going},
                     {QStringLiteral("observed"), ActStage::State::Waiting}});
    return row;
}

QWidget* band() {
    auto* line = new EnvironmentBand;
    line->showPlace(Environment::Production, QStringLiteral("harbour"), QStringLiteral("read 0.6 s ago"));
    return line;
}

QWidget* phases(bool waiting) {
    auto* bar = new PhaseBar;
    PhaseReading reading;
    reading.count = 10;
    reading.number = waiting ? 2 : 3;
    reading.finished = reading.number - 1;
    reading.title =
        waiting ? QStringLiteral("waiting for writers before build") : QStringLiteral("building index: scanning table");
    reading.figures = waiting ? QStringLiteral("0 of 1 lockers") : QStringLiteral("1\u2009204 of 8\u2009920 blocks");
    reading.aside = waiting ? QString() : QStringLiteral("812 blocks/s, about 9 s left");
    reading.share = waiting ? 0.0 : 0.135;
    reading.waits = waiting;
    bar->showPhase(reading);
    return bar;
}

class ComponentsSheet : public Sheet {
public:
    ComponentsSheet() {
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(24, 20, 24, 20);
        column->setAlignment(Qt::AlignTop);
        const auto head = [column](const char* title) {
            auto* section = new SectionHead(QLatin1String(title));
            section->setRule(true);
            column->addWidget(section);
        };
        head("Buttons");
        auto* buttons = new QHBoxLayout;
        auto* focused = new KeyButton(QStringLiteral("Extend\u2026"));
        auto* primary = new KeyButton(QStringLiteral("Jump to live"), QStringLiteral("Space"));
        primary->setRole(KeyButton::Role::Primary);
        auto* disabled = new KeyButton(QStringLiteral("Level 0 only"));
        disabled->setEnabled(false);
        for (QWidget* widget : std::initializer_list<QWidget*>{
                 new KeyButton(QStringLiteral("Retry now"), QStringLiteral("F5")), primary, focused, disabled,
                 new QPushButton(QStringLiteral("Copy GRANT")), new QLineEdit(QStringLiteral("orders_v2"))}) {
            buttons->addWidget(widget);
        }
        buttons->addStretch();
        column->addLayout(buttons);
        head("Segments");
        auto* segments = new SegmentedControl;
        segments->setSegments({{QStringLiteral("Off")}, {QStringLiteral("Observe")}, {QStringLiteral("Enforce")}});
        segments->setCurrent(1);
        column->addWidget(segments);
        head("State is a shape first");
        column->addWidget(new MarksRow);
        head("Saturation");
        auto* bar = new SaturationBar;
        bar->setSaturation(0.58);
        auto* full = new SaturationBar;
        full->setSaturation(1.0, Severity::Caution, 0.9);
        column->addWidget(bar);
        column->addWidget(full);
        head("Latency as a server's coarse buckets tell it");
        auto* buckets = new BucketHistogram;
        buckets->setFixedHeight(180);
        PanelStatus told;
        told.state = PanelState::Live;
        buckets->setStatus(told);
        buckets->showBuckets({{1e-6, 2e-6, 410},
                              {2e-6, 4e-6, 9020},
                              {4e-6, 8e-6, 3050},
                              {8e-6, 16e-6, 240},
                              {16e-6, 128e-6, 31},
                              {128e-6, 1.024e-3, 2}});
        column->addWidget(buckets);
        head("Stops on a line: at one, between two, not to be chosen");
        for (int i = 0; i < 3; ++i) {
            column->addWidget(shareLine(i));
        }
        head("Phases: working, waiting");
        column->addWidget(phases(false));
        column->addWidget(phases(true));
        head("Before an act");
        column->addWidget(band());
        column->addWidget(nowAfter());
        column->addWidget(stages());
        head("A level, its lease, what came of it");
        column->addWidget(levelCard(1));
        column->addWidget(levelCard(2));
        column->addWidget(lease(false));
        column->addWidget(lease(true));
        column->addWidget(prediction());
        head("A statement");
        auto* statement = new SqlView;
        statement->setStatement(QStringLiteral(
            "create index concurrently tasks_by_assignee on public.tasks (assignee_id, status, created_at desc);"));
        column->addWidget(statement);
        head("Who waited for whom: two, and a ring");
        column->addWidget(waitForGraph(2));
        column->addWidget(waitForGraph(3));
        head("Words of a state, with the next step");
        m_overlay = new StateOverlay;
        m_overlay->setFixedHeight(110);
        column->addWidget(m_overlay);
        m_focus = focused;
    }

    void feedAll() override {
        auto lost = status(PanelState::Lost, 120s);
        lost.title = QStringLiteral("The stack does not answer");
        lost.detail = QStringLiteral("try 7 in 6 s");
        m_overlay->showStatus(lost, QStringLiteral("Retry now"));
        m_focus->setFocus();
    }

private:
    StateOverlay* m_overlay;
    QWidget* m_focus;
};

} // namespace

std::unique_ptr<Sheet> makeComponents() {
    return std::make_unique<ComponentsSheet>();
}

} // namespace binnacle::gallery
