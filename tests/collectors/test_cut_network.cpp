// SPDX-License-Identifier: GPL-3.0-or-later
// The network between the collectors and the servers of a bundled stack, cut so that nobody is told: half open.
#include "backend/clients/pg_connect.h"
#include "backend/clients/stack_status.h"
#include "backend/collectors/bundled_sources.h"
#include "backend/collectors/collector_runner.h"
#include "backend/domain/freshness.h"
#include "tests/support/bundled_stack.h"
#include "tests/support/fault_proxy.h"
#include "tests/support/patience.h"
#include "tests/system/sql_session.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>

using namespace binnacle;
using namespace binnacle::test;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

/// What one source told, and how its passes went.
struct Heard {
    SourceUpdate newest;
    std::chrono::nanoseconds longestPass{};
    std::chrono::nanoseconds longestPause{};
    std::size_t updates = 0;
};

class Listener {
public:
    void take(SourceUpdate update) {
        const std::lock_guard lock(m_mutex);
        auto& heard = m_heard[update.source];
        const auto now = steady_clock::now();
        if (update.failure) {
            heard.longestPause =
                std::max(heard.longestPause, std::chrono::nanoseconds(update.failure->nextTryAt - now));
        }
        ++heard.updates;
        heard.newest = std::move(update);
    }
    [[nodiscard]] std::map<std::string, Heard> all() const {
        const std::lock_guard lock(m_mutex);
        return m_heard;
    }
    /// Sources that are not in that state now.
    [[nodiscard]] QString othersThan(Freshness wanted) const {
        QString text;
        for (const auto& [source, heard] : all()) {
            if (const auto is = freshnessOf(heard.newest, steady_clock::now()); is != wanted) {
                text += QString::fromStdString(source + " is " + std::string(freshnessName(is)) + "; ");
            }
        }
        return text;
    }

private:
    mutable std::mutex m_mutex;
    std::map<std::string, Heard> m_heard;
};

/// Measures each pass of the collector that it runs.
class TimedCollector final : public Collector {
public:
    TimedCollector(std::unique_ptr<Collector> inner, std::shared_ptr<std::atomic<std::int64_t>> longestNs)
        : m_inner(std::move(inner))
        , m_longestNs(std::move(longestNs)) {}
    [[nodiscard]] std::string source() const override { return m_inner->source(); }
    [[nodiscard]] std::string target() const override { return m_inner->target(); }
    [[nodiscard]] std::chrono::milliseconds interval() const override { return m_inner->interval(); }
    [[nodiscard]] bool local() const override { return m_inner->local(); }
    [[nodiscard]] Result<Snapshot> collect(SteadyTime deadline) override {
        const auto began = steady_clock::now();
        auto result = m_inner->collect(deadline);
        *m_longestNs = std::max<std::int64_t>(*m_longestNs, (steady_clock::now() - began).count());
        return result;
    }

private:
    std::unique_ptr<Collector> m_inner;
    std::shared_ptr<std::atomic<std::int64_t>> m_longestNs;
};

/// A stack whose every part is reached through a proxy.
class ProxiedStack {
public:
    explicit ProxiedStack(StackStatus status)
        : m_status(std::move(status)) {
        auto& endpoints = m_status.endpoints;
        endpoints.redis = unixPart("redis", endpoints.redis);
        endpoints.haproxyRead = unixPart("haproxy", endpoints.haproxyRead);
        endpoints.control = unixPart("control", endpoints.control);
        endpoints.stack = unixPart("stack", endpoints.stack);
        for (auto& instance : endpoints.instances) {
            instance.admin = unixPart("service/" + instance.name, instance.admin);
        }
        endpoints.pgbouncer = postgresPart("pgbouncer", endpoints.pgbouncer);
        endpoints.postgresPrimary = postgresPart("postgres/primary", endpoints.postgresPrimary);
        for (std::size_t i = 0; i < endpoints.postgresReplicas.size(); ++i) {
            endpoints.postgresReplicas[i] =
                postgresPart("postgres/replica-" + std::to_string(i + 1), endpoints.postgresReplicas[i]);
        }
    }
    [[nodiscard]] const StackStatus& status() const { return m_status; }
    [[nodiscard]] std::map<std::string, std::unique_ptr<FaultProxy>>& proxies() { return m_proxies; }

private:
    std::string folder(const std::string& source) {
        auto name = source;
        std::ranges::replace(name, '/', '-');
        const auto path = std::filesystem::path(m_dir.path().toStdString()) / name;
        std::filesystem::create_directory(path);
        return path.string();
    }
    void put(const std::string& source, const std::string& server, const std::string& at) {
        m_proxies[source] = std::make_unique<FaultProxy>(FaultAddress{server, 0}, at);
    }
    std::string unixPart(const std::string& source, const std::string& endpoint) {
        const auto at = folder(source) + "/s";
        put(source, endpoint.substr(5), at);
        return "unix:" + at;
    }
    std::string postgresPart(const std::string& source, const std::string& conninfo) {
        std::map<std::string, std::string> settings;
        const auto parts = conninfoSettings(conninfo).value();
        for (const auto& [name, value] : parts) {
            settings[name] = value;
        }
        const auto file = "/.s.PGSQL." + settings["port"];
        const auto directory = folder(source);
        put(source, settings["host"] + file, directory + file);
        return withSettings(conninfo, {{"host", directory}});
    }

    QTemporaryDir m_dir;
    StackStatus m_status;
    std::map<std::string, std::unique_ptr<FaultProxy>> m_proxies;
};

} // namespace

