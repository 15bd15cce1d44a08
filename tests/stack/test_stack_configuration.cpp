// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/command_line.h"
#include "backend/stack/config_files.h"
#include "backend/stack/config_text.h"
#include "backend/stack/files.h"
#include "backend/stack/status_document.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <filesystem>

using namespace binnacle::stack;

namespace {

/// A setup with a state directory that tries to break every syntax.
StackSetup hostileSetup() {
    StackSetup setup;
    setup.paths = {"/srv/a 'quoted' \"dir\" \\with $HOME #and @{name}", "/run/user/1 0'0/binnacle/0badcafe"};
    for (const auto& entry : std::filesystem::directory_iterator(BINNACLE_STACK_TEMPLATES)) {
        setup.templates[entry.path().filename().string()] = readFile(entry.path(), 1 << 20).value();
    }
    setup.prepareSql = "-- a comment\nselect public.prepare_statements();\n";
    setup.instances = defaultInstances();
    setup.cores = 2;
    setup.credentials.roles["app_rw"] = {"secret", "SCRAM-SHA-256$4096:salt$stored:server"};
    for (const char* role : {"app_ro", "console_ro", "binnacle_admin"}) {
        setup.credentials.roles[role] = setup.credentials.roles["app_rw"];
    }
    int port = 20000;
    for (const char* purpose : {"api", "app-1", "app-1.metrics", "app-2", "app-2.metrics", "app-3", "app-3.metrics"}) {
        static_cast<void>(setup.ports.portFor(purpose, static_cast<unsigned>(port++), [](int) { return true; }));
    }
    return setup;
}

QJsonObject parsed(const std::string& text) {
    return QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
}

} // namespace

class TestStackConfiguration : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTemplateIsFilled();
    void aNameWithoutValueIsAnError();
    void aValueWithoutPlaceIsAnError();
    void aValueThatLooksLikeANameIsNotFilledAgain();
    void postgresConfQuotesHostilePaths();
    void conninfoQuotesHostilePaths();
    void redisConfQuotesHostilePaths();
    void pgbouncerDoublesQuotes();
    void pgbouncerRefusesAConnectQueryThatItWouldDrop();
    void haproxyConfigNamesNoDirectory();
    void haproxyHasAPlaceForEveryInstance();
    void onlyThePrimaryKeepsAJsonLog();
    void commitsWaitForNobodyUntilBothStandbysStream();
    void instanceConfigIsWhatTheServiceReads();
    void statusDocumentNamesEverything();
    void statusDocumentIsUtf8WhateverAComponentSays();
    void optionsStandBeforeOrAfterTheCommand();
    void misuseIsExitStatusTwo();
    void helpAndVersionAreExitStatusZero();
};

void TestStackConfiguration::aTemplateIsFilled() {
    QCOMPARE(renderTemplate("a=@{a} b=@{b}@{a}", {{"a", "1"}, {"b", "2"}}).value(), std::string("a=1 b=21"));
}

void TestStackConfiguration::aNameWithoutValueIsAnError() {
    QVERIFY(!renderTemplate("@{a}", {}));
    QVERIFY(!renderTemplate("@{a", {{"a", "1"}}));
}

void TestStackConfiguration::aValueWithoutPlaceIsAnError() {
    QVERIFY(!renderTemplate("x", {{"a", "1"}}));
}

void TestStackConfiguration::aValueThatLooksLikeANameIsNotFilledAgain() {
    QCOMPARE(renderTemplate("@{a}", {{"a", "@{b}"}}).value(), std::string("@{b}"));
}

void TestStackConfiguration::postgresConfQuotesHostilePaths() {
    QCOMPARE(quoteForPostgresConf("a'b\\c"), std::string("'a''b\\\\c'"));
    QCOMPARE(quoteListMember("a\"b,c"), std::string("\"a\"\"b,c\""));
    const auto config = primaryConfig(hostileSetup());
    QVERIFY(config);
    QVERIFY(config->find("hba_file = '/srv/a ''quoted'' \"dir\" \\\\with $HOME #and @{name}/postgres/pg_hba.conf'") !=
            std::string::npos);
    QVERIFY(config->find("unix_socket_directories = '\"/run/user/1 0''0/binnacle/0badcafe\"'") != std::string::npos);
}

