// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/recording_way.h"
#include "app/feed/source_set.h"

#include <QObject>
#include <QProcess>
#include <QString>

#include <memory>

namespace binnacle::app {

class SnapshotFeed;

/// Finds the bundled stack, or starts it; says in a sentence how that goes; starts and stops its demo traffic.
/// Asynchronous throughout: nothing here waits. GUI thread.
class StackController : public QObject {
    Q_OBJECT

public:
    enum class Phase {
        Looking,    ///< the supervisor has not answered yet
        Starting,   ///< the stack comes up; text() is its step
        Attached,   ///< it runs
        Absent,     ///< nothing runs there, and starting was not asked for
        Unanswered, ///< a supervisor is there and does not answer in time, or refuses us
        Failed,     ///< it could not be started; text() is the program's own error
        Stopping,
    };
    Q_ENUM(Phase)
    enum class Traffic { None, Running, Stopped, Changing };
    Q_ENUM(Traffic)

    struct Options {
        QString stateDir;      ///< of the bundled stack
        QString program;       ///< binnacle-stack
        bool mayStart = false; ///< start the stack by itself when none runs
        bool ours = false;     ///< it runs already, and was started by this program
    };

    StackController(SourceSet& sources, SnapshotFeed& feed, Options options, QObject* parent = nullptr);
    ~StackController() override;

    [[nodiscard]] Phase phase() const { return m_phase; }
    /// The step, or what is wrong; plain text, one sentence or a few lines.
    [[nodiscard]] const QString& text() const { return m_text; }
    /// Where plans of its statements come from; null: from nowhere (a replay).
    [[nodiscard]] const std::shared_ptr<PlanSource>& plans() const { return m_sources.plans(); }
    /// Texts of SQL hold the values that users wrote into them, as the profile asks.
    [[nodiscard]] bool showsLiterals() const { return m_showsLiterals; }
    /// Where its recorder keeps for longer what the console keeps for minutes.
    [[nodiscard]] RecordingWay& recording() { return m_recording; }
    [[nodiscard]] const QString& stateDir() const { return m_options.stateDir; }
    /// This console started the stack that now runs or comes up.
    [[nodiscard]] bool startedByUs() const;
    [[nodiscard]] Traffic traffic() const { return m_traffic; }
    /// Why the supervisor would not stop; empty otherwise.
    [[nodiscard]] const QString& stopError() const { return m_stopError; }
    /// Why the last request about traffic failed; empty otherwise.
    [[nodiscard]] const QString& trafficError() const { return m_trafficError; }

public Q_SLOTS:
    /// binnacle-stack up --demo. Does nothing while one is on its way.
    void startStack();
    /// Takes back a start of ours that is on its way: nothing of it is left when the phase is Absent.
    void cancelStart();
    /// Looks again, or starts again after a failure; lost sources try at once.
    void retry();
    void startTraffic();
    void stopTraffic();
    /// Asks the stack to stop; stopped() tells when its supervisor has answered, or nothing is there to be stopped.
    void stopStack();
    /// When patience has ended: what could not be asked because our own `up` is still on its way is left to a process
    /// that outlives us. Does nothing otherwise.
    void leaveStopping();

Q_SIGNALS:
    void changed();
    void stopped();
    /// After stopped(): the supervisor, the last of the stack's processes, listens no more; or it refused to stop.
    void ended();

private:
    void onReport(const StackReport& report);
    void tellStopped();
    void tellEnded();
    void onAnswer(const StackAnswer& answer);
    void askToStop();
    void onStarterFinished(int exitCode, QProcess::ExitStatus status);
    void onStarterError(QProcess::ProcessError error);
    void set(Phase phase, const QString& text = {});
    void setTraffic(Traffic traffic);
    [[nodiscard]] bool starterRuns() const;

    SourceSet& m_sources;
    Options m_options;
    Phase m_phase = Phase::Looking;
    QString m_text;
    Traffic m_traffic = Traffic::None;
    QString m_trafficError;
    QString m_stopError;
    std::unique_ptr<QProcess> m_starter;
    bool m_showsLiterals = false;
    bool m_answers = false; ///< a supervisor gave the last report
    RecordingWay m_recording;
    bool m_startedByUs;
    bool m_triedToStart = false;
    bool m_stopTold = false; ///< stopped() was emitted
    bool m_cancelling = false;
};

} // namespace binnacle::app
