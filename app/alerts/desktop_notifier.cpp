// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/alerts/alert_notifier.h"
#include "app/feed/worker_state.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QFile>
#include <QVariantMap>
#include <QWidget>

#include <cstdint>
#include <optional>

namespace binnacle::app {

namespace {

constexpr int kPatienceMs = 2000;
constexpr std::chrono::milliseconds kEndPatience{300};

/// A bus is used where there is one; nothing is started to get one.
bool hasBus() {
    if (const auto named = qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"); !named.isEmpty()) {
        return named != QLatin1String("disabled:");
    }
    const auto run = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !run.isEmpty() && QFile::exists(run + QStringLiteral("/bus"));
}

struct Speaker : WorkerState {
    std::optional<AlertNotice> wanted; ///< the newest; what came before it is part of it
    std::uint32_t shown = 0;           ///< as the desktop numbers it; 0: none

    void run() {
        const auto name = QStringLiteral("binnacle-alerts");
        std::unique_lock lock(mutex);
        for (;;) {
            wake.wait(lock, [this] { return wanted || stopping; });
            if (stopping) {
                break;
            }
            const auto notice = std::move(*wanted);
            wanted.reset();
            lock.unlock();
            say(QDBusConnection::connectToBus(QDBusConnection::SessionBus, name), notice);
            // A desktop that was restarted has another bus.
            QDBusConnection::disconnectFromBus(name);
            lock.lock();
        }
    }

    void say(const QDBusConnection& bus, const AlertNotice& notice) {
        if (!bus.isConnected()) {
            return;
        }
        const auto service = QStringLiteral("org.freedesktop.Notifications");
        auto call = QDBusMessage::createMethodCall(service, QStringLiteral("/org/freedesktop/Notifications"), service,
                                                   QStringLiteral("Notify"));
        call.setAutoStartService(true);
        // 1 normal, 2 critical: that one stays until it is put away. The sound is ours, and has a switch of its own.
        const QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue(uchar(notice.critical ? 2 : 1))},
                                {QStringLiteral("desktop-entry"), QStringLiteral("binnacle")},
                                {QStringLiteral("suppress-sound"), true}};
        call << QStringLiteral("Binnacle") << shown << QStringLiteral("binnacle") << notice.title
             << notice.body.toHtmlEscaped() << QStringList() << hints << -1;
        const auto reply = bus.call(call, QDBus::Block, kPatienceMs);
        if (reply.type() == QDBusMessage::ReplyMessage && !reply.arguments().isEmpty()) {
            shown = reply.arguments().constFirst().toUInt();
        }
    }
};

class DesktopNotifier final : public AlertNotifier {
public:
    ~DesktopNotifier() override { DesktopNotifier::end(); }

    void notify(const AlertNotice& notice) override {
        for (auto* window : QApplication::topLevelWidgets()) {
            if (window->isVisible() && window->parentWidget() == nullptr) {
                QApplication::alert(window);
            }
        }
        if (m_over || !hasBus()) {
            return;
        }
        {
            const std::lock_guard lock(m_speaker->mutex);
            m_speaker->wanted = notice;
            m_speaker->wake.notify_all();
        }
        startWorker(m_speaker);
    }
    void sound() override { QApplication::beep(); }
    bool end() override {
        m_over = true;
        m_speaker->requestStop();
        return m_speaker->waitUntilEnded(std::chrono::steady_clock::now() + kEndPatience);
    }

private:
    std::shared_ptr<Speaker> m_speaker = std::make_shared<Speaker>();
    bool m_over = false;
};

} // namespace

std::shared_ptr<AlertNotifier> desktopNotifier() {
    return std::make_shared<DesktopNotifier>();
}

} // namespace binnacle::app
