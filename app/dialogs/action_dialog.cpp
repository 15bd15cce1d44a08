// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dialogs/action_dialog.h"

#include "app/dialogs/dim_overlay.h"
#include "app/dialogs/preview_parts.h"
#include "app/pages/plain_label.h"
#include "widgets/environment_band.h"
#include "widgets/key_button.h"
#include "widgets/now_after_table.h"
#include "widgets/number_text.h"
#include "widgets/sql_view.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace binnacle::app {

using std::chrono::milliseconds;

namespace {
constexpr int kWidth = 808;
constexpr int kMargin = 24;
constexpr int kTopInWindow = 128;
constexpr int kLongestTyped = 64;
constexpr int kLongestReason = 250; ///< in characters: control takes 500 bytes
/// After a change under the operator's hands the final button rests for so long: who was about to press it must see.
constexpr milliseconds kRest{1500};

QString countdown(milliseconds left) {
    const auto seconds = std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::seconds>(left).count());
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

bool isEnter(const QKeyEvent& event) {
    return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
}
} // namespace

ActionDialog::ActionDialog(Environment environment, const Theme& theme, QWidget* window)
    : QDialog(window, Qt::Dialog | Qt::FramelessWindowHint)
    , m_environment(environment)
    , m_overlay(new DimOverlay(window))
    , m_band(new EnvironmentBand(this))
    , m_title(new PlainLabel(Type::Title, Token::Ink, this))
    , m_target(new PlainLabel(Type::Label, Token::Ink2, this))
    , m_statement(new SqlView(this))
    , m_touches(new PlainLabel(Type::Label, Token::Ink2, this))
    , m_rows(new NowAfterTable(this))
    , m_basis(new PlainLabel(Type::Small, Token::Ink3, this))
    , m_cells(new PreviewCells(this))
    , m_warnings(new WarningList(this))
    , m_message(new PlainLabel(Type::Body, Token::Ink, this))
    , m_form(new QWidget(this))
    , m_leaseLabel(new PlainLabel(Type::Label, Token::Ink2, m_form))
    , m_leases(new SegmentedControl(m_form))
    , m_reasonLabel(new PlainLabel(Type::Label, Token::Ink2, m_form))
    , m_reason(new QLineEdit(m_form))
    , m_typedLabel(new PlainLabel(Type::Label, Token::Ink2, m_form))
    , m_typed(new QLineEdit(m_form))
    , m_validity(new PlainLabel(Type::Label, Token::Ink2, this))
    , m_again(new KeyButton(tr("Read again"), tr("F5"), this))
    , m_keepButton(new KeyButton({}, tr("Esc"), this))
    , m_confirm(new KeyButton({}, tr("Ctrl Enter"), this))
    , m_stages(new ActStages(this)) {
    setObjectName(QStringLiteral("actionDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setFixedWidth(kWidth);
    build();
    setTheme(theme);
    binnacle::applyTheme(*this, theme);
    m_overlay->setTheme(theme);
    setPhase(Phase::Reading);
}

ActionDialog::~ActionDialog() {
    delete m_overlay;
}

void ActionDialog::build() {
    m_band->setObjectName(QStringLiteral("environment"));
    m_title->setObjectName(QStringLiteral("title"));
    m_target->setObjectName(QStringLiteral("target"));
    m_statement->setObjectName(QStringLiteral("statement"));
    m_statement->setAccessibleName(tr("Statement that runs"));
    m_touches->setObjectName(QStringLiteral("touches"));
    m_warnings->setObjectName(QStringLiteral("warnings"));
    m_message->setObjectName(QStringLiteral("message"));
    m_reason->setObjectName(QStringLiteral("reason"));
    m_typed->setObjectName(QStringLiteral("typed"));
    m_again->setObjectName(QStringLiteral("again"));
    m_keepButton->setObjectName(QStringLiteral("keep"));
    m_confirm->setObjectName(QStringLiteral("confirm"));
    m_target->setAccessibleName(tr("Target"));
    m_reason->setMaxLength(kLongestReason);
    m_reason->setAccessibleName(tr("Reason, kept in the audit log"));
    m_reasonLabel->setText(tr("Reason, kept in the audit log; required"));
    m_leaseLabel->setText(tr("Ends by itself after"));
    m_leases->setObjectName(QStringLiteral("leases"));
    m_leases->setAccessibleName(m_leaseLabel->text());
    m_leaseLabel->hide();
    m_leases->hide();
    for (auto* button : {m_again, m_keepButton, m_confirm}) {
        button->setTall(true);
        button->installEventFilter(this);
    }
    auto* form = new QVBoxLayout(m_form);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(6);
    auto* lease = new QHBoxLayout;
    lease->setSpacing(12);
    lease->addWidget(m_leaseLabel);
    lease->addWidget(m_leases);
    lease->addStretch(1);
    form->addLayout(lease);
    form->addWidget(m_reasonLabel);
    form->addWidget(m_reason);
    form->addWidget(m_typedLabel);
    form->addWidget(m_typed);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_validity, 1);
    buttons->addWidget(m_again);
    buttons->addWidget(m_keepButton);
    buttons->addWidget(m_confirm);

    auto* body = new QVBoxLayout;
    body->setContentsMargins(kMargin, 16, kMargin, 18);
    body->setSpacing(12);
    body->addWidget(m_title);
    body->addWidget(m_target);
    body->addWidget(m_statement);
    body->addWidget(m_touches);
    body->addWidget(m_rows);
    body->addWidget(m_basis);
    body->addWidget(m_cells);
    body->addWidget(m_warnings);
    body->addWidget(m_message);
    body->addWidget(m_form);
    body->addLayout(buttons);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 1, 1);
    column->setSpacing(0);
    column->addWidget(m_band);
    column->addLayout(body);
    column->addWidget(m_stages);

    connect(m_reason, &QLineEdit::textChanged, this, &ActionDialog::showButtons);
    connect(m_typed, &QLineEdit::textChanged, this, &ActionDialog::showButtons);
    connect(m_leases, &SegmentedControl::chosen, this, [this](int index) {
        m_outdated = true;
        showButtons();
        Q_EMIT leaseChosen(index);
    });
    connect(m_keepButton, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_confirm, &QAbstractButton::clicked, this, &ActionDialog::confirm);
    connect(m_again, &QAbstractButton::clicked, this, [this] {
        if (m_phase == Phase::Done) {
            Q_EMIT undoRequested();
        } else if (m_phase == Phase::InDoubt) {
            Q_EMIT askAgainRequested();
        } else {
            Q_EMIT readAgainRequested();
        }
    });
}

