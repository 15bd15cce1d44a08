// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/action_documents.h"
#include "backend/actions/durable_file.h"
#include "backend/actions/fleet.h"
#include "backend/actions/planning.h"
#include "backend/actions/split_map.h"

#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <map>
#include <mutex>
#include <stdexcept>
#include <sys/stat.h>
#include <thread>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {

/// Instances that answer, or don't, as the test says.
class ScriptedFleet final : public Fleet {
public:
    struct One {
        Generation held;
        Error error{ErrorCode::Timeout, {}}; ///< given as long as `failures` is above zero
        int failures = 0;
        int writes = 0;
    };
    std::map<std::string, One> all{{"app-1", {}}, {"app-2", {}}, {"app-3", {}}};

    std::vector<std::string> names() override {
        std::vector<std::string> result;
        for (const auto& [name, one] : all) {
            result.push_back(name);
        }
        return result;
    }
    Result<Generation> read(const std::string& name, SteadyTime) override {
        const std::scoped_lock lock(m_mutex);
        return all.at(name).held;
    }
    Result<Generation> write(const std::string& name, const Generation& wanted, SteadyTime) override {
        const std::scoped_lock lock(m_mutex);
        auto& one = all.at(name);
        ++one.writes;
        if (one.failures != 0) {
            --one.failures;
            return std::unexpected(one.error);
        }
        if (wanted.generation > one.held.generation) {
            one.held = wanted;
        }
        return one.held;
    }
    Result<void> healthy(const std::string& name, SteadyTime) override {
        if (name == "app-2" && throws) {
            throw std::runtime_error("[json.exception] odd");
        }
        return name == "app-3" && sick ? fail(ErrorCode::Conflict, "app-3 can't reach postgres") : Result<void>{};
    }
    bool sick = false;
    bool throws = false;

private:
    std::mutex m_mutex;
};

Result<PlannedChange> plan(const char* action, std::vector<std::string> texts) {
    const auto values = parseParameters(texts);
    return values ? planAction(action, *values) : std::unexpected(values.error());
}

} // namespace

