// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/sql/statement_shape.h"

#include <QTest>

using namespace binnacle;

class TestStatementShape : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSameStatementHasTheSameShape_data() {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        const auto row = [](const char* name, const char* one, const char* other) {
            QTest::newRow(name) << QString::fromUtf8(one) << QString::fromUtf8(other);
        };
        row("values", "select a from t where b = 5 and c <> $$done$$ limit 10",
            "select a from t where b = $1 and c <> $2 limit $3");
        row("white space, case and comments", "SELECT a -- x\n FROM t /* y */", "select a from t");
        row("prepared", "prepare x(bigint, text) as select a from t where b = $1;", "select a from t where b = 7");
        row("prepared without types", "PREPARE \"as\" AS select 1", "select 2");
        row("a closing semicolon", "select 1;", "select 1");
    }
    void theSameStatementHasTheSameShape() {
        QFETCH(QString, one);
        QFETCH(QString, other);
        const auto shape = statementShape(one.toStdString());
        QCOMPARE(shape.size(), std::size_t{16});
        QCOMPARE(shape, statementShape(other.toStdString()));
    }
    void anotherStatementHasAnother() {
        QVERIFY(statementShape("select a from t") != statementShape("select a from u"));
        QVERIFY(statementShape("select a from t") != statementShape("select b from t"));
        QVERIFY(statementShape("update t set a = 1") != statementShape("update t set b = 1"));
    }
    void whatIsNoStatementHasNone() {
        for (const char* text : {"", ";", "select a from", "it isn't", "prepare", "prepare x as", "select ? from t"}) {
            QVERIFY2(statementShape(text).empty(), text);
        }
        QVERIFY(statementShape("select '" + std::string(100'000, 'x') + "'").empty());
        QVERIFY(statementShape(std::string("select 1\0, 2", 12)).empty());
    }
    void aPreparedStatementIsItsBody() {
        QCOMPARE(preparedStatement("prepare a(text, b) as  select 1 as x ; "), std::string_view("  select 1 as x"));
        QCOMPARE(preparedStatement("select 1 as prepare;"), std::string_view("select 1 as prepare"));
        QCOMPARE(preparedStatement("prepare a"), std::string_view("prepare a"));
    }
    void aRouteComesFromACommentOrAName() {
        QCOMPARE(routeInComment("select 1 /*controller='x',route='%2Fv1%2Ftasks'*/"), std::string("/v1/tasks"));
        QCOMPARE(routeInComment("/* route='GET /v1' */ select 1"), std::string("GET /v1"));
        for (const char* none : {"select 'route=''x'''", "select 1 /* subroute='x' */", "select 1 /* route= */",
                                 "select 1 /* route='%0a' */", "select 1 /* route='x", "select 1"}) {
            QVERIFY2(routeInComment(none).empty(), none);
        }
        QVERIFY(routeInComment("/*route='" + std::string(300, 'x') + "'*/").empty());
        QCOMPARE(routeInName("GET /v1/tasks"), std::string("GET /v1/tasks"));
        QVERIFY(routeInName("psql").empty() && routeInName("GET tasks").empty() && routeInName("").empty());
    }
};

QTEST_APPLESS_MAIN(TestStatementShape)
#include "test_statement_shape.moc"