void ActionDialog::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

QString ActionDialog::reason() const {
    return m_reason->text().trimmed();
}

QString ActionDialog::typed() const {
    return m_typed->text();
}

bool ActionDialog::mayConfirm() const {
    return m_phase == Phase::Preview && !m_outdated && !reason().isEmpty() &&
           (m_typeToConfirm.isEmpty() || typed() == m_typeToConfirm) &&
           std::chrono::steady_clock::now() >= m_quietUntil;
}

void ActionDialog::setPhase(Phase phase) {
    m_phase = phase;
    const bool preview = phase == Phase::Preview;
    m_form->setVisible(preview);
    m_rows->setVisible(phase != Phase::Reading && phase != Phase::Unreadable);
    m_statement->setVisible(m_rows->isVisibleTo(this) && m_hasStatement);
    m_touches->setVisible(m_rows->isVisibleTo(this) && !m_touches->text().isEmpty());
    m_cells->setVisible(m_rows->isVisibleTo(this));
    m_basis->setVisible(m_rows->isVisibleTo(this) && !m_basis->text().isEmpty());
    m_message->setVisible(!m_message->text().isEmpty());
    showButtons();
    fit();
}

/// As high as its text wants in the one width that it has.
void ActionDialog::fit() {
    layout()->invalidate();
    layout()->activate();
    const int wanted = layout()->totalHeightForWidth(kWidth);
    if (wanted > 0 && wanted != height()) {
        setFixedHeight(wanted);
        place();
    }
}

