// SPDX-License-Identifier: GPL-3.0-or-later
// The translations are whole: nothing untranslated, no placeholder lost, every plural there, nothing in the sources
// that the files do not know, and nothing in the files that the sources do not say.
#include "app/models/backend_texts.h"

#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>

#include <set>
#include <vector>

using namespace binnacle::app;

namespace {

const QString kRoot = QStringLiteral(BINNACLE_SOURCE_DIR);

struct Message {
    QString context;
    QString source;
    QString comment;
    bool plural = false;
    bool finished = false;
    QStringList forms; ///< one, or one for each plural

    [[nodiscard]] QString name() const { return context + QStringLiteral(": ") + source; }
};

std::vector<Message> messagesOf(const QString& file) {
    std::vector<Message> out;
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly)) {
        return out;
    }
    QXmlStreamReader xml(&in);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) {
            continue;
        }
        const auto element = xml.name();
        if (element == QLatin1String("name")) {
            context = xml.readElementText();
        } else if (element == QLatin1String("message")) {
            out.emplace_back().context = context;
            out.back().plural = xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes");
        } else if (element == QLatin1String("source")) {
            out.back().source = xml.readElementText();
        } else if (element == QLatin1String("comment")) {
            out.back().comment = xml.readElementText();
        } else if (element == QLatin1String("translation")) {
            out.back().finished = xml.attributes().value(QLatin1String("type")).isEmpty();
            if (!out.back().plural) {
                out.back().forms << xml.readElementText();
            }
        } else if (element == QLatin1String("numerusform")) {
            out.back().forms << xml.readElementText();
        }
    }
    return xml.hasError() ? std::vector<Message>() : out;
}

QString fileOf(const char* language) {
    return kRoot + QStringLiteral("/translations/binnacle_%1.ts").arg(QLatin1String(language));
}

QStringList placeholders(const QString& text) {
    static const QRegularExpression form(QStringLiteral("%L?[0-9]{1,2}|%n|<[^<>]+>|&(?=[A-Za-z])"));
    QStringList out;
    for (auto found = form.globalMatch(text); found.hasNext();) {
        out << found.next().captured();
    }
    out.sort();
    return out;
}

/// Words alone: where a literal ends and the next begins, and what stands between sentences, is not asked.
QString lettersOf(const QString& text) {
    static const QRegularExpression others(QStringLiteral("[^a-z0-9]+"));
    return text.toLower().replace(others, QStringLiteral(" "));
}

/// The words of the sources in backend/.
QString backendSources() {
    QString all;
    QDirIterator files(kRoot + QStringLiteral("/backend"), {QStringLiteral("*.cpp"), QStringLiteral("*.h")},
                       QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly)) {
            all += QString::fromUtf8(file.readAll());
        }
    }
    return lettersOf(all);
}

