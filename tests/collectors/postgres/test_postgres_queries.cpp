// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/postgres/queries.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace binnacle;
using namespace binnacle::postgres;

namespace {

/// What a server of one version has, as recorded from one: columns of relations and of functions that return rows, and
/// the names of functions.
class Catalogue {
public:
    explicit Catalogue(int major) {
        QFile file(QStringLiteral(BINNACLE_TEST_DATA "/%1.json").arg(major));
        if (!file.open(QIODevice::ReadOnly)) {
            return;
        }
        const auto document = QJsonDocument::fromJson(file.readAll()).object();
        m_version = document[QLatin1String("server_version_num")].toInt();
        m_statements = document[QLatin1String("pg_stat_statements")].toString();
        for (const auto* part : {"relations", "sets"}) {
            const auto items = document[QLatin1String(part)].toObject();
            for (auto it = items.begin(); it != items.end(); ++it) {
                m_columns[it.key()] = words(it.value().toString());
            }
        }
        m_functions = words(document[QLatin1String("functions")].toString());
    }

    [[nodiscard]] Capabilities capabilities() const {
        const auto text = [](const QString& value) { return std::optional(value.toStdString()); };
        const auto server =
            parseCapabilities({{text(QString::number(m_version)), text(QStringLiteral("r")), text(QStringLiteral("d")),
                                text(QStringLiteral("1")), text(QStringLiteral("1")), text(QStringLiteral("1")),
                                text(QStringLiteral("public")), text(m_statements)}});
        return server.value_or(Capabilities{});
    }

    /// What a statement names that this version does not have.
    [[nodiscard]] QStringList missingFor(const QString& sql) const {
        QStringList missing;
        // An alias means another relation in another part of a union.
        for (const auto& part : sql.split(QStringLiteral("union all"))) {
            QMap<QString, QString> aliases;
            static const QRegularExpression source(
                QStringLiteral(R"((?:from|join|lateral) (?:\w+\.)?(pg_\w+)(?:\([^()]*\))? (\w+))"));
            for (auto it = source.globalMatch(part); it.hasNext();) {
                const auto match = it.next();
                aliases[match.captured(2)] = match.captured(1);
                if (!m_columns.contains(match.captured(1))) {
                    missing << match.captured(1);
                }
            }
            static const QRegularExpression column(QStringLiteral(R"(\b(\w+)\.(\w+)\b(?!\())"));
            for (auto it = column.globalMatch(part); it.hasNext();) {
                const auto match = it.next();
                const auto relation = aliases.value(match.captured(1));
                if (!relation.isEmpty() && !m_columns[relation].contains(match.captured(2))) {
                    missing << relation + QLatin1Char('.') + match.captured(2);
                }
            }
            static const QRegularExpression function(QStringLiteral(R"(\b(pg_\w+)\()"));
            for (auto it = function.globalMatch(part); it.hasNext();) {
                const auto name = it.next().captured(1);
                if (!m_functions.contains(name) && !m_columns.contains(name)) {
                    missing << name + QStringLiteral("()");
                }
            }
        }
        return missing;
    }

private:
    static QSet<QString> words(const QString& text) {
        const auto list = text.split(QLatin1Char(' '));
        return {list.begin(), list.end()};
    }

    int m_version = 0;
    QString m_statements;
    QMap<QString, QSet<QString>> m_columns;
    QSet<QString> m_functions;
};

QStringList missingFor(const Catalogue& catalogue, const Queries& queries) {
    QStringList missing;
    for (const auto* sql :
         {&queries.pass, &queries.sessions, &queries.blockers, &queries.lockDetails, &queries.standbys, &queries.slots,
          &queries.progress, &queries.statements, &queries.statementTexts, &queries.tables, &queries.tablesByPages,
          &queries.indexes, &queries.indexesByPages, &queries.databases, &queries.logSize, &queries.deadlockEntries}) {
        missing += catalogue.missingFor(QString::fromStdString(*sql));
    }
    return missing;
}

} // namespace

class TestPostgresQueries : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachVersionIsAskedOnlyForWhatItHas_data() {
        QTest::addColumn<int>("major");
        for (const int major : {13, 14, 15, 16, 17}) {
            QTest::addRow("%d", major) << major;
        }
    }
    void eachVersionIsAskedOnlyForWhatItHas() {
        QFETCH(int, major);
        const Catalogue catalogue(major);
        const auto server = catalogue.capabilities();
        QCOMPARE(server.major(), major);
        const auto queries = queriesFor(server);
        const auto missing =
            missingFor(catalogue, queries) + catalogue.missingFor(QString::fromStdString(capabilitiesSql()));
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char(' '))));
        QVERIFY(!queries.statements.empty());
        QCOMPARE(queries.deadlockEntries.empty(), major < 15);
    }
    /// The test above would pass as well if it looked at nothing.
    void theStatementsOfOneVersionFailOnAnother() {
        const auto newest = queriesFor(Catalogue(17).capabilities());
        const auto onOldest = missingFor(Catalogue(13), newest);
        for (const char* name :
             {"pg_stat_get_wal", "pg_stat_get_activity.query_id", "pg_lock_status.waitstart", "pg_stat_progress_copy",
              "pg_stat_get_checkpointer_num_timed()", "pg_stat_statements.shared_blk_read_time"}) {
            QVERIFY2(onOldest.contains(QLatin1String(name)), name);
        }
        const auto oldest = queriesFor(Catalogue(13).capabilities());
        const auto onNewest = missingFor(Catalogue(17), oldest);
        QVERIFY(onNewest.contains(QLatin1String("pg_stat_get_bgwriter_timed_checkpoints()")));
        QVERIFY(onNewest.contains(QLatin1String("pg_stat_statements.blk_read_time")));
    }

    void whatIsMissingIsNamedWithItsRemedy() {
        Capabilities server;
        server.version = 150000;
        server.role = "reader";
        server.database = "shop";
        QVERIFY(missingForSessions(server).find("GRANT pg_monitor TO reader;") != std::string::npos);
        QVERIFY(missingForStatements(server).find("CREATE EXTENSION pg_stat_statements;") != std::string::npos);
        QVERIFY(queriesFor(server).statements.empty());
        server.readsAllStats = true;
        server.statementsSchema = "public";
        server.statementsVersion = 106;
        QVERIFY(missingForStatements(server).find("ALTER EXTENSION pg_stat_statements UPDATE;") != std::string::npos);
        QVERIFY(missingForDeadlockReports(server).find("jsonlog") != std::string::npos);
        server.writesJsonLog = true;
        QVERIFY(missingForDeadlockReports(server).find("GRANT EXECUTE ON FUNCTION pg_current_logfile(text), "
                                                       "pg_read_file(text, bigint, bigint, boolean) TO reader;") !=
                std::string::npos);
        server.readsLogBySql = true;
        QVERIFY(missingForDeadlockReports(server).empty());
        server.version = 140000;
        QVERIFY(missingForDeadlockReports(server).find("PostgreSQL 15") != std::string::npos);
        QVERIFY(missingForSessions(server).empty());
    }
    void anAnswerThatIsNoneIsNotUnderstood() {
        QVERIFY(!parseCapabilities({}));
        QVERIFY(!parseCapabilities({{std::nullopt}}));
        const std::optional<std::string> old("120000");
        QVERIFY(!parseCapabilities({{old, old, old, old, old, old, std::nullopt, std::nullopt}}));
    }
};

QTEST_APPLESS_MAIN(TestPostgresQueries)
#include "test_postgres_queries.moc"
