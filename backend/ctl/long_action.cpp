// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/long_action.h"

#include "backend/actions/action_catalogue.h"
#include "backend/ctl/plain_text.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <ctime>

namespace binnacle::ctl {

namespace {

using State = MigrationStatus::State;

constexpr std::chrono::milliseconds kLookPause{250};
constexpr std::chrono::seconds kViewPatience{2};
/// Control may be away for as long as its supervisor needs to start it again.
constexpr std::chrono::seconds kAwayLimit{60};

volatile std::sig_atomic_t interrupted = 0;

void interrupt(int) {
    interrupted = 1;
}

/// Takes Ctrl-C while it lives.
class InterruptGuard {
public:
    InterruptGuard() {
        struct sigaction action {};
        action.sa_handler = interrupt;
        ::sigaction(SIGINT, &action, &m_before);
    }
    ~InterruptGuard() { ::sigaction(SIGINT, &m_before, nullptr); }
    InterruptGuard(const InterruptGuard&) = delete;
    InterruptGuard& operator=(const InterruptGuard&) = delete;

private:
    struct sigaction m_before {};
};

bool takesItsTime(const std::string& action) {
    const auto entry = findAction(action);
    return entry && (*entry)->undertaking.has_value();
}

bool mayComeBack(ErrorCode code) {
    return code == ErrorCode::Refused || code == ErrorCode::Closed || code == ErrorCode::Timeout ||
           code == ErrorCode::NotFound;
}

bool isMoving(State state) {
    return state == State::Running || state == State::Waiting || state == State::Stopping || state == State::Reverting;
}

/// Shows what has changed, and tells whether it still runs.
class ProgressLine {
public:
    ProgressLine(ControlGateway& control, std::string id)
        : m_control(control)
        , m_id(std::move(id)) {}

    bool look() {
        const auto view = m_control.view(kViewPatience);
        if (!view || !view->migrations) {
            return false;
        }
        const auto& rows = view->migrations->rows;
        const auto row = std::ranges::find_if(
            rows, [this](const MigrationStatus& one) { return one.id == m_id || one.id.starts_with(m_id + "_"); });
        if (row == rows.end() || !isMoving(row->state)) {
            return false;
        }
        if (auto text = progressText(*row); text != m_shown) {
            m_shown = std::move(text);
            std::fprintf(stderr, "binnaclectl: %s\n", plainText(m_shown).c_str());
        }
        return true;
    }

private:
    ControlGateway& m_control;
    std::string m_id;
    std::string m_shown;
};

/// Ends early with Ctrl-C.
void pauseFor(std::chrono::milliseconds time) {
    const timespec wait{0, static_cast<long>(time.count()) * 1'000'000};
    ::nanosleep(&wait, nullptr);
}

} // namespace

std::string progressText(const MigrationStatus& row) {
    std::string text(migrationStateName(row.state));
    if (row.progress) {
        const auto& progress = *row.progress;
        text += ", phase " + std::to_string(progress.phaseNumber) + " of " + std::to_string(progress.phaseCount) +
                " (" + progress.phase + ")";
        if (progress.total > 0) {
            text += ", " + std::to_string(progress.done * 100 / progress.total) + " % of " +
                    std::to_string(progress.total) + " " + progress.unit;
        }
    }
    for (const auto& blocker : row.blockers) {
        text += ", waits for process " + std::to_string(blocker.pid) + " of " + blocker.user + " (" +
                blocker.application + ", " + blocker.state + " for " +
                std::to_string(blocker.transactionAge.count() / 1000) + " s: " + blocker.query + ")";
    }
    if (!row.message.empty() && row.blockers.empty()) {
        text += ": " + row.message;
    }
    return text;
}

Result<ActionOutcome> toItsEnd(ControlGateway* control, const ActionPreview& preview, const ActionRequest& request,
                               const std::function<Result<ActionOutcome>()>& ask) {
    auto outcome = ask();
    if (control == nullptr || !takesItsTime(preview.action) || !outcome || outcome->verdict != Verdict::InDoubt) {
        return outcome;
    }
    const InterruptGuard guard;
    ProgressLine line(*control, textOf(preview.parameters, "id"));
    const auto number = outcome->number;
    auto lastAnswer = std::chrono::steady_clock::now();
    while (interrupted == 0) {
        const auto nextQuestion = std::chrono::steady_clock::now() + std::chrono::seconds(5);
        while (interrupted == 0 && line.look() && std::chrono::steady_clock::now() < nextQuestion) {
            pauseFor(kLookPause);
        }
        if (interrupted != 0) {
            break;
        }
        auto again = ask();
        const auto now = std::chrono::steady_clock::now();
        if (again && again->verdict != Verdict::InDoubt) {
            return again;
        }
        if (again && again->number > 0) {
            lastAnswer = now;
            outcome = std::move(again);
        } else if (!again && !mayComeBack(again.error().code)) {
            return again;
        } else if (now - lastAnswer > kAwayLimit) {
            break;
        } else {
            pauseFor(kLookPause);
        }
    }
    outcome->number = number;
    outcome->message = (interrupted != 0 ? "It goes on without being watched." : "Control does not answer any more.") +
                       std::string(" The same command with --request-id ") + request.requestId + " tells its end.";
    return outcome;
}

} // namespace binnacle::ctl
