// SPDX-License-Identifier: GPL-3.0-or-later
// The console on servers that a profile names: no supervisor, and a control plane only where there is one.
#include "app/console.h"
#include "app/feed/profile_links.h"
#include "app/state_dir.h"
#include "backend/clients/system_clock.h"
#include "tests/clients/canned_server.h"
#include "tests/collectors/recorded_answers.h"
#include "tests/support/patience.h"
#include "widgets/status_line.h"

#include <QtTest>

using namespace binnacle;
using namespace binnacle::testing;
using namespace std::chrono_literals;

namespace {

SteadyTime soon() {
    return std::chrono::steady_clock::now() + 5s;
}

} // namespace

class TestProfileConsole : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_instance = std::make_unique<CannedServer>(
            CannedServer::http([](std::string_view) { return std::pair(200, std::string(kTelemetry)); }));
        m_profile = Profile{};
        m_profile.name = "orders";
        m_profile.environment = ProfileEnvironment::Staging;
        m_profile.services.push_back({"orders-1", HttpEndpoint::parse("unix:" + m_instance->path()).value()});
    }

    void itsServersAreShownLiveUnderItsName() {
        QTemporaryDir settings;
        app::ConsoleParts parts;
        parts.link = app::profileStackLink(m_profile);
        parts.control = app::profileControlLink(m_profile, "/p/orders.json");
        parts.clock = std::make_shared<SystemClock>();
        parts.stack.stateDir = QStringLiteral("orders");
        parts.settingsFile = settings.filePath(QStringLiteral("binnacle.ini"));
        parts.environment = Environment::Staging;
        parts.readOnly = m_profile.readOnly;
        parts.placeName = QStringLiteral("orders");
        parts.recording = settings.filePath(QStringLiteral("orders.sqlite")).toStdString();
        app::ConnectionsController connections(settings.path().toStdString(), nullptr);
        connections.setCurrent(QStringLiteral("orders"));
        parts.connections = &connections;
        app::Console console(std::move(parts));
        console.show();
        const auto live = [&console] {
            const auto* const update = console.feed().store().source("service/orders-1");
            return update != nullptr && sourceStateOf(*update, console.feed().now()) == SourceState::Live;
        };
        QTRY_VERIFY(live());
        QTRY_COMPARE(console.stack().phase(), app::StackController::Phase::Attached);
        QCOMPARE(console.stack().traffic(), app::StackController::Traffic::None);
        QVERIFY(!console.stack().startedByUs()); // so nobody is asked on quit whether it shall go on
        QTRY_VERIFY(console.control().state() != SourceState::Loading);
        QVERIFY(console.control().state() != SourceState::Live);
        QVERIFY(!console.actions().whyNot("set_level").isEmpty());
        // Nobody records them, and it is said how that is done.
        const auto* status = console.window().findChild<StatusLine*>();
        QTRY_VERIFY2(status->toolTip().contains(QStringLiteral("binnacle-recorder@orders")),
                     qPrintable(status->toolTip()));
        QFile recording(settings.filePath(QStringLiteral("orders.sqlite-wal")));
        QVERIFY(recording.open(QIODevice::WriteOnly));
        QTRY_VERIFY2_WITH_TIMEOUT(!status->toolTip().contains(QStringLiteral("binnacle-recorder@orders")),
                                  qPrintable(status->toolTip()), 30000);
    }
    void itIsRecordedWhileItsFileIsWritten() {
        const QTemporaryDir dir;
        const auto file = std::filesystem::path(dir.path().toStdString()) / "recording.sqlite";
        const auto now = std::filesystem::file_time_type::clock::now();
        QVERIFY(!app::RecorderWatch::isWritten(file, now));
        for (const auto* name : {"recording.sqlite", "recording.sqlite-wal"}) {
            QFile made(dir.filePath(QLatin1String(name)));
            QVERIFY(made.open(QIODevice::WriteOnly));
            QVERIFY(app::RecorderWatch::isWritten(file, std::filesystem::file_time_type::clock::now()));
            std::filesystem::last_write_time(dir.filePath(QLatin1String(name)).toStdString(), now - 11s);
            QVERIFY(!app::RecorderWatch::isWritten(file, now));
        }
    }
    void nobodyHereStartsOrStopsThem() {
        const auto link = app::profileStackLink(m_profile);
        QCOMPARE(link->status(soon())->state, std::string("running"));
        QCOMPARE(link->down(soon()).error().code, ErrorCode::Invalid);
        QCOMPARE(link->stopComponent("redis", soon()).error().code, ErrorCode::Invalid);
        QCOMPARE(link->collectors(StackStatus()).size(), std::size_t{1});
    }
    void aProfileThatIsReadOnlyHasNoWayToAct() {
        const CannedServer control(CannedServer::http(
            [](std::string_view) { return std::pair(200, std::string("{\"protocol_min\":1,\"protocol_max\":1}")); }));
        m_profile.control = ProfileControl{"unix:" + control.path(), {}};
        const auto closed = app::profileControlLink(m_profile, "/p/orders.json")->route();
        QVERIFY(!closed);
        QCOMPARE(closed.error().code, ErrorCode::Conflict);
        QVERIFY(closed.error().text.contains("/p/orders.json"));
        QCOMPARE(control.connections(), 0);
        m_profile.readOnly = false;
        const auto open = app::profileControlLink(m_profile, "/p/orders.json")->route();
        QVERIFY2(open, open ? "" : open.error().text.c_str());
        QVERIFY(open->bypass.empty());
    }
    void aProfileIsFoundByItsFileAndAStackByItsFolder() {
        const QTemporaryDir dir;
        app::LaunchOptions options;
        options.profile = dir.path();
        QVERIFY(!app::findStackPlace(options)->profile);
        options.profile = dir.filePath(QStringLiteral("orders.json"));
        QCOMPARE(app::findStackPlace(options).error().code, ErrorCode::NotFound);
        QFile file(*options.profile);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"format\":1,\"environment\":\"staging\",\"redis\":{\"endpoint\":\"a:1\"}}");
        file.close();
        const auto place = app::findStackPlace(options);
        QVERIFY2(place, place ? "" : place.error().text.c_str());
        QCOMPARE(place->profile->name, std::string("orders"));
        QVERIFY(place->socket.empty());
    }

private:
    std::unique_ptr<CannedServer> m_instance;
    Profile m_profile;
};

QTEST_MAIN(TestProfileConsole)
#include "test_profile_console.moc"
