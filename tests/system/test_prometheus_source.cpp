// SPDX-License-Identifier: GPL-3.0-or-later
// The bundled instances through Debian's Prometheus, and beside it what they say themselves.
#include "backend/clients/stack_status.h"
#include "backend/collectors/collector_runner.h"
#include "backend/collectors/prometheus_collector.h"
#include "backend/collectors/service_collector.h"
#include "backend/domain/rate.h"
#include "backend/history/request_path.h"
#include "tests/support/bundled_stack.h"
#include "tests/support/wait_for.h"
#include "tests/system/prometheus_process.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <cmath>
#include <csignal>
#include <mutex>

using namespace binnacle;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

SteadyTime soon() {
    return std::chrono::steady_clock::now() + 5s;
}

QString text(const std::string& value) {
    return QString::fromStdString(value);
}

/// Counts only what users do, so that both ways can be compared while health checks go on.
bool countsUsers(const Reading& reading) {
    const std::string_view id = reading.key.id;
    return (id.starts_with("service.") || id.starts_with("cache.")) &&
           !reading.key.labels.get("route").starts_with("GET /healthz");
}

/// Collectors with the console's history behind them.
class Watch {
public:
    Watch()
        : m_runner([this](const SourceUpdate& update) {
            const std::scoped_lock lock(m_mutex);
            m_store.apply(update);
        }) {}
    void run(std::vector<std::unique_ptr<Collector>> collectors) { m_runner.run(std::move(collectors)); }
    PathReading path() {
        const std::scoped_lock lock(m_mutex);
        return readRequestPath(m_store, std::chrono::steady_clock::now());
    }
    SourceState state(const std::string& source) {
        const std::scoped_lock lock(m_mutex);
        const auto* const update = m_store.source(source);
        return update != nullptr ? sourceStateOf(*update, std::chrono::steady_clock::now()) : SourceState::Loading;
    }
    /// Why the last pass of a source failed, for the message of a failed test.
    QString failure(const std::string& source) {
        const std::scoped_lock lock(m_mutex);
        const auto* const update = m_store.source(source);
        return update != nullptr && update->failure ? text(update->failure->error.text) : QStringLiteral("no failure");
    }
    SnapshotPtr snapshot(const std::string& source) {
        const std::scoped_lock lock(m_mutex);
        const auto* const update = m_store.source(source);
        return update != nullptr ? update->snapshot : nullptr;
    }

private:
    std::mutex m_mutex;
    SignalStore m_store;
    CollectorRunner m_runner; // last: its threads use the others
};

std::vector<std::unique_ptr<Collector>> instancesOf(const StackStatus& status) {
    std::vector<std::unique_ptr<Collector>> collectors;
    for (const auto& instance : status.endpoints.instances) {
        collectors.push_back(
            std::make_unique<ServiceCollector>(instance.name, HttpEndpoint::parse(instance.admin).value()));
    }
    return collectors;
}

} // namespace

