// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/in_force_panel.h"

#include "app/controllers/action_controller.h"
#include "app/controllers/stack_controller.h"
#include "app/feed/control_feed.h"
#include "app/feed/snapshot_feed.h"
#include "app/models/canary_words.h"
#include "app/models/degradation_words.h"
#include "app/models/migration_words.h"
#include "app/models/worded.h"
#include "app/pages/act_button.h"
#include "app/pages/control_status.h"
#include "app/pages/last_action_panel.h"
#include "app/pages/panel_of.h"
#include "widgets/situation_sentence.h"

#include <QBoxLayout>

#include <algorithm>
#include <ranges>
#include <utility>

namespace binnacle::app {

namespace {

constexpr int kSideWidth = 276;
constexpr qsizetype kLongestReason = 24; ///< of a button's text: it shares a line with others
constexpr std::size_t kMostHolds = 3;    ///< a line each; the rest is counted

/// What differs from how things are without anybody: an instance that was put back is none of it, one that is to be put
/// back and has not been seen there still is.
std::vector<const HoldView*> heldIn(const ControlView* view) {
    std::vector<const HoldView*> out;
    if (view != nullptr) {
        for (const auto& hold : view->holds) {
            const bool over = hold.value == "ready" || hold.value == "active";
            if (hold.kind == "pool_size" || (!over && (hold.kind == "instance" || hold.kind == "pool"))) {
                out.push_back(&hold);
            }
        }
    }
    return out;
}

QString holdText(const HoldView& hold) {
    const auto target = plain(hold.target, 24);
    if (hold.value == "readying") {
        return InForcePanel::tr("%1 is to return to rotation").arg(target);
    }
    if (hold.value == "resuming") {
        return InForcePanel::tr("%1: pool is to be resumed").arg(target);
    }
    if (hold.kind == "instance") {
        return InForcePanel::tr("%1 is out of rotation").arg(target);
    }
    return hold.kind == "pool_size" ? InForcePanel::tr("%1: pool of %2").arg(target, plain(hold.value, 8))
                                    : InForcePanel::tr("%1: pool paused").arg(target);
}

} // namespace

InForcePanel::InForcePanel(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_head(new SectionHead(tr("In force"), tr("as the parts tell it"), this))
    , m_list(new InForceList(this))
    , m_extend(new KeyButton(tr("Extend\u2026"), {}, m_list))
    , m_shareOff(new KeyButton(tr("Set to 0\u2026"), {}, m_list))
    , m_openMigration(new KeyButton(tr("Open"), {}, m_list))
    , m_openHolds(new KeyButton(tr("Open"), {}, m_list))
    , m_lastAction(new LastActionPanel(context, this))
    , m_traffic(new KeyButton(tr("Stop demo traffic"), {}, this))
    , m_column(new QBoxLayout(QBoxLayout::TopToBottom, this)) {
    setFixedWidth(kSideWidth);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_column->addWidget(m_head);
    m_column->addWidget(m_list);
    m_column->addSpacing(8);
    m_column->addWidget(m_traffic, 0, Qt::AlignLeft | Qt::AlignVCenter);
    m_column->addSpacing(8);
    m_column->addWidget(m_lastAction);
    m_column->addStretch(1);
    m_extend->setObjectName(QStringLiteral("extendLevel"));
    m_shareOff->setObjectName(QStringLiteral("shareOff"));
    m_extend->hide();
    m_shareOff->hide();
    m_openMigration->setObjectName(QStringLiteral("openMigration"));
    m_openMigration->setAccessibleName(tr("Open the migration"));
    m_openMigration->hide();
    connect(m_openMigration, &QAbstractButton::clicked, this,
            [this] { Q_EMIT pageRequested(QStringLiteral("migrations"), {}); });
    m_openHolds->setObjectName(QStringLiteral("openHolds"));
    m_openHolds->setAccessibleName(tr("Open what operators hold"));
    m_openHolds->hide();
    connect(m_openHolds, &QAbstractButton::clicked, this, [this] {
        const auto view = m_context.controlView();
        const auto held = heldIn(view.get());
        const bool instances = !held.empty() && held.front()->kind == "instance";
        Q_EMIT pageRequested(instances ? QStringLiteral("traffic") : QStringLiteral("pools"), {});
    });
    connect(m_extend, &QAbstractButton::clicked, this, [this] {
        if (m_level) {
            m_context.actions.request(QStringLiteral("set_degradation_level"), {{"level", *m_level}});
        }
    });
    connect(m_shareOff, &QAbstractButton::clicked, this, [this] {
        m_context.actions.request(QStringLiteral("set_canary_share"), {{"percent", std::int64_t{0}}});
    });
    m_traffic->setObjectName(QStringLiteral("demoTraffic"));
    connect(m_traffic, &QAbstractButton::clicked, this, &InForcePanel::toggleTraffic);
    connect(&context.stack, &StackController::changed, this, &InForcePanel::showReadings);
    connect(&context.control, &ControlFeed::changed, this, [this] {
        if (!m_context.live()) {
            showReadings(); // paused, the buttons still go by what is now
        }
    });
}

void InForcePanel::setFolded(bool folded) {
    if (std::exchange(m_folded, folded) == folded) {
        return;
    }
    m_column->setDirection(folded ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_column->setStretch(m_column->indexOf(m_list), folded ? 1 : 0);
    m_column->setStretch(m_column->count() - 1, folded ? 0 : 1);
    setMinimumWidth(folded ? 0 : kSideWidth);
    setMaximumWidth(folded ? QWIDGETSIZE_MAX : kSideWidth);
    setSizePolicy(QSizePolicy::Preferred, folded ? QSizePolicy::Fixed : QSizePolicy::Preferred);
    m_head->setVisible(!folded);
    m_list->setFolded(folded);
    showReadings();
}

InForceRow InForcePanel::degradation(const PathReading& path) const {
    InForceRow row;
    const auto& level = path.degradationLevel;
    row.age = ageText(level.age);
    row.dim = !level.live();
    if (!level.value) {
        row.mark = markOf(panelStateOf(level.state));
        row.title = tr("Degradation level %1").arg(absentText());
        row.lines << stateWord(panelStateOf(level.state));
        row.age = level.state == SourceState::Loading ? QString() : row.age;
        return row;
    }
    row.mark = level.live() ? (*level.value >= 1 ? Mark::Caution : Mark::Normal) : Mark::Late;
    row.title = tr("Degradation level %1").arg(countText(*level.value));
    int reporting = 0;
    int agreeing = 0;
    double generation = 0;
    for (const auto& instance : path.instances) {
        if (instance.level) {
            ++reporting;
            agreeing += *instance.level == *level.value ? 1 : 0;
            generation = std::max(generation, instance.generation.value_or(0));
        }
    }
    row.lines
        << tr("%1 of %2 instances, generation %3").arg(agreeing).arg(path.instances.size()).arg(countText(generation));
    if (reporting < static_cast<int>(path.instances.size())) {
        row.lines << tr("%1 of them tell nothing").arg(path.instances.size() - static_cast<std::size_t>(reporting));
    }
    const auto lease = *level.value >= 1 ? leaseOfLevel(m_context) : std::nullopt;
    if (lease && m_folded) {
        row.lines.clear(); // of one line there, the time that is left is what matters
    }
    row.lines << (lease && lease->overdue ? tr("%1 overdue: %2").arg(lease->left, lease->after)
                  : lease                 ? tr("%1 left, then steps down").arg(lease->left)
                  : *level.value >= 1     ? tr("parts are switched off")
                                          : tr("every part is on"));
    return row;
}

InForceRow InForcePanel::canary(const PathReading& path) const {
    InForceRow row;
    const auto& share = path.canarySharePercent;
    row.age = share.state == SourceState::Loading ? QString() : ageText(share.age);
    row.dim = !share.live();
    row.mark =
        share.live() ? (share.value.value_or(0) > 0 ? Mark::Held : Mark::Normal) : markOf(panelStateOf(share.state));
    row.title = tr("Canary share %1")
                    .arg(share.value ? numberText(*share.value / 100, Quantity::Share).joined() : absentText());
    for (const auto& instance : path.instances) {
        if (instance.role == "canary") {
            row.lines << tr("%1, version %2").arg(plain(instance.name), plain(instance.version));
        }
    }
    if (row.lines.isEmpty()) {
        row.lines << tr("no canary instance");
    }
    row.lines << (!share.value       ? stateWord(panelStateOf(share.state))
                  : *share.value > 0 ? tr("split by user in HAProxy")
                                     : tr("all users on the stable version"));
    return row;
}

std::optional<InForceRow> InForcePanel::migration() const {
    const auto held = m_context.controlView();
    const bool known = held != nullptr && held->migrations && !controlAway(m_context);
    const auto* const urgent = known ? mostUrgent(*held->migrations) : nullptr;
    if (urgent == nullptr || !underWay(urgent->state)) {
        return std::nullopt;
    }
    InForceRow row;
    row.mark = markOf(urgent->state);
    row.title = plain(urgent->title.empty() ? urgent->id : urgent->title);
    row.lines << tr("Migration, %1").arg(railWordOf(*held->migrations));
    if (!urgent->message.empty()) {
        row.lines << worded(urgent->message);
    }
    if (const auto& progress = urgent->progress; progress && progress->total > 0) {
        const auto share = static_cast<double>(progress->done) / static_cast<double>(progress->total);
        row.lines
            << tr("%1 of this phase is done").arg(numberText(std::clamp(share, 0.0, 1.0), Quantity::Share).joined());
    }
    if (held->migrations->age) {
        row.age = ageText(*held->migrations->age +
                          (m_context.live() ? m_context.control.age() : std::chrono::nanoseconds(0)));
    }
    row.dim = m_context.live() && m_context.control.state() != SourceState::Live;
    return row;
}

std::optional<InForceRow> InForcePanel::holds() const {
    const auto view = controlAway(m_context) ? nullptr : m_context.controlView();
    const auto held = heldIn(view.get());
    if (held.empty()) {
        return std::nullopt;
    }
    InForceRow row;
    row.mark = Mark::Held;
    row.title = tr("Held by operators");
    QStringList who;
    for (const auto* hold : held) {
        who << plain(hold->changedBy, 16);
    }
    who.removeDuplicates();
    const auto shown = m_folded ? std::size_t{1} : kMostHolds;
    for (const auto* hold : held | std::views::take(shown)) {
        row.lines << holdText(*hold);
    }
    if (held.size() > shown) {
        row.lines << tr("and %n more", nullptr, static_cast<int>(held.size() - shown));
    }
    row.lines << tr("set by %1").arg(who.size() > 1 ? tr("%1 and others").arg(who.front()) : who.front());
    if (m_context.live()) {
        row.age = ageText(m_context.control.age());
        row.dim = m_context.control.state() != SourceState::Live;
    }
    return row;
}

InForceRow InForcePanel::traffic(const PathReading& path) const {
    InForceRow row;
    using Traffic = StackController::Traffic;
    switch (m_context.stack.traffic()) {
    case Traffic::Running:
        row.title = tr("Demo traffic runs");
        row.lines << tr("%1 requests in all").arg(numberText(path.requestsPerSecond.value, Quantity::Rate).joined());
        break;
    case Traffic::Changing:
        row.title = tr("Demo traffic is changing");
        break;
    case Traffic::Stopped:
    case Traffic::None:
        row.title = tr("Demo traffic is stopped");
        row.lines << tr("nobody asks unless you do");
        break;
    }
    if (!m_context.stack.trafficError().isEmpty()) {
        row.mark = Mark::Caution;
        row.lines << worded(m_context.stack.trafficError().toStdString());
    }
    return row;
}

void InForcePanel::toggleTraffic() {
    if (m_context.stack.traffic() == StackController::Traffic::Running) {
        m_context.stack.stopTraffic();
    } else {
        m_context.stack.startTraffic();
    }
}

/// The act that fits what is in force now, whatever time the rows are of, where it may be asked for.
void InForcePanel::offerActs(std::vector<InForceRow>& rows) {
    const auto& path = m_context.feed.path();
    const auto* view = controlNow(m_context);
    const auto* level = view != nullptr ? view->resource("degradation_level") : nullptr;
    m_level = level != nullptr || path.degradationLevel.live() ? levelNow(level, path) : std::nullopt;
    if (m_level == 0) {
        m_level.reset();
    }
    const auto& seen = path.canarySharePercent;
    double share = seen.live() ? seen.value.value_or(0) : 0;
    if (view != nullptr) {
        share = wantedPercent(view->resource("canary_share")).value_or(0);
    }
    const bool live = m_context.live();
    const bool has = m_context.hasReading(); // without one there is no row to stand in
    const auto offer = [&](KeyButton& button, std::size_t row, bool fits, const QString& able, const QString& verb,
                           std::string_view right) {
        const auto why = m_context.actions.whyNot(right);
        showActButton(button, able, verb, why, kLongestReason);
        button.setVisible(fits && has);
        if (fits && has && m_folded) {
            rows[row].beside = button.sizeHint().width();
        } else if (fits && has && (!why.isEmpty() || !live)) {
            rows[row].room = button.sizeHint().height(); // its text is longer than what is free beside the lines
        }
    };
    offer(*m_extend, 0, m_level.has_value(),
          live || !m_level ? tr("Extend\u2026") : tr("Extend level %1\u2026").arg(*m_level), tr("Extend"),
          m_level == 3 ? "set_emergency_level" : "set_level");
    offer(*m_shareOff, 1, share > 0, tr("Set to 0\u2026"), tr("To 0"), "set_share");
}

void InForcePanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    showReadings(); // the buttons stand where the rows are
}

void InForcePanel::placeButton(KeyButton& button, std::optional<std::size_t> row) {
    button.setVisible(row.has_value());
    button.setGeometry(m_list->actionRect(static_cast<int>(row.value_or(0)), button.sizeHint()));
}

void InForcePanel::showReadings() {
    if (!isVisible()) {
        return;
    }
    using Traffic = StackController::Traffic;
    const auto& path = m_context.path();
    std::vector<InForceRow> rows;
    if (m_context.hasReading()) {
        rows = {degradation(path), canary(path)};
    }
    const auto addWith = [&](std::optional<InForceRow> row, const KeyButton& button) -> std::optional<std::size_t> {
        if (!row) {
            return std::nullopt;
        }
        if (m_folded) {
            row->beside = button.sizeHint().width();
        }
        rows.push_back(*std::move(row));
        return rows.size() - 1;
    };
    const auto migrates = addWith(migration(), *m_openMigration);
    const auto held = addWith(holds(), *m_openHolds);
    const auto is = m_context.stack.traffic();
    if (is != Traffic::None) {
        rows.push_back(traffic(path));
    }
    offerActs(rows);
    m_list->showRows(std::move(rows));
    m_extend->setGeometry(m_list->actionRect(0, m_extend->sizeHint()));
    m_shareOff->setGeometry(m_list->actionRect(1, m_shareOff->sizeHint()));
    placeButton(*m_openMigration, migrates);
    placeButton(*m_openHolds, held);
    if (m_folded) {
        m_lastAction->hide();
    } else {
        m_lastAction->showReadings();
    }
    m_traffic->setVisible(is != Traffic::None);
    m_traffic->setEnabled(is != Traffic::Changing);
    const auto text = is == Traffic::Running ? tr("Stop demo traffic") : tr("Start demo traffic");
    if (m_traffic->text() != text) {
        m_traffic->setText(text);
    }
}

} // namespace binnacle::app