void ActionDialog::showButtons() {
    const bool over = m_phase == Phase::Done || m_phase == Phase::Refused || m_phase == Phase::Failed ||
                      m_phase == Phase::InDoubt || m_phase == Phase::Unreadable;
    m_keepButton->setText(over || m_phase == Phase::Acting ? tr("Close") : m_keep.isEmpty() ? tr("Cancel") : m_keep);
    m_keepButton->updateGeometry();
    m_confirm->setVisible(m_phase == Phase::Preview);
    m_confirm->setEnabled(mayConfirm());
    m_confirm->setAccessibleDescription(mayConfirm()         ? tr("Key Ctrl Enter")
                                        : reason().isEmpty() ? tr("Needs a reason first")
                                        : !m_typeToConfirm.isEmpty() && typed() != m_typeToConfirm
                                            ? tr("Needs %1 typed first").arg(m_typeToConfirm)
                                        : m_outdated ? tr("Reading what it would do\u2026")
                                                     : tr("The preview has just changed"));
    m_confirm->setToolTip(mayConfirm() ? QString() : m_confirm->accessibleDescription());
    const bool again = m_phase == Phase::Refused || m_phase == Phase::Unreadable || m_phase == Phase::InDoubt ||
                       (m_phase == Phase::Done && m_mayUndo);
    m_again->setVisible(again);
    m_again->setText(m_phase == Phase::Done      ? tr("Undo\u2026")
                     : m_phase == Phase::InDoubt ? tr("Ask what became of it")
                                                 : tr("Read again"));
    m_again->setKey(m_phase == Phase::Done ? tr("Ctrl Z") : tr("F5"));
    m_again->updateGeometry();
}

void ActionDialog::showReading(const QString& title) {
    m_title->setText(title);
    m_target->setText(tr("Reading what it would do\u2026"));
    m_message->clear();
    setPhase(Phase::Reading);
}

void ActionDialog::showUnreadable(const QString& message) {
    m_target->clear();
    m_validity->clear();
    m_message->setText(message);
    setPhase(Phase::Unreadable);
}

void ActionDialog::showPreview(const PreviewWords& words, const QString& place, const QString& typeToConfirm,
                               bool permanent) {
    const bool first = m_phase != Phase::Preview;
    m_outdated = false;
    m_place = place;
    m_typeToConfirm = typeToConfirm;
    m_permanent = permanent;
    m_keep = words.keep;
    m_title->setText(words.title);
    setWindowTitle(words.title);
    setAccessibleName(words.title);
    m_target->setText(words.target);
    m_target->setAccessibleDescription(words.target);
    m_statement->setStatement(words.statement);
    m_hasStatement = !words.statement.isEmpty();
    m_touches->setText(words.touches);
    m_rows->showRows(words.rows);
    m_basis->setText(words.basis);
    m_cells->showCells({words.affects, words.undo, words.otherwise});
    m_warnings->showWarnings(words.warnings, m_theme);
    m_typedLabel->setText(tr("Type %1 to confirm").arg(typeToConfirm));
    m_typed->setAccessibleName(m_typedLabel->text());
    m_typedLabel->setVisible(!typeToConfirm.isEmpty());
    m_typed->setMaxLength(std::max(kLongestTyped, static_cast<int>(typeToConfirm.size())));
    m_typed->setVisible(!typeToConfirm.isEmpty());
    m_confirm->setText(words.confirm);
    m_confirm->setShortcut({}); // a key may hold "&", which is no mnemonic here
    m_confirm->setAccessibleName(words.confirm);
    m_confirm->setRole(permanent ? KeyButton::Role::Danger : KeyButton::Role::Primary);
    if (first) {
        m_message->clear();
        m_stages->showStages({{tr("requested"), ActStage::State::Waiting},
                              {tr("accepted"), ActStage::State::Waiting},
                              {tr("observed"), ActStage::State::Waiting}});
    }
    setPhase(Phase::Preview);
    if (first) {
        m_reason->setFocus();
    }
}

