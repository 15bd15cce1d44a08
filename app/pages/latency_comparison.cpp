// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/latency_comparison.h"

#include "app/feed/snapshot_feed.h"
#include "app/models/keyed_table.h"
#include "app/pages/panel_of.h"
#include "app/pages/plain_label.h"
#include "widgets/key_button.h"
#include "widgets/latency_histogram_view.h"
#include "widgets/number_text.h"
#include "widgets/row_view.h"
#include "widgets/table_delegate.h"
#include "widgets/tip_text.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <vector>

namespace binnacle::app {

namespace {

constexpr std::size_t kMostInstances = 50;

void addKey(QWidget* owner, const QKeySequence& keys, const std::function<void()>& run) {
    auto* shortcut = new QShortcut(keys, owner); // works while this page is shown
    QObject::connect(shortcut, &QShortcut::activated, owner, run);
}

} // namespace

LatencyComparison::LatencyComparison(const PageContext& context, LatencyHistogramView& histogram, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_histogram(histogram)
    , m_choice(new QWidget(parent))
    , m_segments(new SegmentedControl(m_choice))
    , m_pin(new KeyButton({}, tr("R"), m_choice))
    , m_tables(new QStackedWidget(this))
    , m_pairTable(new QTableView(m_tables))
    , m_pair(new CohortModel(this))
    , m_instanceTable(new RowView(m_tables))
    , m_instances(new KeyedTable(this))
    , m_verdict(new PlainLabel(Type::Label, this)) {
    m_segments->setSegments({{tr("Stable and canary")}, {tr("Two windows")}, {tr("Instances")}});
    m_segments->setObjectName(QStringLiteral("comparison"));
    m_segments->setAccessibleName(tr("What is compared"));
    m_segments->setToolTip(tr("C goes to the next"));
    connect(m_segments, &SegmentedControl::chosen, this, [this](int index) { setKind(static_cast<Kind>(index)); });
    m_pin->setObjectName(QStringLiteral("pinWindow"));
    connect(m_pin, &QAbstractButton::clicked, this, &LatencyComparison::togglePin);
    auto* row = new QHBoxLayout(m_choice);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_pin);
    row->addWidget(m_segments);

    m_pairTable->setModel(m_pair);
    m_pairTable->setObjectName(QStringLiteral("comparedPair"));
    m_pairTable->setSelectionMode(QAbstractItemView::NoSelection);
    setUpTable(m_pairTable, Theme());
    auto* head = m_pairTable->horizontalHeader();
    head->setSectionResizeMode(QHeaderView::Stretch);
    // Two clock times stand in the head of the first, and two figures in the change.
    head->setSectionResizeMode(CohortModel::Name, QHeaderView::Interactive);
    head->resizeSection(CohortModel::Name, 84);
    head->setSectionResizeMode(CohortModel::Second, QHeaderView::Interactive);
    head->resizeSection(CohortModel::Second, 96);
    m_instanceTable->setModel(m_instances);
    m_instanceTable->setObjectName(QStringLiteral("comparedInstances"));
    m_instanceTable->setAccessibleName(tr("Instances"));
    setUpTable(m_instanceTable, Theme());
    m_instances->setColumns({{tr("Instance"), false},
                             {tr("Requests"), true},
                             {tr("p50"), true},
                             {tr("p99"), true},
                             {tr("Errors"), true},
                             {tr("To others"), true}});
    m_instanceTable->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_tables->addWidget(m_pairTable);
    m_tables->addWidget(m_instanceTable);
    m_tables->setFixedHeight(22 + 26 * CohortModel::RowCount + 2);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_tables);
    column->addWidget(m_verdict);
    column->addStretch(1);

    addKey(this, QKeySequence(Qt::Key_C), [this] { setKind(static_cast<Kind>((m_kind + 1) % KindCount)); });
    addKey(this, QKeySequence(Qt::Key_R), [this] { togglePin(); });
    // Queued: a row may go while the rows are shown, and what is asked for then shows them again.
    connect(m_instanceTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &LatencyComparison::changed, Qt::QueuedConnection);
    m_verdict->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    setLow(false);
    setKind(Cohorts);
}

void LatencyComparison::setKind(Kind kind) {
    m_kind = kind;
    m_segments->setCurrent(kind);
    m_tables->setCurrentIndex(kind == Instances ? 1 : 0);
    m_pairTable->setAccessibleName(kind == Windows ? tr("Two windows") : tr("Stable against canary"));
    showPin();
    Q_EMIT changed();
}

void LatencyComparison::setLow(bool low) {
    constexpr int kLine = 17;
    m_verdict->setFixedHeight(low ? kLine : 2 * kLine);
}

