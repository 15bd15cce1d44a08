// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/stack_controller.h"

#include "app/feed/snapshot_feed.h"

#include <QFileInfo>
#include <QTimer>

#include <utility>

namespace binnacle::app {

namespace {
const std::string kTraffic = "demo-traffic";
constexpr qsizetype kMostErrorText = 1500;
constexpr std::chrono::milliseconds kAskAgain{100};

bool nothingListens(const Error& error) {
    return error.code == ErrorCode::Refused || error.code == ErrorCode::NotFound;
}

/// The program's own words, without the prefix that every line of it carries, bounded and free of control characters.
QString ownWords(const QByteArray& output) {
    auto text = QString::fromUtf8(output.right(kMostErrorText * 2)).trimmed().right(kMostErrorText);
    for (auto& letter : text) {
        if (letter != u'\n' && !letter.isPrint()) {
            letter = u' ';
        }
    }
    text.replace(QStringLiteral("binnacle-stack: "), QString());
    return text.trimmed();
}
} // namespace

StackController::StackController(SourceSet& sources, SnapshotFeed& feed, Options options, QObject* parent)
    : QObject(parent)
    , m_sources(sources)
    , m_options(std::move(options))
    , m_startedByUs(m_options.ours) {
    connect(&feed, &SnapshotFeed::stackReported, this, &StackController::onReport);
    connect(&feed, &SnapshotFeed::stackAnswered, this, &StackController::onAnswer);
    m_sources.setHurry(true);
}

StackController::~StackController() {
    if (starterRuns()) {
        // `up` goes on without us: ending our wait for it is not ending the stack that it brings up, and a QProcess
        // that is destroyed kills its program.
        m_starter->disconnect(this);
        static_cast<void>(m_starter.release());
    }
}

bool StackController::startedByUs() const {
    return m_startedByUs && (m_phase == Phase::Attached || m_phase == Phase::Starting);
}

bool StackController::starterRuns() const {
    return m_starter && m_starter->state() != QProcess::NotRunning;
}

void StackController::set(Phase phase, const QString& text) {
    m_sources.setHurry(phase != Phase::Attached);
    if ((phase == Phase::Absent || phase == Phase::Failed) && !starterRuns()) {
        m_startedByUs = false; // what runs there later may be somebody else's
    }
    if (m_phase == phase && m_text == text) {
        return;
    }
    m_phase = phase;
    m_text = text;
    Q_EMIT changed();
}

void StackController::setTraffic(Traffic traffic) {
    if (std::exchange(m_traffic, traffic) != traffic) {
        Q_EMIT changed();
    }
}

void StackController::startStack() {
    if (starterRuns()) {
        return;
    }
    m_triedToStart = true;
    if (!QFileInfo(m_options.program).isExecutable()) {
        set(Phase::Failed,
            tr("The program binnacle-stack is missing: %1. It belongs beside this console.").arg(m_options.program));
        return;
    }
    m_starter = std::make_unique<QProcess>();
    m_starter->setProcessChannelMode(QProcess::SeparateChannels);
    m_starter->setStandardInputFile(QProcess::nullDevice());
    m_starter->setStandardOutputFile(QProcess::nullDevice());
    connect(m_starter.get(), &QProcess::finished, this, &StackController::onStarterFinished);
    connect(m_starter.get(), &QProcess::errorOccurred, this, &StackController::onStarterError);
    // Where a supervisor answers already, `up` only attaches to it.
    m_startedByUs = !m_answers;
    set(Phase::Starting, tr("Starting the bundled stack"));
    m_starter->start(m_options.program, {QStringLiteral("up"), QStringLiteral("--demo"), QStringLiteral("--state-dir"),
                                         m_options.stateDir});
}

void StackController::onStarterError(QProcess::ProcessError error) {
    if (error == QProcess::FailedToStart) {
        m_startedByUs = false;
        if (m_phase == Phase::Stopping) {
            return;
        }
        set(Phase::Failed, tr("binnacle-stack could not be started: %1").arg(m_starter->errorString()));
    }
}

void StackController::onStarterFinished(int exitCode, QProcess::ExitStatus status) {
    if (m_phase == Phase::Stopping) {
        return; // askToStop() goes on until a supervisor answers, or none is there and nobody starts one
    }
    if (status == QProcess::NormalExit && exitCode == 0) {
        m_sources.retryNow();
        return;
    }
    m_startedByUs = false;
    const auto words = ownWords(m_starter->readAllStandardError());
    set(Phase::Failed,
        words.isEmpty() ? tr("binnacle-stack ended with code %1 and said nothing.").arg(exitCode) : words);
}

void StackController::retry() {
    m_sources.retryNow();
    if (m_phase == Phase::Failed || (m_phase == Phase::Absent && m_options.mayStart)) {
        startStack();
    }
}

void StackController::onReport(const StackReport& report) {
    m_answers = report.status.has_value();
    if (m_phase == Phase::Stopping) {
        // A report may be older than the request to stop, and one that failed tells nothing of that: its answer does.
        if (report.status && report.status->state == "stopped" && !starterRuns()) {
            tellStopped();
        } else if (m_stopTold && !report.status && nothingListens(report.status.error())) {
            tellEnded();
        }
        return;
    }
    if (!report.status) {
        if (starterRuns() || (m_phase == Phase::Failed && m_triedToStart)) {
            return; // its own words come when it ends, and stay until somebody tries again
        }
        const auto& error = report.status.error();
        if (nothingListens(error)) {
            setTraffic(Traffic::None);
            if (m_options.mayStart && !m_triedToStart) {
                startStack();
            } else {
                set(Phase::Absent, tr("No stack runs in %1.").arg(m_options.stateDir));
            }
        } else {
            set(Phase::Unanswered,
                error.code == ErrorCode::Denied
                    ? tr("The stack in %1 belongs to another user. %2")
                          .arg(m_options.stateDir, QString::fromStdString(error.text))
                    : tr("The stack's supervisor does not answer: %1").arg(QString::fromStdString(error.text)));
        }
        return;
    }
    const auto& status = *report.status;
    m_showsLiterals = status.showsLiterals;
    if (const auto* traffic = status.component(kTraffic)) {
        setTraffic(traffic->state == "running"                                 ? Traffic::Running
                   : traffic->state == "stopped" || traffic->state == "failed" ? Traffic::Stopped
                                                                               : Traffic::Changing);
    } else {
        setTraffic(Traffic::None);
    }
    if (status.state == "running") {
        set(Phase::Attached);
    } else if (status.state == "starting") {
        set(Phase::Starting,
            status.step.empty() ? tr("Starting the bundled stack") : QString::fromStdString(status.step));
    } else if (status.state == "failed") {
        QString words;
        for (const auto& component : status.components) {
            if (component.state == "failed" && !component.message.empty()) {
                words += QStringLiteral("%1: %2\n")
                             .arg(QString::fromStdString(component.name), QString::fromStdString(component.message));
            }
        }
        set(Phase::Failed, words.isEmpty() ? tr("The stack failed. binnacle-stack logs tells why.") : words.trimmed());
    } else {
        set(Phase::Absent, status.state == "stopping" ? tr("The stack in %1 is stopping.").arg(m_options.stateDir)
                                                      : tr("No stack runs in %1.").arg(m_options.stateDir));
    }
}

void StackController::tellEnded() {
    if (std::exchange(m_cancelling, false)) {
        m_stopTold = false;
        m_startedByUs = false;
        set(Phase::Absent, tr("No stack runs in %1.").arg(m_options.stateDir));
    } else {
        Q_EMIT ended();
    }
}

void StackController::tellStopped() {
    m_stopTold = true;
    Q_EMIT stopped();
}

void StackController::onAnswer(const StackAnswer& answer) {
    if (answer.verb == "down") {
        if (!answer.result && nothingListens(answer.result.error()) && starterRuns()) {
            // Our `up` is on its way to a supervisor that does not listen yet: it must not come up behind our back.
            QTimer::singleShot(kAskAgain, this, &StackController::askToStop);
            return;
        }
        if (!answer.result && !nothingListens(answer.result.error())) {
            m_stopError = QString::fromStdString(answer.result.error().text);
            Q_EMIT ended();
        }
        tellStopped();
        return;
    }
    m_trafficError = answer.result ? QString() : QString::fromStdString(answer.result.error().text);
    m_sources.retryNow();
    Q_EMIT changed();
}

void StackController::startTraffic() {
    setTraffic(Traffic::Changing);
    m_sources.startComponent(kTraffic);
}

void StackController::stopTraffic() {
    setTraffic(Traffic::Changing);
    m_sources.stopComponent(kTraffic);
}

void StackController::cancelStart() {
    if (m_phase == Phase::Starting && m_startedByUs) {
        m_cancelling = true;
        stopStack();
    }
}

void StackController::stopStack() {
    if (m_phase == Phase::Stopping) {
        return;
    }
    set(Phase::Stopping, tr("Stopping the stack"));
    askToStop();
}

void StackController::leaveStopping() {
    if (m_phase != Phase::Stopping || !starterRuns()) {
        return; // a request that still waits is sent by SourceSet::stop()
    }
    // Before `up` has made a supervisor, ending it is enough; after that only `down` finds who holds the lock.
    m_starter->terminate();
    QProcess down;
    down.setProgram(m_options.program);
    down.setArguments({QStringLiteral("down"), QStringLiteral("--state-dir"), m_options.stateDir});
    down.setStandardInputFile(QProcess::nullDevice());
    down.setStandardOutputFile(QProcess::nullDevice());
    down.setStandardErrorFile(QProcess::nullDevice());
    down.startDetached();
}

void StackController::askToStop() {
    m_sources.down();
}

} // namespace binnacle::app