class TestCutNetwork : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        const auto up = m_stack.up();
        QVERIFY2(up.exitCode == 0, up.err.constData());
        const auto status =
            parseStackStatus(m_stack.stack({QStringLiteral("status"), QStringLiteral("--json")}).out.toStdString());
        QVERIFY(status);
        m_parts = std::make_unique<ProxiedStack>(*status);
        m_sql = std::make_unique<SqlSession>(QString::fromStdString(status->endpoints.postgresPrimary),
                                             m_stack.stateDir(), QStringLiteral("binnacle_admin"));
        // The stack's own recorder reads the same servers, with a connection of its own each.
        QVERIFY(m_stack.stopComponent(QStringLiteral("recorder")));
        QTRY_COMPARE(ownSessions(), 0);
        std::vector<std::unique_ptr<Collector>> collectors;
        for (auto& collector : collectorsFor(m_parts->status())) {
            auto& longest = m_longestNs[collector->source()];
            longest = std::make_shared<std::atomic<std::int64_t>>(0);
            collectors.push_back(std::make_unique<TimedCollector>(std::move(collector), longest));
        }
        QVERIFY(collectors.size() >= 9);
        m_runner.run(std::move(collectors));
    }
    void everySourceIsReadThroughItsProxy() { untilAll(Freshness::Fresh); }
    void cutHalfOpenEverySourceGoesLateThenLost() {
        for (const auto& [source, proxy] : m_parts->proxies()) {
            proxy->cutHalfOpen();
        }
        m_cutAt = steady_clock::now();
        untilAll(Freshness::Late);
        untilAll(Freshness::Lost);
    }
    void noPassTakesItsWholeIntervalAndNoPauseIsOverASecond() {
        for (const auto& [source, heard] : m_listener.all()) {
            // The deadline lies at 80 % of the interval, and a thread may have to wait for its turn.
            const std::chrono::nanoseconds longest(*m_longestNs[source]);
            QVERIFY2(longest < heard.newest.interval + 1s, (source + std::to_string(longest.count())).c_str());
            QVERIFY2(heard.longestPause <= 1s, source.c_str());
            QVERIFY2(heard.newest.failure && heard.newest.failure->error.code == ErrorCode::Timeout, source.c_str());
        }
    }
    void nothingIsQueuedAndTheServersSawOneConnectionEach() {
        for (const auto& [source, heard] : m_listener.all()) {
            const auto passed = steady_clock::now() - m_began;
            QVERIFY2(heard.updates <= static_cast<std::size_t>(passed / heard.newest.interval) + 2, source.c_str());
            QCOMPARE(m_parts->proxies().at(source)->mostToServer(), std::size_t{1});
        }
    }
    void postgresEndsByItselfWhatTheCutLeftBehind() {
        // We closed our end long ago; the server heard nothing of that, and ends the session by its own timeout.
        QTRY_COMPARE(ownSessions(), 0);
    }
    void everySourceReturnsByItselfAfterTheCut() {
        for (const auto& [source, proxy] : m_parts->proxies()) {
            proxy->heal();
        }
        const auto healed = steady_clock::now();
        untilAll(Freshness::Fresh);
        qInfo("all back after %lld ms", static_cast<long long>((steady_clock::now() - healed) / 1ms));
        for (const auto& [source, proxy] : m_parts->proxies()) {
            QTRY_COMPARE(proxy->openToServer(), std::size_t{1});
        }
        QTRY_COMPARE(ownSessions(), 1);
    }
    void aRouterThatForgotLeavesNoSecondSessionForLong() {
        auto& proxy = *m_parts->proxies().at("postgres/primary");
        proxy.cutHalfOpen();
        QTRY_VERIFY(m_listener.all().at("postgres/primary").newest.failure);
        proxy.healForgettingOld();
        QTRY_VERIFY(!m_listener.all().at("postgres/primary").newest.failure);
        QTRY_COMPARE(ownSessions(), 1);
    }
    void aResetConnectionIsMadeAnew() {
        for (const auto& [source, proxy] : m_parts->proxies()) {
            const auto before = proxy->accepted();
            proxy->reset();
            QTRY_VERIFY(proxy->accepted() > before);
        }
        untilAll(Freshness::Fresh);
    }
    void aTornAnswerIsAFailureAndNeverAValue() {
        for (const auto& [source, proxy] : m_parts->proxies()) {
            proxy->truncateAfter(300);
            proxy->reset();
        }
        for (const auto& [source, proxy] : m_parts->proxies()) {
            QTRY_VERIFY(m_listener.all().at(source).newest.failure);
        }
        for (const auto& [source, proxy] : m_parts->proxies()) {
            proxy->truncateAfter(0);
        }
        untilAll(Freshness::Fresh);
    }
    void cleanupTestCase() {
        m_runner.stop();
        m_sql.reset();
        m_stack.down();
    }

private:
    void untilAll(Freshness wanted) {
        QTRY_VERIFY2_WITH_TIMEOUT(m_listener.all().size() == m_longestNs.size() &&
                                      m_listener.othersThan(wanted).isEmpty(),
                                  qPrintable(m_listener.othersThan(wanted)), 40'000);
    }
    /// Sessions of the collectors on the primary.
    int ownSessions() {
        return m_sql->number("select count(*) from pg_stat_activity where application_name = 'binnacle'");
    }

    BundledStack m_stack;
    std::unique_ptr<ProxiedStack> m_parts;
    std::unique_ptr<SqlSession> m_sql;
    std::map<std::string, std::shared_ptr<std::atomic<std::int64_t>>> m_longestNs;
    Listener m_listener;
    CollectorRunner m_runner{[this](SourceUpdate update) { m_listener.take(std::move(update)); }};
    SteadyTime m_began = steady_clock::now();
    SteadyTime m_cutAt;
};

QTEST_GUILESS_MAIN(TestCutNetwork)
#include "test_cut_network.moc"
