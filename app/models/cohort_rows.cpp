// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/cohort_rows.h"

#include "app/models/share_text.h"
#include "app/pages/panel_of.h"
#include "backend/domain/distinct_sketch.h"
#include "widgets/decimal_text.h"
#include "widgets/number_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>
#include <set>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Cohorts)
};

/// Without its sign.
QString pointsSize(double value) {
    const double shown = std::abs(std::round(value * 100) / 100);
    return decimalText(shown, shown == 0 ? 0 : shown < 1 ? 2 : 1);
}

QString points(double value) {
    const double shown = std::round(value * 100) / 100;
    return (shown < 0 ? QStringLiteral("\u2212") : shown > 0 ? QStringLiteral("+") : QString()) + pointsSize(value);
}

TableRow row(const char* name, QString canary, QString stable, QString change, QString basis) {
    TableRow out;
    out.key = QLatin1String(name);
    out.cells = {{Words::tr(name), Mark::None, Type::Label, Token::Ink2, {}},
                 {std::move(canary), Mark::None, Type::LabelStrong, Token::Ink, {}},
                 {std::move(stable), Mark::None, Type::LabelStrong, Token::Ink, {}},
                 {std::move(change), Mark::None, Type::Label, Token::Ink, {}},
                 {std::move(basis), Mark::None, Type::Label, Token::Ink3, {}}};
    out.cells[1].tip = out.cells[1].text;
    out.cells[2].tip = out.cells[2].text;
    return out;
}

QString quantile(const LatencyHistogram& histogram, double q) {
    if (const auto value = histogram.supportedQuantile(q)) {
        return numberText(*value, Quantity::Duration).joined();
    }
    return histogram.empty() ? absentText() : Words::tr("too few (%1)").arg(histogram.count());
}

std::optional<double> errorShare(const CohortTraffic& side) {
    return side.latency.empty()
               ? std::nullopt
               : std::optional(static_cast<double>(side.errors) / static_cast<double>(side.latency.count()));
}

QString percent(std::optional<double> value) {
    return value ? numberText(*value / 100, Quantity::Share).joined() : absentText();
}

QString count(const CohortView* side, bool users) {
    if (side == nullptr) {
        return absentText();
    }
    if (users) {
        return side->users ? countText(*side->users) : absentText();
    }
    return side->requests ? countText(static_cast<double>(*side->requests)) : absentText();
}

/// Users and requests, as control merges them from all instances.
void addSplit(std::vector<TableRow>& rows, const CohortShares* shares, std::optional<double> wanted) {
    if (shares == nullptr) {
        for (const auto* name :
             {QT_TRANSLATE_NOOP("Cohorts", "Distinct users"), QT_TRANSLATE_NOOP("Cohorts", "Share of users"),
              QT_TRANSLATE_NOOP("Cohorts", "Share of requests")}) {
            rows.push_back(row(name, absentText(), absentText(), {}, Words::tr("control does not tell")));
        }
        return;
    }
    const auto split = readSplit(*shares, wanted);
    const auto* canary = cohortOf(*shares, "canary");
    const auto* stable = cohortOf(*shares, "stable");
    const auto other = [](std::optional<double> share) { return share ? std::optional(100 - *share) : share; };
    rows.push_back(
        row("Distinct users", count(canary, true), count(stable, true), {},
            Words::tr("estimated, \u00b1%1\u2009%").arg(decimalText(100 * 1.96 * DistinctSketch::kStandardError, 1))));
    auto users =
        row("Share of users", percent(split.usersSharePercent), percent(other(split.usersSharePercent)),
            split.pointsOff ? Words::tr("%1 points to wanted").arg(points(*split.pointsOff)) : QString(),
            split.marginPoints ? Words::tr("chance alone: \u00b1%1 points").arg(pointsSize(*split.marginPoints))
            : shares->users    ? Words::tr("too few users (%1)").arg(countText(*shares->users))
                               : QString());
    if (split.asWanted) {
        // Nobody but chance owns a difference within the margin; beyond it the split is not what was asked for.
        users.cells[3].mark = *split.asWanted ? Mark::None : Mark::Caution;
    }
    rows.push_back(std::move(users));
    rows.push_back(row("Share of requests", percent(split.requestsSharePercent),
                       percent(other(split.requestsSharePercent)), {},
                       Words::tr("%1 and %2 requests").arg(count(canary, false), count(stable, false))));
}

} // namespace

