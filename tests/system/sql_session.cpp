// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/system/sql_session.h"

#include <QFile>

namespace binnacle::test {

namespace {
QString secretOf(const QString& stateDir, const QString& role) {
    QFile file(stateDir + QStringLiteral("/credentials/") + role + QStringLiteral(".password"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).trimmed() : QString();
}
} // namespace

SqlSession::SqlSession(const QString& conninfo, const QString& stateDir, const QString& role)
    : m_connection(
          PQconnectdb((conninfo + QStringLiteral(" user=%1 password=%2 application_name=test connect_timeout=5")
                                      .arg(role, secretOf(stateDir, role)))
                          .toUtf8()
                          .constData()),
          PQfinish) {}

bool SqlSession::connected() const {
    return PQstatus(m_connection.get()) == CONNECTION_OK;
}

bool SqlSession::run(const char* sql) {
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(m_connection.get(), sql), PQclear);
    const auto status = PQresultStatus(result.get());
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

int SqlSession::number(const char* sql) {
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(m_connection.get(), sql), PQclear);
    bool ok = false;
    const int value = PQntuples(result.get()) > 0 ? QByteArray(PQgetvalue(result.get(), 0, 0)).toInt(&ok) : -1;
    return ok ? value : -1;
}

bool SqlSession::send(const char* sql) {
    return PQsendQuery(m_connection.get(), sql) == 1;
}

QString SqlSession::finish() {
    QString state;
    while (auto* result = PQgetResult(m_connection.get())) {
        if (const auto* field = PQresultErrorField(result, PG_DIAG_SQLSTATE)) {
            state = QString::fromLatin1(field);
        }
        PQclear(result);
    }
    return state;
}

QString SqlSession::error() const {
    return QString::fromUtf8(PQerrorMessage(m_connection.get()));
}

int SqlSession::pid() const {
    return PQbackendPID(m_connection.get());
}

} // namespace binnacle::test