class TestPrometheusSource : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        if (!PrometheusProcess::exists()) {
            QSKIP("Debian's package prometheus is not installed");
        }
        const auto result = m_stack.up();
        QVERIFY2(result.exitCode == 0, result.err.constData());
        const auto document = m_stack.stack({QStringLiteral("status"), QStringLiteral("--json")}).out;
        const auto status = parseStackStatus(document.toStdString());
        QVERIFY2(status.has_value(), status ? "" : status.error().text.c_str());
        m_status = *status;
        QStringList targets;
        for (const auto& instance : m_status.endpoints.instances) {
            targets << QUrl(text(instance.metrics)).authority();
        }
        m_prometheus = std::make_unique<PrometheusProcess>(targets);
        m_reader = std::make_shared<PrometheusReader>(
            PrometheusTarget{"test", HttpEndpoint::parse(m_prometheus->url()).value(), {}, {}, 1000ms, {}});
        std::string last;
        const auto found = waitFor(30s, [&] {
            const auto sources = m_reader->discover(soon());
            last = sources ? std::to_string(sources->size()) + " sources" : sources.error().text;
            return sources && sources->size() == m_status.endpoints.instances.size();
        });
        QVERIFY2(found, qPrintable(text(last) + QString::fromUtf8(m_prometheus->log())));
        m_through.run(prometheusCollectors(m_reader, soon()).value());
        m_direct.run(instancesOf(m_status));
    }

    void cleanupTestCase() {
        m_through.run({});
        m_direct.run({});
        m_prometheus.reset();
        QCOMPARE(m_stack.down().exitCode, 0);
        QVERIFY(waitFor(30s, [&] { return m_stack.processes().isEmpty(); }));
    }

    void promtoolAcceptsTheMetricsOfEveryInstance() {
        traffic(50, 1s); // so that everything has counted once
        for (const auto& instance : m_status.endpoints.instances) {
            const QUrl url(text(instance.metrics));
            HttpClient http(HttpEndpoint::parse("http://" + url.authority().toStdString()).value());
            const auto metrics = http.getBody(url.path().toStdString(), soon());
            QVERIFY2(metrics, metrics ? "" : metrics.error().text.c_str());
            QVERIFY(metrics->find("process_start_time_seconds{instance=\"" + instance.name) != std::string::npos);
            QProcess promtool;
            promtool.setProcessChannelMode(QProcess::MergedChannels);
            promtool.start(QStringLiteral("promtool"), {QStringLiteral("check"), QStringLiteral("metrics")});
            promtool.write(metrics->data(), static_cast<qint64>(metrics->size()));
            promtool.closeWriteChannel();
            QVERIFY(promtool.waitForFinished());
            const auto words = promtool.readAll();
            QVERIFY2(promtool.exitCode() == 0 && words.isEmpty(), words.constData());
        }
    }

    void eachInstanceIsASourceThatIsLive() {
        for (const auto& instance : m_status.endpoints.instances) {
            const auto source = "service/" + instance.name;
            QVERIFY2(waitFor(30s, [&] { return m_through.state(source) == SourceState::Live; }), source.c_str());
            const auto header = m_through.snapshot(source)->header;
            const auto age = std::chrono::steady_clock::now() - header.steadyAt;
            QVERIFY(age > 0ms && age < 10s);
            QVERIFY(!header.epoch.empty());
        }
    }

    /// What came in counts the same on both ways, and percentiles are as near as the buckets promise.
    void countsAndHistogramsEqualThoseReadDirectly() {
        traffic(100, 3s);
        for (const auto& instance : m_status.endpoints.instances) {
            const auto source = "service/" + instance.name;
            QString difference;
            const auto same = waitFor(30s, [&] {
                const auto through = m_through.snapshot(source);
                const auto direct = m_direct.snapshot(source);
                difference = through && direct ? differenceOf(*direct, *through) : QStringLiteral("no snapshot");
                return difference.isEmpty();
            });
            QVERIFY2(same, qPrintable(text(source) + QStringLiteral(": ") + difference + QStringLiteral("; ") +
                                      m_through.failure(source)));
        }
    }

    void ratesAndPercentilesOfThePageAgree() {
        QProcess load;
        load.start(qEnvironmentVariable("BINNACLE_TEST_BIN") + QStringLiteral("/binnacle-load"),
                   {QStringLiteral("run"), QStringLiteral("--rate"), QStringLiteral("80"), QStringLiteral("--duration"),
                    QStringLiteral("0"), QStringLiteral("--state-dir"), m_stack.stateDir()});
        QString seen;
        const auto agree = waitFor(90s, [&] {
            const auto through = m_through.path();
            const auto direct = m_direct.path();
            const auto& a = through.requestsPerSecond;
            const auto& b = direct.requestsPerSecond;
            const auto& p = through.p95;
            const auto& q = direct.p95;
            if (!a.value || !b.value || !p.value || !q.value || through.latencyCount < 1000) {
                return false;
            }
            seen =
                QStringLiteral("%1 and %2 /s, p95 %3 and %4 s").arg(*a.value).arg(*b.value).arg(*p.value).arg(*q.value);
            // Windows of both begin at other instants, so a burst may be in one and not yet in the other.
            return *b.value > 60 && std::abs(*a.value - *b.value) < 0.1 * *b.value &&
                   std::abs(*p.value - *q.value) < 0.3 * *q.value;
        });
        load.terminate();
        load.waitForFinished(20000);
        QVERIFY2(agree, qPrintable(seen + QStringLiteral("; ") + m_through.failure("service/app-1")));
    }

    void aRestartIsAResetAndNoRate() {
        const std::string source = "service/app-2";
        const auto before = m_through.snapshot(source);
        QVERIFY(before);
        QCOMPARE(::kill(m_stack.pidOf(QStringLiteral("app-2")), SIGKILL), 0);
        SnapshotPtr after;
        QVERIFY(waitFor(30s, [&] {
            after = m_through.snapshot(source);
            return after && after->header.epoch != before->header.epoch;
        }));
        for (const auto& reading : after->readings) {
            QVERIFY(!counterRate(*before, *after, reading.key));
            QVERIFY(!histogramSince(*before, *after, reading.key));
        }
    }

    void whatPrometheusCantScrapeIsLostAndReturns() {
        const auto pid = m_stack.pidOf(QStringLiteral("app-3"));
        QCOMPARE(::kill(pid, SIGSTOP), 0);
        const auto lost = waitFor(30s, [&] { return m_through.state("service/app-3") == SourceState::Lost; });
        const auto others = m_through.state("service/app-1");
        QCOMPARE(::kill(pid, SIGCONT), 0);
        QVERIFY(lost);
        QCOMPARE(others, SourceState::Live);
        QVERIFY(waitFor(30s, [&] { return m_through.state("service/app-3") == SourceState::Live; }));
    }

    void aStoppedPrometheusGoesLateAndNothingStaysFresh() {
        const auto pid = static_cast<pid_t>(m_prometheus->pid());
        QCOMPARE(::kill(pid, SIGSTOP), 0);
        const auto late = waitFor(30s, [&] { return m_through.state("service/app-1") == SourceState::Late; });
        const auto lost = waitFor(40s, [&] { return m_through.state("service/app-1") == SourceState::Lost; });
        QCOMPARE(::kill(pid, SIGCONT), 0);
        QVERIFY(late);
        QVERIFY(lost);
        QVERIFY(waitFor(30s, [&] { return m_through.state("service/app-1") == SourceState::Live; }));
    }

