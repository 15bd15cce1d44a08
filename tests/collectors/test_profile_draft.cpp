// SPDX-License-Identifier: GPL-3.0-or-later
// Profiles as forms and as files: nothing of a document is lost, nothing secret gets into one.
#include "backend/collectors/profile_import.h"
#include "backend/collectors/profile_probe.h"
#include "backend/collectors/profile_secrets.h"
#include "backend/collectors/profile_shelf.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace binnacle;
namespace fs = std::filesystem;

namespace {

std::string q(std::string text) {
    std::ranges::replace(text, '\'', '"');
    return text;
}

const std::string kWhole =
    q("{'format': 1, 'name': 'orders', 'environment': 'staging', 'read_only': false, 'team': {'of': 'ours'},"
      "'objective': {'good_percent': 99.5, 'window_h': 12},"
      "'services': [{'name': 'orders-1', 'admin': 'unix:/run/orders/admin.sock'}],"
      "'postgres': [{'name': 'main', 'conninfo': 'host=db user=watcher dbname=shop sslmode=verify-full "
      "sslcert=/etc/c.pem', 'password_from': 'keychain', 'standbys': ['copy'], 'later': 7},"
      "{'name': 'copy', 'conninfo': 'host=db2 user=watcher', 'passfile': '/etc/pgpass'}],"
      "'pgbouncer': {'conninfo': 'host=db port=6432 user=stats dbname=pgbouncer'},"
      "'redis': {'endpoint': 'rediss://cache:6379', 'user': 'watcher', 'password_from': 'keychain'},"
      "'haproxy': {'stats_socket': '/run/haproxy.sock', 'can_change_maps': true},"
      "'prometheus': [{'name': 'prod', 'endpoint': 'http://127.0.0.1:1', 'password_from': 'keychain',"
      "'names': {'a:1': 'reports'}}],"
      "'control': {'endpoint': 'unix:/run/control.sock', 'password_from': 'keychain'}}");

ProfileDraft whole() {
    return draftOf(kWhole, "orders").value();
}

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

ImportedServer imported(const std::string& text) {
    auto servers = importServers(text);
    return servers && servers->size() == 1 ? std::move(servers->front()) : ImportedServer{};
}

std::string faultOf(const ProfileDraft& draft, std::size_t server, std::string_view field) {
    for (const auto& fault : faultsOf(draft)) {
        if (fault.server == server && fault.field == field) {
            return fault.what;
        }
    }
    return {};
}

} // namespace

