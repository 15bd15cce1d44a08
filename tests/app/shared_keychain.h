// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/credentials/keychain.h"

#include <memory>

namespace binnacle::test {

/// The one keychain of this process, for one console after the other.
class SharedKeychain final : public app::Keychain {
public:
    explicit SharedKeychain(app::Keychain& keychain)
        : m_keychain(keychain) {}
    ~SharedKeychain() override { *m_alive = false; }
    void read(const QString& key, Done done) override { m_keychain.read(key, guarded(std::move(done))); }
    void write(const QString& key, Secret secret, Done done) override {
        m_keychain.write(key, std::move(secret), guarded(std::move(done)));
    }
    void remove(const QString& key, Done done) override { m_keychain.remove(key, guarded(std::move(done))); }
    void unlock(Done done) override { m_keychain.unlock(guarded(std::move(done))); }

private:
    [[nodiscard]] Done guarded(Done done) const {
        return [alive = m_alive, done = std::move(done)](const app::KeychainAnswer& answer) {
            if (*alive) {
                done(answer);
            }
        };
    }
    app::Keychain& m_keychain;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace binnacle::test
