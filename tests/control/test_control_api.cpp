// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/control_gateway.h"
#include "backend/actions/durable_file.h"
#include "backend/clients/system_clock.h"
#include "backend/control/api_server.h"
#include "backend/control/sqlite_store.h"
#include "tests/control/control_fakes.h"
#include "tests/migrations/fake_migration_database.h"

#include <QTemporaryDir>
#include <QTest>
#include <cstring>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace binnacle;
using namespace binnacle::control;
using namespace binnacle::control::test;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

/// Control behind its real socket, over fake targets.
struct World {
    QTemporaryDir directory;
    SystemClock clock;
    FakeTargets level{{"app-1", "app-2"}};
    FakeTargets share{{"haproxy"}};
    std::unique_ptr<SqliteStore> store;
    FakeDatabase database;
    std::unique_ptr<MigrationDesk> desk;
    FakeActs acts;
    std::unique_ptr<ActionEngine> engine;
    std::unique_ptr<Gatekeeper> gate;
    std::unique_ptr<ControlApi> api;
    std::unique_ptr<ApiServer> server;

    explicit World(std::vector<uid_t> admins = {::getuid()}) {
        store = std::move(*SqliteStore::open(path("state.db")));
        EngineOptions options;
        options.environment = "test stack";
        options.journals = path("audit");
        options.patience = 300ms;
        desk = std::make_unique<MigrationDesk>([] { return std::vector{sampleMigration()}; },
                                               [this] { return std::make_unique<FakeMigrationDatabase>(database); },
                                               RunnerOptions{}, clock);
        engine = std::make_unique<ActionEngine>(
            *store,
            std::map<Resource, Actuator*>{{Resource::DegradationLevel, &level}, {Resource::CanaryShare, &share}}, clock,
            options, std::vector<Undertaking*>{desk.get(), &acts});
        acts.ended = [this](const AuditEntry& intent, const AuditResult& result) {
            return engine->undertakingEnded(intent, result);
        };
        gate = std::make_unique<Gatekeeper>(std::move(admins), std::nullopt, tokens());
        api = std::make_unique<ControlApi>(*engine, *gate, clock, "test stack", nullptr, desk.get());
        server = std::make_unique<ApiServer>([this](const ApiCall& call) { return api->handle(call); });
        const auto listening = server->listen(socket());
        QVERIFY2(listening.has_value(), listening ? "" : listening.error().text.c_str());
    }
    [[nodiscard]] std::filesystem::path path(const char* name) const {
        return std::filesystem::path(directory.path().toStdString()) / name;
    }
    [[nodiscard]] std::filesystem::path tokens() const { return path("tokens"); }
    [[nodiscard]] std::string socket() const { return path("control.sock").string(); }
    [[nodiscard]] ControlGateway gateway(const std::string& token = {}) const {
        return {*HttpEndpoint::parse("unix:" + socket()), token};
    }
};

/// Good ones for the action of that verb's name.
Values parametersOf(Verb verb) {
    switch (verb) {
    case Verb::ApplyMigration:
    case Verb::StopMigration:
        return {{"id", sampleMigration().id}};
    case Verb::CancelQuery:
    case Verb::TerminateSession:
        return {{"server", "primary"},
                {"pid", 7},
                {"backend_start", "2026-11-25T18:30:01.123456Z"},
                {"xact_start", "2026-11-25T18:30:02.123456Z"}};
    case Verb::InvalidateCache:
        return {{"key", "k"}};
    case Verb::DrainInstance:
    case Verb::ReadyInstance:
        return {{"instance", "app-1"}};
    case Verb::PausePool:
    case Verb::ResumePool:
        return {{"pool", "binnacle"}};
    case Verb::ResizePool:
        return {{"pool", "binnacle"}, {"size", 5}};
    default:
        return {};
    }
}

