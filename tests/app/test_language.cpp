// SPDX-License-Identifier: GPL-3.0-or-later
// What the console speaks: which language is chosen, how numbers are written in it, and what others say in it.
#include "app/language.h"
#include "app/models/worded.h"
#include "app/pseudo_translator.h"
#include "app/settings.h"
#include "widgets/number_text.h"

#include <QTemporaryDir>
#include <QTranslator>
#include <QtTest>

using namespace binnacle;
using namespace binnacle::app;

namespace {

/// A language for as long as this lives.
struct Spoken {
    QTranslator own;
    QLocale before;

    explicit Spoken(const char* id) {
        const auto folder =
            qEnvironmentVariable("BINNACLE_TEST_BIN") + QStringLiteral("/../share/binnacle/translations");
        loaded = own.load(QStringLiteral("binnacle_") + QLatin1String(id), folder);
        QCoreApplication::installTranslator(&own);
        QLocale::setDefault(localeFor(QLatin1String(id), QLocale::c()));
    }
    ~Spoken() { QLocale::setDefault(before); }
    Spoken(const Spoken&) = delete;
    Spoken& operator=(const Spoken&) = delete;

    bool loaded = false;
};

} // namespace

class TestLanguage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSystemsLanguageIsChosenElseEnglish_data() {
        QTest::addColumn<QLocale>("system");
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("numbers");
        const auto add = [](const char* name, const char* language, const char* numbers) {
            const QLocale system = *name == '\0' ? QLocale::c() : QLocale(QLatin1String(name));
            QTest::newRow(name) << system << QString(QLatin1String(language)) << QString(QLatin1String(numbers));
        };
        add("de_DE", "de", "de_DE");
        add("de_CH", "de", "de_CH");
        add("en_GB", "en", "en_GB");
        add("fr_FR", "en", "en_US");
        add("", "en", "en_US");
    }
    void theSystemsLanguageIsChosenElseEnglish() {
        QFETCH(QLocale, system);
        const auto language = languageFor(system);
        QTEST(language, "language");
        QTEST(localeFor(language, system).name(), "numbers");
    }

    void theChoiceIsKeptAndReadBeforeTheWindow() {
        const QTemporaryDir folder;
        const auto file = folder.filePath(QStringLiteral("binnacle.ini"));
        QCOMPARE(Settings::storedLanguage(file), QString());
        {
            Settings settings(file);
            settings.setLanguage(QStringLiteral("de"));
            QCOMPARE(settings.language(), QStringLiteral("de"));
            settings.flush();
        }
        QCOMPARE(Settings::storedLanguage(file), QStringLiteral("de"));
        {
            Settings settings(file);
            settings.setLanguage(QStringLiteral("tlh")); // as a newer version might have written it
            settings.flush();
        }
        QCOMPARE(Settings::storedLanguage(file), QString());
    }

    void numbersHaveTheirPoint() {
        QCOMPARE(numberText(0.0091, Quantity::Duration).joined(), QStringLiteral("9.1\u2009ms"));
        const Spoken german("de");
        QVERIFY(german.loaded);
        QCOMPARE(numberText(0.0091, Quantity::Duration).joined(), QStringLiteral("9,1\u2009ms"));
        QCOMPARE(numberText(0.924, Quantity::Share).joined(), QStringLiteral("92,4\u2009%"));
        QCOMPARE(numberText(1842, Quantity::Count).value, QStringLiteral("1\u2009842"));
        QCOMPARE(ageText(std::chrono::milliseconds(400)), QStringLiteral("0,4 s"));
    }

    void whatOthersSayIsSaidInTheLanguage_data() {
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("german");
        const auto add = [](const char* said, const char* german) {
            QTest::newRow(said) << QString::fromUtf8(said) << QString::fromUtf8(german);
        };
        add("p99 9.1 ms, 1.04 of baseline.", "p99 9,1 ms, das 1,04-Fache des Basiswerts.");
        add("1842 requests/s, none fail.", "1842 Anfragen/s, keine scheitert.");
        add("Redis stopped answering 4.2\u2009s ago.", "Redis antwortet seit 4,2\u2009s nicht mehr.");
        add("Replica 2 is 3.4 s behind. 12 MB to replay.", "Replikat 2 liegt 3,4 s zurück. 12 MB nachzuspielen.");
        add("Undo: Pause a pool", "Zurücknehmen: Pool anhalten");
        add("1 session waits behind it.", "1 Sitzung wartet dahinter.");
        add("Database time rose from 100 ms/s to 1.21 s/s; p99 of GET /v1/tasks fell from 9 ms to 4 ms.",
            "Datenbankzeit stieg von 100 ms/s auf 1,21 s/s; p99 von GET /v1/tasks fiel von 9 ms auf 4 ms.");
        add("It is level 2 already: this renews the lease.", "Es ist schon Stufe 2: Dies erneuert die Frist.");
        add("app-1: still holds the old value. It is the desired state and will be set as soon as they answer.",
            "app-1: hält noch den alten Wert. Es ist der gewünschte Zustand und wird gesetzt, sobald sie antworten.");
        // What servers say, names, addresses and versions stay.
        add("ERROR:  relation \"tasks\" does not exist", "ERROR:  relation \"tasks\" does not exist");
        add("app-1", "app-1");
        add("127.0.0.1", "127.0.0.1");
        add("15.4", "15,4");
        add("Prometheus 10.0.0.7:9090: no answer in time",
            "Prometheus 10.0.0.7:9090: keine Antwort innerhalb der Frist");
        add("", "");
        add("%1 %2 %9", "%1 %2 %9");
    }
    void whatOthersSayIsSaidInTheLanguage() {
        QFETCH(QString, said);
        QCOMPARE(worded(said.toStdString(), 400), said); // English is the source
        const Spoken german("de");
        QTEST(worded(said.toStdString(), 400), "german");
    }

    void aPseudoTextIsLongerAndKeepsWhatMustStay() {
        QCOMPARE(pseudoText(QStringLiteral("Take back #%1: %2")).count(QLatin1Char('%')), 2);
        QVERIFY(pseudoText(QStringLiteral("<b>%L1</b> of %n")).contains(QStringLiteral("<b>%L1</b>")));
        QVERIFY(pseudoText(QStringLiteral("&Save")).contains(QStringLiteral("&S")));
        const auto text = QStringLiteral("Nobody waits for a connection.");
        QVERIFY(pseudoText(text).size() >= text.size() * 14 / 10);
        QCOMPARE(pseudoText(text).front(), kPseudoOpen);
        QCOMPARE(pseudoText(text).back(), kPseudoClose);
    }
};

QTEST_MAIN(TestLanguage)
#include "test_language.moc"
