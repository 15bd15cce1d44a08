// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/pg_connect.h"
#include "backend/collectors/profile.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

using namespace binnacle;

namespace {

/// JSON with single quotes, which moc understands better than raw strings.
std::string q(std::string text) {
    std::ranges::replace(text, '\'', '"');
    return text;
}

const std::string kWhole = q(
    "{"
    "'format': 1, 'name': 'orders', 'environment': 'staging', 'read_only': false,"
    "'objective': {'good_percent': 99.5, 'slower_than_ms': 250, 'window_h': 12},"
    "'services': [{'name': 'orders-1', 'admin': 'unix:/run/orders/admin.sock'},"
    "{'name': 'orders-2', 'admin': 'http://10.0.0.2:9000'}],"
    "'postgres': [{'name': 'main', 'conninfo': 'host=db.example.org user=watcher dbname=postgres sslmode=verify-full',"
    "'passfile': '/etc/binnacle/pgpass', 'log_directory': '/var/log/postgresql', 'standbys': ['copy']},"
    "{'name': 'copy', 'conninfo': 'postgresql://watcher@db2.example.org:5433/postgres?sslmode=require'}],"
    "'pgbouncer': {'conninfo': 'host=/run/pgbouncer dbname=pgbouncer user=stats', 'passfile': '/etc/binnacle/pgpass'},"
    "'redis': {'endpoint': 'rediss://10.0.0.3:6379', 'user': 'watcher', 'password_file': '/etc/binnacle/redis', "
    "'ca_file': '/etc/binnacle/ca.pem'},"
    "'haproxy': {'stats_url': 'https://lb.example.org:8404/haproxy', 'user': 'stats', 'password_file': "
    "'/etc/binnacle/lb'},"
    "'prometheus': [{'name': 'prod', 'endpoint': 'http://127.0.0.1:1', 'token_file': '/etc/binnacle/prometheus',"
    "'selector': 'env=x', 'scrape_interval_s': 30, 'names': {'10.0.0.7:9187': 'reports'}}],"
    "'control': {'endpoint': 'unix:/run/control.sock', 'token_file': '/etc/binnacle/token'}"
    "}");

std::string sentence(const std::string& document) {
    const auto profile = parseProfile(document, "shop");
    return profile ? std::string("no error") : profile.error().text;
}

/// A document of one PostgreSQL server with that connection string.
std::string withConninfo(const std::string& conninfo) {
    return q("{'format':1,'environment':'staging','postgres':[{'name':'a','conninfo':'") + conninfo + q("'}]}");
}

} // namespace

