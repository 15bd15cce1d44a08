// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/action_controller.h"

#include "app/dialogs/act_names.h"
#include "app/dialogs/lease_choice.h"
#include "app/dialogs/typed_confirmation.h"
#include "app/models/worded.h"
#include "app/pages/panel_of.h"
#include "backend/actions/action_catalogue.h"
#include "backend/actions/planning.h"
#include "backend/actions/sha256.h"
#include "widgets/number_text.h"

#include <QTimeZone>
#include <QWidget>

#include <algorithm>
#include <iterator>

namespace binnacle::app {

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr milliseconds kTimesStep{500};
/// An open preview is read again this often, so that what it says is of now.
constexpr seconds kReadAgain{5};
/// Ticks of the feed for one step of the turning ring: twelve steps in two seconds.
constexpr int kTicksPerStep = 2;

/// What is guarded is another. Counts that jitter under load, and how long it holds, are no part of that.
bool hasMoved(const ActionPreview& before, const ActionPreview& now) {
    return guardOf(before.fingerprint) != guardOf(now.fingerprint) || before.typeToConfirm != now.typeToConfirm;
}

QString nextStep(Verdict verdict) {
    switch (verdict) {
    case Verdict::Applied:
        return {};
    case Verdict::Refused:
        return ActionController::tr("Read again to see how things stand now.");
    case Verdict::Failed:
        return ActionController::tr("Look at the state before you try again.");
    case Verdict::InDoubt:
        break;
    }
    return ActionController::tr(
        "It may have been done. Do not repeat it: ask what became of it, or look at the state.");
}

/// A message may tell who did what and why.
constexpr std::size_t kLongestMessage = 800;

QString joined(const QString& first, const QString& second) {
    return first.isEmpty() ? second : second.isEmpty() ? first : first + QLatin1Char('\n') + second;
}

/// How an act ended whose dialog is gone, in one paragraph.
QString unseenText(const QString& title, const Result<ActionOutcome>& outcome) {
    const auto verdict = outcome ? outcome->verdict : Verdict::Refused;
    const auto message = worded(outcome ? outcome->message : outcome.error().text, kLongestMessage);
    const auto said = [&] {
        switch (verdict) {
        case Verdict::Applied:
            return ActionController::tr("Done and observed: %1.");
        case Verdict::Refused:
            return ActionController::tr("Refused, nothing was done: %1.");
        case Verdict::Failed:
            return ActionController::tr("Failed: %1.");
        case Verdict::InDoubt:
            break;
        }
        return ActionController::tr("In doubt: %1.");
    }();
    QStringList parts{said.arg(title), message, nextStep(verdict)};
    if (verdict == Verdict::Refused) {
        parts.removeLast(); // there is no dialog to read again in
    }
    parts.removeAll(QString());
    return parts.join(QLatin1Char(' '));
}

/// "Panic: This profile only reads."
QString refusalText(const QString& act, const QString& why) {
    return QStringLiteral("%1: %2.").arg(act, why);
}

} // namespace

ActionController::ActionController(ControlFeed& feed, std::shared_ptr<ControlLink> link,
                                   std::shared_ptr<const Clock> clock, QObject* parent)
    : QObject(parent)
    , m_feed(feed)
    , m_clock(std::move(clock))
    , m_link(std::move(link))
    , m_worker(std::make_shared<ActionWorker>(m_link)) {
    connect(&feed, &ControlFeed::changed, this, &ActionController::changed);
}

ActionController::~ActionController() {
    requestStop();
}

void ActionController::setWindow(QWidget* window, Environment environment) {
    m_window = window;
    m_environment = environment;
}

void ActionController::start() {
    startWorker(m_worker);
}

void ActionController::requestStop() {
    m_worker->requestStop();
    for (const auto& worker : m_retired) {
        worker->requestStop();
    }
}

bool ActionController::waitUntilEnded(SteadyTime deadline) {
    bool ended = m_worker->waitUntilEnded(deadline);
    for (const auto& worker : m_retired) {
        ended = worker->waitUntilEnded(deadline) && ended;
    }
    return ended;
}

void ActionController::refuseAll(const QString& why) {
    m_refusal = why;
    Q_EMIT changed();
}

