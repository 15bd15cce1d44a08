// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/prometheus_reader.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace binnacle {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::chrono::seconds kDiscoveryLasts{10};
constexpr std::size_t kNamedInstances = 50; ///< more changed ones are not listed in the query

/// Marks the elements of an answer that tell when a target was scraped.
constexpr std::string_view kMark = "binnacle_mark";
constexpr std::string_view kScraped = "scraped";

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out.push_back('\\');
        }
        if (c == '\n') {
            out += "\\n";
        } else {
            out.push_back(c);
        }
    }
    return out + "\"";
}

/// Query for the instants at which targets were scraped, marked.
std::string scrapeTimes(const std::string& selector) {
    return "label_replace(timestamp(" + selector + ")," + quoted(kMark) + "," + quoted(kScraped) + ",\"\",\"\")";
}

/// A text as a regular expression that matches it alone.
std::string literal(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (std::string_view(R"(\.+*?()|[]{}^$)").find(c) != std::string_view::npos) {
            out.push_back('\\');
        }
        out.push_back(c);
    }
    return out;
}

std::pair<std::string, std::string> targetOf(const PrometheusSample& sample) {
    return {std::string(sample.label("job")), std::string(sample.label("instance"))};
}

std::chrono::nanoseconds nanosecondsOf(double seconds) {
    return std::chrono::nanoseconds(static_cast<std::int64_t>(std::llround(std::clamp(seconds, -4e9, 4e9) * 1e9)));
}

/// A counter or a cell of a histogram that is smaller than before.
bool anyFell(const Snapshot& earlier, const std::vector<Reading>& later) {
    return std::ranges::any_of(later, [&](const Reading& reading) {
        const auto* const before = earlier.find(reading.key.id, reading.key.labels);
        if (before == nullptr) {
            return false;
        }
        if (reading.kind == SignalKind::Counter) {
            return before->value && reading.value && *reading.value < *before->value;
        }
        return before->histogram && reading.histogram && !reading.histogram->since(*before->histogram);
    });
}

} // namespace

std::vector<NamedPrometheusSource> namedSources(const std::vector<PrometheusSource>& sources,
                                                const PrometheusTarget& target) {
    std::vector<NamedPrometheusSource> out;
    std::map<std::string, int> uses;
    for (const auto& source : sources) {
        const auto& kind = prometheusKind(source.kind);
        const auto itself = source.exportedInstance.empty() ? source.instance : source.exportedInstance;
        auto given = target.names.find(source.instance);
        if (given == target.names.end()) {
            given = target.names.find(itself);
        }
        const bool alone = std::ranges::count(sources, source.kind, &PrometheusSource::kind) == 1;
        NamedPrometheusSource named{source, {}, given != target.names.end() ? given->second : itself};
        if (alone && given == target.names.end() && !kind.aloneSource.empty()) {
            named.id = kind.aloneSource;
            named.name = named.id.substr(named.id.find('/') + 1);
        } else {
            named.id = std::string(kind.source) + "/" + named.name;
        }
        ++uses[named.id];
        out.push_back(std::move(named));
    }
    // Two jobs may scrape what has one name: both stay, told apart by their jobs.
    for (auto& named : out) {
        if (uses[named.id] > 1) {
            named.name += "@" + named.source.job;
            named.id = std::string(prometheusKind(named.source.kind).source) + "/" + named.name;
        }
    }
    return out;
}

