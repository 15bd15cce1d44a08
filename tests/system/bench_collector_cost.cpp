// SPDX-License-Identifier: GPL-3.0-or-later
// What watching costs, in one run on one stack under traffic: our collectors, and beside them Prometheus with the
// exporters of PostgreSQL and Redis, both at their pace of a second or less. Prints the table; fails only far beyond
// the aims, because a busy neighbour is in every figure.
#include "backend/clients/prometheus_client.h"
#include "backend/collectors/bundled_sources.h"
#include "backend/collectors/collector_runner.h"
#include "tests/support/bundled_stack.h"
#include "tests/support/private_redis.h"
#include "tests/support/wait_for.h"
#include "tests/system/prometheus_process.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

#include <csignal>
#include <cstdio>
#include <iterator>
#include <map>
#include <mutex>
#include <set>
#include <sys/prctl.h>
#include <unistd.h>

using namespace binnacle;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

constexpr double kAimPostgresMs = 2.0; ///< ms of CPU in the primary's backends, each second
constexpr double kAimShare = 0.25;     ///< of the others' CPU

/// Reads the sources of a stack until its input ends, and says when the first and the last of them told something.
int collect(const QString& statusFile) {
    QFile file(statusFile);
    const auto status = file.open(QIODevice::ReadOnly) ? parseStackStatus(file.readAll().toStdString())
                                                       : fail(ErrorCode::Io, "no status");
    if (!status) {
        return 2;
    }
    auto collectors = collectorsFor(*status);
    std::set<std::string> silent;
    for (const auto& collector : collectors) {
        silent.insert(collector->source());
    }
    std::mutex mutex;
    bool first = true;
    CollectorRunner runner([&](const SourceUpdate& update) {
        const std::scoped_lock lock(mutex);
        if (update.snapshot && silent.erase(update.source) > 0 && (first || silent.empty())) {
            std::puts(first ? "first" : "all");
            std::fflush(stdout);
            first = false;
        }
    });
    runner.run(std::move(collectors));
    char byte = 0;
    while (::read(STDIN_FILENO, &byte, 1) > 0) {
    }
    runner.stop();
    return 0;
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// CPU seconds of a process with all its threads.
double cpuOf(qint64 pid) {
    const auto stat = contentOf(QStringLiteral("/proc/%1/stat").arg(pid));
    const auto fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return fields.size() > 12 ? (fields[11].toDouble() + fields[12].toDouble()) / double(::sysconf(_SC_CLK_TCK)) : 0;
}

/// CPU of the backends that serve the console's role at one server, also of those that come and go meanwhile. Those
/// that are there when it is made serve others and do not count.
class BackendCpu {
public:
    explicit BackendCpu(pid_t postmaster)
        : m_children(QStringLiteral("/proc/%1/task/%1/children").arg(postmaster)) {
        look();
        for (const auto& [pid, seen] : m_seen) {
            m_others.insert(pid);
        }
        m_seen.clear();
    }
    /// Begins to count: what they did until now, connecting, is not of the run.
    void start() {
        look();
        for (auto& [pid, seen] : m_seen) {
            seen.first = seen.last;
        }
    }
    void look() {
        for (const auto& pid : contentOf(m_children).simplified().split(' ')) {
            const auto process = QStringLiteral("/proc/") + QString::fromLatin1(pid);
            if (!m_others.contains(pid.toInt()) &&
                contentOf(process + QStringLiteral("/cmdline")).contains("console_ro")) {
                const auto ns = contentOf(process + QStringLiteral("/schedstat")).split(' ').value(0).toDouble();
                auto& seen = m_seen[pid.toInt()];
                seen.last = std::max(seen.last, ns);
            }
        }
    }
    [[nodiscard]] double seconds() const {
        double ns = 0;
        for (const auto& [pid, seen] : m_seen) {
            ns += seen.last - seen.first;
        }
        return ns * 1e-9;
    }

private:
    struct Seen {
        double first = 0;
        double last = 0;
    };
    QString m_children;
    std::map<int, Seen> m_seen;
    std::set<int> m_others;
};

struct Cost {
    double postgresMs = 0; ///< ms/s in the primary
    double cpu = 0;        ///< s/s
    double firstMs = 0;    ///< until the first value
    double allMs = 0;      ///< until all sources had one
};

void dieWithParent(QProcess& process) {
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

} // namespace

class BenchCollectorCost : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void watchingCostsLittle() {
        for (const auto* const program : {"prometheus", "prometheus-postgres-exporter", "prometheus-redis-exporter"}) {
            if (QStandardPaths::findExecutable(QLatin1String(program)).isEmpty()) {
                QSKIP("prometheus, prometheus-postgres-exporter and prometheus-redis-exporter are not all installed");
            }
        }
        const auto result = m_stack.up({QStringLiteral("--demo")});
        QVERIFY2(result.exitCode == 0, result.err.constData());
        // It reads the same servers as the same role: whoever of its sessions comes anew would count as one of ours.
        QVERIFY(m_stack.stopComponent(QStringLiteral("recorder")));
        const auto document = m_stack.stack({QStringLiteral("status"), QStringLiteral("--json")}).out;
        const auto status = parseStackStatus(document.toStdString());
        QVERIFY(status.has_value());
        QTemporaryDir directory;
        const auto statusFile = directory.filePath(QStringLiteral("status.json"));
        QFile file(statusFile);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(document) > 0);
        file.close();

        const auto ours = costOfOurs(statusFile);
        const auto theirs = costOfTheirs(*status);
        QVERIFY(!QTest::currentTestFailed());
        std::printf("\n| on one stack, %lld s each | Binnacle | Prometheus and exporters | aim |\n|---|---|---|---|\n",
                    static_cast<long long>(m_span.count()));
        std::printf("| CPU inside the primary, ms/s | %.2f | %.2f | <= %.0f |\n", ours.postgresMs, theirs.postgresMs,
                    kAimPostgresMs);
        std::printf("| CPU of the collectors, s/s | %.4f | %.4f | <= a quarter of theirs: %.4f |\n", ours.cpu,
                    theirs.cpu, kAimShare * theirs.cpu);
        std::printf("| first live value, s | %.2f | %.2f | <= 1 |\n", ours.firstMs / 1000, theirs.firstMs / 1000);
        std::printf("| a live value of all sources, s | %.2f | %.2f | |\n\n", ours.allMs / 1000, theirs.allMs / 1000);
        std::fflush(stdout);
        QVERIFY2(ours.postgresMs <= 4 * kAimPostgresMs, "far beyond the aim inside PostgreSQL");
        QVERIFY2(ours.cpu <= theirs.cpu, "costs more than the usual way");
    }