class TestProfile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyMemberIsRead() {
        const auto profile = parseProfile(kWhole, "file");
        QVERIFY2(profile, profile ? "" : profile.error().text.c_str());
        QCOMPARE(profile->name, std::string("orders"));
        QCOMPARE(profile->environment, ProfileEnvironment::Staging);
        QVERIFY(!profile->readOnly);
        QVERIFY(profile->warnings.empty());
        QCOMPARE(profile->objective.goodShare, 0.995);
        QCOMPARE(profile->objective.slowerThan, std::chrono::milliseconds(250));
        QCOMPARE(profile->objective.window, std::chrono::hours(12));
        QCOMPARE(profile->services.size(), std::size_t{2});
        QCOMPARE(profile->services[0].admin.unixSocket, std::string("/run/orders/admin.sock"));
        QCOMPARE(profile->postgres.size(), std::size_t{2});
        QCOMPARE(profile->postgres[0].passfile, std::string("/etc/binnacle/pgpass"));
        QCOMPARE(profile->postgres[0].logDirectory, std::string("/var/log/postgresql"));
        QCOMPARE(profile->postgres[0].expectedStandbys, std::vector<std::string>{"copy"});
        QCOMPARE(profile->redis->user, std::string("watcher"));
        QVERIFY(profile->redis->tls);
        QCOMPARE(profile->haproxy->text(), std::string("https://lb.example.org:8404/haproxy"));
        QCOMPARE(profile->haproxy->http.passwordFile, std::string("/etc/binnacle/lb"));
        QCOMPARE(profile->redis->tlsFiles.caFile, std::string("/etc/binnacle/ca.pem"));
        QCOMPARE(profile->control->tokenFile, std::string("/etc/binnacle/token"));
        QCOMPARE(profile->prometheus.size(), std::size_t{1});
        const auto& prometheus = profile->prometheus.front()->target();
        QCOMPARE(prometheus.endpoint.baseUrl, std::string("http://127.0.0.1:1"));
        QCOMPARE(prometheus.tokenFile, std::string("/etc/binnacle/prometheus"));
        QCOMPARE(prometheus.scrapeInterval, std::chrono::milliseconds(30'000));
        QCOMPARE(prometheus.names.at("10.0.0.7:9187"), std::string("reports"));
    }
    void anObjectiveThatNobodyCanKeepIsRefused() {
        const auto with = [](const std::string& objective) {
            return q("{'format':1,'environment':'staging','redis':{'endpoint':'a:1'},'objective':" + objective + "}");
        };
        QVERIFY(parseProfile(with("{}"), "shop")->objective == Objective{}); // what is left out is the bundled stack's
        QCOMPARE(parseProfile(with("{'slower_than_ms': 1000}"), "shop")->objective.goodShare, 0.999);
        const auto refused = [&](const std::string& objective, const char* text) {
            const auto said = sentence(with(objective));
            const auto holds = said.find(text) != std::string::npos;
            if (!holds) {
                qWarning("%s: %s", objective.c_str(), said.c_str());
            }
            return holds;
        };
        QVERIFY(refused("99.9", "objective must be an object"));
        for (const auto* share : {"100", "0.999", "-1", "'99.9'", "99.9999"}) {
            QVERIFY(refused(std::string("{'good_percent': ") + share + "}",
                            "objective.good_percent must be a number of percent, 50 to 99.999."));
        }
        QVERIFY(refused("{'slower_than_ms': 0}", "objective.slower_than_ms must be a number of milliseconds"));
        for (const auto* hours : {"0", "25", "1.5"}) {
            QVERIFY(refused(std::string("{'window_h': ") + hours + "}",
                            "objective.window_h must be a whole number of hours, 1 to 24"));
        }
        QCOMPARE(parseProfile(with("{'good': 1}"), "shop")->warnings.size(), std::size_t{1});
    }
    void anAddressOfPostgresBecomesPairs() {
        const auto profile = parseProfile(kWhole, "file");
        QVERIFY(profile);
        const auto settings = conninfoSettings(profile->postgres[1].conninfo);
        QVERIFY(settings);
        const std::map<std::string, std::string> byName(settings->begin(), settings->end());
        QCOMPARE(byName.at("host"), std::string("db2.example.org"));
        QCOMPARE(byName.at("port"), std::string("5433"));
        QCOMPARE(byName.at("sslmode"), std::string("require"));
        QVERIFY(!profile->postgres[1].conninfo.contains("postgresql://"));
    }
    void theSameCollectorsReadIt() {
        const auto profile = parseProfile(kWhole, "file");
        QVERIFY(profile);
        std::vector<std::string> sources;
        for (const auto& collector : collectorsFor(*profile)) {
            sources.push_back(collector->source());
        }
        std::ranges::sort(sources);
        // Nobody answers for Prometheus: that is told by its own source.
        const std::vector<std::string> expected{"haproxy",         "pgbouncer", "postgres/copy",    "postgres/main",
                                                "prometheus/prod", "redis",     "service/orders-1", "service/orders-2"};
        QCOMPARE(sources, expected);
        const auto status = stackStatusOf(*profile);
        QCOMPARE(status.state, std::string("running"));
        QCOMPARE(status.endpoints.control, std::string("unix:/run/control.sock"));
    }
    void aServiceMayBeReadByItsMetricsPage() {
        const auto profile = parseProfile(q("{'format':1,'environment':'staging','services':[{'name':'orders-1','"
                                            "metrics':'http://127.0.0.1:1/metrics'}]}"),
                                          "a");
        QVERIFY2(profile, profile ? "" : profile.error().text.c_str());
        QVERIFY2(profile->warnings.empty(), profile->warnings.empty() ? "" : profile->warnings.front().c_str());
        const auto collectors = collectorsFor(*profile);
        QCOMPARE(collectors.size(), std::size_t{1});
        QCOMPARE(collectors[0]->source(), std::string("service/orders-1"));
        QCOMPARE(collectors[0]->target(), std::string("http://127.0.0.1:1/metrics"));
        const auto both = parseProfile(q("{'format':1,'environment':'staging','services':[{'name':'a','metrics':'http:/"
                                         "/h:1','admin':'unix:/run/a.sock'}]}"),
                                       "a");
        QVERIFY(!both && both.error().text.find("name one of them") != std::string::npos);
    }
    void aStatsSocketIsNamedKnowingly() {
        const auto text =
            q("{'format':1,'environment':'staging','haproxy':{'stats_socket':'/run/haproxy/admin.sock'%}}");
        const auto with = [&](const char* more) {
            auto document = text;
            return document.replace(document.find('%'), 1, q(more));
        };
        QVERIFY(sentence(with("")).contains("can also change HAProxy's maps"));
        const auto profile = parseProfile(with(",'can_change_maps':true"), "shop");
        QVERIFY2(profile, profile ? "" : profile.error().text.c_str());
        QCOMPARE(profile->haproxy->text(), std::string("socket:/run/haproxy/admin.sock"));
    }
    void whatIsNotOnThisMachineIsAskedLessOftenWhileItIsAway() {
        const auto profile = parseProfile(kWhole, "file");
        QVERIFY(profile);
        for (const auto& collector : collectorsFor(*profile)) {
            const bool here = collector->source() == "service/orders-1" || collector->source() == "pgbouncer" ||
                              collector->source().starts_with("prometheus");
            QVERIFY2(collector->local() == here, collector->source().c_str());
        }
    }
    void whoSaysNothingOfItReadsOnly() {
        const auto profile = parseProfile(withConninfo("host=a"), "shop");
        QVERIFY(profile);
        QVERIFY(profile->readOnly);
        QCOMPARE(profile->name, std::string("shop"));
    }
    void aSecretInTheDocumentIsRefusedAndNeverRepeated_data() {
        QTest::addColumn<QString>("document");
        QTest::newRow("password") << QString::fromStdString(withConninfo("host=a password=hunter2"));
        QTest::newRow("address") << QString::fromStdString(withConninfo("postgresql://u:hunter2@a/b"));
        QTest::newRow("key's password") << QString::fromStdString(withConninfo("host=a sslpassword=hunter2"));
        QTest::newRow("torn") << QString::fromStdString(withConninfo("host=a hunter2"));
        QTest::newRow("redis") << QString::fromLatin1(
            q("{'format':1,'environment':'staging','redis':{'endpoint':'redis://:hunter2@a:1'}}"));
        QTest::newRow("http") << QString::fromLatin1(
            q("{'format':1,'environment':'staging','services':[{'name':'a','admin':'http://u:hunter2@a:1'}]}"));
        QTest::newRow("not JSON") << QString::fromStdString(q("{'format':1,'environment':'hunter2"));
        QTest::newRow("wrong word") << QString::fromStdString(q("{'format':1,'environment':'hunter2'}"));
    }
    void aSecretInTheDocumentIsRefusedAndNeverRepeated() {
        QFETCH(QString, document);
        const auto text = sentence(document.toStdString());
        QVERIFY2(text != "no error" && !text.contains("hunter2"), text.c_str());
    }
    void anErrorNamesTheMemberAndWhatToDo_data() {
        QTest::addColumn<QString>("document");
        QTest::addColumn<QString>("part");
        const auto row = [](const char* name, const std::string& document, const char* part) {
            QTest::newRow(name) << QString::fromStdString(document) << QString::fromLatin1(part);
        };
        const std::string head = q("{'format':1,'environment':'production',");
        row("format", q("{'environment':'staging'}"), "format must be 1");
        row("environment", q("{'format':1}"), "environment is missing. Write for example");
        row("list", head + q("'services':{}}"), "services must be a list");
        row("entry", head + q("'services':[3]}"), "services[0] must be an object");
        row("name", head + q("'postgres':[{'conninfo':'host=a'}]}"), "postgres[0].name is missing");
        row("odd name", head + q("'postgres':[{'name':'../a','conninfo':'host=a'}]}"), "postgres[0].name may have");
        row("twice", head + q("'services':[{'name':'a','admin':'http://a:1'},{'name':'a','admin':'http://b:1'}]}"),
            "services[1].name stands there twice");
        row("conninfo", head + q("'postgres':[{'name':'a','conninfo':7}]}"), "postgres[0].conninfo must be text");
        row("password", withConninfo("host=a password=x"), "name a passfile");
        row("service", withConninfo("service=x"), "names a connection service");
        row("hosts", withConninfo("host=a,b"), "Give each server an entry");
        row("options", withConninfo("host=a options=-cx=1"), "Take them out");
        row("file", head + q("'redis':{'endpoint':'a:1','password_file':'secret'}}"),
            "redis.password_file must name a file from the root on");
        row("flag", head + q("'read_only':'no','redis':{'endpoint':'a:1'}}"), "read_only must be true or false");
        row("nothing", q("{'format':1,'environment':'production'}"), "names nothing to read");
        row("array", "[]", "must be an object");
        row("not JSON", "{\n\n,", "look at line 3");
        row("large", std::string(70'000, ' '), "larger than 64 KiB");
    }
    void anErrorNamesTheMemberAndWhatToDo() {
        QFETCH(QString, document);
        QFETCH(QString, part);
        const auto text = sentence(document.toStdString());
        QVERIFY2(text.contains(part.toStdString()), text.c_str());
        QVERIFY2(text.contains("shop"), text.c_str());
    }
    void whatALaterVersionAddedIsIgnoredWithAWord() {
        const auto profile = parseProfile(
            q("{'format':1,'environment':'staging','colour':'red','redis':{'endpoint':'a:1','shape':1}}"), "shop");
        QVERIFY(profile);
        QCOMPARE(profile->warnings.size(), std::size_t{2});
        QVERIFY(profile->warnings[0].contains("redis.shape is not known"));
        QVERIFY(profile->warnings[1].contains("colour is not known"));
    }
    void warningsAreBounded() {
        std::string document = q("{'format':1,'environment':'staging','redis':{'endpoint':'a:1'}");
        for (int i = 0; i < 500; ++i) {
            document += ",\"m" + std::to_string(i) + "\":1";
        }
        const auto profile = parseProfile(document + "}", "shop");
        QVERIFY(profile && profile->warnings.size() <= 20);
    }
    void itsFileIsFoundByNameOrByPath() {
        const auto environment = [](const char* name) -> std::optional<std::string> {
            return std::string_view(name) == "XDG_CONFIG_HOME" ? std::optional<std::string>("/c") : std::nullopt;
        };
        QCOMPARE(profilePath("orders", environment)->string(), std::string("/c/binnacle/profiles/orders.json"));
        QCOMPARE(profilePath("./orders.json", environment)->string(), std::string("./orders.json"));
        QCOMPARE(profilePath("..", environment).error().code, ErrorCode::Invalid);
        QCOMPARE(profilePath("a b", environment).error().code, ErrorCode::Invalid);
        const auto home = [](const char* name) -> std::optional<std::string> {
            return std::string_view(name) == "HOME" ? std::optional<std::string>("/h") : std::nullopt;
        };
        QCOMPARE(profilePath("orders", home)->string(), std::string("/h/.config/binnacle/profiles/orders.json"));
    }
    void theExampleIsAProfile() {
        const auto profile = loadProfile(BINNACLE_EXAMPLE_PROFILE);
        QVERIFY2(profile, profile ? "" : profile.error().text.c_str());
        QVERIFY(profile->warnings.empty());
        QVERIFY(profile->readOnly);
    }
    void literalsAreShownOnlyWhereTheProfileSaysSo() {
        const auto quiet = parseProfile(withConninfo("host=a"), "shop");
        QVERIFY(quiet && !quiet->showLiterals && quiet->warnings.empty());
        QVERIFY(quiet->postgres[0].literals == Literals::Replaced);
        QVERIFY(!stackStatusOf(*quiet).showsLiterals);
        auto document = withConninfo("host=a");
        document.insert(1, q("'show_literals':true,"));
        const auto shown = parseProfile(document, "shop");
        QVERIFY(shown && shown->showLiterals && stackStatusOf(*shown).showsLiterals);
        QVERIFY(shown->postgres[0].literals == Literals::Shown);
        QCOMPARE(shown->warnings.size(), std::size_t{1}); // said by whatever reads it
        QVERIFY(shown->warnings[0].find("shows the values") != std::string::npos);
        document.replace(document.find("true"), 4, q("'yes'"));
        QVERIFY(sentence(document).find("show_literals must be true or false") != std::string::npos);
    }
    void theFileGivesTheNameThatTheDocumentLacks() {
        const QTemporaryDir dir;
        const auto file = std::filesystem::path(dir.path().toStdString()) / "orders.json";
        QCOMPARE(loadProfile(file).error().code, ErrorCode::NotFound);
        QVERIFY(loadProfile(file).error().text.contains(file.string()));
        QCOMPARE(loadProfile(file.parent_path()).error().code, ErrorCode::Io);
        std::ofstream(file) << withConninfo("host=a");
        const auto profile = loadProfile(file);
        QVERIFY2(profile, profile ? "" : profile.error().text.c_str());
        QCOMPARE(profile->name, std::string("orders"));
    }
};

QTEST_GUILESS_MAIN(TestProfile)
#include "test_profile.moc"