QString ActionController::whyNot(std::string_view verb) const {
    const bool pastControl = verb == "set_level" || verb == "set_emergency_level" || verb == "set_share";
    if (!m_refusal.isEmpty()) {
        return m_refusal;
    }
    if (verb == "panic") {
        return {}; // whatever is in the way, its preview says it
    }
    if (m_feed.state() == SourceState::Denied) {
        return tr("Control does not know who you are: %1").arg(worded(m_feed.problem().toStdString()));
    }
    if (m_feed.state() == SourceState::Lost) {
        return pastControl ? QString() : tr("Control does not answer");
    }
    if (!m_feed.hasView()) {
        return tr("Waiting for control");
    }
    const auto& view = m_feed.view();
    if (!view.auditProblem.empty()) {
        return tr("Nothing runs: %1").arg(worded(view.auditProblem));
    }
    const auto may = view.may.find(verb);
    if (may == view.may.end()) {
        return tr("This control can't do that");
    }
    if (may->second) {
        return {};
    }
    const auto rules = verbTable();
    const auto rule = std::ranges::find(rules, verb, &VerbRule::name);
    const auto needed = rule == rules.end() ? std::string_view("admin") : roleName(rule->role);
    return tr("Needs the role %1; %2 is %3").arg(plain(needed), plain(view.operatorName), plain(view.role));
}

QString ActionController::lastUndoable() const {
    const auto& entries = m_feed.entries();
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        // What control did by itself (a lease that ended) is nobody's to take back.
        if (entry->phase != AuditPhase::Intent || entry->operatorName == "control") {
            continue;
        }
        const auto known = findAction(entry->action);
        const auto* outcome = m_feed.outcomeOf(*entry);
        if (!known || !(*known)->mutates || outcome == nullptr || !outcome->result) {
            continue;
        }
        const auto verdict = outcome->result->verdict;
        if (verdict == Verdict::Refused || verdict == Verdict::Failed) {
            continue;
        }
        return (*known)->spec.reversibility == Reversibility::Undo ? QString::fromStdString(m_feed.referenceOf(*entry))
                                                                   : QString();
    }
    return {};
}

QString ActionController::whyNotUndo() const {
    return !m_refusal.isEmpty() ? m_refusal : lastUndoable().isEmpty() ? tr("Nothing can be taken back") : QString();
}

void ActionController::request(const QString& action, Values parameters) {
    const auto id = action.toStdString();
    if (const auto known = findAction(id); known && !m_refusal.isEmpty()) {
        Q_EMIT refused(refusalText(worded((*known)->spec.title), m_refusal));
        return;
    }
    const auto title = tr("Preview: %1").arg(deedOf({id, parameters, {}, {}}));
    open({id, std::move(parameters), {}}, title);
}

void ActionController::requestUndo(const QString& reference) {
    open({{}, {}, reference.toStdString()}, tr("Take back #%1").arg(plain(reference.toStdString())));
}

void ActionController::panic() {
    if (m_dialog && m_session.asked.action == "panic") {
        return; // it is open already
    }
    if (m_dialog) {
        m_dialog->close(); // what is confirmed goes on, and its end is said
    }
    open({"panic", {}, {}}, tr("Panic"));
}

void ActionController::undoLast() {
    if (const auto why = whyNotUndo(); !why.isEmpty()) {
        Q_EMIT refused(refusalText(tr("Undo"), why));
        return;
    }
    requestUndo(lastUndoable());
}

/// Nothing hangs behind what an older dialog began.
void ActionController::takeFreeWorker() {
    if (m_worker->idle()) {
        return;
    }
    m_worker->retire();
    m_retired.push_back(std::exchange(m_worker, std::make_shared<ActionWorker>(m_link)));
    startWorker(m_worker);
}

void ActionController::open(ActionSubject subject, const QString& title) {
    if (!m_refusal.isEmpty()) {
        Q_EMIT refused(refusalText(title, m_refusal));
        return;
    }
    if (m_dialog || !m_window) {
        return; // one act at a time: the open dialog is in front
    }
    takeFreeWorker();
    m_session = {};
    m_session.ticket = ++m_lastTicket;
    m_session.requestId = "console-" + randomHex(16);
    m_session.asked = subject;
    m_session.subject = std::move(subject);
    m_dialog = new ActionDialog(m_environment, m_theme, m_window);
    connect(m_dialog, &ActionDialog::confirmed, this, &ActionController::confirm);
    connect(m_dialog, &ActionDialog::leaseChosen, this, &ActionController::chooseLease);
    connect(m_dialog, &ActionDialog::readAgainRequested, this, &ActionController::read);
    connect(m_dialog, &ActionDialog::askAgainRequested, this, &ActionController::askAgain);
    connect(m_dialog, &ActionDialog::panicRequested, this, &ActionController::panic);
    connect(m_dialog, &ActionDialog::undoRequested, this, [this] {
        const auto outcome = m_session.outcome;
        m_dialog->close();
        m_dialog = nullptr; // it deletes itself
        if (outcome && *outcome) {
            AuditEntry intent;
            intent.writerId = (*outcome)->writerId;
            intent.number = (*outcome)->number;
            requestUndo(QString::fromStdString(m_feed.referenceOf(intent)));
        }
    });
    connect(m_dialog, &QDialog::finished, this, [this] { m_dialog = nullptr; });
    m_dialog->showReading(title);
    m_dialog->open();
    read();
}

