// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/likely_cause.h"

#include "app/models/blocking_tree.h"
#include "app/models/worded.h"
#include "app/pages/panel_of.h"
#include "app/pages/session_acts.h"
#include "widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(LikelyCause)
};

constexpr double kAsLongAsTheLag = 0.8; ///< of the lag: a transaction that is open for so long may hold back replay

/// What a step is made of.
struct Found {
    const PathReading& path;
    const CauseFacts& facts;
    const HopVerdict& hop;
};

/// Names what is to be done; leaves a cause as it is where nothing is known that could be.
using Step = void (*)(const Found& found, LikelyCause& cause);

QString duration(double seconds) {
    return numberText(seconds, Quantity::Duration).joined();
}

QString whoOf(const SnapshotTable& table, std::size_t row) {
    const auto application = plain(table.text(row, "application"), 40);
    return application.isEmpty() ? plain(table.text(row, "user"), 40) : application;
}

bool isIdle(const SnapshotTable& table, std::size_t row) {
    return table.text(row, "state").starts_with("idle in transaction");
}

void act(LikelyCause& cause, const char* action, Values parameters, const QString& button, const QString& verb,
         const char* right = nullptr) {
    cause.action = QLatin1String(action);
    cause.parameters = std::move(parameters);
    cause.button = button;
    cause.verb = verb;
    cause.right = right != nullptr ? right : action;
}

void terminate(LikelyCause& cause, const SessionRef& session) {
    act(cause, "terminate_session", parametersOf(session), Words::tr("Terminate %1\u2026").arg(session.pid),
        Words::tr("Terminate"));
}

/// A statement is cancelled, and a session that does nothing in its transaction ended.
void endStatement(LikelyCause& cause, const SessionRef& session) {
    if (!session.runs) {
        terminate(cause, session);
        return;
    }
    act(cause, "cancel_query", parametersOf(session), Words::tr("Cancel query %1\u2026").arg(session.pid),
        Words::tr("Cancel query"));
}

/// The session at the root of most waits.
void endRoot(const Found& found, LikelyCause& cause) {
    const auto& table = found.facts.blocking;
    const auto root = table ? worstRoot(*table) : std::nullopt;
    const auto session = root ? sessionOf(found.hop.source, *table, *root) : std::nullopt;
    if (!session) {
        return;
    }
    const auto behind = static_cast<int>(table->number(*root, "behind").value_or(0));
    cause.clause =
        Words::tr("Session %1 of %2 holds locks that others wait for.").arg(session->pid).arg(whoOf(*table, *root));
    cause.evidence = behind == 1
                         ? Words::tr("1 session waits behind it.")
                         : QCoreApplication::translate("LikelyCause", "%n sessions wait behind it.", nullptr, behind);
    if (const auto age = table->number(*root, "xact_age")) {
        cause.evidence += QLatin1Char(' ') + (isIdle(*table, *root)
                                                  ? Words::tr("Its transaction is open for %1, and it does nothing.")
                                                  : Words::tr("Its transaction is open for %1."))
                                                 .arg(duration(*age));
    }
    cause.page.target = QStringLiteral("%1 %2").arg(plain(found.hop.source)).arg(session->pid);
    terminate(cause, *session);
}

/// The client whose transaction is open for longest.
std::optional<std::size_t> oldestOf(const SnapshotTable& table) {
    std::optional<std::size_t> oldest;
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        const auto age = table.number(row, "xact_age");
        const auto type = table.text(row, "type");
        if (age && (type.empty() || type == "client backend") &&
            (!oldest || *age > table.number(*oldest, "xact_age").value_or(0))) {
            oldest = row;
        }
    }
    return oldest;
}

void pointAt(const Found& found, const SessionRef& session, LikelyCause& cause) {
    cause.page = {QStringLiteral("database"),
                  QStringLiteral("session %1 %2").arg(plain(found.hop.source)).arg(session.pid)};
}

void endOldest(const Found& found, LikelyCause& cause) {
    const auto& table = found.facts.sessions;
    const auto row = table ? oldestOf(*table) : std::nullopt;
    const auto session = row ? sessionOf(found.hop.source, *table, *row) : std::nullopt;
    if (!session) {
        return;
    }
    cause.clause = Words::tr("Session %1 of %2 has its transaction open for %3.")
                       .arg(session->pid)
                       .arg(whoOf(*table, *row), duration(table->number(*row, "xact_age").value_or(0)));
    cause.evidence = isIdle(*table, *row) ? Words::tr("It does nothing: its client does not go on.")
                                          : Words::tr("Its statement runs.");
    pointAt(found, *session, cause);
    endStatement(cause, *session);
}

/// What a standby reads may hold back what it replays.
void endReader(const Found& found, LikelyCause& cause) {
    const auto& table = found.facts.sessions;
    const auto row = table ? oldestOf(*table) : std::nullopt;
    const auto session = row ? sessionOf(found.hop.source, *table, *row) : std::nullopt;
    const auto age = row ? table->number(*row, "xact_age").value_or(0) : 0;
    if (!session || age < kAsLongAsTheLag * found.hop.amount) {
        return;
    }
    cause.clause = Words::tr("Query %1 on %2 (%3, %4) may hold back replay.")
                       .arg(session->pid)
                       .arg(worded(displayName(found.hop.name)), whoOf(*table, *row), duration(age));
    cause.evidence = Words::tr("It began before the standby fell %1 behind.").arg(duration(found.hop.amount));
    pointAt(found, *session, cause);
    endStatement(cause, *session);
}

const InstanceHop* instanceOf(const Found& found) {
    const auto known = std::ranges::find(found.path.instances, found.hop.name, &InstanceHop::name);
    return known == found.path.instances.end() ? nullptr : &*known;
}

