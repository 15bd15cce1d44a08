// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/action_documents.h"
#include "backend/actions/audit_journal.h"
#include "backend/actions/sha256.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <unistd.h>

using namespace binnacle;

namespace {

AuditEntry draft(int i) {
    AuditEntry entry;
    entry.at = UtcTime(std::chrono::sys_days(std::chrono::year(2026) / 11 / 21)) + std::chrono::milliseconds(1234 + i);
    entry.operatorName = "alice";
    entry.phase = i % 2 == 0 ? AuditPhase::Intent : AuditPhase::Outcome;
    entry.requestId = "r" + std::to_string(i / 2);
    entry.action = "set_canary_share";
    entry.parameters = {{"percent", 2.5}, {"note", std::string("\"quoted\" \n \x7f \xc3\xa4")}};
    entry.reason = "why \\ not";
    entry.before = {{"percent", 0}, {"generation", 1}};
    entry.after = {{"percent", 2.5}, {"generation", 2}};
    if (i % 2 == 1) {
        entry.intent = i;
        entry.result = AuditResult{Verdict::InDoubt, {{"percent", 2.5}}, {"app-1", "app-2"}, "app-1: no answer."};
        entry.reverses = "breakglass-0-1:7";
    }
    return entry;
}

std::vector<SealedEntry> chainOf(int length) {
    std::vector<SealedEntry> chain;
    ChainHead head{"control-1", 0, {}};
    for (int i = 0; i < length; ++i) {
        chain.push_back(seal(draft(i), head, sha256Hex));
        head = headOf(chain.back());
    }
    return chain;
}

std::optional<ChainFault> check(const std::vector<SealedEntry>& chain, const std::vector<ChainHead>& seen = {}) {
    return verifyChain("control-1", chain, seen, sha256Hex);
}

} // namespace

