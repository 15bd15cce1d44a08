// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/stack_locator.h"

#include <QTest>
#include <map>

using namespace binnacle;

namespace {
EnvironmentLookup environment(std::map<std::string, std::string> values) {
    return [values = std::move(values)](const char* name) -> std::optional<std::string> {
        const auto it = values.find(name);
        return it != values.end() ? std::optional(it->second) : std::nullopt;
    };
}
} // namespace

class TestStackLocator : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theStateDirectoryIsFoundInTheDocumentedOrder() {
        const auto all = environment({{"BINNACLE_STATE_DIR", "/e"}, {"XDG_STATE_HOME", "/x"}, {"HOME", "/h"}});
        const auto xdg = environment({{"XDG_STATE_HOME", "/x"}, {"HOME", "/h"}});
        const auto home = environment({{"HOME", "/h"}});
        QCOMPARE(resolveStateDir("/given", all, 1000).value().string(), std::string("/given"));
        QCOMPARE(resolveStateDir({}, all, 1000).value().string(), std::string("/e"));
        QCOMPARE(resolveStateDir({}, xdg, 0).value().string(), std::string("/x/binnacle/stack"));
        QCOMPARE(resolveStateDir({}, home, 0).value().string(), std::string("/var/lib/binnacle"));
        QCOMPARE(resolveStateDir({}, home, 1000).value().string(), std::string("/h/.local/state/binnacle/stack"));
        QCOMPARE(resolveStateDir({}, environment({}), 1000).error().code, ErrorCode::Invalid);
    }
    void oneDirectoryHasOneName() {
        const auto none = environment({});
        QCOMPARE(resolveStateDir("/a/b/", none, 0).value().string(), std::string("/a/b"));
        QCOMPARE(resolveStateDir("/a/./c/../b", none, 0).value().string(), std::string("/a/b"));
        QVERIFY(resolveStateDir("relative", none, 0).value().is_absolute());
    }
    void socketsStandInShortDirectoriesOfTheUser() {
        QCOMPARE(stateDirDigest("/var/lib/binnacle").size(), std::size_t{8});
        QVERIFY(stateDirDigest("/a") != stateDirDigest("/b"));
        const auto digest = stateDirDigest("/s");
        QCOMPARE(runDirFor("/s", environment({}), 0).string(), "/run/binnacle/" + digest);
        QCOMPARE(runDirFor("/s", environment({{"XDG_RUNTIME_DIR", "/run/user/7"}}), 7).string(),
                 "/run/user/7/binnacle/" + digest);
        QCOMPARE(runDirFor("/s", environment({}), 7).string(), "/tmp/binnacle-7/" + digest);
        QCOMPARE(stackSocketFor("/r").string(), std::string("/r/stack.sock"));
    }
};

QTEST_APPLESS_MAIN(TestStackLocator)
#include "test_stack_locator.moc"