std::vector<std::pair<std::string, std::int64_t>> ActionController::generations() const {
    std::vector<std::pair<std::string, std::int64_t>> out;
    for (const auto& resource : m_feed.view().resources) {
        out.emplace_back(resource.name, resource.generation);
    }
    return out;
}

void ActionController::read() {
    if (!m_dialog || m_session.asking != 0) {
        return;
    }
    if (m_dialog->phase() != ActionDialog::Phase::Preview) {
        // From the beginning: a refusal has done nothing, so the same request may be made again.
        m_session.request.reset();
        m_session.outcome.reset();
    }
    m_session.asking = ++m_lastWay;
    m_seen = generations();
    m_worker->preview(m_session.ticket, m_session.asking, m_session.asked);
}

/// The same wish with another lease: what was read or asked for is of none any more.
void ActionController::chooseLease(int index) {
    const auto& leases = m_session.leases;
    if (!m_dialog || m_session.request || index < 0 || index >= static_cast<int>(leases.size())) {
        return;
    }
    m_session.asked.parameters["lease_s"] = leases[static_cast<std::size_t>(index)].count();
    m_session.asking = 0;
    m_session.preview.reset();
    read();
}

void ActionController::showLeases() {
    auto choice = leaseChoiceOf(*m_session.preview);
    std::vector<QString> texts;
    for (const auto lease : choice.offered) {
        texts.push_back(leaseText(lease));
    }
    m_session.leases = std::move(choice.offered);
    m_dialog->showLeases(texts, choice.current);
}

void ActionController::onPreview(PreviewAnswer answer) {
    // What was asked before the act was confirmed, or before another question, answers nothing any more.
    if (answer.ticket != m_session.ticket || answer.way != m_session.asking || !m_dialog) {
        return;
    }
    m_session.asking = 0;
    const auto before = std::exchange(m_session.preview, std::nullopt);
    const auto bypassBefore = std::exchange(m_session.bypass, plain(answer.bypass));
    if (!answer.preview) {
        m_dialog->showUnreadable(worded(answer.preview.error().text, kLongestMessage));
        return;
    }
    m_session.subject = std::move(answer.subject);
    m_session.way = answer.way;
    m_session.readAt = answer.at;
    m_session.preview = std::move(*answer.preview);
    const auto& preview = *m_session.preview;
    const bool moved = before && m_dialog->phase() == ActionDialog::Phase::Preview &&
                       (hasMoved(*before, preview) || bypassBefore != m_session.bypass);
    m_dialog->showPreview(
        wordsOf(preview, QString::fromStdString(m_session.asked.action), m_session.bypass, QTimeZone::systemTimeZone()),
        worded(preview.environment), wordToType(preview, m_environment), preview.reversibility != Reversibility::Undo);
    showLeases();
    if (moved) {
        m_session.movedAt = answer.at;
        m_dialog->showMoved(tr("It changed while you looked: what stands here is how it is now."));
    } else if (answer.at - m_session.movedAt >= kReadAgain) {
        m_dialog->showStill(); // not sooner, however often it is read: it must be seen
    }
    showTimes();
}

void ActionController::confirm() {
    if (!m_dialog || !m_session.preview || m_session.request) {
        return;
    }
    ActionRequest request;
    request.action = m_session.subject.action;
    request.parameters = m_session.subject.parameters;
    request.reason = m_dialog->reason().toStdString();
    request.requestId = m_session.requestId;
    request.fingerprint = m_session.preview->fingerprint;
    if (!m_session.preview->typeToConfirm.empty()) {
        request.typed = m_dialog->typed().toStdString(); // the name that only the console wants is none of control's
    }
    m_session.request = request;
    m_session.asking = 0;
    m_underWay[m_session.ticket] = m_dialog->windowTitle();
    m_session.requestedAt = m_clock->steadyNow();
    m_session.requestedUtc = m_clock->utcNow();
    m_worker->apply(m_session.ticket, m_session.way, m_session.subject, std::move(request));
    m_feed.hurry();
    showProgress();
}

void ActionController::askAgain() {
    if (m_dialog && m_session.request) {
        m_session.outcome.reset();
        m_underWay[m_session.ticket] = m_dialog->windowTitle();
        m_worker->apply(m_session.ticket, m_session.way, m_session.subject, *m_session.request);
        showProgress();
    }
}

void ActionController::onOutcome(OutcomeAnswer answer) {
    m_feed.hurry();
    const auto title = m_underWay.extract(answer.ticket);
    if (answer.ticket == m_session.ticket && m_dialog) {
        m_session.outcome = std::move(answer.outcome);
        showProgress();
    } else {
        Q_EMIT endedUnseen(unseenText(title ? title.mapped() : QString(), answer.outcome));
    }
    Q_EMIT changed();
}

