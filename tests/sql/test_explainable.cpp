// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/sql/explainable.h"

#include <QTest>

using namespace binnacle;

class TestExplainable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneStatementIs_data() {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("statement");
        QTest::addColumn<QString>("types");
        QTest::addColumn<int>("parameters");
        QTest::addColumn<bool>("writes");
        const auto row = [](const char* name, const char* sql, const char* statement, const char* types, int parameters,
                            bool writes) {
            QTest::newRow(name) << QString::fromUtf8(sql) << QString::fromUtf8(statement) << QString::fromUtf8(types)
                                << parameters << writes;
        };
        row("select", "select a from t where b = $1;", "select a from t where b = $1", "", 1, false);
        row("with", "with x as (select 1) select * from x", "with x as (select 1) select * from x", "", 0, false);
        row("prepared", "prepare p(bigint, text) as select a from t where b = $1 and c = $2 and d <> $3",
            "select a from t where b = $1 and c = $2 and d <> $3", "bigint, text", 3, false);
        row("insert", "INSERT INTO t (a) VALUES ($1)", "INSERT INTO t (a) VALUES ($1)", "", 1, true);
        row("update", "update t set a = $2 where b = $1", "update t set a = $2 where b = $1", "", 2, true);
        row("delete", " delete from t", "delete from t", "", 0, true);
        row("values", "values (1)", "values (1)", "", 0, false);
    }
    void oneStatementIs() {
        QFETCH(QString, sql);
        const auto found = explainable(sql.toStdString());
        QVERIFY2(found.whyNot.empty(), found.whyNot.c_str());
        QTEST(QString::fromStdString(found.statement), "statement");
        QTEST(QString::fromStdString(found.parameterTypes), "types");
        QTEST(static_cast<int>(found.parameters), "parameters");
        QTEST(found.writes, "writes");
    }
    void whatIsNotOneStatementIsRefused() {
        for (const char* sql : {"",
                                ";",
                                "select 1; select 2",
                                "select 1; drop table t",
                                "drop table t",
                                "truncate t",
                                "vacuum",
                                "explain select 1",
                                "explain analyze delete from t",
                                "copy t to '/tmp/x'",
                                "select a into u from t",
                                "create table u as select 1",
                                "begin",
                                "set role postgres",
                                "do $$ begin end $$",
                                "execute p",
                                "prepare p as drop table t",
                                "prepare p as select 1; drop table t",
                                "select a from t where b = ?",
                                "select a from t where",
                                "call f()",
                                "select 1 \\; select 2"}) {
            const auto found = explainable(sql);
            QVERIFY2(!found.whyNot.empty(), sql);
        }
        QVERIFY(!explainable("select '" + std::string(100'000, 'x') + "'").whyNot.empty());
        QVERIFY(!explainable(std::string("select 1\0; drop table t", 23)).whyNot.empty());
    }
};

QTEST_APPLESS_MAIN(TestExplainable)
#include "test_explainable.moc"
