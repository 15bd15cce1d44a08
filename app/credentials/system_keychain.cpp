// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/credentials/keychain.h"
#include "app/credentials/keychain_worker.h"

#include <QCoreApplication>
#include <QMutex>
#include <QThread>
#include <QTimer>

#include <map>

namespace binnacle::app {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds kPatience{5000};
constexpr milliseconds kOwnerPatience{120'000};
constexpr unsigned long kEndPatienceMs = 300;

/// The GUI's side: gives each request a number and a deadline.
class SystemKeychain final : public QObject, public Keychain {
public:
    SystemKeychain()
        : m_thread(new QThread)
        , m_worker(new KeychainWorker) {
        m_way->keychain = this;
        m_thread->setObjectName(QStringLiteral("keychain"));
        m_worker->moveToThread(m_thread);
        m_thread->start();
    }
    ~SystemKeychain() override { SystemKeychain::end(); }

    bool end() override {
        if (m_thread == nullptr) {
            return m_ended;
        }
        {
            const QMutexLocker lock(&m_way->mutex);
            m_way->keychain = nullptr;
        }
        m_waiting.clear();
        m_worker->deleteLater();
        m_thread->quit();
        // One that hangs inside a library is left behind: it knows nothing of ours.
        m_ended = m_thread->wait(kEndPatienceMs);
        if (m_ended) {
            delete m_thread;
        }
        m_thread = nullptr;
        return m_ended;
    }

    void read(const QString& key, Done done) override {
        ask(kPatience, std::move(done),
            [key](KeychainWorker& worker, KeychainWorker::Answer answer) { worker.read(key, std::move(answer)); });
    }
    void write(const QString& key, Secret secret, Done done) override {
        ask(kPatience, std::move(done),
            [key, secret = std::move(secret)](KeychainWorker& worker, KeychainWorker::Answer answer) {
                worker.write(key, secret, std::move(answer));
            });
    }
    void remove(const QString& key, Done done) override {
        ask(kPatience, std::move(done),
            [key](KeychainWorker& worker, KeychainWorker::Answer answer) { worker.remove(key, std::move(answer)); });
    }
    void unlock(Done done) override {
        ask(kOwnerPatience, std::move(done),
            [](KeychainWorker& worker, KeychainWorker::Answer answer) { worker.unlock(std::move(answer)); });
    }

private:
    using Task = std::function<void(KeychainWorker&, KeychainWorker::Answer)>;
    /// What an answer finds its way back by. The keychain's thread holds it as well, so it outlives either.
    struct Way {
        QMutex mutex;
        SystemKeychain* keychain = nullptr; ///< null once it is gone
    };

    void ask(milliseconds patience, Done done, Task task) {
        if (m_thread == nullptr) {
            return;
        }
        const int number = ++m_last;
        m_waiting.emplace(number, std::move(done));
        QTimer::singleShot(patience, this, [this, number] {
            take(number, {KeychainAnswer::Kind::Absent,
                          {},
                          QCoreApplication::translate("Keychain", "the keychain does not answer")});
        });
        auto answer = [way = m_way, number](KeychainAnswer said) {
            const QMutexLocker lock(&way->mutex);
            if (auto* const keychain = way->keychain) {
                QMetaObject::invokeMethod(
                    keychain, [keychain, number, said = std::move(said)] { keychain->take(number, said); },
                    Qt::QueuedConnection);
            }
        };
        QMetaObject::invokeMethod(
            m_worker,
            [worker = m_worker, task = std::move(task), answer = std::move(answer)] { task(*worker, answer); },
            Qt::QueuedConnection);
    }
    void take(int number, const KeychainAnswer& answer) {
        if (const auto waiting = m_waiting.extract(number); !waiting.empty()) {
            waiting.mapped()(answer);
        }
    }

    QThread* m_thread; ///< null at the end
    bool m_ended = false;
    KeychainWorker* m_worker; ///< of the thread
    std::shared_ptr<Way> m_way = std::make_shared<Way>();
    std::map<int, Done> m_waiting;
    int m_last = 0;
};

} // namespace

std::unique_ptr<Keychain> systemKeychain() {
    return std::make_unique<SystemKeychain>();
}

} // namespace binnacle::app
