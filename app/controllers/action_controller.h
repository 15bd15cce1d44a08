// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/action_worker.h"
#include "app/dialogs/action_dialog.h"
#include "app/feed/control_feed.h"

#include <QObject>
#include <QPointer>

#include <map>
#include <optional>
#include <string_view>

namespace binnacle::app {

/// How every act of the console goes: preview on the worker, dialog, apply with the preview's fingerprint, and in place
/// how it went. One dialog at a time, with one request id: pressing twice, or a console that dies and returns, never
/// acts twice. A dialog that opens while an act hangs gets a worker of its own. GUI thread; nothing here waits.
class ActionController : public QObject {
    Q_OBJECT

public:
    ActionController(ControlFeed& feed, std::shared_ptr<ControlLink> link, std::shared_ptr<const Clock> clock,
                     QObject* parent = nullptr);
    ~ActionController() override;

    /// Where dialogs open, and in which colour.
    void setWindow(QWidget* window, Environment environment);
    void setTheme(const Theme& theme) { m_theme = theme; }
    /// Nothing can be done at all, whatever control says; whyNot() answers with this.
    void refuseAll(const QString& why);
    /// That reason, for what no verb stands for; empty: it is not so.
    [[nodiscard]] const QString& refusalOfAll() const { return m_refusal; }
    void start();
    void requestStop();
    bool waitUntilEnded(SteadyTime deadline);
    /// Takes what the worker answered, and lets the open dialog tick. Call it at every step of the display.
    void tick();

    /// Opens the preview of an action of the catalogue.
    void request(const QString& action, Values parameters = {});
    /// Opens the preview of taking back an act, "NUMBER" or "WRITER:NUMBER".
    void requestUndo(const QString& reference);
    /// Empty: the operator may. Else the sentence that a disabled button shows.
    [[nodiscard]] QString whyNot(std::string_view verb) const;
    /// The newest act that may be taken back; empty when there is none.
    [[nodiscard]] QString lastUndoable() const;
    /// Why undoLast() would open nothing; empty: it opens the preview.
    [[nodiscard]] QString whyNotUndo() const;
    /// The dialog that is open, or nullptr.
    [[nodiscard]] ActionDialog* dialog() const { return m_dialog; }

public Q_SLOTS:
    /// Canary share 0 and a running migration ended cleanly; the level stays. Always there: another dialog makes way,
    /// and what was confirmed in it goes on.
    void panic();
    void undoLast();

Q_SIGNALS:
    /// whyNot() or lastUndoable() may answer differently, or an act has ended.
    void changed();
    /// What was asked for opens no dialog, and why not: plain text.
    void refused(const QString& text);
    /// An act ended that no open dialog shows: plain text.
    void endedUnseen(const QString& text);

private:
    /// What the open dialog is about, and how far it is.
    struct Session {
        std::uint64_t ticket = 0;
        std::string requestId;
        ActionSubject asked;   ///< what was wished for
        ActionSubject subject; ///< what the preview does
        std::optional<ActionPreview> preview;
        QString bypass;
        std::uint64_t way = 0;    ///< that the preview came, and that the act goes
        std::uint64_t asking = 0; ///< way of the reading under way; 0: none
        SteadyTime readAt{};
        std::vector<std::chrono::seconds> leases; ///< that the dialog offers
        SteadyTime movedAt{};                     ///< when a reading last was of another state
        SteadyTime requestedAt{};
        UtcTime requestedUtc{};
        std::optional<ActionRequest> request; ///< once confirmed
        std::optional<Result<ActionOutcome>> outcome;
    };

    void open(ActionSubject subject, const QString& title);
    void takeFreeWorker();
    void read();
    void chooseLease(int index);
    void showLeases();
    void confirm();
    void askAgain();
    void onPreview(PreviewAnswer answer);
    void onOutcome(OutcomeAnswer answer);
    void showProgress();
    void showTimes();
    [[nodiscard]] const AuditEntry* ownIntent() const;
    [[nodiscard]] std::vector<std::pair<std::string, std::int64_t>> generations() const;

    ControlFeed& m_feed;
    std::shared_ptr<const Clock> m_clock;
    std::shared_ptr<ControlLink> m_link;
    std::shared_ptr<ActionWorker> m_worker;               ///< of the newest dialog
    std::vector<std::shared_ptr<ActionWorker>> m_retired; ///< still at what older dialogs confirmed
    std::map<std::uint64_t, QString> m_underWay;          ///< by ticket: titles of confirmed acts without an outcome
    QPointer<QWidget> m_window;
    Environment m_environment = Environment::Development;
    Theme m_theme;
    QPointer<ActionDialog> m_dialog;
    Session m_session;
    QString m_refusal;                                        ///< of everything
    std::vector<std::pair<std::string, std::int64_t>> m_seen; ///< generations when the preview was read
    std::uint64_t m_lastTicket = 0;
    std::uint64_t m_lastWay = 0;
    SteadyTime m_nextTimes{};
    int m_step = 0;
};

} // namespace binnacle::app
