// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/migrations_page.h"

#include "app/controllers/action_controller.h"
#include "app/feed/control_feed.h"
#include "app/feed/snapshot_feed.h"
#include "app/models/keyed_table.h"
#include "app/models/migration_words.h"
#include "app/pages/control_status.h"
#include "app/pages/migration_detail.h"
#include "app/pages/page_room.h"
#include "app/pages/panel_of.h"
#include "app/pages/rule.h"
#include "widgets/number_text.h"
#include "widgets/situation_sentence.h"
#include "widgets/time_context.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QResizeEvent>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <optional>

namespace binnacle::app {

namespace {

constexpr int kMostListRows = 8;
/// Control looks at the primary this often while nothing runs.
constexpr std::chrono::milliseconds kLookPause{2000};

const MigrationStatus* findIn(const MigrationsView* migrations, const QString& id) {
    if (migrations == nullptr) {
        return nullptr;
    }
    const auto found = std::ranges::find(migrations->rows, id.toStdString(), &MigrationStatus::id);
    return found == migrations->rows.end() ? nullptr : &*found;
}

const MigrationsView* migrationsOf(const ControlView* view) {
    return view != nullptr && view->migrations ? &*view->migrations : nullptr;
}

/// What is left of an old answer once control is gone: which migrations there are, and nothing of how they stand.
MigrationsView faded(MigrationsView migrations) {
    for (auto& row : migrations.rows) {
        row.state = MigrationStatus::State::Unknown;
        row.progress.reset();
        row.blockers.clear();
        row.message.clear();
    }
    migrations.age.reset();
    return migrations;
}

} // namespace

MigrationsPage::MigrationsPage(const PageContext& context, QWidget* parent)
    : Page(context, parent)
    , m_sentence(new SituationSentence(this))
    , m_rows(new KeyedTable(this))
    , m_blockerRows(new KeyedTable(this))
    , m_detail(new MigrationDetail(context.time, this)) {
    m_rows->setColumns(migrationColumns());
    m_blockerRows->setColumns(blockerColumns());
    auto* bottom = new QHBoxLayout;
    bottom->setSpacing(20);
    bottom->addWidget(makeLists(), 476);
    bottom->addWidget(new Rule(Qt::Vertical, this));
    bottom->addWidget(m_detail, 860);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_sentence);
    column->addSpacing(8);
    column->addWidget(new Rule(Qt::Horizontal, this));
    column->addLayout(bottom, 1);

    connect(m_detail, &MigrationDetail::applyAsked, this, [this] { act("apply_migration"); });
    connect(m_detail, &MigrationDetail::stopAsked, this, [this] { act("stop_migration"); });
    connect(m_detail, &MigrationDetail::undoAsked, this, &MigrationsPage::undo);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (m_choosing) {
            return; // rows come and go: the table is in the middle of it
        }
        m_chosen = true;
        showReadings();
        showTick();
    });
    // Progress is kept while the page is hidden, too: a point is a number, and who comes back wants to see the way.
    connect(&context.control, &ControlFeed::changed, this, [this] {
        keepPace();
        if (isVisible() && !this->context().live()) {
            showReadings(); // paused, the buttons still go by what is now
        }
    });
}

