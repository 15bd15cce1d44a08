// SPDX-License-Identifier: GPL-3.0-or-later
// Every page on real servers, each told of as it is: those of the bundled stack, and the same servers as a stranger's,
// named by a profile that only reads.
#include "app/console.h"
#include "app/feed/profile_links.h"
#include "app/pages/page.h"
#include "backend/clients/system_clock.h"
#include "tests/support/bundled_stack.h"
#include "tests/support/patience.h"
#include "widgets/painted_widget.h"
#include "widgets/panel_status.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QProcess>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <map>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;

namespace {

constexpr int kPatience = 30000; // ms; on a crowded machine

/// A text that only a reading of the server gives: a figure that a widget speaks, or a row of a table.
struct Evidence {
    QString page;
    QString tile;        ///< name of a painted widget whose spoken value has a figure; empty: see table
    QString table;       ///< name of a table that has a row
    QString target = {}; ///< what the page is led to, so that it is shown
};

const std::vector<Evidence>& evidences() {
    static const std::vector<Evidence> all{
        {QStringLiteral("overview"), QStringLiteral("tile.Requests"), {}},
        {QStringLiteral("overview"), QStringLiteral("tile.Cache hits"), {}},
        {QStringLiteral("latency"), {}, QStringLiteral("routes")},
        {QStringLiteral("database"), {}, QStringLiteral("postgres.statements"), QStringLiteral("statement none")},
        {QStringLiteral("cache"), {}, QStringLiteral("cache.endpoints")},
        {QStringLiteral("pools"), {}, QStringLiteral("app.pools")},
        {QStringLiteral("pools"), {}, QStringLiteral("pgbouncer.pools")},
        {QStringLiteral("traffic"), {}, QStringLiteral("haproxy.servers")},
    };
    return all;
}

/// The servers of a stack as a profile document: its readers' credentials, and no supervisor.
QJsonObject profileOf(const QJsonObject& status) {
    const auto endpoints = status[QStringLiteral("endpoints")].toObject();
    const auto credentials = status[QStringLiteral("credentials")].toObject();
    const auto passfile = credentials[QStringLiteral("pgpass_file")];
    QJsonArray services;
    for (const auto& instance : endpoints[QStringLiteral("instances")].toArray()) {
        services.append(QJsonObject{{QStringLiteral("name"), instance[QStringLiteral("name")]},
                                    {QStringLiteral("admin"), instance[QStringLiteral("admin")]}});
    }
    QJsonArray standbys;
    QJsonArray postgres;
    const auto replicas = endpoints[QStringLiteral("postgres_replicas")].toArray();
    for (qsizetype i = 0; i < replicas.size(); ++i) {
        standbys.append(QStringLiteral("replica-%1").arg(i + 1));
        postgres.append(QJsonObject{{QStringLiteral("name"), standbys.last()},
                                    {QStringLiteral("conninfo"), replicas[i]},
                                    {QStringLiteral("passfile"), passfile}});
    }
    postgres.prepend(QJsonObject{{QStringLiteral("name"), QStringLiteral("primary")},
                                 {QStringLiteral("conninfo"), endpoints[QStringLiteral("postgres_primary")]},
                                 {QStringLiteral("passfile"), passfile},
                                 {QStringLiteral("standbys"), standbys}});
    return {
        {QStringLiteral("format"), 1},
        {QStringLiteral("name"), QStringLiteral("strangers")},
        {QStringLiteral("environment"), QStringLiteral("staging")},
        {QStringLiteral("services"), services},
        {QStringLiteral("postgres"), postgres},
        {QStringLiteral("pgbouncer"), QJsonObject{{QStringLiteral("conninfo"), endpoints[QStringLiteral("pgbouncer")]},
                                                  {QStringLiteral("passfile"), passfile}}},
        {QStringLiteral("redis"),
         QJsonObject{{QStringLiteral("endpoint"), endpoints[QStringLiteral("redis")]},
                     {QStringLiteral("user"), credentials[QStringLiteral("redis_user")]},
                     {QStringLiteral("password_file"), credentials[QStringLiteral("redis_password_file")]}}},
        {QStringLiteral("haproxy"),
         QJsonObject{{QStringLiteral("stats_url"), endpoints[QStringLiteral("haproxy_read")]}}},
        {QStringLiteral("control"), QJsonObject{{QStringLiteral("endpoint"), endpoints[QStringLiteral("control")]}}}};
}

} // namespace

