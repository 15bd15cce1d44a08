// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace binnacle {

/// What a scraped target stands for: decides the name of its source and the labels that all its readings have.
enum class PrometheusKind { Service, Postgres, Redis, Haproxy, PgBouncer };

struct PrometheusKindInfo {
    PrometheusKind kind;
    std::string_view source;      ///< "service": the sources are "service/NAME"
    std::string_view aloneSource; ///< what the only one of its kind is called instead, or empty
    std::string_view nameLabel;   ///< the label of all readings that gets the NAME, or empty
    std::string_view ownLabels;   ///< scraped labels that all readings keep
    std::string_view startMetric; ///< when the counters began, in seconds since 1970; empty: told by their falling
};

/// How the scraped series of one metric become readings of one signal.
struct PrometheusMapping {
    enum class Take {
        Sum,       ///< series that end in one reading add up
        Max,       ///< … or the largest counts
        OneIfSet,  ///< 1 for a series that is not 0; of others no reading
        ZeroIfSet, ///< 0 for a series that is not 0; of others no reading
    };

    std::string_view metric; ///< of histograms without _bucket, _sum
    std::string_view signal; ///< its kind (counter, gauge, histogram) is the signal catalogue's
    PrometheusKind kind;
    /// Labels of the reading, separated by spaces: a scraped one "route", under another name "class=code", several
    /// joined "pool=database/user", or a text of its own "outcome:commit".
    std::string_view labels = {};
    std::string_view where = {}; ///< "state=UP": only series with that label
    double factor = 1;           ///< from the metric's unit to the signal's
    Take take = Take::Sum;
};

[[nodiscard]] const PrometheusKindInfo& prometheusKind(PrometheusKind kind);
/// Every mapping; several may have the same metric.
[[nodiscard]] std::span<const PrometheusMapping> prometheusMappings();
/// The names of all scraped series that a mapping reads, as an alternation of a regular expression: with the buckets of
/// histograms, or without them.
[[nodiscard]] std::string prometheusMetricNames(bool withBuckets);

} // namespace binnacle