/// One caller at a time, and nobody waits for it beyond his deadline.
class PrometheusReader::Turn {
public:
    Turn(PrometheusReader& reader, SteadyTime deadline)
        : m_reader(reader) {
        std::unique_lock lock(reader.m_mutex);
        m_had = reader.m_idle.wait_until(lock, deadline, [&] { return !reader.m_busy; });
        reader.m_busy = reader.m_busy || m_had;
    }
    ~Turn() {
        if (m_had) {
            m_reader.m_received = m_reader.m_client.receivedBytes();
            const std::scoped_lock lock(m_reader.m_mutex);
            m_reader.m_busy = false;
            m_reader.m_idle.notify_one();
        }
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    [[nodiscard]] bool had() const { return m_had; }

private:
    PrometheusReader& m_reader;
    bool m_had = false;
};

PrometheusReader::PrometheusReader(PrometheusTarget target)
    : m_target(std::move(target))
    , m_client(m_target) {}

milliseconds PrometheusReader::interval() const {
    return std::clamp(m_target.scrapeInterval / 2, milliseconds(1000), milliseconds(2000));
}

std::string PrometheusReader::select(std::string_view matchers) const {
    return "{" + std::string(matchers) + (m_target.selector.empty() ? "" : "," + m_target.selector) + "}";
}

Result<std::vector<NamedPrometheusSource>> PrometheusReader::discover(SteadyTime deadline) {
    const Turn turn(*this, deadline);
    if (!turn.had()) {
        return fail(ErrorCode::Timeout, "Prometheus " + m_target.name + ": no answer in time");
    }
    if (m_discoveredAt && steady_clock::now() - *m_discoveredAt < kDiscoveryLasts) {
        return m_discovered;
    }
    std::map<std::string, std::set<PrometheusKind>, std::less<>> kindsOf;
    for (const auto& mapping : prometheusMappings()) {
        for (const char* suffix : {"", "_sum"}) {
            kindsOf[std::string(mapping.metric) + suffix].insert(mapping.kind);
        }
    }
    std::set<PrometheusSource> found;
    const auto query = "count by (__name__, job, instance, exported_instance) (" +
                       select("__name__=~" + quoted(prometheusMetricNames(false))) + ")";
    const auto answer = m_client.query(query, deadline, [&](const PrometheusSample& sample) {
        if (const auto kinds = kindsOf.find(sample.label("__name__")); kinds != kindsOf.end()) {
            const auto [job, instance] = targetOf(sample);
            for (const auto kind : kinds->second) {
                found.insert({kind, job, instance, std::string(sample.label("exported_instance"))});
            }
        }
    });
    if (!answer) {
        return std::unexpected(answer.error());
    }
    auto named = namedSources({found.begin(), found.end()}, m_target);
    std::erase_if(m_known, [&](const auto& item) { return !found.contains(item.first); });
    for (const auto& [source, id, name] : named) {
        auto& known = m_known[source];
        if (known.name != name) {
            known = Known();
            known.name = name;
            m_askedAt.reset();
        }
    }
    m_discovered = std::move(named);
    m_discoveredAt = steady_clock::now();
    return m_discovered;
}

Result<Snapshot> PrometheusReader::read(const PrometheusSource& source, SteadyTime deadline) {
    const Turn turn(*this, deadline);
    if (!turn.had()) {
        return fail(ErrorCode::Timeout, "Prometheus " + m_target.name + ": no answer in time");
    }
    if (auto done = refresh(deadline); !done) {
        return std::unexpected(std::move(done.error()));
    }
    const auto where = source.instance + " (job " + source.job + ")";
    const auto target = m_targets.find({source.job, source.instance});
    if (target == m_targets.end()) {
        return fail(ErrorCode::NotFound, "Prometheus " + m_target.name + " no longer scrapes " + where);
    }
    if (!target->second.up) {
        return fail(ErrorCode::Refused, "Prometheus " + m_target.name + " can't scrape " + where);
    }
    const auto known = m_known.find(source);
    if (known == m_known.end() || known->second.snapshot.readings.empty()) {
        return fail(ErrorCode::NotFound, "Prometheus " + m_target.name + " has no known series of " + where);
    }
    return known->second.snapshot;
}

Result<Snapshot> PrometheusReader::readServer(SteadyTime deadline) {
    const Turn turn(*this, deadline);
    if (!turn.had()) {
        return fail(ErrorCode::Timeout, "Prometheus " + m_target.name + ": no answer in time");
    }
    if (auto done = refresh(deadline); !done) {
        return std::unexpected(std::move(done.error()));
    }
    const auto up = std::ranges::count_if(m_targets, [](const auto& target) { return target.second.up; });
    const auto down = static_cast<std::ptrdiff_t>(m_targets.size()) - up;
    Snapshot snapshot;
    for (const auto& [state, count] : {std::pair("down", down), std::pair("up", up)}) {
        snapshot.readings.push_back(gauge("prometheus.targets", {{"state", state}}, static_cast<double>(count)));
    }
    return snapshot;
}

/// Whoever comes first in an interval asks for all; its failure is also everybody's.
Result<void> PrometheusReader::refresh(SteadyTime deadline) {
    const auto now = steady_clock::now();
    if (!m_askedAt || now - *m_askedAt >= interval() / 2) {
        m_askedAt = now;
        m_failure.reset();
        if (auto done = refreshNow(deadline); !done) {
            m_failure = std::move(done.error());
        }
    }
    return m_failure ? Result<void>(std::unexpected(*m_failure)) : Result<void>();
}

Result<void> PrometheusReader::refreshNow(SteadyTime deadline) {
    auto targets = readTargets(deadline);
    if (!targets) {
        return std::unexpected(std::move(targets.error()));
    }
    m_targets = std::move(*targets);
    std::set<TargetKey> changed;
    for (const auto& [source, known] : m_known) {
        const auto target = m_targets.find({source.job, source.instance});
        if (target != m_targets.end() && target->second.up && target->second.sampledAt != known.sampledAt) {
            changed.insert(target->first);
        }
    }
    return changed.empty() ? Result<void>() : readSamples({changed.begin(), changed.end()}, deadline);
}

Result<PrometheusReader::Targets> PrometheusReader::readTargets(SteadyTime deadline) {
    // The server evaluates between these two instants of ours; the earlier one makes no sample younger than it is.
    const auto asked = steady_clock::now();
    Targets targets;
    const auto up = select("__name__=\"up\"");
    const auto answer = m_client.query(up + " or " + scrapeTimes(up), deadline, [&](const PrometheusSample& sample) {
        auto& target = targets[targetOf(sample)];
        if (sample.label(kMark) == kScraped) {
            target.sampledAt = sample.value;
            target.steadyAt = asked - nanosecondsOf(std::max(0.0, sample.evaluatedAt - sample.value));
        } else {
            target.up = sample.value > 0;
        }
    });
    if (!answer) {
        return std::unexpected(answer.error());
    }
    return targets;
}

Result<void> PrometheusReader::readSamples(const std::vector<TargetKey>& changed, SteadyTime deadline) {
    std::string instances;
    if (changed.size() <= kNamedInstances) {
        for (const auto& [job, instance] : changed) {
            instances += (instances.empty() ? "" : "|") + literal(instance);
        }
        instances = ",instance=~" + quoted(instances);
    }
    const auto asked = steady_clock::now();
    std::map<PrometheusSource, PrometheusReadings> building;
    Targets scraped;
    // Values and their time in one answer, which is of one instant: a scrape in between can't part them.
    const auto query = select("__name__=~" + quoted(prometheusMetricNames(true)) + instances) + " or " +
                       scrapeTimes(select("__name__=\"up\"" + instances));
    const auto answer = m_client.query(query, deadline, [&](const PrometheusSample& sample) {
        const auto key = targetOf(sample);
        if (sample.label(kMark) == kScraped) {
            scraped[key] = {sample.value, asked - nanosecondsOf(std::max(0.0, sample.evaluatedAt - sample.value)),
                            true};
            return;
        }
        for (auto& [source, known] : m_known) {
            if (source.job == key.first && source.instance == key.second &&
                source.exportedInstance == sample.label("exported_instance")) {
                building.try_emplace(source, source.kind, known.name).first->second.add(sample);
            }
        }
    });
    if (!answer) {
        return answer;
    }
    for (auto& [source, known] : m_known) {
        const auto at = scraped.find({source.job, source.instance});
        if (at == scraped.end()) {
            continue;
        }
        known.sampledAt = at->second.sampledAt;
        if (const auto built = building.find(source); built != building.end()) {
            take(known, std::move(built->second), at->second);
        }
    }
    return {};
}

void PrometheusReader::take(Known& known, PrometheusReadings readings, const Target& at) const {
    Snapshot snapshot;
    snapshot.readings = readings.take();
    snapshot.header.steadyAt = at.steadyAt;
    snapshot.header.senderMonotonic = nanosecondsOf(at.sampledAt);
    if (const auto start = readings.startedAt()) {
        snapshot.header.epoch = std::to_string(*start);
    } else {
        known.resets += anyFell(known.snapshot, snapshot.readings) ? 1 : 0;
        snapshot.header.epoch = std::to_string(known.resets);
    }
    if (snapshot.header.epoch != known.snapshot.header.epoch) {
        known.hitRatios.clear();
    }
    addHitRatios(known, snapshot);
    snapshot.sort();
    known.snapshot = std::move(snapshot);
}

/// As the collectors that read a service or a Redis themselves tell them.
void PrometheusReader::addHitRatios(Known& known, Snapshot& snapshot) const {
    struct Lookups {
        std::string_view id;
        double hits = 0;
        double misses = 0;
    };
    std::map<Labels, Lookups> byLabels;
    for (const auto& reading : snapshot.readings) {
        const bool cache = reading.key.id == "cache.hits" || reading.key.id == "cache.misses";
        const bool redis = reading.key.id == "redis.hits" || reading.key.id == "redis.misses";
        if (!cache && !redis) {
            continue;
        }
        Labels labels;
        if (cache) {
            labels.set("instance", known.name);
            labels.set("level", reading.key.labels.get("level"));
        }
        auto& lookups = byLabels[labels];
        lookups.id = cache ? "cache.hit_ratio" : "redis.hit_ratio";
        (reading.key.id.ends_with(".hits") ? lookups.hits : lookups.misses) += reading.value.value_or(0);
    }
    const auto window = std::max<milliseconds>(milliseconds(10'000), m_target.scrapeInterval * 5 / 2);
    for (const auto& [labels, lookups] : byLabels) {
        auto& ratioOf = known.hitRatios.try_emplace(std::string(labels.get("level")), window).first->second;
        ratioOf.update(snapshot.header.steadyAt, lookups.hits, lookups.misses);
        const auto value = ratioOf.value();
        snapshot.readings.push_back(value ? ratio(std::string(lookups.id), labels, *value)
                                          : absent(SignalKind::Ratio, std::string(lookups.id), labels, kNoLookups));
    }
}

} // namespace binnacle
