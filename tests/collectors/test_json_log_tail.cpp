// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/json_log_tail.h"
#include "tests/support/patience.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
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
    void whatWasThereIsReadBackAndToldApart() {
        append("a.json", "old\nolder than its e");
        QCOMPARE(readMarked(), (Lines{"past old"}));
        append("a.json", "nd\nnew\n");
        QCOMPARE(readMarked(), (Lines{"older than its end", "new"})); // it was not there in whole
        QCOMPARE(readMarked(), Lines{});
    }
    void severalFilesAreReadBackInTheirOrder() {
        append("b.json", "1\n");
        later();
        append("c.json", "2\n");
        later();
        append("a.json", "3\n");
        QCOMPARE(readMarked(), (Lines{"past 1", "past 2", "past 3"}));
        append("a.json", "4\n");
        later();
        append("d.json", "5\n");
        QCOMPARE(readMarked(), (Lines{"4", "5"}));
    }
    void readingBackIsBoundedAndBeginsWithAWholeLine() {
        // 40 bytes a line, over both files together; the newer one is a byte too short for whole lines in the older.
        const auto lines = [](char mark, int count) { return (QByteArray(39, mark) + '\n').repeated(count); };
        append("a.json", lines('a', 60'000));
        later();
        append("b.json", "x" + lines('b', 20'000));
        const auto got = readMarked();
        const auto wanted = JsonLogTail::kReadBack - (20'000 * 40 + 1);
        QCOMPARE(std::ranges::count(got, "past " + std::string(39, 'a')), static_cast<std::ptrdiff_t>(wanted / 40));
        QCOMPARE(std::ranges::count(got, "past " + std::string(39, 'b')), std::ptrdiff_t{19'999});
        QCOMPARE(got.size(), wanted / 40 + 20'000); // and nothing but whole lines
        append("b.json", "new\n");
        QCOMPARE(readMarked(), Lines{"new"});
    }
    void aLineThatBeginsRightWhereReadingBackDoesIsRead() {
        const auto line = [](char mark) { return QByteArray(63, mark) + '\n'; };
        append("a.json", line('x') + line('a') + line('b').repeated(JsonLogTail::kReadBack / 64 - 1));
        const auto got = readMarked();
        QCOMPARE(got.size(), JsonLogTail::kReadBack / 64);
        QCOMPARE(got.front(), "past " + std::string(63, 'a'));
    }
    void whatReplacesTheFileWhileItIsReadBackIsNew() {
        append("a.json", "old\n");
        QCOMPARE(readMarked(), Lines{"past old"});
        QVERIFY(QFile::resize(path("a.json"), 0));
        append("a.json", "n\n");
        QCOMPARE(readMarked(), Lines{"n"});
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
        QVERIFY(!tail.readNew([](std::string_view, bool) {}));
    }
    void onlyTheStateOfTheEntryMakesItADeadlock() {
        QVERIFY(isDeadlockEntry("{\"error_severity\":\"ERROR\",\"state_code\":\"40P01\",\"message\":\"deadlock\"}"));
        QVERIFY(!isDeadlockEntry("{\"state_code\":\"00000\",\"message\":\"\\\"state_code\\\":\\\"40P01\\\"\"}"));
        QVERIFY(!isDeadlockEntry("{\"state_code\":\"00000\",\"message\":\"40P01\"}"));
        QVERIFY(!isDeadlockEntry("{\"state_code\":\"00000\",\"user\":\"40P01\"}"));
        QVERIFY(!isDeadlockEntry("\"40P01\""));
        QVERIFY(!isDeadlockEntry("{\"state_code\":\"40P01\""));
        QVERIFY(!isDeadlockEntry((QByteArray(100'000, '[') + "\"40P01\"").toStdString()));
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
        m_tail->readNew([&](std::string_view line, bool) { lines.emplace_back(line); });
        return lines;
    }
    /// The same with "past " before what was there before the first pass.
    Lines readMarked() {
        Lines lines;
        m_tail->readNew(
            [&](std::string_view line, bool past) { lines.push_back((past ? "past " : "") + std::string(line)); });
        return lines;
    }
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<JsonLogTail> m_tail;
};

QTEST_GUILESS_MAIN(TestJsonLogTail)
#include "test_json_log_tail.moc"
