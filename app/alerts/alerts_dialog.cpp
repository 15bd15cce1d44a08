// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/alerts/alerts_dialog.h"

#include "app/alerts/alert_words.h"
#include "app/dialogs/dim_overlay.h"
#include "app/dialogs/tick_box.h"
#include "app/models/keyed_table.h"
#include "app/models/worded.h"
#include "app/pages/plain_label.h"
#include "app/settings.h"
#include "widgets/key_button.h"
#include "widgets/number_text.h"
#include "widgets/row_view.h"
#include "widgets/state_overlay.h"
#include "widgets/table_delegate.h"
#include "widgets/time_context.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace binnacle::app {

namespace {

constexpr int kRows = 9;
constexpr int kLeastRows = 4;
constexpr int kWidth = 1120;
constexpr int kAround = 24; ///< px of the window beside it
constexpr int kTopInWindow = 128;
constexpr int kRoomForSource = 1040;
constexpr int SourceColumn = 6;

QString rowKey(const AlertKey& key) {
    return QString::fromStdString(key.rule) + QLatin1Char('/') + QString::fromStdString(key.subject);
}

/// What is quiet or over has no colour; what is not yet is a ring.
TableCell severityCell(const Alert& alert) {
    const auto word = severityWord(alert.severity);
    if (alert.state == AlertState::Cleared) {
        return {word, Mark::None, Type::Label, Token::Ink3, word};
    }
    if (alert.state == AlertState::Pending) {
        return {word, Mark::Normal, Type::Label, Token::Ink2, word};
    }
    if (alert.silencedUntil) {
        return {word, Mark::Held, Type::Label, Token::Ink2, word};
    }
    const auto ink = !alert.calls()                              ? Token::Ink2
                     : alert.severity == AlertSeverity::Critical ? Token::Crit
                                                                 : Token::Caut;
    return {word, markOf(alert.severity), Type::LabelStrong, ink, word};
}

TableRow rowOf(const Alert& alert, const TimeContext& time) {
    const auto& rule = *alert.rule;
    const auto title = titleOf(rule, alert.subject);
    const auto ink = alert.active() ? Token::Ink : Token::Ink2;
    const auto value = alert.value && !alert.unknownSince && alert.state != AlertState::Cleared
                           ? valueText(rule, *alert.value)
                           : absentText();
    const auto state = stateText(alert, time);
    auto limit = limitText(rule, alert.severity);
    const auto length = std::chrono::nanoseconds(
        (alert.state == AlertState::Cleared && alert.clearedAt ? *alert.clearedAt : time.now()) - alert.since);
    const auto source = worded(displayName(alert.source));
    const auto cell = [](const QString& text, Token token, Type type = Type::Label) {
        return TableCell{text, Mark::None, type, token, text};
    };
    return {rowKey(alert.key()),
            {severityCell(alert), cell(title, ink, alert.active() ? Type::LabelStrong : Type::Label), cell(value, ink),
             cell(limit.isEmpty() ? absentText() : limit, Token::Ink2), cell(time.clock(alert.since), ink),
             cell(ageText(length), Token::Ink2), cell(source, Token::Ink2), cell(state, Token::Ink2)}};
}

} // namespace