QWidget* MigrationsPage::makeLists() {
    auto* part = new QWidget(this);
    m_listHead = new SectionHead(tr("Migrations"), {}, part);
    m_list = new QTableView(part);
    m_list->setObjectName(QStringLiteral("migrations"));
    m_list->setAccessibleName(tr("Migrations"));
    m_list->setModel(m_rows);
    setUpTable(m_list, Theme());
    m_blockersHead = new SectionHead(tr("Blockers"), {}, part);
    m_blockersHead->setRule(true);
    m_blockers = new QTableView(part);
    m_blockers->setObjectName(QStringLiteral("blockers"));
    m_blockers->setAccessibleName(tr("Sessions that it waits for"));
    m_blockers->setModel(m_blockerRows);
    setUpTable(m_blockers, Theme());
    const auto widths = [](QTableView& view, int stretched, std::initializer_list<int> pixels) {
        int column = 0;
        for (const int wide : pixels) {
            view.horizontalHeader()->resizeSection(column++, wide);
        }
        view.horizontalHeader()->setSectionResizeMode(stretched, QHeaderView::Stretch);
        fitHeads(*view.horizontalHeader());
    };
    widths(*m_list, 0, {200, 64, 68, 112});
    widths(*m_blockers, 4, {76, 88, 88, 76, 140});
    m_list->setFixedHeight(22 + 26 + 2);
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_listHead);
    column->addWidget(m_list);
    column->addSpacing(16);
    column->addWidget(m_blockersHead);
    column->addWidget(m_blockers, 1);
    column->addStretch(0); // nobody blocks: the rest stays empty below the lists
    return part;
}

void MigrationsPage::keepPace() {
    const auto& control = context().control;
    const auto* migrations = control.hasView() ? migrationsOf(&control.view()) : nullptr;
    const auto now = context().feed.now();
    if (control.state() == SourceState::Live && migrations != nullptr) {
        m_paces.append(migrations->rows,
                       now - std::chrono::duration_cast<SteadyTime::duration>(
                                 control.age() + migrations->age.value_or(std::chrono::milliseconds(0))));
    } else if (control.state() != SourceState::Late) {
        m_paces.interrupt(now);
    }
}

QString MigrationsPage::chosen() const {
    return m_rows->keyAt(m_list->currentIndex().row());
}

void MigrationsPage::act(const char* action) {
    const auto id = chosen();
    if (!id.isEmpty()) {
        context().actions.request(QLatin1String(action), {{"id", id.toStdString()}});
    }
}

void MigrationsPage::undo() {
    const auto* migration =
        context().control.hasView() ? findIn(migrationsOf(&context().control.view()), chosen()) : nullptr;
    if (migration == nullptr) {
        return;
    }
    if (migration->reference.empty()) {
        act("revert_migration"); // applied by nobody that the audit knows: there is no act to take back, but a way back
    } else {
        context().actions.requestUndo(QString::fromStdString(migration->reference));
    }
}

void MigrationsPage::showReadings() {
    const auto view = context().controlView();
    const auto* migrations = migrationsOf(view.get());
    showSentence(migrations);
    const auto status = statusOf(migrations);
    std::optional<MigrationsView> old;
    if (migrations != nullptr && !status.hasValue()) {
        migrations = &old.emplace(faded(*migrations));
    }
    showTables(migrations, status);
    showDetail(migrations, status);
}

PanelStatus MigrationsPage::statusOf(const MigrationsView* migrations) const {
    auto status = controlStatus(context());
    const bool told = status.state == PanelState::Live || status.state == PanelState::Late;
    if (!told || migrations == nullptr || !migrations->age) {
        return status;
    }
    const auto age = context().control.age() + *migrations->age;
    status.age = age;
    status.lastAt = context().feed.now() - std::chrono::duration_cast<SteadyTime::duration>(age);
    if (!migrations->problem.empty()) {
        return status; // control says itself why it can't read them
    }
    if (age > lostAfter(kLookPause)) {
        status.state = PanelState::Lost;
        status.title = tr("Control has not read the primary for %1").arg(ageText(age));
        status.detail.clear();
    } else if (age > lateAfter(kLookPause)) {
        status.state = PanelState::Late;
        status.detail = tr("still trying");
    }
    return status;
}

void MigrationsPage::showSentence(const MigrationsView* migrations) {
    const auto status = statusOf(migrations);
    m_sentence->setAside(controlAge(context()));
    if (status.state == PanelState::Empty) {
        m_sentence->setSentence(status.title, {});
        m_sentence->setAside({});
    } else if (status.state == PanelState::Loading) {
        m_sentence->setSentence(tr("Waiting for control."), tr("The migrations are its to run and to tell."));
    } else if (!status.hasValue()) {
        m_sentence->setSentence(status.title.isEmpty() ? tr("Control\u2019s answer was not understood.")
                                                       : status.title + QLatin1Char('.'),
                                tr("How migrations stand is not known until it does."), Severity::Caution);
    } else if (migrations == nullptr) {
        m_sentence->setSentence(tr("This control runs no migrations."), {});
    } else {
        const auto words = sentenceOf(*migrations);
        m_sentence->setSentence(words.clause, words.detail, words.severity);
    }
}

