// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <libpq-fe.h>
#include <memory>

namespace binnacle::test {

/// One database session that a test holds open, to lock rows or to pause a replica.
class SqlSession {
public:
    /// Connects to a server of the stack in `stateDir` by its libpq conninfo, as `role`, with the stack's own secret.
    SqlSession(const QString& conninfo, const QString& stateDir, const QString& role);

    [[nodiscard]] bool connected() const;
    /// Runs one command to its end; false when it failed, with the reason in error().
    bool run(const char* sql);
    /// The first cell of the first row as a number; -1 when there is none.
    int number(const char* sql);
    /// Sends a command and does not wait for it.
    bool send(const char* sql);
    /// Waits for what send() started; the SQLSTATE of its failure, empty when it succeeded.
    QString finish();
    [[nodiscard]] QString error() const;
    /// The server process that serves this session.
    [[nodiscard]] int pid() const;

private:
    std::unique_ptr<PGconn, void (*)(PGconn*)> m_connection;
};

} // namespace binnacle::test