class TestActions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void parametersBecomeAChange() {
        const auto level = plan("set_degradation_level", {"level=2"});
        QCOMPARE(level->value, 2);
        QVERIFY(level->lease == 30min);
        QVERIFY(plan("set_degradation_level", {"level=1"})->lease == 60min);
        QVERIFY(plan("set_degradation_level", {"level=3"})->lease == 15min);
        QCOMPARE(plan("set_degradation_level", {"level=3"})->typeToConfirm, std::string("emergency"));
        QVERIFY(plan("set_degradation_level", {"level=0"})->lease == 0s);
        QVERIFY(plan("set_degradation_level", {"level=1", "lease_s=90"})->lease == 90s);
        QCOMPARE(plan("set_canary_share", {"percent=5"})->value, 500);
        QCOMPARE(plan("set_canary_share", {"percent=0.01"})->value, 1);
        QCOMPARE(plan("set_canary_share", {"percent=100"})->value, 10000);
        QCOMPARE(plan("set_canary_share", {"percent=12.34"})->value, 1234);
    }
    void wrongParametersAreRefusedWithASentence() {
        struct Row {
            const char* action;
            std::vector<std::string> texts;
            const char* says;
        };
        const Row rows[] = {
            {"set_degradation_level", {"level=4"}, "0, 1, 2 or 3"},
            {"set_degradation_level", {"level=-1"}, "0, 1, 2 or 3"},
            {"set_degradation_level", {"level=two"}, "not \"two\""},
            {"set_degradation_level", {"level=1.5"}, "0, 1, 2 or 3"},
            {"set_degradation_level", {"level=99999999999999999999"}, "0, 1, 2 or 3"},
            {"set_degradation_level", {}, "needs level"},
            {"set_degradation_level", {"level=1", "leese_s=9"}, "no parameter \"leese_s\""},
            {"set_degradation_level", {"level=1", "lease_s=0"}, "lease_s must be"},
            {"set_degradation_level", {"level=1", "lease_s=86401"}, "lease_s must be"},
            {"set_degradation_level", {"level=0", "lease_s=60"}, "no lease"},
            {"set_degradation_level", {"level=1", "level=2"}, "twice"},
            {"set_degradation_level", {"level"}, "NAME=VALUE"},
            {"set_canary_share", {"percent=101"}, "0 to 100"},
            {"set_canary_share", {"percent=-0.01"}, "0 to 100"},
            {"set_canary_share", {"percent=0.001"}, "two digits"},
            {"set_canary_share", {"percent=nan"}, "0 to 100"},
            {"set_canary_share", {"percent=1e300"}, "0 to 100"},
            {"reboot", {}, "set_canary_share"},
        };
        for (const auto& row : rows) {
            const auto change = plan(row.action, row.texts);
            QVERIFY2(!change, row.says);
            QVERIFY(change.error().code == ErrorCode::Invalid);
            QVERIFY2(change.error().text.find(row.says) != std::string::npos, change.error().text.c_str());
        }
    }
    void idsOfTheCatalogueAreUniqueAndHelpNamesThemAll() {
        const auto help = catalogueText();
        std::map<std::string, int> ids;
        for (const auto& entry : actionCatalogue()) {
            QCOMPARE(++ids[entry.spec.id], 1);
            QVERIFY(entry.mutates);
            QVERIFY(help.find(entry.spec.id + "\n") != std::string::npos);
        }
    }
    void rolesMayDoWhatTheTableSays() {
        const std::map<Verb, std::array<bool, 3>> expected = {
            {Verb::ViewState, {true, true, true}},
            {Verb::ReadAudit, {true, true, true}},
            {Verb::VerifyAudit, {true, true, true}},
            {Verb::ListActions, {true, true, true}},
            {Verb::Preview, {true, true, true}},
            {Verb::SetLevel, {false, true, true}},
            {Verb::SetEmergencyLevel, {false, false, true}},
            {Verb::SetShare, {false, true, true}},
            {Verb::ApplyMigration, {false, false, true}},
            {Verb::StopMigration, {false, true, true}},
            {Verb::Panic, {false, true, true}},
            {Verb::CancelQuery, {false, true, true}},
            {Verb::TerminateSession, {false, false, true}},
            {Verb::InvalidateCache, {false, true, true}},
            {Verb::DrainInstance, {false, true, true}},
            {Verb::ReadyInstance, {false, true, true}},
            {Verb::PausePool, {false, true, true}},
            {Verb::ResumePool, {false, true, true}},
            {Verb::ResizePool, {false, true, true}},
        };
        QCOMPARE(expected.size(), verbTable().size());
        for (const auto& rule : verbTable()) {
            for (const auto role : {Role::Viewer, Role::Operator, Role::Admin}) {
                QCOMPARE(allows(role, rule.verb), expected.at(rule.verb)[static_cast<std::size_t>(role)]);
            }
            QVERIFY(!rule.mutates || !allows(Role::Viewer, rule.verb));
        }
        for (const auto role : {Role::Viewer, Role::Operator, Role::Admin}) {
            QVERIFY(roleFromName(roleName(role)) == role);
        }
        QVERIFY(!roleFromName("root"));
    }
    void aSessionIsNamedByItsStartAndThatOfItsTransaction() {
        const std::vector<std::string> whole = {"server=replica-1", "pid=77",
                                                "backend_start=2026-11-25T18:30:01.123456Z",
                                                "xact_start=2026-11-25 18:31:00.000001+01"};
        for (const auto* action : {"cancel_query", "terminate_session"}) {
            const auto change = plan(action, whole);
            QVERIFY2(change.has_value(), change ? "" : change.error().text.c_str());
            QCOMPARE(integerOf(change->parameters, "pid"), std::optional<std::int64_t>(77));
            QCOMPARE(textOf(change->parameters, "backend_start"), std::string("2026-11-25T18:30:01.123456Z"));
            QVERIFY(change->undertaking == ruleOf(*change->undertaking).verb);
            QCOMPARE(std::string(ruleOf(*change->undertaking).name), std::string(action));
        }
        const auto idle = std::vector(whole.begin(), whole.end() - 1);
        QVERIFY(plan("terminate_session", idle).has_value()); // a session may have no transaction
        QVERIFY(!plan("cancel_query", idle));
        for (const auto* wrong : {"backend_start=2026-11-25T18:30:01", "backend_start=now", "backend_start=infinity",
                                  "backend_start=2026-11-25T18:30:01Z' or true", "pid=0", "pid=x", "server=a b"}) {
            auto texts = whole;
            const auto name = std::string(wrong).substr(0, std::string(wrong).find('=') + 1);
            std::ranges::replace_if(
                texts, [&](const auto& text) { return text.starts_with(name); }, std::string(wrong));
            const auto change = plan("terminate_session", texts);
            QVERIFY2(!change && change.error().code == ErrorCode::Invalid, wrong);
        }
    }
    void whatCachePoolsAndInstancesTake() {
        QCOMPARE(textOf(plan("invalidate_cache", {"key=cache:1:task:1:7"})->parameters, "key"),
                 std::string("cache:1:task:1:7"));
        QCOMPARE(textOf(plan("invalidate_cache", {"tag=7"})->parameters, "tag"), std::string("7"));
        QVERIFY(!plan("invalidate_cache", {}));
        QVERIFY(!plan("invalidate_cache", {"key=a", "tag=b"}));
        QVERIFY(!plan("invalidate_cache", {"key=a\nb"}));
        QVERIFY(!plan("invalidate_cache", {"key=" + std::string(513, 'x')}));
        QVERIFY(plan("drain_instance", {"instance=app-1"}).has_value());
        QVERIFY(!plan("drain_instance", {"instance=app-1;shutdown"}));
        QVERIFY(!plan("ready_instance", {"instance="}));
        QVERIFY(plan("pause_pool", {"pool=binnacle"}).has_value());
        QVERIFY(plan("pause_pool", {"pool=binnacle", "lease_s=600"}).has_value());
        QVERIFY(!plan("pause_pool", {"pool=binnacle", "lease_s=601"}));
        QVERIFY(!plan("resume_pool", {"pool=a\"b"}));
        QVERIFY(!plan("resize_pool", {"pool=binnacle", "size=0"}));
        QVERIFY(!plan("resize_pool", {"pool=binnacle", "size=1001"}));
        QCOMPARE(integerOf(plan("resize_pool", {"pool=binnacle", "size=7"})->parameters, "size"),
                 std::optional<std::int64_t>(7));
    }
    void whatTakesAnActBackLeadsToTheStateBefore() {
        AuditEntry intent;
        intent.number = 4;
        intent.action = "resize_pool";
        intent.parameters = {{"pool", "binnacle"}, {"size", 9}};
        intent.before = {{"pool", "binnacle"}, {"size", 5}};
        QVERIFY(reversalOf(intent) == (Reversal{"resize_pool", {{"pool", "binnacle"}, {"size", 5}}, 0}));
        intent.action = "pause_pool";
        intent.parameters = {{"pool", "binnacle"}, {"lease_s", 9}};
        intent.before = {{"state", "active"}};
        QVERIFY(reversalOf(intent) == (Reversal{"resume_pool", {{"pool", "binnacle"}}, 0}));
        intent.action = "terminate_session";
        QVERIFY(!reversalOf(intent));
        const auto none = inverseOf(intent);
        QVERIFY2(!none && none.error().text.find("client may connect again") != std::string::npos,
                 "the reason is said");
    }
    void whatCantBeTakenBackSaysWhy() {
        for (const auto& entry : actionCatalogue()) {
            QCOMPARE(entry.spec.reversibility != Reversibility::Undo, !entry.noUndo.empty());
        }
    }
    void whichVerbAChangeNeedsDependsOnBothEnds() {
        const auto change = *plan("set_degradation_level", {"level=1"});
        QVERIFY(verbOf(change, 0) == Verb::SetLevel);
        QVERIFY(verbOf(change, 3) == Verb::SetEmergencyLevel);
        QVERIFY(verbOf(*plan("set_degradation_level", {"level=3"}), 0) == Verb::SetEmergencyLevel);
        QVERIFY(verbOf(*plan("set_canary_share", {"percent=100"}), 0) == Verb::SetShare);
        QVERIFY(verbOf(*plan("panic", {}), 0) == Verb::Panic);
        QVERIFY(verbOf(*plan("apply_migration", {"id=20261101120000_a"}), 0) == Verb::ApplyMigration);
        QVERIFY(verbOf(*plan("revert_migration", {"id=20261101120000"}), 0) == Verb::ApplyMigration);
        QVERIFY(verbOf(*plan("stop_migration", {"id=20261101120000_a"}), 0) == Verb::StopMigration);
        QVERIFY(!plan("apply_migration", {"id=../x"}));
    }
    void aFingerprintTellsWhetherTheStateMoved() {
        const auto at = *parseIsoTime("2026-11-21T22:43:54.123Z");
        const PreviewedState state{"pause_pool", {{"pool", std::string("app")}}, {{"state", std::string("x")}}, 0, {}};
        auto other = state;
        other.before = {{"state", std::string("y")}};
        const auto print = previewFingerprint(state, at);
        const auto later = previewFingerprint(state, at + 5s);
        QVERIFY(print != later);
        QVERIFY(guardOf(print) == guardOf(later));
        QVERIFY(guardOf(print) != guardOf(previewFingerprint(other, at)));
        QVERIFY(guardOf("opaque") == "opaque");
        // A preview lives no longer than it says: another expiry before the same state is no fingerprint of it.
        ActionRequest request;
        request.fingerprint = later.substr(0, later.find('-')) + print.substr(print.find('-'));
        QVERIFY(refusalOf(request, state, "x", {}, at + 1s).has_value());
        request.fingerprint = later;
        QVERIFY(!refusalOf(request, state, "x", {}, at + 1s));
        QVERIFY(refusalOf(request, state, "x", {}, at + 6s)->find("too old") != std::string::npos);
    }
    void documentsReadBack() {
        ActionPreview preview;
        preview.action = "set_canary_share";
        preview.title = "t";
        preview.parameters = {{"percent", 2.5}};
        preview.before = {{"percent", 0}, {"generation", 3}};
        preview.after = {{"percent", 2.5}, {"generation", 4}};
        preview.affected = {"haproxy"};
        preview.warnings = {"w"};
        preview.details = {{"rows", 7}, {"statement", "create index"}};
        preview.fingerprint = "1-a";
        preview.risk = Risk::High;
        preview.validUntil = *parseIsoTime("2026-11-21T22:43:54.123Z");
        const auto read = parsePreview(previewDocument(preview));
        QVERIFY(read.has_value());
        QCOMPARE(previewDocument(*read), previewDocument(preview));
        ActionOutcome outcome;
        outcome.verdict = Verdict::InDoubt;
        outcome.number = 7;
        outcome.observedAfter = {{"percent", 2.5}};
        outcome.stragglers = {"app-1"};
        outcome.leaseUntil = preview.validUntil;
        outcome.reversal = Reversal{"set_canary_share", {{"percent", 0}}, 4};
        const auto back = parseOutcome(outcomeDocument(outcome));
        QVERIFY(back.has_value());
        QCOMPARE(outcomeDocument(*back), outcomeDocument(outcome));
        QVERIFY(outcomeDocument(outcome).find(R"("lease_until":"2026-11-21T22:43:54.123Z")") != std::string::npos);
    }
    void whatIsNoDocumentIsAnError() {
        const std::string deep(100000, '[');
        for (const std::string& text : {std::string(), std::string("null"), std::string("[]"), std::string("{}"), deep,
                                        std::string(R"({"outcome":"applied","number":"7"})"), std::string("\xff")}) {
            QVERIFY(!parseOutcome(text));
            QVERIFY(!parsePreview(text));
            QVERIFY(!parseAuditEntry(text));
            QVERIFY(parseErrorDocument(text).code == ErrorCode::Protocol);
        }
        QVERIFY(!parseRequest("[1]"));
        QVERIFY(!parseRequest(R"({"parameters":{"level":[1]}})"));
        QVERIFY(!parseRequest(R"({"reason":1})"));
    }
    void timesReadBack() {
        QCOMPARE(isoTime(*parseIsoTime("2024-02-29T23:59:59.999Z")), std::string("2024-02-29T23:59:59.999Z"));
        for (const char* bad : {"", "2024-02-30T00:00:00.000Z", "2024-02-29T24:00:00.000Z", "2262-01-01T00:00:00.000Z",
                                "9999-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z", "2024-02-29 23:59:59.999Z"}) {
            QVERIFY(!parseIsoTime(bad));
        }
    }
    void aPushReachesAllAndRetriesWhoStumbles() {
        ScriptedFleet fleet;
        fleet.all["app-2"].failures = 2;
        LevelActuator level(fleet);
        const auto seen = level.apply({5, 2}, 2s);
        QVERIFY(seen->behind(5).empty());
        QCOMPARE(fleet.all["app-2"].writes, 3);
        QCOMPARE(seen->newest()->value, 2);
    }
    void aPushNamesWhoStaysBehindWhenPatienceEnds() {
        ScriptedFleet fleet;
        fleet.all["app-1"].failures = -1;
        LevelActuator level(fleet);
        const auto started = std::chrono::steady_clock::now();
        const auto seen = level.apply({5, 2}, 200ms);
        QVERIFY(std::chrono::steady_clock::now() - started < 2s);
        QCOMPARE(seen->behind(5).size(), 1U);
        QCOMPARE(seen->behind(5)[0]->name, std::string("app-1"));
        QVERIFY(seen->behind(5)[0]->running);
    }
    void aPushDoesNotWaitForWhoIsNotRunning() {
        ScriptedFleet fleet;
        fleet.all["app-1"].failures = -1;
        fleet.all["app-1"].error = {ErrorCode::Refused, "nothing listens there"};
        LevelActuator level(fleet);
        const auto started = std::chrono::steady_clock::now();
        const auto seen = level.apply({5, 2}, 30s);
        QVERIFY(std::chrono::steady_clock::now() - started < 10s);
        QVERIFY(!seen->behind(5)[0]->running);
    }
    void anInstanceWithANewerGenerationKeepsIt() {
        ScriptedFleet fleet;
        fleet.all["app-2"].held = {9, 3};
        LevelActuator level(fleet);
        const auto seen = level.apply({5, 2}, 1s);
        QVERIFY(seen->behind(5).empty());
        QCOMPARE(*seen->newest(), (Generation{9, 3}));
    }
    void oneSickInstanceIsEnough() {
        ScriptedFleet fleet;
        LevelActuator level(fleet);
        QVERIFY(level.healthy(1s).has_value());
        fleet.sick = true;
        QCOMPARE(level.healthy(1s).error().text, std::string("app-3 can't reach postgres"));
    }
    void anInstanceThatCantBeAskedIsSickAndEndsNobody() {
        ScriptedFleet fleet;
        fleet.throws = true;
        const auto health = LevelActuator(fleet).healthy(1s);
        QVERIFY(!health);
        QCOMPARE(health.error().text, std::string("app-2 can't be asked: [json.exception] odd"));
    }
    void healthIsReadFromWhateverAnInstanceSays() {
        QVERIFY(readHealth("app-1", R"({"gauges":[]})").has_value());
        QVERIFY(readHealth("app-1", R"({"gauges":[{"id":"dependency.up","labels":{"dependency":"redis"},"value":1},
            {"id":"pool.app.waiting","value":0},{"id":"anything.else","value":null}]})"));
        const auto said = [](const char* gauges) {
            const auto health = readHealth("app-1", std::string(R"({"gauges":)") + gauges + "}");
            return health ? std::string() : health.error().text;
        };
        QCOMPARE(said(R"([{"id":"dependency.up","labels":{"dependency":"redis"},"value":0}])"),
                 std::string("app-1 can't reach redis"));
        for (const char* labels :
             {"null", "7", "[]", R"("redis")", R"({"dependency":7})", R"({"dependency":null})", "{}"}) {
            QCOMPARE(said((R"([{"id":"dependency.up","value":0,"labels":)" + std::string(labels) + "}]").c_str()),
                     std::string("app-1 can't reach a dependency"));
        }
        QCOMPARE(said(R"([{"id":"dependency.up","value":0}])"), std::string("app-1 can't reach a dependency"));
        QCOMPARE(said(R"([{"id":"pool.app.waiting","value":2}])"),
                 std::string("app-1 has requests waiting for a database connection"));
        for (const char* odd :
             {"null", "{}", "7", "[null]", "[7]", "[[]]", R"(["dependency.up"])", "[{}]", R"([{"id":7}])",
              R"([{"id":null,"value":0}])", R"([{"id":{}}])", R"([{"id":"dependency.up"}])",
              R"([{"id":"dependency.up","value":"0"}])", R"([{"id":"pool.app.waiting","value":null}])"}) {
            QCOMPARE(said(odd), std::string("app-1 answered something that is no telemetry document"));
        }
        for (const char* odd : {"", "null", "[]", "7", "{", "\xff"}) {
            QVERIFY(readHealth("app-1", odd).error().code == ErrorCode::Protocol);
        }
    }
    void aMapFileCarriesItsGeneration() {
        QCOMPARE(*parseSplitMap(splitMapText({12, 250})), (Generation{12, 250}));
        QCOMPARE(*parseSplitMap("default 0\n"), (Generation{0, 0}));
        QCOMPARE(*parseSplitMap("# generation 3\r\ndefault 10000 \n"), (Generation{3, 10000}));
        for (const char* bad : {"", "default", "default x\n", "default 10001\n", "default -1\n"}) {
            QVERIFY(!parseSplitMap(bad));
        }
    }
    void aShareIsOnDiskAlsoWhenTheLoadBalancerIsDown() {
        QTemporaryDir directory;
        const auto file = std::filesystem::path(directory.path().toStdString()) / "split.map";
        QVERIFY(replaceFile(file, "default 0\n").has_value());
        HaproxySplitMap map({file, "split.map", directory.path().toStdString() + "/none.sock"});
        ShareActuator share(map);
        const auto seen = share.apply({4, 500}, 1s);
        QCOMPARE(seen->behind(4).size(), 1U);
        QVERIFY(!seen->targets[0].running);
        QCOMPARE(*map.stored(), (Generation{4, 500}));
        QCOMPARE(*share.observe(1s).newest(), (Generation{4, 500}));
    }
    void aReplacedFileKeepsItsMode() {
        QTemporaryDir directory;
        const auto file = std::filesystem::path(directory.path().toStdString()) / "split.map";
        QVERIFY(replaceFile(file, "one").has_value());
        struct stat status {};
        QCOMPARE(::stat(file.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777, 0600U);
        QCOMPARE(::chmod(file.c_str(), 0640), 0);
        QVERIFY(replaceFile(file, "two").has_value());
        QCOMPARE(::stat(file.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777, 0640U);
        QCOMPARE(*readWholeFile(file), std::string("two"));
        QCOMPARE(std::distance(std::filesystem::directory_iterator(file.parent_path()), {}), 1);
    }
    void aNewerShareOnDiskIsNotOverwritten() {
        QTemporaryDir directory;
        const auto file = std::filesystem::path(directory.path().toStdString()) / "split.map";
        QVERIFY(replaceFile(file, splitMapText({7, 100})).has_value());
        HaproxySplitMap map({file, "split.map", directory.path().toStdString() + "/none.sock"});
        ShareActuator share(map);
        QVERIFY(share.apply({4, 500}, 100ms).has_value());
        QCOMPARE(*map.stored(), (Generation{7, 100}));
    }
};

QTEST_GUILESS_MAIN(TestActions)
#include "test_actions.moc"