void ActionDialog::showMoved(const QString& message) {
    m_quietUntil = std::chrono::steady_clock::now() + kRest;
    m_message->setText(message);
    setPhase(m_phase);
}

void ActionDialog::showStill() {
    if (m_phase == Phase::Preview && !m_message->text().isEmpty()) {
        m_message->clear();
        setPhase(m_phase);
    }
}

void ActionDialog::showLeases(const std::vector<QString>& texts, int current) {
    std::vector<SegmentedControl::Segment> segments;
    for (const auto& text : texts) {
        segments.push_back({text});
    }
    m_leases->setSegments(std::move(segments));
    m_leases->setCurrent(current);
    m_leaseLabel->setVisible(!texts.empty());
    m_leases->setVisible(!texts.empty());
    fit();
}

void ActionDialog::showTimes(milliseconds age, milliseconds left) {
    if (m_phase != Phase::Preview) {
        m_band->showPlace(m_environment, m_place, {});
        return;
    }
    m_band->showPlace(m_environment, m_place, tr("read %1 ago").arg(ageText(age)));
    const auto text = tr("Preview valid for %1. If the target changes, it refuses.").arg(countdown(left));
    showButtons();
    if (m_validity->text() != text) {
        m_validity->setText(text);
        fit(); // beside a button with a long name it takes more lines
    }
}

void ActionDialog::showProgress(Phase phase, std::vector<ActStage> stages, const QString& message, bool mayUndo) {
    const bool first = m_phase != phase;
    m_mayUndo = mayUndo;
    m_stages->showStages(std::move(stages));
    m_message->setText(message);
    m_validity->setText(phase == Phase::Acting
                            ? tr("It is under way. Closing this does not stop it. Panic: Ctrl Shift P.")
                            : QString());
    setPhase(phase);
    if (first) {
        m_band->showPlace(m_environment, m_place, {});
        m_keepButton->setFocus();
    }
}

void ActionDialog::setStep(int step) {
    m_stages->setStep(step);
}

void ActionDialog::confirm() {
    if (mayConfirm()) {
        Q_EMIT confirmed();
    }
}

bool ActionDialog::eventFilter(QObject* watched, QEvent* event) {
    // Some desktops let Enter press the focused button: here it is the dialog that decides what Enter does.
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::KeyRelease) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (isEnter(*key)) {
            if (event->type() == QEvent::KeyPress) {
                keyPressEvent(key);
            }
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void ActionDialog::keyPressEvent(QKeyEvent* event) {
    if (isEnter(*event)) {
        // Alone it never confirms: it is what a hand presses while the eye is elsewhere.
        if (event->modifiers().testFlag(Qt::ControlModifier)) {
            confirm();
        }
        event->accept();
        return;
    }
    if (event->key() == Qt::Key_P && event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier)) {
        Q_EMIT panicRequested();
        return;
    }
    if (event->key() == Qt::Key_F5 && m_again->isVisible() && m_phase != Phase::Done) {
        m_again->click();
        return;
    }
    if (event->matches(QKeySequence::Undo) && m_phase == Phase::Done && m_again->isVisible()) {
        m_again->click();
        return;
    }
    QDialog::keyPressEvent(event);
}

void ActionDialog::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Rail));
    painter.setPen(m_theme.color(Token::Rule2));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void ActionDialog::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    fit();
    place();
}

void ActionDialog::place() {
    const auto* window = parentWidget()->window();
    const auto corner = window->mapToGlobal(QPoint((window->width() - width()) / 2, 0));
    const int spare = window->height() - height();
    move(corner.x(), corner.y() + std::clamp(kTopInWindow, 0, std::max(0, spare / 2)));
}

} // namespace binnacle::app