/// BINNACLE_TEST_PICTURES=FOLDER keeps a picture of each page.
class TestForeignConsole : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        m_stack = std::make_unique<BundledStack>();
        const auto up = m_stack->up();
        QVERIFY2(up.exitCode == 0, up.err.constData());
        m_load.start(qEnvironmentVariable("BINNACLE_TEST_BIN") + QStringLiteral("/binnacle-load"),
                     {QStringLiteral("run"), QStringLiteral("--rate"), QStringLiteral("40"),
                      QStringLiteral("--duration"), QStringLiteral("0"), QStringLiteral("--state-dir"),
                      m_stack->stateDir()});
        QVERIFY(m_load.waitForStarted());
    }
    void cleanupTestCase() {
        m_load.terminate();
        m_load.waitForFinished(20000);
        m_stack.reset();
    }

    void everyPageIsLive_data() {
        QTest::addColumn<bool>("bundled");
        QTest::addRow("bundled") << true;
        QTest::addRow("foreign") << false;
    }
    void everyPageIsLive() {
        QFETCH(bool, bundled);
        const auto status = m_stack->status();
        const auto socket =
            status[QStringLiteral("endpoints")].toObject()[QStringLiteral("stack")].toString().mid(5).toStdString();
        const QTemporaryDir settings;
        ConsoleParts parts;
        if (bundled) {
            parts.link = bundledStackLink(socket);
            parts.control = bundledControlLink(socket, m_stack->stateDir().toStdString());
            parts.stack.stateDir = m_stack->stateDir();
        } else {
            const auto profile = parseProfile(QJsonDocument(profileOf(status)).toJson().toStdString(), "strangers");
            QVERIFY2(profile, profile ? "" : profile.error().text.c_str());
            parts.link = profileStackLink(*profile);
            parts.control = profileControlLink(*profile, "/p/strangers.json");
            parts.stack.stateDir = QStringLiteral("strangers");
            parts.environment = Environment::Staging;
            parts.readOnly = profile->readOnly;
            parts.placeName = QStringLiteral("strangers");
        }
        parts.clock = std::make_shared<SystemClock>();
        parts.settingsFile = settings.filePath(QStringLiteral("binnacle.ini"));
        parts.fonts = loadFonts(QCoreApplication::applicationDirPath() + QStringLiteral("/../share/binnacle/fonts"));
        parts.options.size = QSize(1600, 1000);
        Console console(std::move(parts));
        console.show();
        auto& window = console.window();
        QVERIFY(QTest::qWaitForWindowExposed(&window));

        QTRY_VERIFY2(notLive(console).isEmpty() && console.control().hasView(), qPrintable(notLive(console)));
        QTRY_VERIFY(console.feed().path().p99.value.has_value());
        for (const auto& entry : pageCatalogue()) {
            const QString id = QLatin1String(entry.id);
            window.openPage(id);
            auto* page = window.page(id);
            QTRY_VERIFY(page->isVisible());
            for (const auto& evidence : evidences()) {
                if (evidence.page == id) {
                    window.openTarget(id, evidence.target);
                    QTRY_VERIFY2(shows(*page, evidence),
                                 qPrintable(id + QLatin1Char(' ') + evidence.tile + evidence.table));
                }
            }
            // A source may be late for a moment where the machine is crowded; nothing stays so.
            QTRY_VERIFY2(complaints(*page).isEmpty(),
                         qPrintable(id + QStringLiteral(": ") + complaints(*page).join(QStringLiteral(" | "))));
            if (const auto folder = qEnvironmentVariable("BINNACLE_TEST_PICTURES"); !folder.isEmpty()) {
                QVERIFY(window.grab().save(
                    QStringLiteral("%1/%2-%3.png").arg(folder, id, QLatin1String(QTest::currentDataTag()))));
            }
        }
        const auto whyNot = [&console] { return console.actions().whyNot("set_level"); };
        QTRY_VERIFY2(whyNot().isEmpty() == bundled, qPrintable(whyNot()));
        QVERIFY(console.shutDown());
    }

private:
    /// The sources that are not live yet, and how they are; at least one of each kind must be there.
    static QString notLive(const Console& console) {
        QStringList found;
        std::map<std::string, bool> kinds{
            {"service", false}, {"haproxy", false}, {"redis", false}, {"pgbouncer", false}, {"postgres", false}};
        for (const auto& source : const_cast<Console&>(console).feed().path().sources) {
            kinds[source.name.substr(0, source.name.find('/'))] = true;
            if (source.state != SourceState::Live) {
                found << QString::fromStdString(source.name + ": " + source.error);
            }
        }
        for (const auto& [kind, there] : kinds) {
            if (!there) {
                found << QString::fromStdString(kind + " is missing");
            }
        }
        return found.join(QStringLiteral(", "));
    }
    static bool shows(const QWidget& page, const Evidence& evidence) {
        if (!evidence.table.isEmpty()) {
            return std::ranges::any_of(page.findChildren<QTableView*>(evidence.table), [](const QTableView* table) {
                return table->model() != nullptr && table->model()->rowCount() > 0;
            });
        }
        const auto* painted = dynamic_cast<const PaintedWidget*>(page.findChild<QWidget*>(evidence.tile));
        return painted != nullptr && painted->spokenValue().contains(QRegularExpression(QStringLiteral("\\d")));
    }
    /// What visible widgets say of a state that is not live.
    static QStringList complaints(const QWidget& page) {
        QStringList found;
        for (const auto* widget : page.findChildren<QWidget*>()) {
            QString said;
            if (const auto* painted = dynamic_cast<const PaintedWidget*>(widget)) {
                said = painted->spokenValue();
            } else if (const auto* label = qobject_cast<const QLabel*>(widget)) {
                said = label->text();
            }
            for (const auto state :
                 {PanelState::Loading, PanelState::Late, PanelState::Lost, PanelState::Denied, PanelState::Error}) {
                const QRegularExpression whole(
                    QStringLiteral("\\b%1\\b").arg(QRegularExpression::escape(stateWord(state))));
                if (widget->isVisibleTo(&page) && whole.match(said).hasMatch()) {
                    found << said.left(120);
                }
            }
        }
        return found;
    }

    std::unique_ptr<BundledStack> m_stack;
    QProcess m_load;
};

QTEST_MAIN(TestForeignConsole)
#include "test_foreign_console.moc"
