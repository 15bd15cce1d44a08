// SPDX-License-Identifier: GPL-3.0-or-later
// Notices on the desktop: what a notification service gets to hear, on a bus of our own; and that a bus which says
// nothing holds nobody up.
#include "app/alerts/alert_notifier.h"
#include "tests/clients/canned_server.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QElapsedTimer>
#include <QMutex>
#include <QtTest>

using namespace binnacle;
using namespace binnacle::app;

namespace {

const QString kName = QStringLiteral("org.freedesktop.Notifications");

} // namespace

/// What stands for the desktop. Called by D-Bus.
class FakeDesktop : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Told {
        uint replaces = 0;
        QString title{};
        QString body{};
        QVariantMap hints{};
    };
    QList<Told> told;

public Q_SLOTS:
    uint Notify(const QString& application, uint replaces, const QString& icon, const QString& title,
                const QString& body, const QStringList& actions, const QVariantMap& hints, int timeout) {
        Q_UNUSED(application)
        Q_UNUSED(icon)
        Q_UNUSED(actions)
        Q_UNUSED(timeout)
        told.append({replaces, title, body, hints});
        return 41;
    }
};

class TestDesktopNotifier : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theDesktopIsToldOnceForAll() {
        auto bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("desktop"));
        QVERIFY2(bus.isConnected(), "run it by dbus-run-session");
        FakeDesktop desktop;
        QVERIFY(bus.registerService(kName));
        QVERIFY(bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &desktop,
                                   QDBusConnection::ExportAllSlots));
        const auto notifier = desktopNotifier();
        notifier->notify({QStringLiteral("2 alerts"), QStringLiteral("<b>x</b> & <img src=\"http://x/\">"), false});
        QTRY_COMPARE_WITH_TIMEOUT(desktop.told.size(), 1, 10'000);
        // The body is markup there: what looks like it is text.
        QCOMPARE(desktop.told[0].body,
                 QStringLiteral("&lt;b&gt;x&lt;/b&gt; &amp; &lt;img src=&quot;http://x/&quot;&gt;"));
        QCOMPARE(desktop.told[0].title, QStringLiteral("2 alerts"));
        QCOMPARE(desktop.told[0].hints.value(QStringLiteral("urgency")).toInt(), 1);
        QCOMPARE(desktop.told[0].replaces, 0u);
        notifier->notify({QStringLiteral("1 alert"), QStringLiteral("worse"), true});
        QTRY_COMPARE_WITH_TIMEOUT(desktop.told.size(), 2, 10'000);
        QCOMPARE(desktop.told[1].replaces, 41u); // the newest stands in the place of the one before
        QCOMPARE(desktop.told[1].hints.value(QStringLiteral("urgency")).toInt(), 2);
        QVERIFY(notifier->end());
        notifier->notify({QStringLiteral("late"), QStringLiteral("late"), false});
        bus.unregisterService(kName);
        QDBusConnection::disconnectFromBus(QStringLiteral("desktop"));
    }

    void nobodyWaitsForABusThatSaysNothing() {
        const testing::CannedServer bus(testing::CannedServer::silent());
        QVERIFY(bus.good());
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + QByteArray::fromStdString(bus.path()));
        QElapsedTimer timer;
        timer.start();
        const auto notifier = desktopNotifier();
        for (int i = 0; i < 50; ++i) {
            notifier->notify({QString::number(i), QStringLiteral("x"), false});
        }
        QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
        static_cast<void>(notifier->end());
        QVERIFY2(timer.elapsed() < 600, qPrintable(QString::number(timer.elapsed())));
    }

    void withoutABusItIsStill() {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        qunsetenv("XDG_RUNTIME_DIR");
        const auto notifier = desktopNotifier();
        notifier->notify({QStringLiteral("x"), QStringLiteral("x"), true});
        QVERIFY(notifier->end()); // nothing was begun
    }
};

QTEST_MAIN(TestDesktopNotifier)
#include "test_desktop_notifier.moc"