private:
    void traffic(int rate, std::chrono::seconds time) {
        const auto report = runProgram(QStringLiteral("binnacle-load"),
                                       {QStringLiteral("run"), QStringLiteral("--rate"), QString::number(rate),
                                        QStringLiteral("--duration"), QString::number(time.count()),
                                        QStringLiteral("--json"), QStringLiteral("--state-dir"), m_stack.stateDir()});
        QVERIFY2(report.exitCode == 0, report.err.constData());
    }

    /// The first difference between what an instance says and what Prometheus says of it, or nothing.
    static QString differenceOf(const Snapshot& direct, const Snapshot& through) {
        int compared = 0;
        for (const auto& reading : direct.readings) {
            const bool counted = reading.kind == SignalKind::Counter && countsUsers(reading);
            const bool latency = reading.kind == SignalKind::Histogram && countsUsers(reading);
            if (!counted && !latency && reading.key.id != "pool.app.size" && reading.key.id != "degradation.level") {
                continue;
            }
            const auto* const other = through.find(reading.key.id, reading.key.labels);
            if (other == nullptr) {
                return text(reading.key.id) + QStringLiteral(" is missing");
            }
            if (!latency && other->value != reading.value) {
                return QStringLiteral("%1: %2, not %3")
                    .arg(text(reading.key.id))
                    .arg(*other->value)
                    .arg(*reading.value);
            }
            if (latency) {
                if (!other->histogram) {
                    return text(other->absentReason);
                }
                if (other->histogram->count() != reading.histogram->count()) {
                    return QStringLiteral("latency counts %1, not %2")
                        .arg(other->histogram->count())
                        .arg(reading.histogram->count());
                }
                for (const double q : {0.5, 0.95, 0.99}) {
                    const double exact = reading.histogram->quantile(q).value();
                    const double told = other->histogram->quantile(q).value();
                    if (std::abs(told - exact) > 0.135 * exact && std::abs(told - exact) > 34e-6) {
                        return QStringLiteral("quantile %1: %2 s, not %3 s").arg(q).arg(told).arg(exact);
                    }
                }
            }
            ++compared;
        }
        return compared > 10 ? QString() : QStringLiteral("only %1 readings to compare").arg(compared);
    }

    BundledStack m_stack;
    StackStatus m_status;
    std::unique_ptr<PrometheusProcess> m_prometheus;
    std::shared_ptr<PrometheusReader> m_reader;
    Watch m_through;
    Watch m_direct;
};

QTEST_GUILESS_MAIN(TestPrometheusSource)
#include "test_prometheus_source.moc"
