// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/sql/sql_text.h"

#include <QTest>

using namespace binnacle;

namespace {
constexpr std::string_view kSecret = "hunter2";
constexpr std::string_view kSecretNumber = "31415926";
} // namespace

class TestSqlText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void literalsBecomeQuestionMarks_data() {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char* name, const char* sql, const char* shown) {
            QTest::newRow(name) << QString::fromUtf8(sql) << QString::fromUtf8(shown);
        };
        row("plain", "select  *\n from t where a = 'it''s' and b=42 and c1 < 1.5e-3", // NOLINT
            "select * from t where a = ? and b=? and c1 < ?");
        row("parameters stay", "select * from t where a = $1 and b = 7 and c = $2",
            "select * from t where a = $1 and b = ? and c = $2");
        row("comments go", "select /* it's /* in */ it */ 'x' -- don't\n, \"it's 1\", 'b'", "select ? , \"it's 1\", ?");
        row("continued over lines", "select 'one'\n  'two'", "select ?");
        row("a sign is part of it", "select -7", "select ?");
        row("names keep their digits", "select c1, t2.x3, a$1 from t2", "select c1, t2.x3, a$1 from t2");
        row("casts", "select '2026-01-01'::date, interval '1 day'", "select ?::date, interval ?");
        row("an operator with a question mark", "select a ? 'k' from t", "select a ? ? from t");
        row("a role's password", "alter role a password 'x'", "alter role a password ?");
        row("a setting", "set search_path = 'a'", "set search_path = ?");
        row("a body", "do $x$ begin perform 1; end $x$", "do ?");
        row("a list", "select * from t where a in (1, 2, 3)", "select * from t where a in (?, ?, ?)");
        row("cut off in a string", "update t set x = 'cut off", "update t set x = ?");
        row("cut off in a name", "select * from \"cut", "select * from ?");
        row("no statement", "it is what it isn't", "it is what it isn?");
        row("empty", "", "");
        row("white space", " \n\t ", "");
    }
    void literalsBecomeQuestionMarks() {
        QFETCH(QString, sql);
        QFETCH(QString, shown);
        QCOMPARE(QString::fromStdString(withoutLiterals(sql.toStdString())), shown);
    }

    /// Whatever the form and wherever the text is cut off: the secret never survives.
    void aSecretNeverSurvives_data() {
        QTest::addColumn<QString>("sql");
        const char* const statements[] = {
            "select * from t where a = 'hunter2' and b = 31415926",
            "select * from t where a = E'it\\'s hunter2' and b = 31415926.5",
            "select * from t where a = e'\\\\' and b = 'hunter2'",
            "select 'a''hunter2''b', 'hunter2'",
            "select N'hunter2', B'1', X'31415926', U&'hunter2\\0061' uescape '!', u&'hunter2'",
            "select $$hunter2$$, $tag$ $$ hunter2 $tag$, $q1$hunter2$q1$",
            "select 'a'\n'hunter2'",
            "select 1 -- hunter2\n, 2",
            "select 1 /* hunter2 /* hunter2 */ hunter2 */, 2",
            "/* app='hunter2' */ select 31415926",
            "insert into t values (31415926, -31415926, 31415926e5, 31415926.1, .31415926, 0x31415926)",
            "create role a login password 'hunter2'",
            "alter user a with encrypted password $$hunter2$$",
            "create user mapping for a server s options (user 'a', password 'hunter2')",
            "create subscription s connection 'host=h password=hunter2' publication p",
            "copy t from program 'curl -u a:hunter2 h'",
            "comment on table t is 'hunter2'",
            "notify c, 'hunter2'",
            "do $$ begin perform 'hunter2'; end $$",
            "do language plpgsql 'begin perform ''hunter2''; end'",
            "create function f() returns text language sql as 'select ''hunter2'''",
            "prepare p as select * from t where a = 'hunter2'",
            "execute p('hunter2', 31415926)",
            "explain select * from t where a = 'hunter2'",
            "set a.b = 'hunter2'",
            "select set_config('a.b', 'hunter2', false); select 'hunter2'",
            "declare c cursor for select 'hunter2'",
            "this does not parse 'hunter2' 31415926",
            "select * from t where a = 'x\\' and b = 'hunter2'", // two ways to read it, so neither
            "select * from t where a = 'x\\' || hunter2 || '",
            "sélect 'hunter2' ünd 31415926",
            "select \"a\"'hunter2'",
            "select a.b'hunter2'",
        };
        for (const auto* const statement : statements) {
            QTest::newRow(statement) << QString::fromUtf8(statement);
        }
    }
    void aSecretNeverSurvives() {
        QFETCH(QString, sql);
        const auto whole = sql.toStdString();
        for (std::size_t length = 0; length <= whole.size(); ++length) {
            const auto shown = withoutLiterals(std::string_view(whole).substr(0, length));
            for (const auto secret : {kSecret, kSecretNumber}) {
                // Four characters of it would be too many as well.
                QVERIFY2(shown.find(secret.substr(0, 4)) == std::string::npos, shown.c_str());
            }
        }
    }

    void isCutBetweenCharacters() {
        QCOMPARE(withoutLiterals("abcdef", 3), std::string("abc"));
        QCOMPARE(withoutLiterals("select é", 8), std::string("select "));
        const std::string longText = "select '" + std::string(100'000, 'x') + "', hunter";
        QCOMPARE(withoutLiterals(longText), std::string("select ?, hunter"));
        QVERIFY(withoutLiterals("select " + std::string(100'000, 'a')).size() == 4096);
    }
    void isShownAsItWasWrittenWhereAskedFor() {
        const std::string sql = "select *  from people where card = '4111' /* c */";
        QCOMPARE(shownStatement(sql, Literals::Shown), sql);
        QCOMPARE(shownStatement(sql, Literals::Replaced), withoutLiterals(sql));
        QCOMPARE(shownStatement("select \u00e9", Literals::Shown, 8), std::string("select "));
        SqlTextCache shown(10, Literals::Shown);
        QCOMPARE(shown.of(sql).shown, sql);
        QCOMPARE(shown.of(sql).shape, SqlTextCache().of(sql).shape);
    }
    void deepNestingIsNoCrash() {
        const auto shown = withoutLiterals("select " + std::string(20'000, '(') + "1" + std::string(20'000, ')'));
        QVERIFY(shown.size() == 4096);
    }

    void theCacheSaysTheSameAndStaysBounded() {
        SqlTextCache cache(10);
        for (int round = 0; round < 3; ++round) {
            for (int i = 0; i < 50; ++i) {
                const auto sql = "select c" + std::to_string(i) + " from t where a = 'x'";
                QCOMPARE(cache.shown(sql), withoutLiterals(sql));
                QCOMPARE(cache.shown(sql), withoutLiterals(sql));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestSqlText)
#include "test_sql_text.moc"
