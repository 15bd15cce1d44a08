// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/credentials/keychain.h"

#include <QDBusConnection>
#include <QObject>

#include <optional>

namespace QKeychain {
class Job;
}

namespace binnacle::app {

/// The side of the system's keychain that may wait: made anywhere, then used and deleted on the keychain's own thread.
class KeychainWorker : public QObject {
    Q_OBJECT

public:
    using Answer = std::function<void(KeychainAnswer)>; ///< called on this thread, once

    KeychainWorker() = default;
    ~KeychainWorker() override;

    void read(const QString& key, Answer answer);
    void write(const QString& key, const Secret& secret, Answer answer);
    void remove(const QString& key, Answer answer);
    void unlock(Answer answer);

private Q_SLOTS:
    void onPromptCompleted(bool dismissed);

private:
    enum class Lock { Open, Locked, Unknown };
    [[nodiscard]] QDBusConnection& bus();
    /// Asks whether the default collection is locked: QtKeychain takes a locked one for one without the entry.
    void whenKnown(std::function<void(Lock)> then);
    void run(QKeychain::Job* job, Answer answer, std::function<KeychainAnswer()> done);
    void prompt(const QString& path);
    void endUnlock(KeychainAnswer answer);

    std::optional<QDBusConnection> m_bus; ///< made at the first use, which may take its time
    QString m_busName = QStringLiteral("binnacle-keychain-%1").arg(reinterpret_cast<quintptr>(this));
    Answer m_unlocking; ///< while the owner is asked
};

} // namespace binnacle::app