AlertsDialog::AlertsDialog(AlertDesk& desk, const Theme& theme, QWidget* parent)
    : QDialog(parent, Qt::Dialog | Qt::FramelessWindowHint)
    , m_desk(desk)
    , m_overlay(new DimOverlay(parent))
    , m_which(new SegmentedControl(this))
    , m_alerts(new KeyedTable(this))
    , m_rules(new KeyedTable(this))
    , m_tables(new QStackedWidget(this))
    , m_about(new PlainLabel(Type::Body, this))
    , m_detail(new PlainLabel(Type::Label, this))
    , m_notices(new TickBox(tr("Tell it on the desktop"), this))
    , m_sound(new TickBox(tr("With a sound"), this)) {
    setWindowTitle(tr("Alerts"));
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("alertsDialog"));
    auto* title = new PlainLabel(Type::Title, Token::Ink, this);
    title->setText(tr("Alerts"));
    m_which->setObjectName(QStringLiteral("alertsWhich"));
    m_which->setAccessibleName(tr("Alerts or rules"));
    m_which->setSegments({{tr("Alerts")}, {tr("Rules"), QStringLiteral("R")}});
    m_which->setCurrent(0);
    m_alerts->setColumns({{tr("Severity")},
                          {tr("Alert")},
                          {tr("Value"), true},
                          {tr("Limit"), true},
                          {tr("Since")},
                          {tr("For"), true},
                          {tr("Source")},
                          {tr("State")}});
    m_rules->setColumns({{tr("Severity")}, {tr("Rule")}, {tr("Limits")}, {tr("State")}});
    m_alertTable = makeTable(m_alerts, "alerts", theme);
    m_alertTable->setAccessibleName(tr("Alerts"));
    m_ruleTable = makeTable(m_rules, "alertRules", theme);
    m_ruleTable->setAccessibleName(tr("Rules"));
    const auto widths = [](QTableView* table, int stretched, std::initializer_list<int> sizes) {
        auto* head = table->horizontalHeader();
        head->setSectionResizeMode(QHeaderView::Interactive);
        int column = 0;
        for (const int size : sizes) {
            head->resizeSection(column++, size);
        }
        head->setSectionResizeMode(stretched, QHeaderView::Stretch);
    };
    widths(m_alertTable, 1, {96, 240, 100, 80, 76, 84, 132, 200});
    widths(m_ruleTable, 2, {96, 210, 400, 160});
    m_empty = new StateOverlay(m_alertTable);
    m_empty->setTheme(theme);

    auto* head = new QHBoxLayout;
    head->addWidget(title, 1);
    head->addWidget(m_which);
    auto* told = new QHBoxLayout;
    told->setSpacing(24);
    told->addWidget(m_notices);
    told->addWidget(m_sound);
    told->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(12);
    column->addLayout(head);
    column->addWidget(m_about);
    column->addWidget(m_tables, 1);
    column->addWidget(m_detail);
    column->addLayout(told);
    makeButtons();

    m_notices->setObjectName(QStringLiteral("alertNotices"));
    m_sound->setObjectName(QStringLiteral("alertSound"));
    m_notices->setChecked(desk.settings().alertNotices());
    m_sound->setChecked(desk.settings().alertSound());
    connect(m_notices, &QAbstractButton::toggled, this, [this](bool on) { m_desk.settings().setAlertNotices(on); });
    connect(m_sound, &QAbstractButton::toggled, this, [this](bool on) { m_desk.settings().setAlertSound(on); });
    connect(m_which, &SegmentedControl::chosen, this, &AlertsDialog::refresh);
    connect(&desk, &AlertDesk::changed, this, &AlertsDialog::refresh);
    setTheme(theme);
    refresh();
    m_alertTable->setFocus();
}

void AlertsDialog::setTheme(const Theme& theme) {
    m_theme = theme;
    m_overlay->setTheme(theme);
    binnacle::applyTheme(*this, theme);
    update();
}

AlertsDialog::~AlertsDialog() {
    delete m_overlay;
}

void AlertsDialog::fit() {
    const auto* window = parentWidget()->window();
    resize(std::min(kWidth, window->width() - 2 * kAround),
           std::min(sizeHint().height() - m_tables->sizeHint().height() + 22 + 26 * kRows + 2,
                    window->height() - 2 * kAround));
    // Where room is short the source goes first: most titles name it.
    m_alertTable->setColumnHidden(SourceColumn, width() < kRoomForSource);
    const auto corner = window->mapToGlobal(QPoint((window->width() - width()) / 2, 0));
    move(corner.x(), corner.y() + std::clamp((window->height() - height()) / 3, 0, kTopInWindow));
}

void AlertsDialog::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    fit();
}

void AlertsDialog::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Bg));
    painter.setPen(m_theme.color(Token::Rule2));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

QTableView* AlertsDialog::makeTable(KeyedTable* model, const char* name, const Theme& theme) {
    auto* table = new RowView(this);
    table->setModel(model);
    table->setObjectName(QLatin1String(name));
    setUpTable(table, theme);
    table->setMinimumHeight(22 + 26 * kLeastRows);
    table->viewport()->installEventFilter(this);
    m_tables->addWidget(table);
    connect(table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AlertsDialog::offer);
    connect(table, &QTableView::activated, this, &AlertsDialog::openPage);
    return table;
}