void TestStackConfiguration::conninfoQuotesHostilePaths() {
    QCOMPARE(quoteForConninfo("a'b\\ c"), std::string("'a\\'b\\\\ c'"));
    QCOMPARE(hostileSetup().conninfo(5432, "binnacle", "console_ro"),
             std::string("host='/run/user/1 0\\'0/binnacle/0badcafe' port=5432 dbname=binnacle user=console_ro"));
    auto plain = hostileSetup();
    plain.paths.run = "/run/binnacle/0badcafe";
    QCOMPARE(plain.conninfo(5432, "binnacle", "console_ro"),
             std::string("host=/run/binnacle/0badcafe port=5432 dbname=binnacle user=console_ro"));
}

void TestStackConfiguration::redisConfQuotesHostilePaths() {
    QCOMPARE(quoteForRedis("a\"b\\c"), std::string("\"a\\\"b\\\\c\""));
    QVERIFY(redisConfig(hostileSetup()));
}

void TestStackConfiguration::pgbouncerDoublesQuotes() {
    const auto config = pgbouncerConfig(hostileSetup());
    QVERIFY(config);
    QVERIFY(config->find("binnacle = host='/run/user/1 0''0/binnacle/0badcafe' port=5432 dbname=binnacle "
                         "connect_query='select public.prepare_statements();'") != std::string::npos);
    QVERIFY(config->find("default_pool_size = 5\n") != std::string::npos);
}

void TestStackConfiguration::pgbouncerRefusesAConnectQueryThatItWouldDrop() {
    QVERIFY(connectQuery("-- " + std::string(1000, 'x') + "\nselect 1;"));
    QVERIFY(!connectQuery("select '" + std::string(500, 'x') + "';"));
}

void TestStackConfiguration::haproxyConfigNamesNoDirectory() {
    const auto config = haproxyConfig(hostileSetup());
    QVERIFY(config);
    QVERIFY(config->find("/srv") == std::string::npos);
    QVERIFY(config->find("/run/user") == std::string::npos);
}

void TestStackConfiguration::haproxyHasAPlaceForEveryInstance() {
    const auto setup = hostileSetup();
    const auto config = haproxyConfig(setup).value();
    const auto port = std::to_string(setup.ports.kept("app-1"));
    QVERIFY(config.find("server app-1 127.0.0.1:" + port + " check\n") != std::string::npos);
    QVERIFY(config.find("server app-9 127.0.0.1:1 check disabled\n") != std::string::npos);
    const auto canary = config.substr(config.find("backend be_canary"));
    QVERIFY(canary.find("server app-1 127.0.0.1:1 check disabled\n") != std::string::npos);
}

void TestStackConfiguration::onlyThePrimaryKeepsAJsonLog() {
    QVERIFY(primaryConfig(hostileSetup())->find("log_destination = 'jsonlog'") != std::string::npos);
    const auto replica = replicaConfig(hostileSetup(), 2).value();
    QVERIFY(replica.find("jsonlog") == std::string::npos);
    QVERIFY(replica.find("primary_slot_name = 'replica_2'") != std::string::npos);
    QVERIFY(replica.find("application_name=replica-2") != std::string::npos);
}

void TestStackConfiguration::commitsWaitForNobodyUntilBothStandbysStream() {
    QCOMPARE(syncSetting(false), std::string("synchronous_standby_names = ''\n"));
    QCOMPARE(syncSetting(true), std::string("synchronous_standby_names = 'ANY 1 (\"replica-1\",\"replica-2\")'\n"));
}

void TestStackConfiguration::instanceConfigIsWhatTheServiceReads() {
    auto setup = hostileSetup();
    setup.launcherUid = 1000;
    const auto config = parsed(instanceConfig(setup, setup.instances.back()));
    QCOMPARE(config[QLatin1String("name")].toString(), QStringLiteral("app-3"));
    QCOMPARE(config[QLatin1String("role")].toString(), QStringLiteral("canary"));
    QCOMPARE(config[QLatin1String("public")].toObject()[QLatin1String("port")].toInt(), setup.ports.kept("app-3"));
    QCOMPARE(config[QLatin1String("admin_uids")].toArray(), (QJsonArray{0, 1000}));
    QVERIFY(config[QLatin1String("database")].toObject()[QLatin1String("conninfo")].toString().contains(
        QLatin1String("port=6432 dbname=binnacle user=app_rw passfile=")));
}

