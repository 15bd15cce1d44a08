// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/json_log_tail.h"
#include "tests/support/patience.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <memory>
#include <string>
#include <vector>

using namespace binnacle;

class TestJsonLogTail : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_tail = std::make_unique<JsonLogTail>(m_dir->path().toStdString());
    }
    void beginsAtThePresentEnd() {
        append("a.json", "old\n");
        QCOMPARE(read(), Lines{});
        append("a.json", "new\n");
        QCOMPARE(read(), Lines{"new"});
        QCOMPARE(read(), Lines{});
    }
    void waitsForALineToBeComplete() {
        append("a.json", "");
        read();
        append("a.json", "one\ntw");
        QCOMPARE(read(), Lines{"one"});
        append("a.json", "o\n");
        QCOMPARE(read(), Lines{"two"});
    }
    void readsTheOldFileToItsEndAfterARotation() {
        append("a.json", "");
        read();
        append("a.json", "last of a\n");
        later();
        append("b.json", "first of b\n");
        QCOMPARE(read(), (Lines{"last of a", "first of b"}));
        append("b.json", "more\n");
        QCOMPARE(read(), Lines{"more"});
    }
    void survivesARenameOfTheFileThatItReads() {
        append("a.json", "");
        read();
        append("a.json", "before\n");
        QVERIFY(QFile::rename(path("a.json"), path("a.json.1")));
        append("a.json", "after\n");
        QCOMPARE(read(), (Lines{"before", "after"}));
    }
    void survivesTruncation() {
        append("a.json", "a long line that stood here\n");
        read();
        QVERIFY(QFile::resize(path("a.json"), 0));
        append("a.json", "new\n");
        QCOMPARE(read(), Lines{"new"});
    }
    void readsAFileThatAppearsLaterFromItsStart() {
        QCOMPARE(read(), Lines{});
        append("a.json", "first\n");
        QCOMPARE(read(), Lines{"first"});
    }
    void leavesOtherFilesAlone() {
        append("a.json", "");
        read();
        append("a.log", "other\n");
        QVERIFY(QDir(m_dir->path()).mkdir(QStringLiteral("z.json")));
        QCOMPARE(read(), Lines{});
    }
    void aLineOverTheCapIsDroppedAndTheNextOneRead() {
        append("a.json", "");
        read();
        append("a.json", QByteArray(600'000, 'x'));
        QCOMPARE(read(), Lines{});
        append("a.json", "tail of it\nnext\n");
        QCOMPARE(read(), Lines{"next"});
    }
    void aFloodIsReadInBoundedPasses() {
        append("a.json", "");
        read();
        append("a.json", QByteArray("line\n").repeated(500'000));
        std::size_t passes = 0;
        std::size_t lines = 0;
        for (auto got = read(); !got.empty(); got = read()) {
            lines += got.size();
            ++passes;
        }
        QCOMPARE(lines, std::size_t{500'000});
        QVERIFY(passes >= 3);
    }
    void aMissingDirectoryIsToldAndLaterRead() {
        JsonLogTail tail((m_dir->path() + QStringLiteral("/none")).toStdString());
        QVERIFY(!tail.readNew([](std::string_view) {}));
    }
    void onlyTheStateOfTheEntryMakesItADeadlock() {
        QVERIFY(isDeadlockEntry("{\"error_severity\":\"ERROR\",\"state_code\":\"40P01\",\"message\":\"deadlock\"}"));
        QVERIFY(!isDeadlockEntry("{\"state_code\":\"00000\",\"message\":\"\\\"state_code\\\":\\\"40P01\\\"\"}"));
        QVERIFY(!isDeadlockEntry("{\"state_code\":\"00000\",\"message\":\"40P01\"}"));
        QVERIFY(!isDeadlockEntry("{\"state_code\":\"00000\",\"user\":\"40P01\"}"));
        QVERIFY(!isDeadlockEntry("\"40P01\""));
        QVERIFY(!isDeadlockEntry("{\"state_code\":\"40P01\""));
        QVERIFY(!isDeadlockEntry(std::string(100'000, '[') + "\"40P01\""));
        QVERIFY(!isDeadlockEntry(""));
    }

private:
    using Lines = std::vector<std::string>;

    [[nodiscard]] QString path(const char* name) const { return m_dir->filePath(QString::fromLatin1(name)); }
    void append(const char* name, const QByteArray& text) {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::Append));
        QCOMPARE(file.write(text), text.size());
    }
    /// Until the file system's clock has moved on, so that the next file is newer than the last.
    void later() {
        const auto before = QDateTime::currentMSecsSinceEpoch();
        QTRY_VERIFY(QDateTime::currentMSecsSinceEpoch() > before + 15);
    }
    Lines read() {
        Lines lines;
        m_tail->readNew([&](std::string_view line) { lines.emplace_back(line); });
        return lines;
    }
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<JsonLogTail> m_tail;
};

QTEST_GUILESS_MAIN(TestJsonLogTail)
#include "test_json_log_tail.moc"
