// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/path_verdict.h"

#include "backend/domain/format.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace binnacle {

namespace {

using std::chrono::seconds;

constexpr seconds kNow{3};          ///< what "now" means where a change must be seen fast
constexpr seconds kDeadlockSpan{5}; ///< for how long a deadlock stays named
constexpr seconds kLateFrom{3};     ///< a pass that took long is no trouble of the hop
constexpr std::chrono::minutes kPast{15};
constexpr seconds kPastUntil{12};      ///< what has just begun is not what is usual
constexpr std::size_t kLeastPast = 16; ///< readings: eight seconds
constexpr double kOwnErrorShare = 0.02;
constexpr double kLeastErrors = 2;
constexpr double kLeastRequests = 8; ///< a share of fewer says little
constexpr double kApart = 4;         ///< an instance stands apart from the others by this factor

std::string times(double factor) {
    return formatCount(std::round(factor * 10) / 10).number;
}

/// Takes the trouble over, if it is graver than what stands there.
void note(HopVerdict& hop, Trouble trouble, Concern concern, double amount, std::string message = {}) {
    if (hop.trouble != Trouble::None && std::pair(concern, trouble) <= std::pair(hop.concern, hop.trouble)) {
        return;
    }
    hop.concern = std::max(hop.concern, concern);
    hop.trouble = trouble;
    hop.amount = amount;
    if (!message.empty()) {
        hop.message = std::move(message);
    }
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

using Accept = std::function<bool(const SignalEntry&)>;

/// Reads what the verdict needs besides the path, as it was at the path's moment.
class Evidence {
public:
    Evidence(const SignalStore& store, SteadyTime at)
        : m_store(store)
        , m_at(at) {}

    /// The last two readings of a gauge, over all that are accepted, at least 1: a single one is a moment's chance.
    [[nodiscard]] bool lasts(std::string_view id, const Accept& accept) const {
        double now = 0;
        double before = 0;
        for (const auto* entry : m_store.byId(id)) {
            const auto samples =
                accept(*entry) ? entry->series.samples(m_at - seconds(5), m_at) : std::vector<Sample>();
            if (samples.size() >= 2) {
                now += samples.back().value;
                before += samples[samples.size() - 2].value;
            }
        }
        return now >= 1 && before >= 1;
    }

    struct Pace {
        double now = 0;
        double usual = 0;
    };
    /// A counter's rate now, and what is usual for it. Nothing without a past.
    [[nodiscard]] std::optional<Pace> pace(std::string_view id, const Accept& accept) const {
        std::optional<Pace> out;
        for (const auto* entry : m_store.byId(id)) {
            const auto now = accept(*entry) ? meanRate(*entry, m_at, kNow) : std::nullopt;
            if (!now) {
                continue;
            }
            std::vector<double> past;
            for (const auto& sample : entry->series.samples(m_at - kPast, m_at - kPastUntil)) {
                past.push_back(sample.value);
            }
            if (past.size() >= kLeastPast) {
                out = out.value_or(Pace{});
                out->now += *now;
                out->usual += median(std::move(past));
            }
        }
        return out;
    }
    /// What a counter counted over kNow.
    [[nodiscard]] double counted(std::string_view id, const Accept& accept) const {
        double total = 0;
        for (const auto* entry : m_store.byId(id)) {
            total += accept(*entry) ? meanRate(*entry, m_at, kNow).value_or(0) : 0;
        }
        return total * static_cast<double>(kNow.count());
    }
    /// The newest value of a gauge, if it is of the last seconds.
    [[nodiscard]] std::optional<double> newest(std::string_view id, const Accept& accept) const {
        std::optional<double> out;
        for (const auto* entry : m_store.byId(id)) {
            const auto sample = accept(*entry) ? entry->series.at(m_at) : std::nullopt;
            if (sample && sample->at >= m_at - seconds(5)) {
                out = std::max(out.value_or(sample->value), sample->value);
            }
        }
        return out;
    }
    /// How many deadlocks there were in kDeadlockSpan: rate times interval is the count again.
    [[nodiscard]] double deadlocks() const {
        double count = 0;
        for (const auto* entry : m_store.byId("postgres.deadlocks")) {
            for (const auto& sample : entry->series.samples(m_at - kDeadlockSpan, m_at)) {
                count += sample.since ? sample.value * toSeconds(sample.at - *sample.since) : 0;
            }
        }
        return std::round(count);
    }
    [[nodiscard]] std::optional<double> slowest(const std::string& instance) const {
        return m_store.latency()
            .merged({{}, instance, {}, {}, {}}, m_at - PathReading::kRecentWindow, m_at + LatencyLog::kSlot)
            .supportedQuantile(0.95);
    }

private:
    const SignalStore& m_store;
    SteadyTime m_at;
};

Accept from(const std::string& source) {
    return [&source](const SignalEntry& entry) { return entry.source == source; };
}

bool any(const SignalEntry&) {
    return true;
}

class Judge {
public:
    Judge(const PathReading& path, const Evidence& evidence, const PathLimits& limits, const VerdictLimits& more)
        : m_path(path)
        , m_evidence(evidence)
        , m_limits(limits)
        , m_more(more) {}

    [[nodiscard]] std::vector<HopVerdict> all() {
        proxy(begin(m_path.proxy, HopRole::Proxy));
        instances();
        bouncer(begin(m_path.bouncer, HopRole::Bouncer));
        cache(begin(m_path.cache, HopRole::Cache));
        primary(begin(m_path.primary, HopRole::Primary));
        for (const auto& replica : m_path.replicas) {
            standby(begin(replica, HopRole::Replica), replica);
        }
        return std::move(m_hops);
    }

private:
    HopVerdict& begin(const HopBase& hop, HopRole role) {
        auto& out = m_hops.emplace_back();
        out.name = hop.name;
        out.source = hop.source;
        out.role = role;
        out.concern = hop.concern;
        out.message = hop.message;
        out.state = hop.state;
        if (hop.state == SourceState::Lost) {
            note(out, Trouble::Silent, Concern::Critical, toSeconds(hop.age));
        } else if (hop.state == SourceState::Late && hop.age >= kLateFrom) {
            note(out, Trouble::Late, Concern::Caution, toSeconds(hop.age), "answers late");
        }
        return out;
    }

    void proxy(HopVerdict& out) const {
        const auto queue = m_path.proxy.queue.value_or(0);
        if (queue >= 1 && m_evidence.lasts("haproxy.queue", any)) {
            note(out, Trouble::Queue, Concern::Caution, queue);
        }
        constexpr double kLeastUsual = 5;
        constexpr double kLeastMore = 20;
        const auto requests = m_evidence.pace("haproxy.requests", [](const SignalEntry& entry) {
            return entry.key.labels.get("proxy") == "api"; // the frontend that serves users
        });
        if (requests && requests->usual >= kLeastUsual && requests->now - requests->usual >= kLeastMore &&
            requests->now >= m_more.floodFactor * requests->usual) {
            const auto factor = requests->now / requests->usual;
            note(out, Trouble::Flood, Concern::Caution, factor, times(factor) + " times its usual requests");
        }
    }

    struct Served {
        double requests = 0;
        double errors = 0;
    };
    [[nodiscard]] Served served(const std::string& source) const {
        const auto users = [&source](const SignalEntry& entry) {
            return entry.source == source && !entry.key.labels.get("route").starts_with("GET /healthz");
        };
        return {m_evidence.counted("service.http.requests", users), m_evidence.counted("service.http.errors", users)};
    }
    void instances() {
        std::vector<Served> each;
        Served all;
        for (const auto& hop : m_path.instances) {
            each.push_back(served(hop.source));
            all.requests += each.back().requests;
            all.errors += each.back().errors;
        }
        for (std::size_t i = 0; i < m_path.instances.size(); ++i) {
            const auto& hop = m_path.instances[i];
            auto& out = begin(hop, HopRole::Instance);
            if (hop.inRotation && !*hop.inRotation && hop.state == SourceState::Late) {
                note(out, Trouble::Silent, Concern::Critical, toSeconds(hop.age), "does not answer");
            } else if (hop.inRotation && !*hop.inRotation && hop.state == SourceState::Live) {
                note(out, Trouble::OutOfRotation, Concern::Caution, 0);
            }
            if (hop.poolWaiting.value_or(0) >= 1 && m_evidence.lasts("pool.app.waiting", from(hop.source))) {
                note(out, Trouble::PoolWait, Concern::Caution, *hop.poolWaiting);
            }
            errors(out, each[i], {all.requests - each[i].requests, all.errors - each[i].errors});
            slowness(out);
        }
    }
    static void errors(HopVerdict& out, const Served& own, const Served& others) {
        if (own.errors < kLeastErrors || own.requests < kLeastRequests || own.errors / own.requests < kOwnErrorShare) {
            return;
        }
        const auto share = std::min(1.0, own.errors / own.requests);
        const auto othersShare = others.requests > 0 ? others.errors / others.requests : 0;
        const bool apart = others.requests > 0 && share >= kApart * othersShare;
        note(out, apart ? Trouble::OwnErrors : Trouble::Errors, Concern::Critical, share,
             formatShare(share).text() + " errors");
    }
    void slowness(HopVerdict& out) const {
        const auto own = m_evidence.slowest(out.name);
        if (!own || *own <= m_limits.p99TargetSeconds) {
            return; // nearly always: the others need not be read
        }
        std::optional<double> other;
        for (const auto& instance : m_path.instances) {
            const auto quantile = instance.name == out.name ? std::nullopt : m_evidence.slowest(instance.name);
            other = quantile ? std::max(other.value_or(0), *quantile) : other;
        }
        if (other && *other > 0 && *own >= kApart * *other) {
            note(out, Trouble::Slow, Concern::Caution, *own / *other, times(*own / *other) + " times as slow");
        }
    }

    void bouncer(HopVerdict& out) const {
        const auto waiting = m_path.bouncer.clientsWaiting.value_or(0);
        if (waiting >= 1 && m_evidence.lasts("pgbouncer.clients_waiting", any)) {
            note(out, Trouble::PoolFull, Concern::Caution, waiting);
        }
    }
    void cache(HopVerdict& out) const {
        constexpr double kLeastMore = 2000;
        const auto commands = m_evidence.pace("redis.commands", any);
        if (commands && commands->now - commands->usual >= kLeastMore &&
            commands->now >= m_more.hotKeyFactor * commands->usual) {
            auto message = formatRate(commands->now).text() + " commands";
            if (commands->usual > 0) {
                message += ", " + times(std::round(commands->now / commands->usual)) + " times the usual";
            }
            note(out, Trouble::HotKey, Concern::Caution, commands->now, std::move(message));
        }
    }
    void primary(HopVerdict& out) const {
        const auto& hop = m_path.primary;
        if (hop.state == SourceState::Live || hop.state == SourceState::Late) {
            if (hop.blocked.value_or(0) >= 1 && m_evidence.lasts("postgres.blocked", from(hop.source))) {
                note(out, Trouble::LockWaits, Concern::Caution, *hop.blocked);
            }
            if (hop.connections && hop.maxConnections &&
                *hop.connections >= m_limits.saturationCaution * *hop.maxConnections) {
                note(out, Trouble::ConnectionsFull, Concern::Caution, *hop.connections);
            }
            const auto open = m_evidence.newest("postgres.xact.oldest_seconds", from(hop.source)).value_or(0);
            if (open >= m_more.transactionSeconds) {
                note(out, Trouble::LongTransaction, Concern::Caution, open,
                     "a transaction is open for " + formatSeconds(open).text());
            }
            if (const auto count = m_evidence.deadlocks(); count >= 1) {
                note(out, Trouble::Deadlocks, Concern::Caution, count,
                     formatCount(count).number + (count < 1.5 ? " deadlock" : " deadlocks") + " in 5 s");
            }
        }
        // The stack's servers share one disk; the primary is where its end is felt first.
        const auto room = m_evidence.newest("stack.disk_free_bytes", any);
        if (room && *room < m_more.diskBytesCaution) {
            const bool full = *room < m_more.diskBytesCritical;
            note(out, Trouble::DiskFull, full ? Concern::Critical : Concern::Caution, *room,
                 full ? "its disk is full" : "its disk is nearly full");
        }
    }
    void standby(HopVerdict& out, const ReplicaHop& hop) const {
        if (hop.paused.value_or(false)) {
            note(out, Trouble::ReplayPaused, Concern::Caution, hop.lagSeconds.value_or(0));
        }
        if (hop.lagSeconds && *hop.lagSeconds > m_limits.lagSecondsCaution) {
            note(out, hop.paused.value_or(false) ? Trouble::ReplayPaused : Trouble::ReplayBehind,
                 *hop.lagSeconds > m_limits.lagSecondsCritical ? Concern::Critical : Concern::Caution, *hop.lagSeconds);
        }
        if (hop.streams && !*hop.streams) {
            note(out, Trouble::NotStreaming, Concern::Critical, 0);
        }
    }

    const PathReading& m_path;
    const Evidence& m_evidence;
    const PathLimits& m_limits;
    const VerdictLimits& m_more;
    std::vector<HopVerdict> m_hops;
};

/// Trouble that arises wherever something further on is short: it tells that one waits, and not for what.
bool isWaiting(Trouble trouble) {
    switch (trouble) {
    case Trouble::Late:
    case Trouble::Queue:
    case Trouble::OutOfRotation:
    case Trouble::PoolWait:
    case Trouble::PoolFull:
    case Trouble::Errors:
    case Trouble::Slow:
        return true;
    default:
        return false;
    }
}

} // namespace

bool explains(HopRole causeAt, Trouble cause, HopRole effectAt, Trouble effect) {
    if (cause == Trouble::None || effect == Trouble::None || cause == Trouble::Late) {
        return false;
    }
    if (cause == Trouble::DiskFull) {
        return effect != Trouble::DiskFull; // whoever writes fails in a way of its own
    }
    switch (causeAt) {
    case HopRole::Proxy: // only what comes in can explain what is further on
        return cause == Trouble::Flood && isWaiting(effect);
    case HopRole::Instance:
        return effectAt == HopRole::Proxy && effect == Trouble::Queue;
    case HopRole::Bouncer:
        return (effectAt == HopRole::Proxy || effectAt == HopRole::Instance) && isWaiting(effect);
    case HopRole::Cache:
        return effectAt != HopRole::Cache && isWaiting(effect);
    case HopRole::Primary:
        if (effectAt == HopRole::Replica) {
            return cause == Trouble::Silent && (effect == Trouble::NotStreaming || effect == Trouble::ReplayBehind);
        }
        return effectAt != HopRole::Primary && effectAt != HopRole::Cache && isWaiting(effect);
    case HopRole::Replica:
        break;
    }
    return false;
}

const HopVerdict* PathVerdict::hop(std::string_view name) const {
    const auto found = std::ranges::find(hops, name, &HopVerdict::name);
    return found != hops.end() ? &*found : nullptr;
}

PathVerdict judgePath(const PathReading& path, const SignalStore& store, const PathLimits& limits,
                      const VerdictLimits& more) {
    const Evidence evidence(store, path.at);
    PathVerdict out;
    out.hops = Judge(path, evidence, limits, more).all();
    const auto follows = [](const HopVerdict& effect, const HopVerdict& cause) {
        return &cause != &effect && explains(cause.role, cause.trouble, effect.role, effect.trouble);
    };
    for (auto& hop : out.hops) {
        hop.suffers = std::ranges::any_of(out.hops, [&](const HopVerdict& cause) { return follows(hop, cause); });
    }
    const HopVerdict* worst = nullptr;
    for (auto& hop : out.hops) {
        if (hop.trouble == Trouble::None || hop.suffers) {
            continue;
        }
        for (const auto& other : out.hops) {
            hop.concern = follows(other, hop) ? std::max(hop.concern, other.concern) : hop.concern;
        }
        if (worst == nullptr || std::pair(hop.concern, hop.trouble) > std::pair(worst->concern, worst->trouble)) {
            worst = &hop;
        }
    }
    for (auto& hop : out.hops) {
        hop.concern = hop.suffers ? std::min(hop.concern, Concern::Caution) : hop.concern;
    }
    out.worst = worst != nullptr ? worst->name : std::string();
    return out;
}

} // namespace binnacle