/// Sends bytes and reads until the peer closes or a second is over.
std::string rawRequest(const std::string& path, const std::string& bytes) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    std::string answer;
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) {
        const timeval limit{1, 0};
        ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
        [[maybe_unused]] const auto sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        char buffer[4096];
        for (auto got = ::recv(fd, buffer, sizeof(buffer), 0); got > 0; got = ::recv(fd, buffer, sizeof(buffer), 0)) {
            answer.append(buffer, static_cast<std::size_t>(got));
        }
    }
    ::close(fd);
    return answer;
}

std::string get(const std::string& target, const std::string& headers = {}) {
    return "GET " + target + " HTTP/1.1\r\nHost: control\r\nConnection: close\r\n" + headers + "\r\n";
}

ActionRequest levelRequest(ControlGateway& gateway, std::int64_t level, const std::string& id) {
    ActionRequest request;
    request.action = "set_degradation_level";
    request.parameters = {{"level", level}};
    request.reason = "because";
    request.requestId = id;
    if (const auto preview = gateway.preview(request, 2s)) {
        request.fingerprint = preview->fingerprint;
        request.typed = preview->typeToConfirm;
    }
    return request;
}

} // namespace

class TestControlApi : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSocketIsTheOwnersAlone() {
        World world;
        struct stat status {};
        QCOMPARE(::stat(world.socket().c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777, 0600U);
    }
    void actsAndTakesBackThroughTheSocket() {
        World world;
        auto gateway = world.gateway();
        QVERIFY(gateway.checkVersion(2s).has_value());
        const auto request = levelRequest(gateway, 2, "r1");
        const auto outcome = gateway.apply(request, 5s);
        QVERIFY2(outcome && outcome->verdict == Verdict::Applied,
                 outcome ? outcome->message.c_str() : outcome.error().text.c_str());
        QCOMPARE(world.level.all[0].held.value, 2);
        const auto again = gateway.apply(request, 5s);
        QCOMPARE(again->number, outcome->number);
        const auto preview = gateway.previewUndo("1", 2s);
        QVERIFY2(preview.has_value(), preview ? "" : preview.error().text.c_str());
        ActionRequest undo;
        undo.reason = "over";
        undo.requestId = "u1";
        undo.fingerprint = preview->fingerprint;
        const auto undone = gateway.undo("1", undo, 5s);
        QVERIFY2(undone && undone->verdict == Verdict::Applied,
                 undone ? undone->message.c_str() : undone.error().text.c_str());
        QCOMPARE(world.level.all[0].held.value, 0);
        const auto entries = gateway.audit({}, 0, 100, 2s);
        QVERIFY2(entries.has_value(), entries ? "" : entries.error().text.c_str());
        QCOMPARE(entries->size(), 4U);
        QCOMPARE(gateway.audit({}, -1, 1, 2s)->front().entry.number, 4);
        const auto verified = gateway.verifyAudit({{entries->at(1).entry.writerId, 2, entries->at(1).digest}}, 2s);
        QVERIFY(verified->whole);
        QVERIFY(!gateway.verifyAudit({{entries->at(1).entry.writerId, 9, "ff"}}, 2s)->whole);
        QVERIFY(gateway.state(2s)->find("\"in_effect\":true") != std::string::npos);
    }
    void aWrongBodyIsA400() {
        World world;
        auto gateway = world.gateway();
        ActionRequest request;
        request.action = "set_degradation_level";
        request.parameters = {{"level", 7}};
        const auto preview = gateway.preview(request, 2s);
        QVERIFY(!preview && preview.error().code == ErrorCode::Invalid);
        request.action = "no/such";
        QVERIFY(gateway.preview(request, 2s).error().code == ErrorCode::NotFound);
        QVERIFY(rawRequest(world.socket(), get("/v1/actions/x/run")).starts_with("HTTP/1.1 405"));
        QVERIFY(rawRequest(world.socket(), get("/v1/nothing")).starts_with("HTTP/1.1 404"));
        QVERIFY(rawRequest(world.socket(), get("/v1/audit?after=x")).starts_with("HTTP/1.1 400"));
    }
    void aRequestWithAnOriginIsRefused() {
        World world;
        QVERIFY(rawRequest(world.socket(), get("/v1/version")).starts_with("HTTP/1.1 200"));
        QVERIFY(
            rawRequest(world.socket(), get("/v1/version", "Origin: http://localhost\r\n")).starts_with("HTTP/1.1 403"));
        QVERIFY(rawRequest(world.socket(), get("/v1/version", "oRIGIN: null\r\n")).starts_with("HTTP/1.1 403"));
    }
    void malformedAndLargeRequestsEndTheConnection() {
        World world;
        QVERIFY(rawRequest(world.socket(), "nonsense\r\n\r\n").starts_with("HTTP/1.1 400"));
        QVERIFY(rawRequest(world.socket(), "GET / HTTP/1.1\r\nX: " + std::string(20000, 'a') + "\r\n\r\n")
                    .starts_with("HTTP/1.1 400"));
        QVERIFY(rawRequest(world.socket(), "POST /v1/undo HTTP/1.1\r\nContent-Length: 70000\r\n\r\n")
                    .starts_with("HTTP/1.1 413"));
        QVERIFY(rawRequest(world.socket(), "POST /v1/undo HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")
                    .starts_with("HTTP/1.1 400"));
        QVERIFY(world.gateway().checkVersion(2s).has_value());
    }
    void aForeignUidIsRefused() {
        if (::getuid() != 0) {
            World world({::getuid() + 1});
            QVERIFY(rawRequest(world.socket(), get("/v1/version")).starts_with("HTTP/1.1 403"));
            return;
        }
        World world({0});
        constexpr uid_t nobody = 65534;
        // The mode alone keeps others out; opened up on purpose, the kernel's word on the peer still does.
        QCOMPARE(::chmod(world.directory.path().toUtf8().constData(), 0755), 0);
        const auto socket = world.socket();
        const auto asNobody = [&] {
            const auto child = ::fork();
            if (child == 0) {
                if (::setgid(nobody) != 0 || ::setuid(nobody) != 0) {
                    ::_exit(9);
                }
                const auto answer = rawRequest(socket, get("/v1/state"));
                ::_exit(answer.empty() ? 1 : answer.starts_with("HTTP/1.1 403") ? 2 : 3);
            }
            int status = 0;
            ::waitpid(child, &status, 0);
            return WEXITSTATUS(status);
        };
        QCOMPARE(asNobody(), 1);
        QCOMPARE(::chmod(socket.c_str(), 0666), 0);
        QCOMPARE(asNobody(), 2);
    }
    void aTokenWinsOverTheUid() {
        World world;
        const auto viewer = addToken(world.tokens(), "vera", Role::Viewer);
        const auto oper = addToken(world.tokens(), "otto", Role::Operator);
        const auto admin = addToken(world.tokens(), "ada", Role::Admin);
        QVERIFY(viewer && oper && admin);
        struct stat status {};
        QCOMPARE(::stat(world.tokens().c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777, 0600U);
        QVERIFY(readWholeFile(world.tokens())->find(*viewer) == std::string::npos);

        auto asVera = world.gateway(*viewer);
        QVERIFY(asVera.state(2s)->find("\"name\":\"vera\",\"role\":\"viewer\"") != std::string::npos);
        const auto denied = asVera.apply(levelRequest(asVera, 1, "v1"), 5s);
        QVERIFY(!denied && denied.error().code == ErrorCode::Denied);
        QCOMPARE(world.level.all[0].held.value, 0);

        auto asOtto = world.gateway(*oper);
        const auto done = asOtto.apply(levelRequest(asOtto, 1, "o1"), 5s);
        QVERIFY(done && done->verdict == Verdict::Applied);
        QCOMPARE(world.store->entries(world.store->writerId(), 0, 1)->front().entry.operatorName, std::string("otto"));
        const auto emergency = asOtto.apply(levelRequest(asOtto, 3, "o2"), 5s);
        QVERIFY(!emergency && emergency.error().code == ErrorCode::Denied);

        auto asAda = world.gateway(*admin);
        QVERIFY(asAda.apply(levelRequest(asAda, 3, "a1"), 5s)->verdict == Verdict::Applied);

        auto wrong = world.gateway("0123");
        QVERIFY(wrong.state(2s).error().code == ErrorCode::Denied);
    }
    void everyVerbIsDeniedToWhoMayNot() {
        World world;
        const auto viewer = addToken(world.tokens(), "vera", Role::Viewer);
        const auto oper = addToken(world.tokens(), "otto", Role::Operator);
        const auto admin = addToken(world.tokens(), "ada", Role::Admin);
        for (const auto& [token, role] :
             {std::pair(*viewer, Role::Viewer), std::pair(*oper, Role::Operator), std::pair(*admin, Role::Admin)}) {
            for (const auto& rule : verbTable()) {
                auto gateway = world.gateway(token);
                const auto id = std::string(roleName(role)) + std::string(rule.name);
                std::optional<Error> error;
                const auto keep = [&error](const auto& result) {
                    if (!result) {
                        error = result.error();
                    }
                };
                switch (rule.verb) {
                case Verb::ViewState:
                    keep(gateway.state(2s));
                    break;
                case Verb::ReadAudit:
                    keep(gateway.audit({}, 0, 1, 2s));
                    break;
                case Verb::VerifyAudit:
                    keep(gateway.verifyAudit({}, 2s));
                    break;
                case Verb::ListActions:
                    keep(rawRequest(world.socket(), get("/v1/actions", "Authorization: Bearer " + token + "\r\n"))
                                 .starts_with("HTTP/1.1 200")
                             ? Result<void>{}
                             : fail(ErrorCode::Denied, {}));
                    break;
                case Verb::Preview:
                case Verb::SetLevel: {
                    const auto request = levelRequest(gateway, 1, id);
                    QVERIFY(!request.fingerprint.empty());
                    if (rule.verb == Verb::SetLevel) {
                        keep(gateway.apply(request, 5s));
                    }
                    break;
                }
                case Verb::SetEmergencyLevel:
                    keep(gateway.apply(levelRequest(gateway, 3, id), 5s));
                    break;
                case Verb::SetShare: {
                    ActionRequest request;
                    request.action = "set_canary_share";
                    request.parameters = {{"percent", 1}};
                    request.reason = "because";
                    request.requestId = id;
                    request.fingerprint = gateway.preview(request, 2s)->fingerprint;
                    keep(gateway.apply(request, 5s));
                    break;
                }
                case Verb::ApplyMigration:
                case Verb::StopMigration:
                case Verb::Panic:
                case Verb::CancelQuery:
                case Verb::TerminateSession:
                case Verb::InvalidateCache:
                case Verb::DrainInstance:
                case Verb::ReadyInstance:
                case Verb::PausePool:
                case Verb::ResumePool:
                case Verb::ResizePool: {
                    ActionRequest request;
                    request.action = rule.name;
                    request.parameters = parametersOf(rule.verb);
                    request.reason = "because";
                    request.requestId = id;
                    request.fingerprint = gateway.preview(request, 2s)->fingerprint;
                    keep(gateway.apply(request, 5s));
                    break;
                }
                }
                const bool denied = error && error->code == ErrorCode::Denied;
                QVERIFY2(denied != allows(role, rule.verb), id.c_str());
                QVERIFY2(denied || !error, error ? error->text.c_str() : "");
            }
        }
    }
    void aTokenFileThatOthersCanReadLetsNobodyIn() {
        World world;
        const auto token = addToken(world.tokens(), "ada", Role::Admin);
        QCOMPARE(::chmod(world.tokens().c_str(), 0644), 0);
        auto gateway = world.gateway(*token);
        QVERIFY(gateway.state(2s).error().code == ErrorCode::Denied);
    }
    void stoppingEndsIdleConnectionsAtOnce() {
        World world;
        auto gateway = world.gateway();
        QVERIFY(gateway.checkVersion(2s).has_value()); // kept alive
        const auto started = std::chrono::steady_clock::now();
        world.server->stop();
        QVERIFY(std::chrono::steady_clock::now() - started < 5s);
        QVERIFY(gateway.state(1s).error().code == ErrorCode::Refused);
    }
};

QTEST_GUILESS_MAIN(TestControlApi)
#include "test_control_api.moc"
