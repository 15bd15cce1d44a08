// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/credentials/keychain_worker.h"

#include <QCoreApplication>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

#include <qt6keychain/keychain.h>
#include <string.h>
#include <utility>

namespace binnacle::app {

namespace {

constexpr int kBusPatienceMs = 2000;

QString service() {
    return QStringLiteral("org.binnacle.Console"); // what our entries are filed under
}
QString secretsBusName() {
    return QStringLiteral("org.freedesktop.secrets");
}
QString collection() {
    return QStringLiteral("/org/freedesktop/secrets/aliases/default");
}

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Keychain)
};

/// Overwrites the bytes that all copies share.
void wipeShared(QByteArray& bytes) {
    ::explicit_bzero(const_cast<char*>(bytes.constData()), static_cast<std::size_t>(bytes.size()));
    bytes.clear();
}

KeychainAnswer lockedAnswer() {
    return {KeychainAnswer::Kind::Locked, {}, Words::tr("the keychain is locked")};
}

KeychainAnswer failureOf(const QKeychain::Job& job) {
    using Kind = KeychainAnswer::Kind;
    switch (job.error()) {
    case QKeychain::NoError:
        return {Kind::Done, {}, {}};
    case QKeychain::EntryNotFound:
        return {Kind::NotFound, {}, {}};
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return {Kind::Failed, {}, Words::tr("the keychain refused")};
    case QKeychain::CouldNotDeleteEntry:
        return {Kind::Failed, {}, Words::tr("the keychain could not delete the entry")};
    default:
        return {Kind::Absent, {}, Words::tr("no keychain answers")};
    }
}

} // namespace

KeychainWorker::~KeychainWorker() {
    if (m_bus) {
        QDBusConnection::disconnectFromBus(m_busName);
    }
}

QDBusConnection& KeychainWorker::bus() {
    if (!m_bus) {
        m_bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, m_busName);
    }
    return *m_bus;
}

void KeychainWorker::whenKnown(std::function<void(Lock)> then) {
    if (!bus().isConnected()) {
        then(Lock::Unknown);
        return;
    }
    auto ask = QDBusMessage::createMethodCall(secretsBusName(), collection(),
                                              QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    ask << QStringLiteral("org.freedesktop.Secret.Collection") << QStringLiteral("Locked");
    auto* watcher = new QDBusPendingCallWatcher(bus().asyncCall(ask, kBusPatienceMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [then = std::move(then)](QDBusPendingCallWatcher* call) {
        call->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *call;
        then(!reply.isValid() ? Lock::Unknown : reply.value().variant().toBool() ? Lock::Locked : Lock::Open);
    });
}

void KeychainWorker::run(QKeychain::Job* job, Answer answer, std::function<KeychainAnswer()> done) {
    // Without this a keychain that is missing would be a file of plain text.
    job->setInsecureFallback(false);
    job->setAutoDelete(true);
    connect(job, &QKeychain::Job::finished, this,
            [answer = std::move(answer), done = std::move(done)](QKeychain::Job* ended) {
                answer(ended->error() == QKeychain::NoError ? done() : failureOf(*ended));
            });
    job->start();
}

void KeychainWorker::read(const QString& key, Answer answer) {
    whenKnown([this, key, answer = std::move(answer)](Lock lock) {
        if (lock == Lock::Locked) {
            answer(lockedAnswer());
            return;
        }
        auto* job = new QKeychain::ReadPasswordJob(service(), this);
        job->setKey(key);
        run(job, answer, [job] {
            auto bytes = job->binaryData();
            KeychainAnswer found{KeychainAnswer::Kind::Done,
                                 Secret(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size()))),
                                 {}};
            wipeShared(bytes);
            return found;
        });
    });
}

void KeychainWorker::write(const QString& key, const Secret& secret, Answer answer) {
    whenKnown([this, key, secret, answer = std::move(answer)](Lock lock) {
        if (lock == Lock::Locked) {
            answer(lockedAnswer());
            return;
        }
        auto* job = new QKeychain::WritePasswordJob(service(), this);
        job->setKey(key);
        auto bytes = std::make_shared<QByteArray>(secret.view().data(), static_cast<qsizetype>(secret.view().size()));
        job->setBinaryData(*bytes);
        const auto wiped = [bytes, answer](KeychainAnswer said) {
            wipeShared(*bytes);
            answer(std::move(said));
        };
        run(job, wiped, [] { return KeychainAnswer{KeychainAnswer::Kind::Done, {}, {}}; });
    });
}

void KeychainWorker::remove(const QString& key, Answer answer) {
    whenKnown([this, key, answer = std::move(answer)](Lock lock) {
        if (lock == Lock::Locked) {
            answer(lockedAnswer());
            return;
        }
        auto* job = new QKeychain::DeletePasswordJob(service(), this);
        job->setKey(key);
        const auto gone = [answer](KeychainAnswer said) {
            if (said.kind == KeychainAnswer::Kind::NotFound) {
                said = {KeychainAnswer::Kind::Done, {}, {}};
            }
            answer(std::move(said));
        };
        run(job, gone, [] { return KeychainAnswer{KeychainAnswer::Kind::Done, {}, {}}; });
    });
}

void KeychainWorker::unlock(Answer answer) {
    if (m_unlocking) {
        answer(lockedAnswer());
        return;
    }
    if (!bus().isConnected()) {
        answer({KeychainAnswer::Kind::Absent, {}, Words::tr("no keychain answers")});
        return;
    }
    m_unlocking = std::move(answer);
    auto ask =
        QDBusMessage::createMethodCall(secretsBusName(), QStringLiteral("/org/freedesktop/secrets"),
                                       QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("Unlock"));
    ask << QVariant::fromValue(QList<QDBusObjectPath>{QDBusObjectPath(collection())});
    auto* watcher = new QDBusPendingCallWatcher(bus().asyncCall(ask, kBusPatienceMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* call) {
        call->deleteLater();
        const QDBusPendingReply<QList<QDBusObjectPath>, QDBusObjectPath> reply = *call;
        if (!reply.isValid()) {
            endUnlock({KeychainAnswer::Kind::Absent, {}, Words::tr("no keychain answers")});
        } else if (const auto path = reply.argumentAt<1>().path(); path != QLatin1String("/")) {
            prompt(path);
        } else {
            endUnlock({KeychainAnswer::Kind::Done, {}, {}});
        }
    });
}

void KeychainWorker::prompt(const QString& path) {
    const auto interface = QStringLiteral("org.freedesktop.Secret.Prompt");
    bus().connect(secretsBusName(), path, interface, QStringLiteral("Completed"), this, SLOT(onPromptCompleted(bool)));
    auto ask = QDBusMessage::createMethodCall(secretsBusName(), path, interface, QStringLiteral("Prompt"));
    ask << QString();
    auto* watcher = new QDBusPendingCallWatcher(bus().asyncCall(ask, kBusPatienceMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* call) {
        call->deleteLater();
        if (call->isError()) {
            endUnlock({KeychainAnswer::Kind::Locked, {}, Words::tr("the keychain could not ask for its password")});
        }
    });
}

void KeychainWorker::onPromptCompleted(bool dismissed) {
    endUnlock(dismissed ? KeychainAnswer{KeychainAnswer::Kind::Locked, {}, Words::tr("the keychain stayed locked")}
                        : KeychainAnswer{KeychainAnswer::Kind::Done, {}, {}});
}

void KeychainWorker::endUnlock(KeychainAnswer answer) {
    if (const auto ended = std::exchange(m_unlocking, nullptr)) {
        ended(std::move(answer));
    }
}

} // namespace binnacle::app
