// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/credentials/credential_box.h"
#include "app/credentials/keychain.h"

#include <QObject>

#include <map>
#include <memory>
#include <vector>

namespace binnacle::app {

/// Where the secrets of profiles come from: the keychain, else what was typed in this session, which is kept in memory
/// until the console ends and nowhere else. GUI thread; nothing here waits.
class CredentialDesk : public QObject {
    Q_OBJECT

public:
    /// What is known of the keychain.
    enum class State { Unasked, Ready, Locked, Absent };
    Q_ENUM(State)

    explicit CredentialDesk(std::unique_ptr<Keychain> keychain, QObject* parent = nullptr);
    ~CredentialDesk() override;

    [[nodiscard]] State state() const { return m_state; }
    /// What that means for the person, as a sentence; empty while nothing is wrong.
    [[nodiscard]] QString sentence() const;

    using Secrets = std::map<std::string, Secret>; ///< by the ids of slots
    /// Looks all of them up; `done` gets what was found, at once or later, and once. Ids that are not there were not
    /// found.
    void find(const QString& profile, const std::vector<CredentialSlot>& slots_, std::function<void(Secrets)> done);
    /// Asks the keychain whether it is there, by looking for an entry that never is.
    void look();
    /// Keeps a secret: in the keychain, or, where that can't be, in memory for this session. `done` says which: an
    /// empty text is the keychain.
    void keep(const QString& profile, const std::string& id, const Secret& secret, std::function<void(QString)> done);
    /// Keeps it for this session alone.
    void keepForSession(const QString& profile, const std::string& id, const Secret& secret);
    /// Takes it out of the keychain and out of the memory.
    void forget(const QString& profile, const std::string& id);
    void unlock();
    /// As Keychain::end().
    bool end() { return !m_keychain || m_keychain->end(); }

    /// What an entry is called in the keychain: "orders/postgres/primary".
    [[nodiscard]] static QString keyOf(const QString& profile, const std::string& id);

Q_SIGNALS:
    void changed();
    /// Another secret is known for that profile.
    void kept(const QString& profile);
    /// The keychain became ready: what was missing may be there.
    void unlocked();

private:
    enum class Deed { Read, Keep, Forget };
    void take(const KeychainAnswer& answer, Deed deed = Deed::Read);

    std::unique_ptr<Keychain> m_keychain;
    State m_state = State::Unasked;
    QString m_problem;
    bool m_unlocking = false;
    std::map<QString, Secret> m_session; ///< by key
};

} // namespace binnacle::app
