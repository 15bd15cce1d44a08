// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/feed/snapshot_feed.h"
#include "backend/domain/signal.h"

#include <QStringList>

#include <algorithm>

namespace binnacle::test {

/// All that pages draw of a feed at its instant, to the last bit: a line for each series. Times are told from `from`
/// on, which is where a recording begins.
class FeedState {
public:
    FeedState(const app::SnapshotFeed& feed, SteadyTime from)
        : m_feed(feed)
        , m_from(from) {}

    [[nodiscard]] QStringList lines() {
        const auto& path = m_feed.path();
        say("now", {when(m_feed.now())});
        say("path", {when(path.at), QString::number(path.latencyCount), figure(path.p50), figure(path.p95),
                     figure(path.p99), figure(path.p999), figure(path.requestsPerSecond), figure(path.errorShare),
                     figure(path.hitRatio), figure(path.worstLagSeconds), figure(path.walBytesPerSecond)});
        for (const auto& source : path.sources) {
            say("source " + source.name, {QString::number(static_cast<int>(source.state)), span(source.age)});
        }
        say("situation", {QString::fromStdString(m_feed.situation().clause + '|' + m_feed.situation().detail)});
        pathLines();
        signalSeries();
        latencies("latency", m_feed.store().latency());
        latencies("waits", m_feed.store().waits());
        tables();
        const auto left = m_feed.budget().remaining(m_feed.now());
        say("budget", {value(left.value), QString::number(left.over.requests), QString::number(left.over.bad),
                       QString::number(left.over.seen.count())});
        return m_lines;
    }

private:
    static QString span(SteadyTime::duration span) { return QString::number(span.count()); }
    [[nodiscard]] QString when(SteadyTime at) const { return span(at - m_from); }
    static QString value(std::optional<double> value) {
        return value ? QString::number(*value, 'g', 17) : QStringLiteral("-");
    }
    static QString figure(const Figure& figure) { return value(figure.value) + QString::fromStdString(figure.reason); }
    void say(const std::string& what, const QStringList& values) {
        m_lines << QString::fromStdString(what) + QStringLiteral(": ") + values.join(QLatin1Char(' '));
    }
    static std::string text(const Labels& labels) {
        std::string out;
        for (const auto& [name, value] : labels) {
            out += ' ' + name + '=' + value;
        }
        return out;
    }
    [[nodiscard]] QStringList samples(const Series& series) const {
        QStringList out;
        for (const auto& sample : series.samples(m_from, m_feed.now())) {
            out << when(sample.at) + QLatin1Char('=') + value(sample.value);
        }
        return out;
    }
    void pathLines() {
        for (int line = 0; line < static_cast<int>(PathLine::Count); ++line) {
            say("line " + std::to_string(line), samples(m_feed.history().line(static_cast<PathLine>(line))));
        }
        QStringList read;
        for (auto at = m_from; at <= m_feed.now(); at += std::chrono::seconds(1)) {
            const auto reading = m_feed.history().readingAt(at);
            read << (reading ? when(reading->at) : QString());
        }
        say("readings", read);
    }
    void signalSeries() {
        for (const auto& signal : signalCatalogue()) {
            for (const auto* entry : m_feed.store().byId(signal.id)) {
                say(entry->source + ' ' + entry->key.id + text(entry->key.labels),
                    QStringList{when(entry->readAt), value(entry->value), value(entry->cumulative)} +
                        samples(entry->series));
            }
        }
    }
    void latencies(const std::string& name, const LatencyLog& log) {
        for (const auto& labels : log.series()) {
            LatencySelector one;
            one.route = labels.get("route");
            one.instance = labels.get("instance");
            one.statusClass = labels.get("status_class");
            QStringList counts;
            for (const auto& slot : log.slots(one, m_from, m_feed.now() + LatencyLog::kSlot)) {
                counts << QString::number(slot.histogram.count()) + QLatin1Char('/') +
                              QString::number(slot.histogram.sumNs()) + QLatin1Char('/') +
                              value(slot.histogram.quantile(0.5));
            }
            say(name + text(labels), counts);
        }
    }
    void tables() {
        for (const auto& source : m_feed.store().sources()) {
            const auto* update = m_feed.store().source(source);
            if (!update->snapshot) {
                continue;
            }
            for (const auto& table : update->snapshot->tables) {
                QStringList read{when(table->readAt)};
                for (const auto back : {0, 10, 60}) {
                    const auto kept =
                        m_feed.tables().at(source, table->spec().id, m_feed.now() - std::chrono::seconds(back));
                    read << (kept ? when(kept->readAt) : QStringLiteral("-"));
                }
                say(source + ' ' + std::string(table->spec().id), read);
            }
        }
    }

    const app::SnapshotFeed& m_feed;
    SteadyTime m_from;
    QStringList m_lines;
};

/// Where they differ first, with what stands around it; empty when they do not.
inline QString firstDifference(const QStringList& a, const QStringList& b) {
    for (qsizetype line = 0; line < std::max(a.size(), b.size()); ++line) {
        const auto x = a.value(line);
        const auto y = b.value(line);
        if (x == y) {
            continue;
        }
        const auto at = std::ranges::mismatch(x, y).in1 - x.begin();
        const auto from = std::max<qsizetype>(0, at - 60);
        return x.left(80) + QStringLiteral(" \u2026 ") + x.mid(from, 140) + QStringLiteral(" | ") + y.mid(from, 140);
    }
    return {};
}

} // namespace binnacle::test