private:
    /// BINNACLE_COST_SECONDS, else ten.
    static std::chrono::seconds span() {
        const int asked = qEnvironmentVariableIntValue("BINNACLE_COST_SECONDS");
        return std::chrono::seconds(asked > 0 ? asked : 10);
    }

    Cost measure(BackendCpu& backends, const std::vector<qint64>& pids) {
        backends.start();
        double cpuBefore = 0;
        for (const auto pid : pids) {
            cpuBefore += cpuOf(pid);
        }
        QElapsedTimer timer;
        timer.start();
        (void)waitFor(m_span, [&] {
            backends.look();
            return false;
        });
        double cpuAfter = 0;
        for (const auto pid : pids) {
            cpuAfter += cpuOf(pid);
        }
        const double seconds = double(timer.nsecsElapsed()) * 1e-9;
        Cost cost;
        cost.postgresMs = backends.seconds() * 1000 / seconds;
        cost.cpu = (cpuAfter - cpuBefore) / seconds;
        return cost;
    }

    Cost costOfOurs(const QString& statusFile) {
        BackendCpu backends(m_stack.pidOf(QStringLiteral("primary")));
        QProcess collector;
        dieWithParent(collector);
        QElapsedTimer timer;
        timer.start();
        collector.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--collect"), statusFile});
        QByteArray said;
        const auto hears = [&](const char* word) {
            return waitFor(30s, [&] {
                collector.waitForReadyRead(5);
                said += collector.readAllStandardOutput();
                return said.contains(word);
            });
        };
        const bool first = hears("first").has_value();
        const double firstMs = double(timer.elapsed());
        const bool all = hears("all").has_value();
        const double allMs = double(timer.elapsed());
        auto cost = measure(backends, {collector.processId()});
        cost.firstMs = firstMs;
        cost.allMs = allMs;
        collector.closeWriteChannel();
        collector.waitForFinished();
        if (!first || !all) {
            QTest::qFail("our collectors told nothing", __FILE__, __LINE__);
        }
        return cost;
    }

    Cost costOfTheirs(const StackStatus& status) {
        BackendCpu backends(m_stack.pidOf(QStringLiteral("primary")));
        const auto postgresPort = QStringLiteral("127.0.0.1:%1").arg(freePort());
        const auto redisPort = QStringLiteral("127.0.0.1:%1").arg(freePort());
        QProcess postgres;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DATA_SOURCE_NAME"),
                           QString::fromStdString(status.endpoints.postgresPrimary) +
                               QStringLiteral(" sslmode=disable"));
        environment.insert(QStringLiteral("PGPASSFILE"), QString::fromStdString(status.credentials.pgpassFile));
        environment.insert(
            QStringLiteral("REDIS_PASSWORD"),
            QString::fromUtf8(contentOf(QString::fromStdString(status.credentials.redisPasswordFile)).trimmed()));
        environment.insert(QStringLiteral("REDIS_USER"), QString::fromStdString(status.credentials.redisUser));
        QElapsedTimer timer;
        timer.start();
        dieWithParent(postgres);
        postgres.setProcessEnvironment(environment);
        postgres.setStandardErrorFile(QProcess::nullDevice());
        postgres.start(QStringLiteral("prometheus-postgres-exporter"),
                       {QStringLiteral("--web.listen-address=") + postgresPort});
        QProcess redis;
        dieWithParent(redis);
        redis.setProcessEnvironment(environment);
        redis.setStandardErrorFile(QProcess::nullDevice());
        redis.start(QStringLiteral("prometheus-redis-exporter"),
                    {QStringLiteral("-web.listen-address"), redisPort, QStringLiteral("-redis.addr"),
                     QString::fromStdString(status.endpoints.redis)
                         .replace(QRegularExpression(QStringLiteral("^unix:/")), QStringLiteral("unix:///"))});
        QStringList targets{postgresPort, redisPort};
        for (const auto& instance : status.endpoints.instances) {
            targets << QUrl(QString::fromStdString(instance.metrics)).authority();
        }
        PrometheusProcess prometheus(targets);
        PrometheusClient client({"bench", HttpEndpoint::parse(prometheus.url()).value()});
        const auto tells = [&](const char* query, std::size_t wanted) {
            return waitFor(60s, [&] {
                std::size_t count = 0;
                const auto answered = client.query(query, std::chrono::steady_clock::now() + 1s,
                                                   [&](const PrometheusSample&) { ++count; });
                return answered && count >= wanted;
            });
        };
        const bool first = tells("pg_up == 1 or redis_up == 1 or binnacle_degradation_level", 1).has_value();
        const double firstMs = double(timer.elapsed());
        const auto sources = status.endpoints.instances.size() + 2;
        const bool all = tells("pg_up == 1 or redis_up == 1 or binnacle_degradation_level", sources).has_value();
        const double allMs = double(timer.elapsed());
        auto cost = measure(backends, {prometheus.pid(), postgres.processId(), redis.processId()});
        cost.firstMs = firstMs;
        cost.allMs = allMs;
        for (auto* const process : {&postgres, &redis}) {
            process->kill();
            process->waitForFinished();
        }
        if (!first || !all) {
            QTest::qFail("Prometheus and its exporters told nothing", __FILE__, __LINE__);
        }
        return cost;
    }

    std::chrono::seconds m_span = span();
    BundledStack m_stack;
};

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--collect") == 0) {
        return collect(QString::fromLocal8Bit(argv[2]));
    }
    BenchCollectorCost bench;
    return QTest::qExec(&bench, argc, argv);
}
#include "bench_collector_cost.moc"