class TestProfileDraft : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aDocumentComesBackWhole() {
        const auto draft = whole();
        QCOMPARE(draft.servers.size(), std::size_t{8});
        const auto document = documentOf(draft);
        const auto again = draftOf(document, "orders");
        QVERIFY2(again, again ? "" : again.error().text.c_str());
        QVERIFY(*again == draft);
        // Members that no field shows are there still.
        for (const auto* kept :
             {"\"team\"", "\"later\": 7", "\"standbys\"", "sslcert=", "\"can_change_maps\"", "reports"}) {
            QVERIFY2(document.find(kept) != std::string::npos, kept);
        }
        const auto profile = parseProfile(document, "orders").value();
        QCOMPARE(profile.objective.goodShare, 0.995);
        QCOMPARE(profile.objective.window, std::chrono::hours(12));
        QCOMPARE(profile.postgres[0].expectedStandbys, std::vector<std::string>{"copy"});
        QCOMPARE(profile.postgres[1].passfile, std::string("/etc/pgpass"));
    }
    void whetherValuesInSqlAreShownComesBackToo() {
        auto draft = whole();
        QVERIFY(!draft.showLiterals);
        QVERIFY(documentOf(draft).find("show_literals") == std::string::npos);
        draft.showLiterals = true;
        const auto document = documentOf(draft);
        QVERIFY(parseProfile(document, "orders").value().showLiterals);
        QVERIFY(draftOf(document, "orders").value() == draft);
    }
    void aChangeOfOneFieldChangesNothingElse() {
        auto draft = whole();
        const auto before = documentOf(draft);
        const auto server = std::ranges::find(draft.servers, "copy", &ServerDraft::name);
        server->values["host"] = "elsewhere";
        auto after = documentOf(draft);
        QVERIFY(after != before);
        const auto at = after.find("elsewhere");
        after.replace(at, 9, "db2");
        QCOMPARE(after, before);
    }
    void credentialsOfTheKeychainAreNamed() {
        const auto slots_ = parseProfile(kWhole, "orders").value().credentials;
        std::vector<std::string> ids;
        for (const auto& slot : slots_) {
            ids.push_back(slot.id);
        }
        QCOMPARE(ids, (std::vector<std::string>{"postgres/main", "redis", "prometheus/prod", "control"}));
        QVERIFY(slots_[2].token && slots_[3].token && !slots_[0].token);
        QCOMPARE(slots_[0].account, std::string("watcher"));
        const auto wrong = parseProfile(
            q("{'format':1,'environment':'staging','redis':{'endpoint':'a:1','password_from':'hunter2'}}"), "x");
        QVERIFY(!wrong);
        QVERIFY(wrong.error().text.find("keychain") != std::string::npos);
        QVERIFY(wrong.error().text.find("hunter2") == std::string::npos);
    }
    void secretsGoIntoTheTargetsAlone() {
        const auto profile = parseProfile(kWhole, "orders").value();
        const auto supplied = withSecrets(profile, [](const CredentialSlot& slot) {
            return SuppliedSecret{Secret("of " + slot.id), {}, 1};
        });
        QCOMPARE(std::string(supplied.postgres[0].password.view()), std::string("of postgres/main"));
        QVERIFY(supplied.postgres[1].password.empty());
        QCOMPARE(std::string(supplied.redis->password.view()), std::string("of redis"));
        QCOMPARE(std::string(supplied.prometheus[0]->target().token.view()), std::string("of prometheus/prod"));
        QCOMPARE(std::string(supplied.control->token.view()), std::string("of control"));
    }
    void aSourceWithoutItsSecretIsDeniedAndAsksNobody() {
        auto profile = parseProfile(kWhole, "orders").value();
        profile.prometheus.clear();
        const auto without = collectorsFor(profile, [](const CredentialSlot&) {
            return SuppliedSecret{{}, "the keychain is locked", 3};
        });
        const auto with = collectorsFor(profile, [](const CredentialSlot&) {
            return SuppliedSecret{Secret("x"), {}, 4};
        });
        const auto later = collectorsFor(profile, [](const CredentialSlot&) {
            return SuppliedSecret{Secret("y"), {}, 5};
        });
        QCOMPARE(without.size(), with.size());
        for (std::size_t i = 0; i < without.size(); ++i) {
            QCOMPARE(without[i]->source(), with[i]->source());
            const bool kept = with[i]->source() == "postgres/main" || with[i]->source() == "redis";
            // Another secret is another target: the runner has to begin anew.
            QCOMPARE(with[i]->target() != later[i]->target(), kept);
            QCOMPARE(with[i]->target() != without[i]->target(), kept);
            QVERIFY(with[i]->target().find(" x") == std::string::npos);
            if (kept) {
                const auto answer = without[i]->collect(std::chrono::steady_clock::now() + std::chrono::seconds(1));
                QCOMPARE(answer.error().code, ErrorCode::Denied);
                QCOMPARE(answer.error().text, std::string("the keychain is locked"));
            }
        }
    }
    void addressesAreUnderstood_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* name, const char* text, ServerKind kind, const char* field, const char* value) {
            QTest::addRow("%s", name) << text << int(kind) << field << value;
        };
        row("uri", "postgresql://watcher:pw@db1.example.org:5433/shop", ServerKind::Postgres, "port", "5433");
        row("uri host", "postgres://watcher:pw@db1.example.org/shop", ServerKind::Postgres, "host", "db1.example.org");
        row("tls by default", "postgresql://watcher:pw@db1.example.org/shop", ServerKind::Postgres, "sslmode",
            "verify-full");
        row("tls as said", "postgresql://watcher:pw@db1/shop?sslmode=require", ServerKind::Postgres, "sslmode",
            "require");
        row("none on this machine", "postgresql://watcher:pw@localhost/shop", ServerKind::Postgres, "sslmode", "");
        row("pairs", "host=db user=watcher password=pw dbname=shop", ServerKind::Postgres, "dbname", "shop");
        row("pooler", "postgresql://stats:pw@db:6432/pgbouncer", ServerKind::PgBouncer, "port", "6432");
        row("service", "[orders]\n# ours\nhost = db\nuser=watcher\npassword=pw\n", ServerKind::Postgres, "user",
            "watcher");
        row("redis", "rediss://watcher:pw@cache.example.org:6380/0", ServerKind::Redis, "endpoint",
            "rediss://cache.example.org:6380");
        row("redis user", "redis://watcher:pw@cache:6379", ServerKind::Redis, "user", "watcher");
    }
    void addressesAreUnderstood() {
        QFETCH(QString, text);
        QFETCH(int, kind);
        QFETCH(QString, field);
        QFETCH(QString, value);
        const auto one = imported(text.toStdString());
        QCOMPARE(int(one.server.kind), kind);
        QCOMPARE(QString::fromStdString(one.server.value(field.toStdString())), value);
        QCOMPARE(std::string(one.secret.view()), std::string("pw"));
        QVERIFY(one.server.keychain);
        ProfileDraft draft;
        draft.name = "x";
        draft.servers = {one.server};
        QVERIFY2(faultsOf(draft).empty(), faultsOf(draft).empty() ? "" : faultsOf(draft).front().what.c_str());
        QVERIFY(documentOf(draft).find("pw") == std::string::npos);
    }
    void severalSectionsAreSeveralServers() {
        const auto servers = importServers("[one]\nhost=a\nuser=u\n[two]\nhost=b\nuser=u\n");
        QCOMPARE(servers->size(), std::size_t{2});
        QCOMPARE((*servers)[1].server.name, std::string("two"));
        for (const auto* wrong : {"", "service=orders", "hello", "[x]\nrubbish", "http://app:9000", "redis://:pw@"}) {
            const auto none = importServers(wrong);
            QVERIFY2(!none, wrong);
            QVERIFY(none.error().text.find("pw") == std::string::npos);
        }
        QCOMPARE(imported("http://lb:8404/stats").server.kind, ServerKind::Haproxy);
        QCOMPARE(imported("https://prom:9090").server.kind, ServerKind::Prometheus);
    }
    void faultsStandAtTheirFields() {
        auto draft = whole();
        QVERIFY(faultsOf(draft).empty());
        auto at = [&](ServerKind kind, std::size_t nth = 0) {
            for (std::size_t i = 0; i < draft.servers.size(); ++i) {
                if (draft.servers[i].kind == kind && nth-- == 0) {
                    return i;
                }
            }
            return std::size_t{99};
        };
        const auto second = at(ServerKind::Postgres, 1);
        draft.servers[second].values["port"] = "70000";
        QVERIFY(faultOf(draft, second, "port").find("65535") != std::string::npos);
        draft.servers[second].values["port"].clear();
        draft.servers[second].values["host"].clear();
        QVERIFY(!faultOf(draft, second, "host").empty());
        draft.servers[second].values["host"] = "db2";
        draft.servers[second].name = "main";
        QVERIFY(faultOf(draft, second, "name").find("twice") != std::string::npos);
        QVERIFY(faultOf(draft, at(ServerKind::Postgres), "name").empty());
        draft.servers[second].name = "copy";
        draft.servers[at(ServerKind::Redis)].values["endpoint"] = "nonsense";
        QVERIFY(!faultOf(draft, at(ServerKind::Redis), "endpoint").empty());
        draft.servers[at(ServerKind::Redis)].values["endpoint"] = "a:1";
        draft.servers[second].values["passfile"] = "relative";
        QVERIFY(!faultOf(draft, second, "passfile").empty());
        draft.servers[second].values.erase("passfile");
        draft.name = "no/name";
        QVERIFY(!faultOf(draft, DraftFault::kOfProfile, "name").empty());
        draft.name = "x";
        QVERIFY(faultsOf(draft).empty());
        draft.servers.clear();
        QVERIFY(!faultOf(draft, DraftFault::kOfProfile, "").empty());
    }
    void theShelfKeepsWhatItIsGiven() {
        const QTemporaryDir dir;
        const auto folder = fs::path(dir.path().toStdString()) / "binnacle" / "profiles";
        const ProfileShelf shelf(folder);
        QVERIFY(shelf.list().empty());
        const auto document = documentOf(whole());
        QVERIFY(shelf.save("orders", document, {}));
        QCOMPARE(read(folder / "orders.json"), document);
        QVERIFY(fs::status(folder / "orders.json").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
        QCOMPARE(fs::status(folder).permissions(), fs::perms::owner_all);
        // Neither over another one nor over a change of somebody else's.
        QCOMPARE(shelf.save("orders", document, {}).error().code, ErrorCode::Conflict);
        QCOMPARE(shelf.save("orders", document, "older").error().code, ErrorCode::Conflict);
        QVERIFY(shelf.save("orders", document + "\n", document));
        QCOMPARE(shelf.save("../orders", document, {}).error().code, ErrorCode::Invalid);
        QCOMPARE(shelf.save("bad", "{}", {}).error().code, ErrorCode::Invalid);
        QVERIFY(!fs::exists(folder / "bad.json"));
        std::ofstream(folder / "broken.json") << "{ not json";
        std::ofstream(folder / ".hidden.json") << "{}";
        const auto list = shelf.list();
        QCOMPARE(list.size(), std::size_t{2});
        QCOMPARE(list[0].name, std::string("broken"));
        QVERIFY(!list[0].profile && list[0].readableByOthers);
        QVERIFY(list[1].profile && !list[1].readableByOthers);
        QCOMPARE(read(folder / "broken.json"), std::string("{ not json")); // as it was
    }
    void aRemovalCanBeTakenBack() {
        const QTemporaryDir dir;
        const ProfileShelf shelf(dir.path().toStdString());
        const auto document = documentOf(whole());
        QVERIFY(shelf.save("orders", document, {}));
        QVERIFY(shelf.remove("orders"));
        QVERIFY(shelf.list().empty());
        QCOMPARE(shelf.remove("orders").error().code, ErrorCode::NotFound);
        QVERIFY(shelf.restore("orders"));
        QCOMPARE(read(fs::path(dir.path().toStdString()) / "orders.json"), document);
        QVERIFY(shelf.remove("orders"));
        QVERIFY(shelf.save("orders", document, {}));
        QCOMPARE(shelf.restore("orders").error().code, ErrorCode::Conflict);
    }
    void aFullDiskLosesNothing() {
        // A folder that can't be written to stands for it; root may write anywhere, hence a file in the way.
        const QTemporaryDir dir;
        const auto folder = fs::path(dir.path().toStdString());
        const ProfileShelf shelf(folder);
        const auto document = documentOf(whole());
        QVERIFY(shelf.save("orders", document, {}));
        fs::create_directories(folder / (".orders.json.new-" + std::to_string(::getpid())) / "in the way");
        QCOMPARE(shelf.save("orders", document + " ", document).error().code, ErrorCode::Io);
        QCOMPARE(read(folder / "orders.json"), document);
    }
    void theWayToServersIsTold() {
        const auto profile = parseProfile(kWhole, "orders").value();
        const auto ways = transportsOf(profile);
        const auto of = [&](const std::string& source) {
            return std::ranges::find(ways, source, &TransportOf::source)->transport;
        };
        QCOMPARE(of("postgres/main"), Transport::Verified);
        QCOMPARE(of("postgres/copy"), Transport::Plain); // libpq prefers TLS, and does without
        QCOMPARE(of("redis"), Transport::Verified);
        QCOMPARE(of("service/orders-1"), Transport::Local);
        QCOMPARE(of("prometheus/prod"), Transport::Local);
        QCOMPARE(ways.size(), probesOf(profile).size());
    }
    void secretsAreWipedAndKeptOutOfCores() {
        const std::string text = "a password of this test";
        std::string copy = text;
        wipe(copy);
        QVERIFY(copy.empty());
        const char* held = nullptr;
        {
            const Secret secret(text);
            const auto again = secret; // shares
            QCOMPARE(again.c_str(), secret.c_str());
            QCOMPARE(std::string(secret.view()), text);
            held = secret.c_str();
            // Of its page the kernel says "dd", not dumped, and "wf", wiped in a child.
            std::ifstream maps("/proc/self/smaps");
            std::string line;
            bool inside = false;
            std::string flags;
            while (std::getline(maps, line)) {
                if (const auto dash = line.find('-'); dash != std::string::npos && line.find(' ') > dash && dash < 20) {
                    const auto from = std::stoull(line.substr(0, dash), nullptr, 16);
                    const auto to = std::stoull(line.substr(dash + 1), nullptr, 16);
                    const auto at = reinterpret_cast<std::uintptr_t>(held);
                    inside = at >= from && at < to;
                } else if (inside && line.starts_with("VmFlags:")) {
                    flags = line + " ";
                }
            }
            QVERIFY2(flags.find(" dd ") != std::string::npos && flags.find(" wf ") != std::string::npos, flags.c_str());
        }
        QVERIFY(Secret().empty() && Secret("").empty());
        QCOMPARE(std::string(Secret().c_str()), std::string());
    }
};

QTEST_GUILESS_MAIN(TestProfileDraft)
#include "test_profile_draft.moc"
