// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/planning.h"

#include <functional>
#include <optional>
#include <string>

namespace binnacle::control {

/// "WRITER:NUMBER".
[[nodiscard]] inline std::string referenceOf(const AuditEntry& intent) {
    return intent.writerId + ":" + std::to_string(intent.number);
}

/// What a server says against an act is a guard's refusal, and no misuse by whoever asked.
[[nodiscard]] inline std::unexpected<Error> refusedBy(Error error) {
    error.code = error.code == ErrorCode::Invalid ? ErrorCode::Conflict : error.code;
    return std::unexpected(std::move(error));
}

/// What an undertaking would do, as of now.
struct UndertakingPlan {
    ActionPreview preview; ///< what it is about: target, before, after, affected, details, warnings
    std::string state;     ///< all that the decision rests on: with another text the preview no longer holds
    std::string reference; ///< "WRITER:NUMBER" of the intent that made the present state; empty: unknown
    std::optional<std::string> refusal; ///< why it may not begin now, in a sentence
};

/// Carries out actions that take their time: there is no value to hold, but work to bring to its end. What was
/// announced stays an open intent until it has ended, and the next process goes on with it. Safe to call from several
/// threads.
class Undertaking {
public:
    /// What became of an intent. False when that could not be recorded: it is then told again later.
    using Ended = std::function<bool(const AuditEntry& intent, const AuditResult& result)>;

    virtual ~Undertaking() = default;

    /// Whether actions of that verb are carried out here.
    [[nodiscard]] virtual bool takes(Verb verb) const = 0;
    /// Bounded by itself to a few seconds, also when what it acts on is gone.
    [[nodiscard]] virtual Result<UndertakingPlan> plan(const PlannedChange& change) = 0;
    /// Keeps the place for what is about to be announced; Conflict when somebody else was faster.
    [[nodiscard]] virtual Result<void> reserve(const PlannedChange& change) = 0;
    virtual void release(const PlannedChange& change) = 0;
    /// Begins what was announced and returns at once. Does nothing for an intent that it has begun already. `resumed`:
    /// a process before this one may have left it half done.
    virtual void begin(const AuditEntry& intent, bool resumed) = 0;
    /// The action that ends what runs; nothing when nothing does, or when it ends by itself in seconds.
    [[nodiscard]] virtual std::optional<PlannedChange> stopOfWhatRuns() { return std::nullopt; }
};

} // namespace binnacle::control
