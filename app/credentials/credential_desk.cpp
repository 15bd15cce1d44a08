// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/credentials/credential_desk.h"

#include <QPointer>

namespace binnacle::app {

CredentialDesk::CredentialDesk(std::unique_ptr<Keychain> keychain, QObject* parent)
    : QObject(parent)
    , m_keychain(std::move(keychain)) {}

CredentialDesk::~CredentialDesk() = default;

QString CredentialDesk::keyOf(const QString& profile, const std::string& id) {
    return profile + QLatin1Char('/') + QString::fromStdString(id);
}

QString CredentialDesk::sentence() const {
    switch (m_state) {
    case State::Locked:
        return m_unlocking ? tr("The keychain asks for its password.")
                           : tr("The keychain is locked: passwords that are in it can't be read until it is unlocked.");
    case State::Absent:
        return tr("No keychain answers here: passwords are asked for in each session and kept in memory alone.");
    case State::Unasked:
    case State::Ready:
        break;
    }
    return m_problem;
}

void CredentialDesk::take(const KeychainAnswer& answer, Deed deed) {
    using Kind = KeychainAnswer::Kind;
    const auto before = m_state;
    const auto problem = m_problem;
    m_problem.clear();
    switch (answer.kind) {
    case Kind::Done:
    case Kind::NotFound:
        m_state = State::Ready;
        break;
    case Kind::Locked:
        m_state = State::Locked;
        break;
    case Kind::Absent:
        m_state = State::Absent;
        break;
    case Kind::Failed:
        m_problem = (deed == Deed::Keep   ? tr("A password could not be kept: %1.")
                     : deed == Deed::Read ? tr("A password could not be read from the keychain: %1.")
                                          : tr("A password could not be taken out of the keychain: %1."))
                        .arg(answer.text);
        break;
    }
    if (m_state != before || m_problem != problem) {
        Q_EMIT changed();
    }
    if (before == State::Locked && m_state == State::Ready) {
        Q_EMIT unlocked();
    }
}

void CredentialDesk::find(const QString& profile, const std::vector<CredentialSlot>& slots_,
                          std::function<void(Secrets)> done) {
    struct Search {
        Secrets found;
        std::size_t open = 1; // this call itself
        std::function<void(Secrets)> done;
        void close() {
            if (--open == 0) {
                done(std::move(found));
            }
        }
    };
    const auto search = std::make_shared<Search>();
    search->done = std::move(done);
    for (const auto& slot : slots_) {
        const auto key = keyOf(profile, slot.id);
        if (const auto kept = m_session.find(key); kept != m_session.end()) {
            search->found[slot.id] = kept->second;
            continue;
        }
        if (!m_keychain) {
            take({});
            continue;
        }
        ++search->open;
        m_keychain->read(key, [this, search, id = slot.id](const KeychainAnswer& answer) {
            take(answer);
            if (answer.kind == KeychainAnswer::Kind::Done && !answer.secret.empty()) {
                search->found[id] = answer.secret;
            }
            search->close();
        });
    }
    search->close();
}

void CredentialDesk::look() {
    if (!m_keychain) {
        take({});
        return;
    }
    m_keychain->read(QStringLiteral("none"), [this](const KeychainAnswer& answer) { take(answer); });
}

void CredentialDesk::keep(const QString& profile, const std::string& id, const Secret& secret,
                          std::function<void(QString)> done) {
    const auto key = keyOf(profile, id);
    if (!m_keychain) {
        take({});
        keepForSession(profile, id, secret);
        done(sentence());
        return;
    }
    m_keychain->write(key, secret, [this, profile, key, secret, done = std::move(done)](const KeychainAnswer& answer) {
        take(answer, Deed::Keep);
        if (answer.kind == KeychainAnswer::Kind::Done) {
            m_session.erase(key);
            done({});
        } else {
            m_session[key] = secret;
            done(answer.kind == KeychainAnswer::Kind::Failed ? m_problem : sentence());
        }
        Q_EMIT kept(profile);
    });
}

void CredentialDesk::keepForSession(const QString& profile, const std::string& id, const Secret& secret) {
    m_session[keyOf(profile, id)] = secret;
    Q_EMIT kept(profile);
}

void CredentialDesk::forget(const QString& profile, const std::string& id) {
    const auto key = keyOf(profile, id);
    m_session.erase(key);
    if (m_keychain) {
        m_keychain->remove(key, [this](const KeychainAnswer& answer) { take(answer, Deed::Forget); });
    }
}

void CredentialDesk::unlock() {
    if (!m_keychain || m_unlocking) {
        return;
    }
    m_unlocking = true;
    Q_EMIT changed();
    m_keychain->unlock([this](const KeychainAnswer& answer) {
        m_unlocking = false;
        const auto before = m_state;
        take(answer);
        if (m_state == before) {
            Q_EMIT changed();
        }
        if (answer.kind == KeychainAnswer::Kind::Done && before != State::Locked) {
            Q_EMIT unlocked();
        }
    });
}

} // namespace binnacle::app