void MigrationsPage::showTables(const MigrationsView* migrations, const PanelStatus& status) {
    const bool known = migrations != nullptr;
    m_choosing = true;
    m_rows->showRows(known ? migrationRows(*migrations) : std::vector<TableRow>());
    if (known) {
        const auto* urgent = mostUrgent(*migrations);
        if ((!m_chosen || !m_list->currentIndex().isValid()) && urgent != nullptr) {
            const int row = m_rows->rowOf(QString::fromStdString(urgent->id));
            if (row != m_list->currentIndex().row()) {
                m_list->setCurrentIndex(m_rows->index(row, 0));
            }
        }
    }
    m_choosing = false;
    // As high as its rows, so that the blockers stand right below; many scroll.
    m_list->setFixedHeight(22 + 26 * std::clamp(m_rows->rowCount(), 1, kMostListRows) + 2);
    QString about;
    if (known && migrations->age) {
        about = tr("in the primary, age %1")
                    .arg(ageText(*migrations->age +
                                 (context().live() ? context().control.age() : std::chrono::nanoseconds(0))));
    } else if (known && status.hasValue()) {
        about = tr("never read from the primary yet");
    } else {
        about = status.state == PanelState::Live ? tr("none")
                : status.title.isEmpty()         ? stateWord(status.state)
                                                 : status.title;
    }
    m_listHead->setSubtitle(about);

    const auto* migration = known ? findIn(migrations, chosen()) : nullptr;
    auto blockers = migration == nullptr ? std::vector<TableRow>() : blockerRows(*migration);
    m_blockersHead->setSubtitle(!status.hasValue()     ? QString()
                                : migration == nullptr ? QString()
                                : blockers.empty()     ? (underWay(migration->state) ? tr("nobody is in the way of it")
                                                                                     : tr("none, it does not run"))
                                                       : tr("sessions that it waits for"));
    m_blockers->setVisible(!blockers.empty());
    m_blockerRows->showRows(std::move(blockers));
}

void MigrationsPage::showDetail(const MigrationsView* migrations, const PanelStatus& status) {
    const auto id = chosen();
    const auto& control = context().control;
    const auto* current =
        control.hasView() && control.state() == SourceState::Live ? findIn(migrationsOf(&control.view()), id) : nullptr;
    const auto& actions = context().actions;
    m_detail->showMigration(findIn(migrations, id), current, m_paces.of(id.toStdString()), status,
                            context().time.utcOf(context().time.end()),
                            {actions.whyNot("apply_migration"), actions.whyNot("stop_migration")});
}

void MigrationsPage::showTick() {
    m_detail->showLine(m_paces.of(chosen().toStdString()));
}

void MigrationsPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    m_detail->setShort(roomOf(*this) < 640);
}

RailReading MigrationsPage::railReading(const PageContext& context) {
    RailReading reading;
    const auto& control = context.control;
    const auto* migrations = control.hasView() ? migrationsOf(&control.view()) : nullptr;
    if (control.state() == SourceState::Lost || control.state() == SourceState::Denied) {
        reading.mark = markOf(panelStateOf(control.state()));
        return reading;
    }
    if (migrations == nullptr) {
        return reading;
    }
    reading.value = railWordOf(*migrations);
    if (const auto* urgent = mostUrgent(*migrations)) {
        const auto mark = markOf(urgent->state);
        reading.mark = mark == Mark::Caution || mark == Mark::Critical ? mark : Mark::None;
    }
    return reading;
}

} // namespace binnacle::app
