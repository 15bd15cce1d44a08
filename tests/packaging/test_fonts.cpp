// SPDX-License-Identifier: GPL-3.0-or-later
// The fonts that the build makes: their names, and what was baked into them.
#include <QDir>
#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QGlyphRun>
#include <QTest>
#include <QTextLayout>

using namespace Qt::StringLiterals;

namespace {

QFont font(const QString& family, QFont::Weight weight) {
    QFont font(family);
    font.setWeight(weight);
    font.setPixelSize(26);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

QList<quint32> glyphs(const QFont& font, const QString& text) {
    QTextLayout layout(text, font);
    layout.beginLayout();
    layout.createLine();
    layout.endLayout();
    QList<quint32> all;
    const auto runs = layout.glyphRuns();
    for (const QGlyphRun& run : runs) {
        all += run.glyphIndexes();
    }
    return all;
}

} // namespace

class TestFonts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void eachWeightIsAFaceOfItsOwn_data();
    void eachWeightIsAFaceOfItsOwn();
    void digitsHaveOneWidth_data();
    void digitsHaveOneWidth();
    void operatorsAreDrawnAsTheyAreTyped();
    void licensesLieBesideTheFonts();

private:
    QDir m_folder{QStringLiteral(BINNACLE_FONT_DIR)};
};

void TestFonts::initTestCase() {
    const QStringList files = m_folder.entryList({u"*.otf"_s, u"*.ttf"_s}, QDir::Files);
    QCOMPARE(files.size(), 5);
    for (const QString& file : files) {
        QVERIFY2(QFontDatabase::addApplicationFont(m_folder.filePath(file)) >= 0, qPrintable(file));
    }
}

void TestFonts::eachWeightIsAFaceOfItsOwn_data() {
    QTest::addColumn<QString>("family");
    QTest::addColumn<int>("weight");
    for (const auto weight : {QFont::Normal, QFont::Medium, QFont::DemiBold}) {
        QTest::addRow("sans %d", int(weight)) << u"Binnacle Sans"_s << int(weight);
    }
    for (const auto weight : {QFont::Normal, QFont::Medium}) {
        QTest::addRow("mono %d", int(weight)) << u"Binnacle Mono"_s << int(weight);
    }
}

void TestFonts::eachWeightIsAFaceOfItsOwn() {
    QFETCH(QString, family);
    QFETCH(int, weight);
    const QFontInfo found(font(family, QFont::Weight(weight)));
    QCOMPARE(found.family(), family);
    QCOMPARE(found.weight(), weight);
}

void TestFonts::digitsHaveOneWidth_data() {
    eachWeightIsAFaceOfItsOwn_data();
}

void TestFonts::digitsHaveOneWidth() {
    QFETCH(QString, family);
    QFETCH(int, weight);
    const QFontMetricsF metrics(font(family, QFont::Weight(weight)));
    const double width = metrics.horizontalAdvance(u"1111"_s);
    QVERIFY(width > 0);
    for (const QChar digit : u"0123456789"_s) {
        QCOMPARE(metrics.horizontalAdvance(QString(4, digit)), width);
    }
}

void TestFonts::operatorsAreDrawnAsTheyAreTyped() {
    const QFont mono = font(u"Binnacle Mono"_s, QFont::Normal);
    for (const QString& text : {u"!="_s, u"<="_s, u"->"_s, u"::"_s, u"||"_s}) {
        QCOMPARE(glyphs(mono, text), glyphs(mono, text.left(1)) + glyphs(mono, text.mid(1)));
    }
}

void TestFonts::licensesLieBesideTheFonts() {
    for (const QString& name : {u"OFL-Inter.txt"_s, u"OFL-JetBrainsMono.txt"_s}) {
        QFile file(m_folder.filePath(name));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(name));
        const QByteArray text = file.readAll();
        QVERIFY(text.startsWith("Copyright"));
        QVERIFY(text.contains("SIL OPEN FONT LICENSE"));
    }
}

QTEST_MAIN(TestFonts)
#include "test_fonts.moc"
