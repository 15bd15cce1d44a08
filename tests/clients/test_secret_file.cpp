// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/secret_file.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

using namespace binnacle;

class TestSecretFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void givesTheContentWithoutTheLineEnd() {
        QCOMPARE(readSecretFile(written("pa ss\n")).value(), std::string("pa ss"));
        QCOMPARE(readSecretFile(written("pass\r\n")).value(), std::string("pass"));
    }
    void refusesWhatIsNoSecret() {
        QCOMPARE(readSecretFile(written("\n")).error().code, ErrorCode::Invalid);
        QCOMPARE(readSecretFile(written(QByteArray(5000, 'x'))).error().code, ErrorCode::Invalid);
        QCOMPARE(readSecretFile("/nonexistent").error().code, ErrorCode::NotFound);
        QVERIFY(!readSecretFile(m_dir.path().toStdString()));
    }
    void aPipeInItsPlaceDoesNotHang() {
        const auto path = m_dir.filePath(QStringLiteral("pipe")).toStdString();
        QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
        QCOMPARE(readSecretFile(path).error().code, ErrorCode::Invalid);
    }

private:
    std::string written(const QByteArray& content) {
        QFile file(m_dir.filePath(QStringLiteral("secret")));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
            return {};
        }
        return file.fileName().toStdString();
    }
    QTemporaryDir m_dir;
};

QTEST_APPLESS_MAIN(TestSecretFile)
#include "test_secret_file.moc"