void LatencyComparison::setBrief(bool brief) {
    if (m_brief != brief) {
        m_brief = brief;
        m_pin->setKeyPrinted(!brief);
        showPin();
    }
}

void LatencyComparison::togglePin() {
    if (m_context.time.reference()) {
        m_context.time.setReference(std::nullopt);
    } else if (m_context.hasReading()) {
        m_context.time.setReference(counted());
    }
    setKind(Windows);
}

void LatencyComparison::showPin() {
    const auto reference = m_context.time.reference();
    const auto unpin = reference ? tr("Unpin %1").arg(spanWords(*reference)) : QString();
    const auto text = !reference ? (m_brief ? tr("Pin") : tr("Pin this window")) : m_brief ? tr("Unpin") : unpin;
    if (m_pin->text() != text) {
        m_pin->setText(text);
        const auto then = tr("What comes later is compared with it");
        m_pin->setToolTip(!m_brief ? then : reference ? unpin : tr("Pin this window") + QStringLiteral(". ") + then);
        m_pin->updateGeometry();
    }
}

TimeSpan LatencyComparison::counted() const {
    // Figures are of slots by their start, up to one that begins right now; the span ends now.
    const auto& path = m_context.path();
    return {path.latencyFrom, std::min(path.latencyTo, path.at)};
}

LatencySide LatencyComparison::readNow(const LatencySelector& selector) const {
    const auto& path = m_context.path();
    return read({{path.latencyFrom, path.latencyTo}, selector});
}

QString LatencyComparison::spanWords(const TimeSpan& span) const {
    return QStringLiteral("%1 \u2013 %2").arg(m_context.time.clock(span.from), m_context.time.clock(span.to));
}

QString LatencyComparison::overText() const {
    const auto span = counted();
    return ageText(span.length() <= std::chrono::nanoseconds(0) ? PathReading::kLatencyWindow
                                                                : std::chrono::nanoseconds(span.length()));
}

LatencySide LatencyComparison::read(const Part& part) const {
    return latencySide(m_context.feed.store().latency(), part.selector, part.span.from, part.span.to,
                       m_context.feed.now());
}

QString LatencyComparison::nameOf(const std::string& role, const QString& word) const {
    std::set<std::string> versions;
    for (const auto& instance : m_context.path().instances) {
        if (instance.role == role && !instance.version.empty()) {
            versions.insert(instance.version);
        }
    }
    return versions.size() == 1 ? word + QLatin1Char(' ') + plain(*versions.begin()).left(16) : word;
}

void LatencyComparison::showReadings(const LatencySelector& selector) {
    showPin();
    switch (m_kind) {
    case Windows:
        showWindows(selector);
        break;
    case Instances:
        showInstances(selector);
        break;
    default:
        showCohorts(selector);
    }
}

/// At least half of the span was recorded: of less a figure would be of another time than its head says.
bool LatencyComparison::isKept(const TimeSpan& span) const {
    const auto first = m_context.feed.history().line(PathLine::Requests).firstAt();
    const auto kept = m_context.feed.now() - LatencyLog::kKept;
    return first && std::max(*first, kept) <= span.from + span.length() / 2;
}

void LatencyComparison::draw(const Cohort& filled, const Cohort& outlined, Token color, bool dashed) {
    m_histogram.setNames(filled.name, outlined.name);
    m_histogram.setSecondLook(color, dashed);
    m_histogram.showHistogram(filled.side.latency, outlined.side.latency.empty() ? nullptr : &outlined.side.latency);
    m_legend = outlined.side.latency.empty() ? QString()
               : dashed                      ? tr("dashed: %1").arg(outlined.name)
                                             : tr("outlined: %1").arg(outlined.name);
}

void LatencyComparison::say(const QString& verdict) {
    const auto text = m_context.hasReading() ? verdict : QString();
    if (m_verdict->text() != text) {
        m_verdict->setText(text);
        m_verdict->setToolTip(tipText(text));
    }
}

void LatencyComparison::showCohorts(const LatencySelector& selector) {
    const auto side = [&](const char* role) {
        auto of = selector;
        // Somebody wants only the other cohort: this one has nothing then.
        if (!of.role.empty() && of.role != role) {
            return LatencySide();
        }
        of.role = role;
        return readNow(of);
    };
    const Cohort stable{nameOf("stable", tr("Stable")), side("stable")};
    const Cohort canary{nameOf("canary", tr("Canary")), side("canary")};
    m_pair->showCohorts(stable, canary, overText(), RequestsAs::Share);
    say(canary.side.latency.empty() ? tr("The canary took no request in these %1.").arg(overText())
                                    : m_pair->verdict());
    draw(stable, canary, Token::D4, false);
}

