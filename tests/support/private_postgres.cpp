// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/private_postgres.h"

#include "tests/support/private_redis.h"
#include "tests/support/wait_for.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <csignal>
#include <libpq-fe.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace binnacle::test {

using namespace std::chrono_literals;

namespace {

constexpr uid_t kNobody = 65534; ///< PostgreSQL refuses to run as root

QString newestPrograms() {
    QDir versions(QStringLiteral("/usr/lib/postgresql"));
    QString newest;
    int highest = 0;
    for (const auto& name : versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const auto bin = versions.filePath(name + QStringLiteral("/bin"));
        if (name.toInt() > highest && QFile::exists(bin + QStringLiteral("/initdb"))) {
            highest = name.toInt();
            newest = bin;
        }
    }
    return newest;
}

bool writeFile(const QString& path, const QByteArray& text) {
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Append) && file.write(text) == text.size();
}

/// As root, to the account that runs the server.
bool give(const QString& path) {
    return ::getuid() != 0 || ::chown(QFile::encodeName(path).constData(), kNobody, kNobody) == 0;
}

} // namespace

PrivatePostgres::PrivatePostgres()
    : m_root(qEnvironmentVariable("BINNACLE_PG_ROOT"))
    , m_bin(qEnvironmentVariable("BINNACLE_PG_BINDIR"))
    , m_port(freePort()) {
    if (m_bin.isEmpty()) {
        m_bin = newestPrograms();
    }
    // Directly under /tmp, because as root the server runs under an account of its own.
    QTemporaryDir dir(m_root + QStringLiteral("/tmp/bnpg-XXXXXX"));
    dir.setAutoRemove(false);
    m_folder = dir.path();
    m_inside = m_folder.mid(m_root.size());
    ::chmod(QFile::encodeName(m_folder).constData(), 0755);
    m_certificates = std::make_unique<TestCertificates>(m_folder.toStdString());
    if (!give(m_folder) || !prepare()) {
        return;
    }
    m_server.setProcessChannelMode(QProcess::MergedChannels);
    confine(m_server);
    m_server.start(m_bin + QStringLiteral("/postgres"), {QStringLiteral("-D"), m_inside + QStringLiteral("/data")});
    m_answers = m_server.waitForStarted(10'000) && waitFor(60s, [this] { return number("select 1") == 1; });
    if (!m_answers) {
        m_lastWords = m_server.readAll();
    }
}

PrivatePostgres::~PrivatePostgres() {
    if (m_server.state() != QProcess::NotRunning) {
        ::kill(static_cast<pid_t>(m_server.processId()), SIGQUIT); // immediate: its children end, too
        m_server.waitForFinished(20'000);
    }
    QDir(m_folder).removeRecursively();
}

void PrivatePostgres::confine(QProcess& process) const {
    process.setChildProcessModifier([root = QFile::encodeName(m_root)] {
        if (::getuid() == 0) {
            const bool inside = root.isEmpty() || (::chroot(root.constData()) == 0 && ::chdir("/") == 0);
            if (!inside || ::setgid(kNobody) != 0 || ::setuid(kNobody) != 0) {
                ::_exit(126);
            }
        }
        ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    });
}

bool PrivatePostgres::prepare() {
    QProcess initdb;
    initdb.setProcessChannelMode(QProcess::MergedChannels);
    confine(initdb);
    initdb.start(m_bin + QStringLiteral("/initdb"),
                 {QStringLiteral("-D"), m_inside + QStringLiteral("/data"), QStringLiteral("-U"),
                  QStringLiteral("owner"), QStringLiteral("-A"), QStringLiteral("trust"), QStringLiteral("-E"),
                  QStringLiteral("UTF8"), QStringLiteral("--locale=C"), QStringLiteral("--no-sync")});
    if (!initdb.waitForFinished(120'000) || initdb.exitCode() != 0) {
        m_lastWords = initdb.readAll() + initdb.errorString().toUtf8();
        return false;
    }
    const auto pair = m_certificates->issue("server", "DNS:localhost");
    const auto inside = [this](const std::string& file) {
        return m_inside.toUtf8() + QByteArray::fromStdString(file).mid(m_folder.toUtf8().size());
    };
    const auto data = m_folder + QStringLiteral("/data");
    QFile::remove(data + QStringLiteral("/pg_hba.conf"));
    const bool written =
        writeFile(data + QStringLiteral("/postgresql.conf"),
                  "listen_addresses = '127.0.0.1'\nport = " + QByteArray::number(m_port) +
                      "\nunix_socket_directories = '" + m_inside.toUtf8() +
                      "'\nfsync = off\nshared_buffers = '16MB'\nmax_connections = 20\nssl = on\nssl_cert_file = '" +
                      inside(pair.certificateFile) + "'\nssl_key_file = '" + inside(pair.keyFile) + "'\n") &&
        writeFile(data + QStringLiteral("/pg_hba.conf"),
                  "local all owner trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n");
    return written && give(data + QStringLiteral("/pg_hba.conf")) &&
           give(QString::fromStdString(pair.certificateFile)) && give(QString::fromStdString(pair.keyFile));
}

std::string PrivatePostgres::conninfo() const {
    return "host=" + m_folder.toStdString() + " port=" + std::to_string(m_port) +
           " user=owner dbname=postgres connect_timeout=10 application_name=owner";
}

bool PrivatePostgres::run(const std::string& sql) {
    const std::unique_ptr<PGconn, void (*)(PGconn*)> connection(PQconnectdb(conninfo().c_str()), PQfinish);
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection.get(), sql.c_str()), PQclear);
    const auto status = PQresultStatus(result.get());
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

int PrivatePostgres::number(const std::string& sql) {
    const std::unique_ptr<PGconn, void (*)(PGconn*)> connection(PQconnectdb(conninfo().c_str()), PQfinish);
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection.get(), sql.c_str()), PQclear);
    bool ok = false;
    const int value = PQntuples(result.get()) > 0 ? QByteArray(PQgetvalue(result.get(), 0, 0)).toInt(&ok) : -1;
    return ok ? value : -1;
}

std::string PrivatePostgres::version() {
    const int number = this->number("select current_setting('server_version_num')");
    return std::to_string(number / 10000) + "." + std::to_string(number % 10000);
}

} // namespace binnacle::test
