// SPDX-License-Identifier: GPL-3.0-or-later
// A console on a running stack that performs one act through its window and dialog, and says on standard output how far
// it is: what test_console_kills starts and kills. Without an action it says what it sees, and ends.
#include "app/console.h"
#include "app/state_dir.h"
#include "backend/actions/action_catalogue.h"
#include "backend/clients/system_clock.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>

#include <cstdio>

using namespace binnacle;
using namespace binnacle::app;

namespace {

constexpr const char* kUsage = "acting_console STATE_DIR [REASON ACTION NAME=VALUE…]\n";

void say(const std::string& line) {
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
}

/// The one act, a step at a time, each when the window is ready for it.
class Act {
public:
    Act(Console& console, QString reason, QString action, Values parameters)
        : m_console(console)
        , m_reason(std::move(reason))
        , m_action(std::move(action))
        , m_parameters(std::move(parameters)) {}

    void turn() {
        const auto& control = m_console.control();
        if (!control.hasView() || !control.view().resource("canary_share")) {
            return;
        }
        if (m_action.isEmpty()) {
            sayView(control.view());
            QCoreApplication::exit(0);
            return;
        }
        if (!m_asked) {
            m_asked = true;
            say("asked");
            m_console.actions().request(m_action, m_parameters);
            return;
        }
        auto* const dialog = m_console.actions().dialog();
        if (dialog == nullptr || dialog->phase() == m_phase) {
            return;
        }
        m_phase = dialog->phase();
        switch (*m_phase) {
        case ActionDialog::Phase::Preview: {
            say("preview");
            auto* const reason = dialog->findChild<QLineEdit*>(QStringLiteral("reason"));
            QTest::keyClicks(reason, m_reason);
            QTest::keyClick(reason, Qt::Key_Return, Qt::ControlModifier);
            break;
        }
        case ActionDialog::Phase::Acting:
            say("acting");
            break;
        case ActionDialog::Phase::Reading:
            break;
        case ActionDialog::Phase::Done:
            say("done");
            QCoreApplication::exit(0);
            break;
        default:
            say("not done");
            for (const auto* label : dialog->findChildren<QLabel*>()) {
                say(label->text().toStdString()); // the dialog's own words tell why
            }
            QCoreApplication::exit(1);
        }
    }

private:
    static void sayView(const ControlView& view) {
        for (const auto& resource : view.resources) {
            const auto wanted = resource.wanted.empty() ? std::string() : valueText(resource.wanted.begin()->second);
            bool everywhere = !resource.targets.empty();
            for (const auto& target : resource.targets) {
                everywhere = everywhere && target.inEffect && target.held == resource.wanted;
            }
            say(resource.name + " " + wanted + (everywhere ? " in effect" : " not in effect"));
        }
    }

    Console& m_console;
    QString m_reason;
    QString m_action;
    Values m_parameters;
    bool m_asked = false;
    std::optional<ActionDialog::Phase> m_phase;
};

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    const auto arguments = QCoreApplication::arguments();
    if (arguments.size() != 2 && arguments.size() < 4) {
        std::fputs(kUsage, stderr);
        return 2;
    }
    std::vector<std::string> texts;
    for (const auto& text : arguments.mid(4)) {
        texts.push_back(text.toStdString());
    }
    const auto parameters = parseParameters(texts);
    LaunchOptions options;
    options.profile = arguments[1];
    const auto place = findStackPlace(options);
    const QTemporaryDir settings;
    if (!parameters || !place || !settings.isValid()) {
        std::fputs(kUsage, stderr);
        return 2;
    }
    ConsoleParts parts;
    parts.options = options;
    parts.link = bundledStackLink(place->socket);
    parts.control = bundledControlLink(place->socket, place->stateDir);
    parts.clock = std::make_shared<SystemClock>();
    parts.stack.stateDir = QString::fromStdString(place->stateDir);
    parts.fonts = loadFonts(QCoreApplication::applicationDirPath() + QStringLiteral("/../share/binnacle/fonts"));
    parts.settingsFile = settings.filePath(QStringLiteral("settings.ini"));
    Console console(std::move(parts));
    console.show();
    Act act(console, arguments.value(2), arguments.value(3), *parameters);
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &console, [&act] { act.turn(); });
    timer.start(std::chrono::milliseconds(5));
    QTimer::singleShot(std::chrono::seconds(30), &console, [] { QCoreApplication::exit(3); });
    const int code = QApplication::exec();
    return console.shutDown() ? code : 4;
}
