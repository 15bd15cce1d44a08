// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/test_certificates.h"

#include <QProcess>
#include <QString>
#include <memory>
#include <string>

namespace binnacle::test {

/// A PostgreSQL server of a test's own, as somebody else would run it: on 127.0.0.1, over TLS alone, with passwords.
/// Its files and the server end with the object.
///
/// BINNACLE_PG_BINDIR names the folder of its programs, else the newest below /usr/lib/postgresql is taken.
/// BINNACLE_PG_ROOT names another root directory in which they run, so that one test meets the PostgreSQL of another
/// release of the distribution; that needs root.
class PrivatePostgres {
public:
    PrivatePostgres();
    ~PrivatePostgres();
    PrivatePostgres(const PrivatePostgres&) = delete;
    PrivatePostgres& operator=(const PrivatePostgres&) = delete;

    /// Whether it answered within a minute; its last words when it did not.
    [[nodiscard]] bool answers() const { return m_answers; }
    [[nodiscard]] const QByteArray& lastWords() const { return m_lastWords; }
    [[nodiscard]] quint16 port() const { return m_port; }
    /// Who vouches for its certificate, which is for "localhost".
    [[nodiscard]] std::string caFile() const { return m_certificates->caFile(); }
    /// A folder for the test's own files, gone with the object.
    [[nodiscard]] QString folder() const { return m_folder; }

    /// Runs statements as the superuser; false when one failed.
    bool run(const std::string& sql);
    /// The first cell as a number; -1 when there is none.
    int number(const std::string& sql);
    /// "15.14".
    [[nodiscard]] std::string version();

private:
    bool prepare();
    /// A child of the account that may run the server, inside the other root if there is one.
    void confine(QProcess& process) const;
    [[nodiscard]] std::string conninfo() const;

    QString m_root;   ///< empty: this machine's own
    QString m_folder; ///< as seen from here
    QString m_inside; ///< the same folder as the server sees it
    QString m_bin;
    quint16 m_port;
    std::unique_ptr<TestCertificates> m_certificates;
    QProcess m_server;
    bool m_answers = false;
    QByteArray m_lastWords;
};

} // namespace binnacle::test
