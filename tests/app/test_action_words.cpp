// SPDX-License-Identifier: GPL-3.0-or-later
// Every action of the catalogue in the words of its dialog, its mark and its receipt: it names what it is about, says
// what is left of it, and does so in each language.
#include "app/dialogs/act_names.h"
#include "app/dialogs/action_dialog.h"
#include "app/dialogs/action_words.h"
#include "app/dialogs/member_words.h"
#include "app/feed/action_marks.h"
#include "tests/app/act_previews.h"
#include "widgets/key_button.h"
#include "widgets/now_after_table.h"

#include <QDirIterator>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTranslator>
#include <QtTest>

#include <set>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;

namespace {

const QTimeZone kUtc("UTC");
constexpr QChar kBreak{0x200B};

const CatalogueEntry& entryOf(const char* action) {
    return **findAction(action);
}

PreviewWords wordsFor(const ActionPreview& preview) {
    return wordsOf(preview, QString::fromStdString(preview.action), {}, kUtc);
}

PreviewWords wordsFor(const char* action) {
    return wordsFor(previewOf(entryOf(action)));
}

QString cellText(const PreviewCell& cell) {
    return cell.text + QStringLiteral(" | ") + cell.detail;
}

const NowAfterRow* rowOf(const PreviewWords& words, const char* name) {
    const auto found = std::ranges::find(words.rows, QString::fromLatin1(name), &NowAfterRow::name);
    return found == words.rows.end() ? nullptr : &*found;
}

/// What an act of the catalogue is about, as it must be readable wherever the act is named.
QStringList objectsOf(const std::string& action) {
    static const std::map<std::string, QStringList> objects = {
        {"set_degradation_level", {QStringLiteral("2")}},
        {"set_canary_share", {QStringLiteral("5")}},
        {"panic", {QStringLiteral("Panic")}},
        {"cancel_query", {QStringLiteral("4711@primary")}},
        {"terminate_session", {QStringLiteral("4711@primary")}},
        {"invalidate_cache", {QStringLiteral("key task:42")}},
        {"drain_instance", {QStringLiteral("app-2")}},
        {"ready_instance", {QStringLiteral("app-2")}},
        {"pause_pool", {QStringLiteral("pool orders"), QStringLiteral("1:30")}},
        {"resume_pool", {QStringLiteral("pool orders")}},
        {"resize_pool", {QStringLiteral("pool orders"), QStringLiteral("20"), QStringLiteral("30")}},
        {"apply_migration", {QStringLiteral("2026110112"), QStringLiteral("assignee")}},
        {"revert_migration", {QStringLiteral("2026110112"), QStringLiteral("assignee")}},
        {"stop_migration", {QStringLiteral("2026110112"), QStringLiteral("assignee")}},
    };
    const auto found = objects.find(action);
    return found == objects.end() ? QStringList() : found->second;
}

/// The members within the braces that begin at `from`.
void membersWithin(const QString& text, qsizetype from, std::set<std::string>& into) {
    static const QRegularExpression member(QStringLiteral("\\{\\s*\"([a-z_]+)\","));
    int depth = 0;
    auto at = from;
    do {
        depth += text.at(at) == QLatin1Char('{') ? 1 : text.at(at) == QLatin1Char('}') ? -1 : 0;
    } while (++at < text.size() && depth > 0);
    for (auto found = member.globalMatch(text.mid(from, at - from)); found.hasNext();) {
        into.insert(found.next().captured(1).toStdString());
    }
}

struct Members {
    std::set<std::string> previewed; ///< of before, after and details
    std::set<std::string> observed;  ///< of results
};

/// The members that the sources in backend/ put into documents of acts.
Members membersOfBackend() {
    static const QRegularExpression documents(QStringLiteral("\\b(before|after|details) = (?=\\{\\{)"));
    static const QRegularExpression results(QStringLiteral("(observedAfter = |Verdict::[A-Za-z]+,\\s*)(?=\\{\\{\")"));
    static const QRegularExpression more(QStringLiteral("\\b(before|after|details|values)\\.emplace\\(\"([a-z_]+)\""));
    Members out;
    for (const auto* folder : {"actions", "control", "migrations"}) {
        QDirIterator files(QStringLiteral(BINNACLE_SOURCE_DIR) + QStringLiteral("/backend/") + QLatin1String(folder),
                           {QStringLiteral("*.cpp")}, QDir::Files);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly)) {
                continue;
            }
            const auto text = QString::fromUtf8(file.readAll());
            for (auto found = documents.globalMatch(text); found.hasNext();) {
                membersWithin(text, found.next().capturedEnd(), out.previewed);
            }
            for (auto found = results.globalMatch(text); found.hasNext();) {
                membersWithin(text, found.next().capturedEnd(), out.observed);
            }
            for (auto found = more.globalMatch(text); found.hasNext();) {
                out.previewed.insert(found.next().captured(2).toStdString());
            }
        }
    }
    return out;
}