/// An instance that stands apart gets no more users: a canary by its share, another one by the load balancer.
void takeAside(const Found& found, LikelyCause& cause) {
    const auto* own = instanceOf(found);
    if (own != nullptr && own->role == "canary" && found.facts.canaryPercent > 0) {
        cause.page = {QStringLiteral("canary")};
        act(cause, "set_canary_share", {{"percent", std::int64_t{0}}}, Words::tr("Abort canary\u2026"),
            Words::tr("Abort canary"), "set_share");
        return;
    }
    const auto others = std::ranges::count_if(found.path.instances, [&](const InstanceHop& other) {
        return other.name != found.hop.name && other.state == SourceState::Live && other.inRotation.value_or(true);
    });
    if (own != nullptr && own->inRotation.value_or(true) && others > 0) {
        act(cause, "drain_instance", {{"instance", own->name}}, Words::tr("Drain %1\u2026").arg(plain(own->name, 24)),
            Words::tr("Drain"));
    }
}

/// Less work for each request, while it lasts.
void shedLoad(const Found& found, LikelyCause& cause) {
    if (found.facts.level == 0) {
        act(cause, "set_degradation_level", {{"level", std::int64_t{1}}}, Words::tr("Set level 1\u2026"),
            Words::tr("Set level 1"), "set_level");
    }
}

struct Rule {
    Trouble trouble;
    const char* page; ///< nullptr: that of the hop
    Step step = nullptr;
};

// What an operator does next about each trouble. Those that are not listed lead to the page of their hop.
constexpr std::array kRules = {
    Rule{Trouble::Flood, nullptr, &shedLoad},         Rule{Trouble::PoolWait, "pools"},
    Rule{Trouble::OwnErrors, nullptr, &takeAside},    Rule{Trouble::Slow, nullptr, &takeAside},
    Rule{Trouble::ReplayBehind, nullptr, &endReader}, Rule{Trouble::LongTransaction, nullptr, &endOldest},
    Rule{Trouble::LockWaits, "locks", &endRoot},      Rule{Trouble::Deadlocks, "locks"},
};

PageTarget pageOf(const HopVerdict& hop) {
    const auto server = QStringLiteral("server ") + plain(hop.name);
    switch (hop.role) {
    case HopRole::Proxy:
        return {QStringLiteral("traffic")};
    case HopRole::Instance:
        return {QStringLiteral("traffic"), server};
    case HopRole::Bouncer:
        return {QStringLiteral("pools")};
    case HopRole::Cache:
        return {QStringLiteral("cache")};
    case HopRole::Primary:
    case HopRole::Replica:
        break;
    }
    return {QStringLiteral("database"), server};
}

/// Whose trouble follows from it.
QString sufferersOf(const PathVerdict& verdict) {
    constexpr qsizetype kMost = 3;
    QStringList names;
    for (const auto& hop : verdict.hops) {
        if (hop.suffers && hop.trouble != Trouble::None) {
            names << worded(displayName(hop.name));
        }
    }
    if (names.isEmpty()) {
        return {};
    }
    const auto more = static_cast<int>(names.size() - kMost);
    const auto some = names.mid(0, kMost).join(QStringLiteral(", "));
    return more > 0 ? QCoreApplication::translate("LikelyCause", "What is seen at %1 and %n more follows from it.",
                                                  nullptr, more)
                          .arg(some)
                    : Words::tr("What is seen at %1 follows from it.").arg(some);
}

} // namespace

bool nothingAnswers(const PathReading& path) {
    return path.sources.size() > 1 && std::ranges::all_of(path.sources, [](const SourceHealth& source) {
               return source.state == SourceState::Lost;
           });
}

std::optional<LikelyCause> likelyCause(const PathReading& path, const PathVerdict& verdict, const CauseFacts& facts) {
    const auto* const hop = verdict.worst.empty() ? nullptr : verdict.hop(verdict.worst);
    if (hop == nullptr) {
        return std::nullopt;
    }
    LikelyCause out;
    if (nothingAnswers(path)) {
        out.clause = Words::tr("All %1 sources fell silent together.").arg(path.sources.size());
        out.evidence = Words::tr("That is the place as a whole, or the way to it, and not one of its parts.");
        out.severity = Severity::Critical;
        out.page = {QStringLiteral("connections"), {}};
        return out;
    }
    const auto name = worded(displayName(hop->name));
    out.clause =
        hop->trouble == Trouble::Silent || hop->message.empty()
            ? (hop->trouble == Trouble::Silent ? Words::tr("%1 does not answer.") : Words::tr("%1 is in trouble."))
                  .arg(name)
            : Words::tr("%1: %2.").arg(name, worded(hop->message));
    out.severity = std::max(severityOf(hop->concern), Severity::Caution);
    out.page = pageOf(*hop);
    const auto rule = std::ranges::find(kRules, hop->trouble, &Rule::trouble);
    if (rule != kRules.end()) {
        if (rule->page != nullptr) {
            out.page = {QLatin1String(rule->page)};
        }
        if (rule->step != nullptr) {
            rule->step({path, facts, *hop}, out);
        }
    }
    if (const auto others = sufferersOf(verdict); !others.isEmpty()) {
        out.evidence += (out.evidence.isEmpty() ? QString() : QStringLiteral(" ")) + others;
    }
    return out;
}

std::string sessionsWantedOf(const PathVerdict& verdict) {
    const auto* const hop = verdict.worst.empty() ? nullptr : verdict.hop(verdict.worst);
    const bool server = hop != nullptr && (hop->role == HopRole::Primary || hop->role == HopRole::Replica);
    return server ? hop->source : std::string();
}

} // namespace binnacle::app