class TestAuditChain : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void digestsAreSha256() {
        QCOMPARE(sha256Hex("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }
    void anEntryReadsBackAsItself() {
        for (const auto& sealed : chainOf(4)) {
            const auto entry = parseAuditEntry(sealed.text);
            QVERIFY2(entry.has_value(), sealed.text.c_str());
            QCOMPARE(*entry, sealed.entry);
            QCOMPARE(canonicalText(*entry), sealed.text);
            const auto line = parseSealedLine(sealedLine(sealed));
            QVERIFY(line.has_value());
            QCOMPARE(line->digest, sealed.digest);
        }
    }
    void aWholeChainIsWhole() {
        const auto chain = chainOf(6);
        QVERIFY(!check(chain));
        QVERIFY(!check(chain, {headOf(chain[2]), headOf(chain[5])}));
        QVERIFY(!check({}));
    }
    void everySingleChangedByteIsFound() {
        const auto chain = chainOf(4);
        std::string file;
        for (const auto& sealed : chain) {
            file += sealedLine(sealed) + "\n";
        }
        QTemporaryDir directory;
        const auto path = std::filesystem::path(directory.path().toStdString()) / "control-1.jsonl";
        int found = 0;
        for (std::size_t at = 0; at < file.size(); ++at) {
            for (const unsigned flip : {1U, 0x20U}) {
                auto bad = file;
                bad[at] = static_cast<char>(static_cast<unsigned char>(bad[at]) ^ flip);
                QFile out(QString::fromStdString(path.string()));
                QVERIFY(out.open(QIODevice::WriteOnly | QIODevice::Truncate));
                out.write(bad.data(), static_cast<qint64>(bad.size()));
                out.close();
                const auto read = readJournal(path);
                // Either it is no journal any more, or the chain is broken, or (its last line end) the head is gone.
                const bool noticed = !read || check(*read, {headOf(chain.back())}).has_value();
                QVERIFY2(noticed, ("byte " + std::to_string(at)).c_str());
                found += noticed ? 1 : 0;
            }
        }
        QVERIFY(found > 2000);
    }
    void aChangedEntryWithANewDigestBreaksTheNext() {
        auto chain = chainOf(4);
        chain[1].entry.reason = "another";
        chain[1].text = canonicalText(chain[1].entry);
        chain[1].digest = sha256Hex(chain[1].text);
        const auto fault = check(chain);
        QVERIFY(fault.has_value());
        QCOMPARE(fault->number, 3);
    }
    void aRemovedEntryIsFoundAndNamed() {
        for (std::size_t removed = 0; removed < 3; ++removed) {
            auto chain = chainOf(4);
            chain.erase(chain.begin() + static_cast<std::ptrdiff_t>(removed));
            const auto fault = check(chain);
            QVERIFY(fault.has_value());
            QCOMPARE(fault->number, static_cast<std::int64_t>(removed) + 1);
        }
    }
    void aCutTailIsFoundByWhoSawItBefore() {
        auto chain = chainOf(4);
        const auto head = headOf(chain.back());
        chain.pop_back();
        QVERIFY(!check(chain));
        const auto fault = check(chain, {head});
        QVERIFY(fault.has_value());
        QCOMPARE(fault->number, 4);
    }
    void aChainWrittenAnewIsFoundByWhoSawTheOldOne() {
        const auto old = chainOf(3);
        std::vector<SealedEntry> anew;
        ChainHead head{"control-1", 0, {}};
        for (int i = 0; i < 5; ++i) {
            auto entry = draft(i);
            entry.operatorName = "mallory";
            anew.push_back(seal(std::move(entry), head, sha256Hex));
            head = headOf(anew.back());
        }
        QVERIFY(!check(anew));
        QVERIFY(check(anew, {headOf(old.back())}).has_value());
    }
    void aJournalGoesOnWhereItStopped() {
        QTemporaryDir directory;
        const auto place = std::filesystem::path(directory.path().toStdString()) / "audit";
        {
            auto journal = AuditJournal::open(place, ::getuid());
            QVERIFY2(journal.has_value(), journal ? "" : journal.error().text.c_str());
            QVERIFY(journal->append(draft(0)).has_value());
            QVERIFY(journal->append(draft(1)).has_value());
            const auto second = AuditJournal::open(place, ::getuid());
            QVERIFY(!second && second.error().code == ErrorCode::Conflict);
        }
        const auto files = journalsIn(place);
        QCOMPARE(files.size(), 1U);
        QCOMPARE(static_cast<int>(std::filesystem::status(files[0]).permissions()), 0600);
        // A power cut left half a line: it announced nothing that was begun.
        QFile torn(QString::fromStdString(files[0].string()));
        QVERIFY(torn.open(QIODevice::Append));
        torn.write("{\"entry\":{\"writer_id\":\"bre");
        torn.close();
        auto journal = AuditJournal::open(place, ::getuid());
        QVERIFY2(journal.has_value(), journal ? "" : journal.error().text.c_str());
        QCOMPARE(journal->entries().size(), 2U);
        QVERIFY(journal->append(draft(2)).has_value());
        const auto entries = readJournal(files[0]);
        QCOMPARE(entries->size(), 3U);
        QVERIFY(!verifyChain(journal->writerId(), *entries, {}, sha256Hex));
    }
    void aJournalThatWasChangedIsNotContinued() {
        QTemporaryDir directory;
        const auto place = std::filesystem::path(directory.path().toStdString()) / "audit";
        QVERIFY(AuditJournal::open(place, ::getuid())->append(draft(0)).has_value());
        QFile file(QString::fromStdString(journalsIn(place)[0].string()));
        QVERIFY(file.open(QIODevice::ReadWrite));
        auto bytes = file.readAll();
        bytes.replace("alice", "alicf");
        file.seek(0);
        file.write(bytes);
        file.close();
        const auto journal = AuditJournal::open(place, ::getuid());
        QVERIFY(!journal && journal.error().code == ErrorCode::Conflict);
    }
    void aPlaceThatCantBeWrittenIsAnError() {
        QTemporaryDir directory;
        const auto missing = std::filesystem::path(directory.path().toStdString()) / "no" / "such" / "place";
        QVERIFY(!AuditJournal::open(missing, ::getuid()));
    }
};

QTEST_GUILESS_MAIN(TestAuditChain)
#include "test_audit_chain.moc"
