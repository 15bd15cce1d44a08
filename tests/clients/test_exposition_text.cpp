// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/exposition_text.h"

#include <QTest>

#include <map>
#include <string>
#include <vector>

using namespace binnacle;

namespace {

struct Seen {
    std::map<std::string, std::string> labels;
    double value = 0;
    double at = 0;
};

struct Page {
    std::vector<Seen> samples;
    std::string problem; ///< empty: read whole
};

Page pageOf(std::string_view text) {
    Page page;
    const auto done = readExpositionText(text, [&](const PrometheusSample& sample) {
        Seen seen{{}, sample.value, sample.evaluatedAt};
        for (const auto& [name, value] : sample.labels) {
            seen.labels.emplace(name, value);
        }
        page.samples.push_back(std::move(seen));
    });
    if (!done) {
        page.problem = done.error().text;
    }
    return page;
}

} // namespace

class TestExpositionText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPageIsReadLineByLine() {
        const auto page = pageOf("# HELP up_total Times.\n# TYPE up_total counter\n"
                                 "up_total 3\r\n"
                                 "\n"
                                 "  latency_bucket{route=\"GET /a\",le=\"+Inf\",} 12 1700000000500\n"
                                 "empty{} -1.5e-3\n"
                                 "traced_total{a = \"b\" , c=\"\"} 7 # {trace_id=\"x\"} 0.5\n"
                                 "last 1");
        QVERIFY2(page.problem.empty(), page.problem.c_str());
        QCOMPARE(page.samples.size(), std::size_t{5});
        QCOMPARE(page.samples[0].labels.at("__name__"), std::string("up_total"));
        QCOMPARE(page.samples[0].value, 3.0);
        QCOMPARE(page.samples[0].at, 0.0);
        QCOMPARE(page.samples[1].labels.at("route"), std::string("GET /a"));
        QCOMPARE(page.samples[1].labels.at("le"), std::string("+Inf"));
        QCOMPARE(page.samples[1].at, 1700000000.5);
        QCOMPARE(page.samples[2].value, -1.5e-3);
        QCOMPARE(page.samples[3].labels.at("a"), std::string("b"));
        QCOMPARE(page.samples[3].labels.at("c"), std::string());
        QCOMPARE(page.samples[4].labels.at("__name__"), std::string("last"));
    }

    void escapesAndWhatLooksLikeSyntaxBelongToTheValue() {
        const auto page = pageOf("m{a=\"quote \\\" brace } comma , back \\\\ line \\n end\",b=\"2\"} 1");
        QVERIFY2(page.problem.empty(), page.problem.c_str());
        QCOMPARE(page.samples.at(0).labels.at("a"), std::string("quote \" brace } comma , back \\ line \n end"));
        QCOMPARE(page.samples.at(0).labels.at("b"), std::string("2"));
    }

    void whatIsNotFiniteIsLeftOut() {
        const auto page = pageOf("a NaN\nb +Inf\nc -Inf\nd 1e999\ne +4\n");
        QVERIFY2(page.problem.empty(), page.problem.c_str());
        QCOMPARE(page.samples.size(), std::size_t{1});
        QCOMPARE(page.samples[0].value, 4.0);
    }

    void anythingElseIsAnErrorThatNamesItsLine_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("a page of HTML") << QByteArray("<html>");
        QTest::newRow("no value") << QByteArray("m");
        QTest::newRow("no number") << QByteArray("m many");
        QTest::newRow("half a number") << QByteArray("m 1x");
        QTest::newRow("labels that do not end") << QByteArray("m{a=\"b\"");
        QTest::newRow("a value that does not end") << QByteArray("m{a=\"b} 1");
        QTest::newRow("a value that ends in a backslash") << QByteArray("m{a=\"b\\");
        QTest::newRow("no comma") << QByteArray("m{a=\"b\" c=\"d\"} 1");
        QTest::newRow("no quotes") << QByteArray("m{a=b} 1");
        QTest::newRow("no name") << QByteArray("m{=\"b\"} 1");
        QTest::newRow("a digit in front") << QByteArray("1m 1");
        QTest::newRow("more behind the time") << QByteArray("m 1 2 3");
        QTest::newRow("no time") << QByteArray("m 1 soon");
    }
    void anythingElseIsAnErrorThatNamesItsLine() {
        QFETCH(QByteArray, line);
        const auto page = pageOf(("ok 1\n" + line + "\n").toStdString());
        QVERIFY2(page.problem.starts_with("line 2 "), page.problem.c_str());
        QCOMPARE(page.samples.size(), std::size_t{1});
    }

    void itsSizeIsBounded() {
        std::string labels = "m{";
        for (std::size_t i = 0; i <= kExpositionLabelCap; ++i) {
            labels += "l" + std::to_string(i) + "=\"v\",";
        }
        QVERIFY(!pageOf(labels + "} 1").problem.empty());
        std::string many;
        for (std::size_t i = 0; i <= PrometheusClient::kSampleCap; ++i) {
            many += "m 1\n";
        }
        const auto page = pageOf(many);
        QVERIFY(!page.problem.empty());
        QCOMPARE(page.samples.size(), PrometheusClient::kSampleCap);
    }
};

QTEST_GUILESS_MAIN(TestExpositionText)
#include "test_exposition_text.moc"