/// Whether the words stand in the sources in one run, or in several of two words or one long one: a sentence for one
/// and for many shares its end.
bool isPutTogetherFrom(const QStringList& words, const QString& sources) {
    for (qsizetype from = 0; from < words.size();) {
        qsizetype taken = words.size() - from;
        const auto run = [&] { return words.sliced(from, taken).join(QLatin1Char(' ')); };
        while (taken > 0 && !sources.contains(run())) {
            --taken;
        }
        if (taken == 0 || (taken == 1 && words.size() > 1 && run().size() < 2)) {
            return false;
        }
        from += taken;
    }
    return true;
}

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTextIsTranslated_data() {
        QTest::addColumn<bool>("pluralsOnly");
        QTest::newRow("de") << false;
        QTest::newRow("en") << true;
    }
    void everyTextIsTranslated() {
        QFETCH(bool, pluralsOnly);
        const auto messages = messagesOf(fileOf(QTest::currentDataTag()));
        QVERIFY(messages.size() > (pluralsOnly ? 5U : 1000U));
        for (const auto& message : messages) {
            QVERIFY2(message.finished, qPrintable(message.name()));
            QCOMPARE(message.forms.size(), message.plural ? 2 : 1);
            QVERIFY2(message.plural || !pluralsOnly, qPrintable(message.name()));
            for (const auto& form : message.forms) {
                QVERIFY2(!form.trimmed().isEmpty(), qPrintable(message.name()));
                QVERIFY2(placeholders(form) == placeholders(message.source), qPrintable(message.name()));
                QVERIFY2(form.count(QLatin1Char('\n')) == message.source.count(QLatin1Char('\n')),
                         qPrintable(message.name()));
                // Pieces are put together as they are.
                QVERIFY2(form.front().isSpace() == message.source.front().isSpace() &&
                             form.back().isSpace() == message.source.back().isSpace(),
                         qPrintable(message.name()));
                QVERIFY2(form.endsWith(QChar(0x2026)) == message.source.endsWith(QChar(0x2026)),
                         qPrintable(message.name()));
            }
        }
    }

    void noTextOfTheSourcesIsLeftOutAndNoneIsStale() {
        const QTemporaryDir folder;
        const auto catalogue = folder.filePath(QStringLiteral("catalogue_texts.cpp"));
        QProcess writer;
        writer.setStandardOutputFile(catalogue);
        writer.start(QStringLiteral(BINNACLE_CATALOGUE_TEXTS), QStringList());
        QVERIFY(writer.waitForFinished() && writer.exitCode() == 0);
        const auto fresh = folder.filePath(QStringLiteral("fresh.ts"));
        QProcess lupdate;
        lupdate.start(QStringLiteral(BINNACLE_LUPDATE),
                      {QStringLiteral("-silent"), QStringLiteral("-locations"), QStringLiteral("none"),
                       QStringLiteral("-target-language"), QStringLiteral("de"), QStringLiteral("-I"), kRoot,
                       kRoot + QStringLiteral("/app"), kRoot + QStringLiteral("/widgets"), catalogue,
                       QStringLiteral("-ts"), fresh});
        QVERIFY2(lupdate.waitForFinished(60'000) && lupdate.exitCode() == 0,
                 lupdate.readAllStandardError().constData());
        std::set<QString> known;
        QStringList twice;
        const auto translated = messagesOf(fileOf("de"));
        for (const auto& message : translated) {
            if (!known.insert(message.name() + message.comment).second) {
                twice << message.name();
            }
        }
        QVERIFY2(twice.isEmpty(), qPrintable(twice.join(QLatin1Char('\n'))));
        const auto said = messagesOf(fresh);
        QVERIFY(said.size() > 1000);
        std::set<QString> asked;
        QStringList unknown;
        for (const auto& message : said) {
            asked.insert(message.name() + message.comment);
            if (!known.contains(message.name() + message.comment)) {
                unknown << message.name();
            }
        }
        QVERIFY2(unknown.isEmpty(),
                 qPrintable(QStringLiteral("run cmake --build … --target update_translations and translate:\n") +
                            unknown.join(QLatin1Char('\n'))));
        QStringList stale;
        for (const auto& message : translated) {
            if (!asked.contains(message.name() + message.comment)) {
                stale << message.name();
            }
        }
        QVERIFY2(stale.isEmpty(),
                 qPrintable(QStringLiteral("the sources do not say any more:\n") + stale.join(QLatin1Char('\n'))));
    }

    void lupdateUnderstoodTheSources() {
        static const QRegularExpression strange(
            QStringLiteral("[^\\x{20}-\\x{7e}\\x{a0}-\\x{ff}\\n\\x{2000}-\\x{22ff}]"));
        for (const auto& message : messagesOf(fileOf("de"))) {
            // A context that no class has is one that nobody asks at run time.
            QVERIFY2(message.context != QLatin1String("Words") && message.context != QLatin1String("std"),
                     qPrintable(message.name()));
            QVERIFY2(!message.source.contains(strange), qPrintable(message.name())); // "\u201cb" is read as one sign
        }
    }

    void theBackendStillSaysWhatIsTranslated() {
        const auto sources = backendSources();
        QVERIFY(sources.size() > 100'000);
        QVERIFY(!isPutTogetherFrom(QStringLiteral("nobody says unsaid sentences").split(QLatin1Char(' ')), sources));
        QStringList unsaid;
        static const QRegularExpression name(QStringLiteral("%[1-9]"));
        for (const auto* text : kBackendTexts) {
            const auto said = QString::fromUtf8(text);
            int expected = 1;
            for (auto found = name.globalMatch(said); found.hasNext(); ++expected) {
                QCOMPARE(found.next().captured(), QStringLiteral("%%1").arg(expected)); // as worded() counts them
            }
            for (const auto& piece : said.split(name, Qt::SkipEmptyParts)) {
                if (!isPutTogetherFrom(lettersOf(piece).split(QLatin1Char(' '), Qt::SkipEmptyParts), sources)) {
                    unsaid << QStringLiteral("\"%1\" of \"%2\"").arg(piece, said);
                }
            }
        }
        QVERIFY2(unsaid.isEmpty(), qPrintable(unsaid.join(QLatin1Char('\n'))));
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "test_translations.moc"