/// A language for as long as this lives.
struct Spoken {
    QTranslator own;
    bool loaded = false;

    explicit Spoken(const char* id) {
        loaded =
            own.load(QStringLiteral("binnacle_") + QLatin1String(id),
                     qEnvironmentVariable("BINNACLE_TEST_BIN") + QStringLiteral("/../share/binnacle/translations"));
        QCoreApplication::installTranslator(&own);
    }
};

/// Every text of an act: of its dialog, of its mark, of its receipt.
QStringList textsOf(const ActionPreview& preview) {
    const auto words = wordsFor(preview);
    QStringList out{words.title,          words.confirm,          words.keep,
                    words.affects.text,   words.undo.text,        words.undo.detail,
                    words.otherwise.text, words.otherwise.detail, actPhrase(intentOf(preview))};
    for (const auto& row : words.rows) {
        out << row.name;
    }
    return out;
}

/// A key that tries what a key may: longer than any line, markup, placeholders, a mnemonic, a turned direction.
std::string hostileKey() {
    return "task:%1:%2:<b>&x</b>:" + std::string("\xE2\x80\xAE") + std::string(450, 'W') + ":end-42";
}

ActionPreview hostilePreview() {
    auto preview = previewOf(entryOf("invalidate_cache"));
    preview.parameters = {{"key", hostileKey()}};
    preview.target = "the cache: key " + hostileKey();
    preview.affected = {hostileKey()};
    return preview;
}

/// A dialog over a window, with that preview.
struct Shown {
    QWidget window;
    QPointer<ActionDialog> dialog;

    explicit Shown(const ActionPreview& preview, const Theme& theme = Theme()) {
        window.setFixedSize(1200, 900);
        binnacle::applyTheme(window, theme);
        window.show();
        dialog = new ActionDialog(Environment::Production, theme, &window);
        const auto& entry = entryOf(preview.action.c_str());
        dialog->showPreview(wordsFor(preview), QStringLiteral("bundled stack"), {},
                            entry.spec.reversibility != Reversibility::Undo);
        dialog->showTimes(std::chrono::milliseconds(600), std::chrono::seconds(118));
        dialog->open();
    }
    ~Shown() { delete dialog; }
    Shown(const Shown&) = delete;
    Shown& operator=(const Shown&) = delete;

    [[nodiscard]] KeyButton* confirm() const { return dialog->findChild<KeyButton*>(QStringLiteral("confirm")); }
    void picture(const QString& name) const {
        const auto folder = qEnvironmentVariable("BINNACLE_TEST_PICTURES");
        if (!folder.isEmpty()) {
            dialog->grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
        }
    }
};

} // namespace

class TestActionWords : public QObject {
    Q_OBJECT

    static void everyAction() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < actionCatalogue().size(); ++i) {
            QTest::addRow("%s", actionCatalogue()[i].spec.id.c_str()) << static_cast<int>(i);
        }
    }
    static const CatalogueEntry& entryAt(int index) { return actionCatalogue()[static_cast<std::size_t>(index)]; }