const AuditEntry* ActionController::ownIntent() const {
    const auto& entries = m_feed.entries();
    const auto found = std::find_if(entries.rbegin(), entries.rend(), [this](const AuditEntry& entry) {
        return entry.phase == AuditPhase::Intent && entry.requestId == m_session.requestId;
    });
    return found == entries.rend() ? nullptr : &*found;
}

void ActionController::showProgress() {
    if (!m_dialog || !m_session.request) {
        return;
    }
    using State = ActStage::State;
    using Phase = ActionDialog::Phase;
    const auto& outcome = m_session.outcome;
    const auto* intent = ownIntent();
    const bool ended = outcome.has_value();
    const bool done = ended && *outcome && (*outcome)->verdict == Verdict::Applied;
    const bool accepted = intent != nullptr || (ended && *outcome && (*outcome)->number > 0);
    const auto by = m_session.bypass.isEmpty() ? tr("by control") : tr("by break-glass");
    ActStage request{tr("requested %1").arg(clockText(m_session.requestedUtc, QTimeZone::systemTimeZone())),
                     State::Done};
    ActStage accept{tr("accepted %1").arg(by), accepted ? State::Done : ended ? State::Failed : State::Going};
    ActStage observe{tr("observed"), done ? State::Done : accepted && !ended ? State::Going : State::Waiting, true};
    if (intent != nullptr) {
        accept.text = tr("accepted %1, #%2").arg(by).arg(intent->number);
        if (const auto* result = m_feed.outcomeOf(*intent); result != nullptr && done) {
            observe.text = tr("observed %1 later")
                               .arg(numberText(toSeconds(result->at - intent->at), Quantity::Duration).joined());
        }
    }
    if (!ended) {
        m_dialog->showProgress(Phase::Acting, {request, accept, observe}, {});
        return;
    }
    if (!*outcome) {
        accept.state = State::Failed;
        accept.text = tr("not accepted");
        m_dialog->showProgress(Phase::Refused, {request, accept, observe},
                               joined(worded(outcome->error().text, kLongestMessage), nextStep(Verdict::Refused)));
        return;
    }
    const auto& result = **outcome;
    auto message = worded(result.message, kLongestMessage);
    QStringList behind;
    for (const auto& name : result.stragglers) {
        behind << plain(name);
    }
    if (!behind.isEmpty()) {
        message = joined(tr("Not seen in effect: %1.").arg(behind.join(QStringLiteral(", "))), message);
    }
    Phase phase = Phase::Done;
    switch (result.verdict) {
    case Verdict::Applied:
        break;
    case Verdict::Refused:
        phase = Phase::Refused;
        accept.state = State::Failed;
        accept.text = tr("refused");
        break;
    case Verdict::Failed:
        phase = Phase::Failed;
        observe.state = State::Failed;
        observe.text = tr("failed");
        break;
    case Verdict::InDoubt:
        phase = Phase::InDoubt;
        accept.state = accepted ? State::Done : State::Doubtful;
        observe.state = State::Doubtful;
        observe.text = tr("not seen yet");
        break;
    }
    m_dialog->showProgress(phase, {request, accept, observe}, joined(message, nextStep(result.verdict)),
                           phase == Phase::Done && result.reversal.has_value());
}

void ActionController::showTimes() {
    if (!m_dialog || !m_session.preview) {
        return;
    }
    m_dialog->showTimes(std::chrono::duration_cast<milliseconds>(m_clock->steadyNow() - m_session.readAt),
                        std::chrono::duration_cast<milliseconds>(m_session.preview->validUntil - m_clock->utcNow()));
}

void ActionController::tick() {
    for (auto& answer : m_worker->takePreviews()) {
        onPreview(std::move(answer));
    }
    // Listeners may open dialogs: the lists are not walked while they run.
    std::vector<OutcomeAnswer> outcomes = m_worker->takeOutcomes();
    for (const auto& worker : m_retired) {
        std::ranges::move(worker->takeOutcomes(), std::back_inserter(outcomes));
    }
    std::erase_if(m_retired, [](const auto& worker) { return worker->retired(); });
    for (auto& answer : outcomes) {
        onOutcome(std::move(answer));
    }
    if (!m_dialog) {
        return;
    }
    const auto now = m_clock->steadyNow();
    m_dialog->setStep(++m_step / kTicksPerStep);
    if (m_dialog->phase() == ActionDialog::Phase::Preview &&
        (now - m_session.readAt >= kReadAgain || m_seen != generations())) {
        read();
    }
    if (now >= m_nextTimes) {
        m_nextTimes = now + kTimesStep;
        showTimes();
        if (m_session.request) {
            showProgress();
        }
    }
}

} // namespace binnacle::app
