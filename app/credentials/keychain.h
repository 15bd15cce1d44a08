// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/secret.h"

#include <QString>

#include <functional>
#include <memory>

namespace binnacle::app {

/// What a keychain said to one request.
struct KeychainAnswer {
    enum class Kind {
        Done,     ///< read, written, removed, unlocked
        NotFound, ///< it answers, and has no such entry
        Locked,   ///< it is there, and wants to be unlocked by its owner first
        Absent,   ///< there is none, or it does not answer in time
        Failed,   ///< it refused; the text says why
    };
    Kind kind = Kind::Absent;
    Secret secret; ///< of a read that is Done
    QString text;  ///< for the person; may be empty
};

/// Where secrets are kept between sessions. Every call returns at once; its answer comes later, once, to the thread
/// that asked, within a few seconds (to be unlocked it waits for its owner, for two minutes). GUI thread.
class Keychain {
public:
    using Done = std::function<void(const KeychainAnswer&)>;

    virtual ~Keychain() = default;
    virtual void read(const QString& key, Done done) = 0;
    virtual void write(const QString& key, Secret secret, Done done) = 0;
    /// Done also where there was no such entry.
    virtual void remove(const QString& key, Done done) = 0;
    /// Asks its owner, by the keychain's own window.
    virtual void unlock(Done done) = 0;
    /// The last call: nothing is answered any more. False: a library hangs, so that the process has to end without its
    /// clean-up.
    virtual bool end() { return true; }
};

/// The keychain of this desktop through QtKeychain, on a thread of its own, so that one that hangs holds nobody up.
/// One for a process: the library below remembers the thread that it was first used on. Nothing is ever written
/// anywhere else in its stead. Requests that still wait when it goes are not answered.
[[nodiscard]] std::unique_ptr<Keychain> systemKeychain();

} // namespace binnacle::app