CohortTraffic trafficOf(const SignalStore& store, const PathReading& path, const std::string& role) {
    CohortTraffic out;
    LatencySelector selector;
    selector.role = role;
    const auto from = path.latencyFrom;
    const auto to = path.latencyTo;
    out.over = path.at - from;
    out.latency = store.latency().merged(selector, from, to);
    selector.statusClass = "5xx";
    out.errors = store.latency().merged(selector, from, to).count();
    QStringList names;
    std::set<std::string> versions;
    for (const auto& instance : path.instances) {
        if (instance.role != role) {
            continue;
        }
        names << plain(instance.name).left(32);
        if (!instance.version.empty()) {
            versions.insert(instance.version);
        }
        if (instance.state == SourceState::Live && instance.requestsPerSecond) {
            out.requestsPerSecond = out.requestsPerSecond.value_or(0) + *instance.requestsPerSecond;
        }
    }
    out.instances = names.join(QStringLiteral(", "));
    out.version = versions.empty()       ? QString()
                  : versions.size() == 1 ? plain(*versions.begin()).left(16)
                                         : Words::tr("%1 versions").arg(versions.size());
    return out;
}

std::vector<TableColumn> cohortColumns(const CohortTraffic& canary, const CohortTraffic& stable) {
    const auto named = [](const QString& word, const QString& version) {
        return version.isEmpty() ? word : word + QLatin1Char(' ') + version;
    };
    return {{{}, false},
            {named(Words::tr("Canary"), canary.version), true},
            {named(Words::tr("Stable"), stable.version), true},
            {Words::tr("Canary to stable"), true},
            {Words::tr("From"), false}};
}

std::vector<TableRow> cohortRows(const CohortTraffic& canary, const CohortTraffic& stable, const CohortShares* shares,
                                 std::optional<double> wantedPercent) {
    std::vector<TableRow> rows;
    const auto named = [](const QString& instances) { return instances.isEmpty() ? Words::tr("none") : instances; };
    rows.push_back(
        row(QT_TRANSLATE_NOOP("Cohorts", "Instances"), named(canary.instances), named(stable.instances), {}, {}));
    addSplit(rows, shares, wantedPercent);
    rows.push_back(row(QT_TRANSLATE_NOOP("Cohorts", "Requests"),
                       numberText(canary.requestsPerSecond, Quantity::Rate).joined(),
                       numberText(stable.requestsPerSecond, Quantity::Rate).joined(), {}, Words::tr("last 5 s")));
    const auto counted = Words::tr("over %1, %2 and %3 requests")
                             .arg(ageText(canary.over), countText(static_cast<double>(canary.latency.count())),
                                  countText(static_cast<double>(stable.latency.count())));
    const auto canaryErrors = errorShare(canary);
    const auto stableErrors = errorShare(stable);
    const auto share = [](std::optional<double> value) {
        return value ? numberText(*value, Quantity::Share).joined() : absentText();
    };
    rows.push_back(row(QT_TRANSLATE_NOOP("Cohorts", "Errors (5xx)"), share(canaryErrors), share(stableErrors),
                       !canaryErrors || !stableErrors ? QString()
                       : *canaryErrors == *stableErrors
                           ? Words::tr("unchanged")
                           : Words::tr("%1 points").arg(points((*canaryErrors - *stableErrors) * 100)),
                       counted));
    constexpr std::pair<const char*, double> kQuantiles[] = {{QT_TRANSLATE_NOOP("Cohorts", "p50"), 0.5},
                                                             {QT_TRANSLATE_NOOP("Cohorts", "p95"), 0.95},
                                                             {QT_TRANSLATE_NOOP("Cohorts", "p99"), 0.99}};
    for (const auto& [name, q] : kQuantiles) {
        const auto before = stable.latency.supportedQuantile(q);
        const auto after = canary.latency.supportedQuantile(q);
        rows.push_back(row(name, quantile(canary.latency, q), quantile(stable.latency, q),
                           before && after ? changeText(*after, before) : QString(), {}));
    }
    return rows;
}

} // namespace binnacle::app