private Q_SLOTS:
    void itNamesItsObjectEverywhere_data() { everyAction(); }
    void itNamesItsObjectEverywhere() {
        QFETCH(int, index);
        const auto& entry = entryAt(index);
        auto preview = previewOf(entry);
        const auto objects = objectsOf(entry.spec.id);
        QVERIFY2(!objects.isEmpty(), "an action without an object: name it in this test");
        const auto words = wordsFor(preview);
        const auto intent = intentOf(preview);
        const auto marks = actionMarks({intent}, SteadyTime(), intent.at);
        QCOMPARE(marks.size(), std::size_t{1});
        preview.reverses = "12";
        const auto undo = wordsFor(preview);
        for (const auto& object : objects) {
            for (const auto& text :
                 {words.title, words.confirm, actPhrase(intent), marks.front().label, undo.title, undo.confirm}) {
                const bool old = object == QLatin1String("20"); // what it is now stands where there is room
                QVERIFY2(text.contains(object) || old, qPrintable(text + QStringLiteral(" lacks ") + object));
            }
        }
        QVERIFY2(undo.title.contains(QStringLiteral("#12")) && undo.confirm.contains(QStringLiteral("#12")),
                 qPrintable(undo.confirm));
        // The id is no word of people.
        QVERIFY2(!actPhrase(intent).contains(QLatin1Char('_')) || entry.spec.id.ends_with("_migration"),
                 qPrintable(actPhrase(intent)));
        QVERIFY(!entry.undertaking || speechOf(entry.spec.id) != nullptr);
    }

    void onlyALeaseEndsByItself_data() { everyAction(); }
    void onlyALeaseEndsByItself() {
        QFETCH(int, index);
        const auto& entry = entryAt(index);
        const auto preview = previewOf(entry);
        const auto text = cellText(wordsFor(preview).otherwise);
        const bool leased = preview.after.contains("lease_s") || preview.after.contains("lease_until");
        const bool final = entry.spec.reversibility == Reversibility::Permanent;
        QVERIFY2(!leased || !text.contains(QStringLiteral("no lease")), qPrintable(text));
        QVERIFY2(!leased || !text.startsWith(QStringLiteral("It stays")), qPrintable(text));
        QVERIFY2(!final || (text.contains(QStringLiteral("final")) && !text.contains(QStringLiteral("lease"))),
                 qPrintable(text));
        QVERIFY2(entry.spec.reversibility != Reversibility::Forward || text.contains(QStringLiteral("by itself")),
                 qPrintable(text));
    }

    void aPauseIsResumedByItself() {
        const auto words = wordsFor("pause_pool");
        QCOMPARE(words.otherwise.text, QStringLiteral("Resumed after 1:30\u2009min"));
        QVERIFY2(words.otherwise.detail.contains(QStringLiteral("by itself")), qPrintable(words.otherwise.detail));
        const auto* lease = rowOf(words, "Ends by itself after");
        QVERIFY(lease != nullptr);
        QCOMPARE(lease->now, QStringLiteral("none"));
        QCOMPARE(lease->after, QStringLiteral("1:30\u2009min"));
        auto shorter = previewOf(entryOf("pause_pool"));
        shorter.after["lease_s"] = std::int64_t{30};
        QCOMPARE(wordsFor(shorter).otherwise.text, QStringLiteral("Resumed after 30\u2009s"));
    }

    void theWayBackIsTheActThatLeadsThere_data() {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("way");
        const auto add = [](const char* action, const char* way) {
            QTest::newRow(action) << QString::fromLatin1(action) << QString::fromLatin1(way);
        };
        add("set_degradation_level", "back to level 0");
        add("set_canary_share", "back to 10");
        add("panic", "back to 10");
        add("resize_pool", "Resize pool orders to 20,");
        add("pause_pool", "Resume pool orders,");
        add("resume_pool", "Pause pool orders,");
        add("drain_instance", "Put app-2 back into rotation,");
        add("ready_instance", "Take app-2 out of rotation,");
        add("apply_migration", "Take a migration back,");
        add("revert_migration", "Apply a migration,");
    }
    void theWayBackIsTheActThatLeadsThere() {
        QFETCH(QString, action);
        QFETCH(QString, way);
        const auto words = wordsFor(qPrintable(action));
        QCOMPARE(words.undo.text, QStringLiteral("Possible"));
        QVERIFY2(words.undo.detail.startsWith(way), qPrintable(words.undo.detail));
        QVERIFY2(!words.undo.detail.contains(QStringLiteral("active")), qPrintable(words.undo.detail));
    }

    void whereThereIsNoWayBackItSaysWhyOnce_data() { everyAction(); }
    void whereThereIsNoWayBackItSaysWhyOnce() {
        QFETCH(int, index);
        const auto& entry = entryAt(index);
        const auto words = wordsFor(previewOf(entry));
        QCOMPARE(words.undo.text == QStringLiteral("Not possible"), entry.spec.reversibility != Reversibility::Undo);
        if (!entry.noUndo.empty()) {
            QCOMPARE(words.undo.detail, QString::fromStdString(entry.noUndo));
            for (const auto& warning : words.warnings) {
                QVERIFY2(warning != words.undo.detail, qPrintable(warning));
            }
        }
    }

    void whatStaysIsNotShownAsUnknown_data() { everyAction(); }
    void whatStaysIsNotShownAsUnknown() {
        QFETCH(int, index);
        const auto words = wordsFor(previewOf(entryAt(index)));
        for (const auto& row : words.rows) {
            QVERIFY2(row.now != absentText() && row.after != absentText(),
                     qPrintable(QStringLiteral("%1: %2, %3").arg(row.name, row.now, row.after)));
        }
        QVERIFY2(!words.touches.contains(absentText()), qPrintable(words.touches));
    }

    void whoItIsAboutStandsAsContext() {
        const auto words = wordsFor("terminate_session");
        for (const auto* part : {"User: app_rw", "Database: tasks", "Application: binnacle-service app-1",
                                 "Query began: 18:34:20", "Transaction for: 3:12", "Client: local"}) {
            QVERIFY2(words.touches.contains(QString::fromLatin1(part)), qPrintable(words.touches));
        }
        QVERIFY(rowOf(words, "User") == nullptr);
        QCOMPARE(words.statement, QString::fromStdString(kLongQuery));
        const auto pool = wordsFor("pause_pool");
        QVERIFY2(pool.touches.contains(QStringLiteral("Clients waiting: 4")) &&
                     pool.touches.contains(QStringLiteral("Connections in use: 20")),
                 qPrintable(pool.touches));
        // A lease that an act ends is a change, and no context.
        auto released = previewOf(entryOf("set_degradation_level"));
        std::swap(released.before, released.after);
        const auto* lease = rowOf(wordsFor(released), "Lease until");
        QVERIFY(lease != nullptr && lease->now != QStringLiteral("none"));
        QCOMPARE(lease->after, QStringLiteral("none"));
    }

    void whatIsExpectedIsNotPromised() {
        const auto words = wordsFor("cancel_query");
        const auto* waiters = rowOf(words, "Sessions that wait behind it");
        QVERIFY(waiters != nullptr);
        QCOMPARE(waiters->now, QStringLiteral("3"));
        QCOMPARE(waiters->after, QStringLiteral("0 expected"));
        const Spoken english("en"); // which has the plurals
        QVERIFY(english.loaded);
        QCOMPARE(wordsFor("cancel_query").affects.text, QStringLiteral("1 session, and 3 that wait"));
        QCOMPARE(wordsFor("invalidate_cache").affects.text, QStringLiteral("3 cached values"));
        QCOMPARE(wordsFor("resize_pool").affects.text, QStringLiteral("2 pools"));
        auto alone = previewOf(entryOf("cancel_query"));
        alone.before["waiters"] = std::int64_t{0};
        alone.affected.resize(1);
        const auto nobody = wordsFor(alone);
        QCOMPARE(rowOf(nobody, "Sessions that wait behind it")->after, QStringLiteral("0"));
        QCOMPARE(nobody.affects.text, QStringLiteral("1 session"));
    }

    void aMigrationTellsItsTableAndItsLock() {
        const auto words = wordsFor("apply_migration");
        QCOMPARE(words.affects.text, QStringLiteral("1 table"));
        QVERIFY2(words.touches.contains(QStringLiteral("table wait, about")), qPrintable(words.touches));
    }

    void ofManyTheNumberIsTold() {
        auto preview = previewOf(entryOf("invalidate_cache"));
        preview.before["keys"] = std::int64_t{3000};
        const auto words = wordsFor(preview);
        QVERIFY2(words.affects.text.startsWith(QStringLiteral("3000 ")), qPrintable(words.affects.text));
        QVERIFY2(words.affects.detail.endsWith(QStringLiteral("2\u2009997 more")), qPrintable(words.affects.detail));
    }

    void everyMemberOfEveryDocumentHasItsWord() {
        const auto backend = membersOfBackend();
        // The reading of the sources has not gone blind.
        for (const auto* name : {"lease_s", "lease_until", "generation", "transaction_age_s", "other_sessions", "keys",
                                 "requests_now", "index_bytes"}) {
            QVERIFY2(backend.previewed.contains(name), name);
        }
        for (const auto* name : {"drained", "removed", "servers"}) {
            QVERIFY2(backend.observed.contains(name), name);
        }
        std::set<std::string> all = backend.previewed;
        all.insert(backend.observed.begin(), backend.observed.end());
        std::set<std::string> sampled;
        for (const auto& entry : actionCatalogue()) {
            for (const auto& parameter : entry.spec.parameters) {
                all.insert(parameter.name);
            }
            const auto preview = previewOf(entry);
            for (const auto* values : {&preview.before, &preview.after, &preview.details}) {
                for (const auto& [name, value] : *values) {
                    sampled.insert(name);
                    all.insert(name);
                }
            }
        }
        for (const auto& name : backend.previewed) {
            QVERIFY2(sampled.contains(name),
                     qPrintable(QString::fromStdString(name) + QStringLiteral(" is in no preview of act_previews.h")));
        }
        std::map<std::string, QString> english;
        for (const auto& name : all) {
            QVERIFY2(isKnownMember(name), name.c_str());
            english.emplace(name, memberName(name));
        }
        // In German each has its translation, though a few are spelt alike.
        const Spoken german("de");
        QVERIFY(german.loaded);
        for (const auto& [name, word] : english) {
            const auto said = german.own.translate("Action", word.toUtf8().constData());
            QVERIFY2(!said.isEmpty(), name.c_str());
            QCOMPARE(memberName(name), said);
        }
    }

    void everyTextIsSaidInGerman_data() { everyAction(); }
    void everyTextIsSaidInGerman() {
        QFETCH(int, index);
        const auto preview = previewOf(entryAt(index));
        const auto english = textsOf(preview);
        const Spoken german("de");
        QVERIFY(german.loaded);
        const auto translated = textsOf(preview);
        QCOMPARE(translated.size(), english.size());
        for (qsizetype i = 0; i < english.size(); ++i) {
            const bool same = QStringList{QStringLiteral("Generation")}.contains(english.at(i)); // in both
            QVERIFY2(same || translated.at(i) != english.at(i), qPrintable(english.at(i)));
        }
    }

    void aMemberThatIsNotKnownIsReadable() {
        QVERIFY(!isKnownMember("moon_phase"));
        QCOMPARE(memberName("moon_phase"), QStringLiteral("Moon phase"));
        AuditEntry later;
        later.action = "polish_bell";
        later.parameters = {{"instance", std::string("app-9")}};
        QCOMPARE(actPhrase(later), QStringLiteral("polish bell: app-9"));
    }

    void aNameOfServersStaysANameOfSaneLength() {
        const auto preview = hostilePreview();
        const auto words = wordsFor(preview);
        const auto phrase = actPhrase(intentOf(preview));
        for (const auto& text : {words.title, words.confirm, phrase}) {
            QVERIFY2(text.size() <= kLongName + 20, qPrintable(text));
            QVERIFY2(text.contains(QStringLiteral("task:%1:%2")) && text.endsWith(QStringLiteral(":end-42")),
                     qPrintable(text));
        }
        QVERIFY(words.confirm.size() <= kShortName + 20 && phrase.size() <= kShortName + 20);
        QVERIFY(words.affects.detail.size() <= kLongName + 20);
        // Below the title stands the whole of it, in lines that can be broken.
        auto target = words.target;
        QVERIFY(target.contains(kBreak));
        QVERIFY(target.remove(kBreak).endsWith(QString(450, QLatin1Char('W')) + QStringLiteral(":end-42")));
        for (const auto& text : {words.title, words.confirm, words.target, words.affects.detail, phrase}) {
            QVERIFY2(!text.contains(QChar(0x202E)), qPrintable(text));
        }
        auto session = previewOf(entryOf("cancel_query"));
        session.before["application"] = std::string(300, 'a') + "\n<b>boss</b>";
        const auto touches = wordsFor(session).touches;
        QVERIFY2(!touches.contains(QLatin1Char('\n')) && touches.size() < 300, qPrintable(touches));
    }

    void noHalfOfACharacterIsShown() {
        std::string faces;
        for (int i = 0; i < 40; ++i) {
            faces += "\xF0\x9F\x98\x80";
        }
        for (const qsizetype most : {9, 10, 11, 12}) {
            const auto text = named(faces, most);
            QVERIFY(text.size() <= most && text.contains(QChar(0x2026)));
            QCOMPARE(QString::fromUtf8(text.toUtf8()), text);
            QVERIFY(!text.toUtf8().contains('?') && !text.contains(QChar::ReplacementCharacter));
        }
    }

    void theFinalButtonStaysReadableAndHasNoOtherKey() {
        const Shown shown(hostilePreview());
        const auto* confirm = shown.confirm();
        QVERIFY(confirm->isVisible());
        QVERIFY2(confirm->width() >= confirm->sizeHint().width(), "its text is cut");
        QVERIFY(shown.dialog->rect().contains(QRect(confirm->mapTo(shown.dialog, QPoint()), confirm->size())));
        QVERIFY2(confirm->shortcut().isEmpty(), qPrintable(confirm->shortcut().toString()));
        QCOMPARE(confirm->accessibleName(), confirm->text());
        for (const auto* label : shown.dialog->findChildren<QLabel*>()) {
            QCOMPARE(label->textFormat(), Qt::PlainText);
        }
        shown.picture(QStringLiteral("act-hostile"));
    }

    void pictures_data() { everyAction(); }
    void pictures() {
        QFETCH(int, index);
        const auto& entry = entryAt(index);
        const Spoken english("en");
        const auto families =
            loadFonts(qEnvironmentVariable("BINNACLE_TEST_BIN") + QStringLiteral("/../share/binnacle/fonts"));
        for (const bool dark : {true, false}) {
            const Shown shown(previewOf(entry), Theme(dark ? ThemeMode::Dark : ThemeMode::Light, families));
            shown.dialog->findChild<QLineEdit*>(QStringLiteral("reason"))->setText(QStringLiteral("INC-41"));
            const auto* confirm = shown.confirm();
            QVERIFY(confirm->isEnabled());
            QVERIFY2(confirm->width() >= confirm->sizeHint().width(), "its text is cut");
            QVERIFY(shown.dialog->height() <= 900);
            shown.picture(QStringLiteral("act-%1-%2")
                              .arg(QString::fromStdString(entry.spec.id),
                                   dark ? QStringLiteral("dark") : QStringLiteral("light")));
        }
    }
};

QTEST_MAIN(TestActionWords)
#include "test_action_words.moc"