void LatencyComparison::showWindows(const LatencySelector& selector) {
    const auto now = counted();
    const auto pinned = m_context.time.reference();
    const auto before = pinned.value_or(TimeSpan{now.from - now.length(), now.from});
    if (!m_context.hasReading()) {
        m_pair->showCohorts({absentText(), {}}, {absentText(), {}}, overText(), RequestsAs::Nothing);
        say({});
        draw({}, {}, Token::Ref, true);
        return;
    }
    const Cohort first{spanWords(before), isKept(before) ? read({before, selector}) : LatencySide()};
    const Cohort second{m_context.live() ? m_context.countedOver() : spanWords(now), readNow(selector)};
    // Half a second is what readings are apart: two windows of 30 s are of one length.
    const bool alike = std::chrono::abs(before.length() - now.length()) < std::chrono::seconds(1);
    m_pair->showCohorts(first, second, overText(), alike ? RequestsAs::Change : RequestsAs::Nothing);
    if (first.side.latency.empty()) {
        say(pinned ? tr("Nothing is kept of the pinned window any more.")
                   : tr("Nothing is kept of the %1 before: pin a window (R), or wait.").arg(overText()));
    } else {
        say(m_pair->verdict());
    }
    draw(second, first, Token::Ref, true);
}

void LatencyComparison::showInstances(const LatencySelector& selector) {
    std::map<std::string, std::string> versions; // by instance
    for (const auto& labels : m_context.feed.store().latency().series()) {
        if (const auto name = labels.get("instance");
            !name.empty() && selector.matches(labels) && versions.size() < kMostInstances) {
            versions[std::string(name)] = std::string(labels.get("version"));
        }
    }
    std::vector<std::pair<std::string, LatencySide>> sides;
    for (const auto& [name, version] : versions) {
        auto of = selector;
        of.instance = name;
        if (auto side = readNow(of); !side.latency.empty()) {
            sides.emplace_back(name, std::move(side));
        }
    }
    const auto others = [&sides](std::size_t but) {
        LatencySide out;
        for (std::size_t i = 0; i < sides.size(); ++i) {
            out = i == but ? out : together(out, sides[i].second);
        }
        return out;
    };
    std::vector<TableRow> rows;
    std::size_t worst = 0;
    double most = -1;
    for (std::size_t i = 0; i < sides.size(); ++i) {
        const auto& [name, side] = sides[i];
        const auto rest = others(i);
        const auto change = quantileChange(rest, side, 0.99);
        if (change.after && *change.after > most) {
            most = *change.after;
            worst = i;
        }
        const auto shown = plain(name, 64);
        const auto text = !change.before || !change.after ? absentText()
                          : change.measurable()           ? changeText(*change.after, change.before)
                                                          : tr("chance?");
        TableRow row;
        row.key = QString::fromStdString(name);
        row.cells = {
            {shown, Mark::None, Type::LabelStrong, Token::Ink, plain(versions[name], 32)},
            {countText(static_cast<double>(side.latency.count()))},
            {sideQuantileText(side, 0.5)},
            {sideQuantileText(side, 0.99)},
            {sideErrorText(side)},
            {text, Mark::None, Type::Label, change.measurable() ? Token::Ink : Token::Ink3,
             change.before && change.after ? differenceText(*change.after - *change.before, false) : QString()}};
        rows.push_back(std::move(row));
    }
    const auto wanted = m_instances->keyAt(m_instanceTable->currentIndex().row());
    const auto chosen = std::ranges::find(rows, wanted, &TableRow::key);
    const auto at = chosen != rows.end() ? static_cast<std::size_t>(chosen - rows.begin()) : worst;
    if (sides.size() > 1) {
        const auto rest = others(at);
        const auto change = quantileChange(rest, sides[at].second, 0.99);
        const auto name = rows[at].cells.front().text;
        say(!change.before || !change.after
                ? tr("Too few requests to compare the tail of %1 with the others.").arg(name)
            : !change.measurable() ? tr("%1 has no p99 that measurably differs from the others' %2.")
                                         .arg(name, numberText(*change.before, Quantity::Duration).joined())
                                   : tr("%1 has a p99 of %2, the others together %3.")
                                         .arg(name, numberText(*change.after, Quantity::Duration).joined(),
                                              numberText(*change.before, Quantity::Duration).joined()));
        draw({tr("The others"), rest}, {name, sides[at].second}, Token::D2, false);
    } else {
        say(sides.empty() ? tr("No instance took a request in these %1.").arg(overText())
                          : tr("One instance took all requests: there is none to compare it with."));
        draw({sides.empty() ? tr("Requests") : plain(sides[0].first, 64),
              sides.empty() ? LatencySide() : sides[0].second},
             {}, Token::D2, false);
    }
    m_instances->showRows(std::move(rows));
}

} // namespace binnacle::app