void AlertsDialog::makeButtons() {
    auto* close = new KeyButton(tr("Close"), tr("Esc"), this);
    m_unsilence = new KeyButton(tr("End the silence"), QStringLiteral("U"), this);
    m_silence = new KeyButton(tr("Silence\u2026"), QStringLiteral("S"), this);
    m_acknowledge = new KeyButton(tr("Acknowledge"), QStringLiteral("A"), this);
    m_open = new KeyButton(tr("Open its page"), tr("Enter"), this);
    m_open->setRole(KeyButton::Role::Primary);
    m_unsilence->setObjectName(QStringLiteral("alertUnsilence"));
    m_silence->setObjectName(QStringLiteral("alertSilence"));
    m_acknowledge->setObjectName(QStringLiteral("alertAcknowledge"));
    m_open->setObjectName(QStringLiteral("alertOpen"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(close);
    buttons->addStretch(1);
    for (auto* button : {m_unsilence, m_silence, m_acknowledge, m_open}) {
        button->setTall(true);
        buttons->addWidget(button);
    }
    close->setTall(true);
    static_cast<QVBoxLayout*>(layout())->addLayout(buttons);
    connect(close, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_open, &QAbstractButton::clicked, this, &AlertsDialog::openPage);
    connect(m_acknowledge, &QAbstractButton::clicked, this, &AlertsDialog::acknowledge);
    connect(m_silence, &QAbstractButton::clicked, this, &AlertsDialog::silence);
    connect(m_unsilence, &QAbstractButton::clicked, this, &AlertsDialog::unsilence);
    // Shortcuts, since a table takes letters for a search in its rows.
    const auto key = [this](Qt::Key which, auto run) {
        connect(new QShortcut(QKeySequence(which), this), &QShortcut::activated, this, run);
    };
    key(Qt::Key_A, &AlertsDialog::acknowledge);
    key(Qt::Key_S, &AlertsDialog::silence);
    key(Qt::Key_U, &AlertsDialog::unsilence);
    key(Qt::Key_R, [this] { m_which->choose(rulesShown() ? 0 : 1); });
}

bool AlertsDialog::rulesShown() const {
    return m_which->current() == 1;
}

void AlertsDialog::showAlerts() {
    std::vector<TableRow> rows;
    for (const auto& alert : m_desk.book().alerts()) {
        rows.push_back(rowOf(alert, m_desk.time()));
    }
    PanelStatus status;
    status.state = rows.empty() ? PanelState::Empty : PanelState::Live;
    status.title = tr("No alerts");
    status.detail =
        tr("%n rule(s) are watched: R shows them with their limits", "", static_cast<int>(alertRules().size()));
    m_empty->showStatus(status);
    m_alerts->showRows(std::move(rows));
    if (!m_alertTable->selectionModel()->hasSelection() && m_alerts->rowCount() > 0) {
        m_alertTable->selectRow(0);
    }
}

void AlertsDialog::showRules() {
    std::vector<TableRow> rows;
    for (const auto& rule : alertRules()) {
        const AlertKey key{std::string(rule.id), {}};
        const auto& silences = m_desk.book().silences();
        const auto silence = std::ranges::find(silences, key, &Silence::key);
        const auto active = std::ranges::count_if(
            m_desk.book().alerts(), [&](const Alert& alert) { return alert.rule->id == rule.id && alert.active(); });
        auto state = active > 0 ? tr("%n raised", "", static_cast<int>(active)) : tr("watched");
        if (silence != silences.end()) {
            state = tr("silenced until %1").arg(untilText(silence->until, m_desk.time()));
        }
        const auto limits = limitsText(rule);
        const auto word = severityWord(rule.severity);
        const bool silenced = silence != silences.end();
        const auto mark = active > 0 && !silenced ? markOf(rule.severity) : Mark::None; // at rest it has no colour
        rows.push_back({rowKey(key),
                        {{word, mark, Type::Label, Token::Ink2, word},
                         {nameOf(rule), Mark::None, Type::LabelStrong, Token::Ink, nameOf(rule)},
                         {limits, Mark::None, Type::Label, Token::Ink2, limits},
                         {state, silenced ? Mark::Held : Mark::None, Type::Label, Token::Ink2, state}}});
    }
    m_rules->showRows(std::move(rows));
    if (!m_ruleTable->selectionModel()->hasSelection()) {
        m_ruleTable->selectRow(0);
    }
}

void AlertsDialog::refresh() {
    auto* const wanted = rulesShown() ? m_ruleTable : m_alertTable;
    if (auto* const before = m_tables->currentWidget(); before != wanted) {
        const bool follows = before->hasFocus();
        m_tables->setCurrentWidget(wanted);
        if (follows) {
            wanted->setFocus();
        }
    }
    rulesShown() ? showRules() : showAlerts();
    const auto counts = m_desk.counts();
    QStringList about;
    about << (counts.calling() > 0 ? tr("%n to look at", "", counts.calling()) : tr("Nothing to look at"));
    if (counts.quiet > 0) {
        about << tr("%n acknowledged or silenced", "", counts.quiet);
    }
    if (const auto dropped = m_desk.book().dropped(); dropped > 0) {
        about << tr("%1 found no room").arg(countText(static_cast<double>(dropped)));
    }
    if (m_desk.isReplay()) {
        about << tr("of a recording: nobody is told");
    }
    if (const auto problem = m_desk.problem(); !problem.isEmpty()) {
        about << tr("silences could not be written: %1").arg(problem);
    }
    m_about->setText(about.join(QStringLiteral(", ")) + QLatin1Char('.'));
    offer();
}

std::optional<AlertKey> AlertsDialog::chosen() const {
    const auto* table = rulesShown() ? m_ruleTable : m_alertTable;
    const auto* model = rulesShown() ? m_rules : m_alerts;
    const auto rows = table->selectionModel()->selectedRows();
    const auto key = rows.isEmpty() ? QString() : model->keyAt(rows.first().row());
    const auto slash = key.indexOf(QLatin1Char('/'));
    return slash < 0 ? std::nullopt
                     : std::optional(AlertKey{key.left(slash).toStdString(), key.mid(slash + 1).toStdString()});
}

void AlertsDialog::offer() {
    const auto key = chosen();
    const auto* rule = key ? findAlertRule(key->rule) : nullptr;
    const auto* alert = key && !rulesShown() ? m_desk.book().find(*key) : nullptr;
    const auto& silences = m_desk.book().silences();
    const bool silenced = key && std::ranges::any_of(silences, [&](const Silence& silence) {
                              return silence.key.rule == key->rule &&
                                     (silence.key.subject.empty() || silence.key.subject == key->subject);
                          });
    m_open->setEnabled(rule != nullptr);
    m_silence->setEnabled(rule != nullptr);
    m_unsilence->setEnabled(silenced);
    m_acknowledge->setEnabled(alert != nullptr && alert->state == AlertState::Raised);
    m_detail->setText(rule != nullptr ? meaningOf(*rule) + QLatin1Char(' ') + limitsText(*rule) : QString());
}

void AlertsDialog::acknowledge() {
    if (const auto key = chosen(); key && m_acknowledge->isEnabled()) {
        m_desk.acknowledge(*key);
    }
}

void AlertsDialog::unsilence() {
    if (const auto key = chosen(); key && m_unsilence->isEnabled()) {
        m_desk.unsilence(*key);
    }
}

void AlertsDialog::openPage() {
    if (const auto key = chosen()) {
        if (const auto* rule = findAlertRule(key->rule)) {
            Q_EMIT pageRequested(QString::fromUtf8(rule->page.data(), static_cast<qsizetype>(rule->page.size())));
            accept();
        }
    }
}

/// For how long, and whether only this or the whole rule.
void AlertsDialog::silence() {
    const auto key = chosen();
    const auto* rule = key ? findAlertRule(key->rule) : nullptr;
    if (rule == nullptr) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("silenceMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const std::array spans{std::pair(SilenceFor::QuarterHour, tr("for 15 min")),
                           std::pair(SilenceFor::Hour, tr("for 1 h")), std::pair(SilenceFor::FourHours, tr("for 4 h")),
                           std::pair(SilenceFor::UntilTomorrow, tr("until tomorrow, 08:00"))};
    const auto offerSpans = [&](const AlertKey& of) {
        const auto title = titleOf(*rule, of.subject);
        for (const auto& [span, words] : spans) {
            menu->addAction(tr("%1 %2").arg(title, words), this,
                            [this, of, chosenSpan = span] { m_desk.silence(of, chosenSpan); });
        }
    };
    offerSpans(*key);
    if (!key->subject.empty()) {
        menu->addSeparator();
        offerSpans({key->rule, {}});
    }
    menu->popup(m_silence->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
    menu->setActiveAction(menu->actions().constFirst());
}

bool AlertsDialog::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize && m_empty != nullptr && watched == m_alertTable->viewport()) {
        m_empty->setGeometry(0, 22, m_alertTable->width(), std::max(0, m_alertTable->height() - 22));
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace binnacle::app