void TestStackConfiguration::statusDocumentNamesEverything() {
    const auto setup = hostileSetup();
    ComponentStatus redis{"redis", "redis", ComponentState::Backoff, 0, 3, "redis ended with status 1"};
    ComponentStatus haproxy{"haproxy", "haproxy", ComponentState::Running, 42, 0, ""};
    UsageSample usage;
    usage.components["haproxy"] = {5'000'000, 1.5};
    const auto document =
        parsed(statusDocument(setup, {"starting", "PostgreSQL: creating the primary", 7}, {redis, haproxy}, usage));
    QCOMPARE(document[QLatin1String("format")].toInt(), 1);
    QCOMPARE(document[QLatin1String("step")].toString(), QStringLiteral("PostgreSQL: creating the primary"));
    const auto components = document[QLatin1String("components")].toArray();
    QCOMPARE(components[0].toObject()[QLatin1String("name")].toString(), QStringLiteral("haproxy"));
    QCOMPARE(components[0].toObject()[QLatin1String("pss_bytes")].toInt(), 5'000'000);
    QCOMPARE(components[1].toObject()[QLatin1String("state")].toString(), QStringLiteral("backoff"));
    QCOMPARE(components[1].toObject()[QLatin1String("restarts")].toInt(), 3);
    // Nobody has measured it.
    QVERIFY(!components[1].toObject().contains(QLatin1String("pss_bytes")));
    QVERIFY(!components[1].toObject().contains(QLatin1String("cpu_seconds")));
    const auto endpoints = document[QLatin1String("endpoints")].toObject();
    QCOMPARE(endpoints[QLatin1String("postgres_replicas")].toArray().size(), 2);
    QCOMPARE(endpoints[QLatin1String("instances")].toArray().size(), 3);
    QVERIFY(endpoints[QLatin1String("control")].toString().endsWith(QLatin1String("/control.sock")));
    QVERIFY(document[QLatin1String("credentials")].toObject().contains(QLatin1String("api_key_file")));
}

void TestStackConfiguration::statusDocumentIsUtf8WhateverAComponentSays() {
    ComponentStatus broken{"redis", "redis", ComponentState::Failed, 0, 0, "bytes \xff\xfe"};
    QVERIFY(!parsed(statusDocument(hostileSetup(), {"running", "", 7}, {broken}, {})).isEmpty());
}

void TestStackConfiguration::optionsStandBeforeOrAfterTheCommand() {
    for (const auto& arguments : {std::vector<std::string>{"--json", "--state-dir", "/x", "up", "--demo"},
                                  std::vector<std::string>{"up", "--demo", "--state-dir", "/x", "--json"}}) {
        const auto line = parseCommandLine(arguments).command;
        QVERIFY(line);
        QCOMPARE(line->command, std::string("up"));
        QVERIFY(line->json && line->demo);
        QCOMPARE(line->stateDir.value(), std::string("/x"));
    }
    const auto logs = parseCommandLine({"logs", "redis", "-f"}).command;
    QVERIFY(logs && logs->follow);
    QCOMPARE(logs->component, std::string("redis"));
}

void TestStackConfiguration::misuseIsExitStatusTwo() {
    for (const auto& arguments :
         {std::vector<std::string>{}, std::vector<std::string>{"sideways"}, std::vector<std::string>{"up", "--fast"},
          std::vector<std::string>{"status", "--state-dir"}, std::vector<std::string>{"up", "down"}}) {
        const auto parsedLine = parseCommandLine(arguments);
        QVERIFY(!parsedLine.command);
        QCOMPARE(parsedLine.exitStatus, 2);
        QVERIFY(!parsedLine.text.empty());
    }
}

void TestStackConfiguration::helpAndVersionAreExitStatusZero() {
    for (const char* argument : {"--help", "--version"}) {
        const auto parsedLine = parseCommandLine({argument});
        QVERIFY(!parsedLine.command);
        QCOMPARE(parsedLine.exitStatus, 0);
        QVERIFY(!parsedLine.text.empty());
    }
}

QTEST_APPLESS_MAIN(TestStackConfiguration)
#include "test_stack_configuration.moc"
