// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launch_options.h"

#include "app/language.h"

#include <QDateTime>
#include <QRegularExpression>

#include <array>
#include <utility>

namespace binnacle::app {

namespace {

// The command line speaks English in every language, as those of binnaclectl and binnacle-stack do: scripts read it.
constexpr auto kHelp = R"(Usage: binnacle [options]

Watches a request path live. Without options it finds the bundled stack, or starts it with demo traffic.

  --connect PROFILE    the servers of a profile (its name or file), or the stack with the state directory PROFILE;
                       start nothing
  --state-dir DIR      where the bundled stack lives (else BINNACLE_STATE_DIR, else the usual place)
  --token-file FILE    who to be when acting (else the account decides)
  --replay FILE        show a recording (binnaclectl record) instead of what is live; needs no stack
  --at TIME            with --replay: begin at 2026-11-25T18:04:05Z (default: its end, with the hours before)
  --page ID            page to open: %1
  --theme NAME         dark, light or system
  --language NAME      en or de (default: the one that was chosen, else the system's)
  --size WxH           size of the window in logical pixels, for example 1600x1000
  --after SECONDS      with --screenshot: how long to watch before (default 3)
  --screenshot FILE    write the page as PNG and exit; works with QT_QPA_PLATFORM=offscreen
  --version            print the version
  --help               print this
)";

// Qt's own options with a value; QApplication reads and removes them later.
constexpr std::array kQtOptions = {"platform",        "platformpluginpath",
                                   "platformtheme",   "plugin",
                                   "qwindowgeometry", "qwindowicon",
                                   "qwindowtitle",    "session",
                                   "display",         "geometry",
                                   "fontengine",      "style",
                                   "stylesheet",      "dialogs"};

bool isQtOption(const QString& argument) {
    QString name = argument;
    name.remove(QRegularExpression(QStringLiteral("^--?")));
    return argument.startsWith(u'-') &&
           std::ranges::any_of(kQtOptions, [&](const char* option) { return name == QLatin1String(option); });
}

/// Walks over the arguments; each option takes its value from "--name=value" or from the next argument.
class Parser {
public:
    Parser(const QStringList& arguments, const QStringList& pageIds)
        : m_arguments(arguments)
        , m_pageIds(pageIds) {}

    std::expected<LaunchOptions, LaunchExit> parse() {
        for (m_index = 1; m_index < m_arguments.size() && !m_exit; ++m_index) {
            readOne(m_arguments.at(m_index));
        }
        if (!m_exit && m_options.after && !m_options.screenshot) {
            misuse(QStringLiteral("--after says when to take a screenshot: add --screenshot FILE."));
        }
        if (!m_exit && m_options.at && !m_options.replay) {
            misuse(QStringLiteral("--at says where to begin in a recording: add --replay FILE."));
        }
        if (m_exit) {
            return std::unexpected(*m_exit);
        }
        return m_options;
    }

private:
    void misuse(const QString& text) {
        if (!m_exit) {
            m_exit = LaunchExit{2, QStringLiteral("binnacle: %1\n").arg(text)};
        }
    }
    void readOne(const QString& argument) {
        if (isQtOption(argument)) {
            ++m_index;
            return;
        }
        const auto equals = argument.indexOf(u'=');
        const auto name = equals < 0 ? argument : argument.left(equals);
        const auto value = [&]() -> QString {
            if (equals >= 0) {
                return argument.mid(equals + 1);
            }
            if (m_index + 1 < m_arguments.size()) {
                return m_arguments.at(++m_index);
            }
            misuse(QStringLiteral("%1 needs a value.").arg(name));
            return {};
        };
        if (name == QLatin1String("--help") || name == QLatin1String("-h")) {
            m_exit = LaunchExit{0, QLatin1String(kHelp).arg(m_pageIds.join(QStringLiteral(", ")))};
        } else if (name == QLatin1String("--version")) {
            m_exit = LaunchExit{0, QStringLiteral("binnacle %1\n").arg(QStringLiteral(BINNACLE_VERSION))};
        } else if (name == QLatin1String("--connect")) {
            readText(m_options.profile, name, value());
        } else if (name == QLatin1String("--state-dir")) {
            readText(m_options.stateDir, name, value());
        } else if (name == QLatin1String("--screenshot")) {
            readText(m_options.screenshot, name, value());
        } else if (name == QLatin1String("--token-file")) {
            readText(m_options.tokenFile, name, value());
        } else if (name == QLatin1String("--replay")) {
            readText(m_options.replay, name, value());
        } else if (name == QLatin1String("--at")) {
            readInstant(value());
        } else if (name == QLatin1String("--page")) {
            readPage(value());
        } else if (name == QLatin1String("--theme")) {
            readTheme(value());
        } else if (name == QLatin1String("--language")) {
            readLanguage(value());
        } else if (name == QLatin1String("--size")) {
            readSize(value());
        } else if (name == QLatin1String("--after")) {
            readAfter(value());
        } else {
            misuse(QStringLiteral("Unknown option \"%1\". See binnacle --help.").arg(argument));
        }
    }
    void readText(std::optional<QString>& out, const QString& name, const QString& value) {
        if (value.isEmpty()) {
            misuse(QStringLiteral("%1 needs a value.").arg(name));
        }
        out = value;
    }
    void readInstant(const QString& value) {
        if (!utcInstant(value)) {
            misuse(QStringLiteral("--at needs a time such as 2026-11-25T18:04:05Z, not \"%1\".").arg(value));
        }
        m_options.at = value;
    }
    void readPage(const QString& value) {
        if (!m_pageIds.contains(value)) {
            misuse(
                QStringLiteral("There is no page \"%1\". Pages: %2.").arg(value, m_pageIds.join(QStringLiteral(", "))));
        }
        m_options.page = value;
    }
    void readTheme(const QString& value) {
        m_options.theme = themeFromName(value);
        if (!m_options.theme) {
            misuse(QStringLiteral("There is no theme \"%1\". Themes: dark, light, system.").arg(value));
        }
    }
    void readLanguage(const QString& value) {
        if (!knownLanguageIds().contains(value)) {
            misuse(QStringLiteral("There is no language \"%1\". Languages: %2.")
                       .arg(value, languageIds().join(QStringLiteral(", "))));
        }
        m_options.language = value;
    }
    void readSize(const QString& value) {
        static const QRegularExpression form(QStringLiteral("^([0-9]{3,5})x([0-9]{3,5})$"));
        const auto match = form.match(value);
        const QSize size(match.captured(1).toInt(), match.captured(2).toInt());
        if (!match.hasMatch() || size.width() < 640 || size.height() < 480 || size.width() > 8192 ||
            size.height() > 8192) {
            misuse(
                QStringLiteral("The size \"%1\" is not understood. Write WIDTHxHEIGHT between 640x480 and 8192x8192, "
                               "for example 1600x1000.")
                    .arg(value));
        }
        m_options.size = size;
    }
    void readAfter(const QString& value) {
        bool ok = false;
        const auto seconds = value.toDouble(&ok);
        if (!ok || !(seconds >= 0) || seconds > 86400) {
            misuse(QStringLiteral("--after needs seconds between 0 and 86400, not \"%1\".").arg(value));
            return;
        }
        m_options.after = std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
    }

    const QStringList& m_arguments;
    const QStringList& m_pageIds;
    qsizetype m_index = 0;
    LaunchOptions m_options;
    std::optional<LaunchExit> m_exit;
};

} // namespace

std::optional<std::chrono::sys_time<std::chrono::milliseconds>> utcInstant(const QString& text) {
    auto time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!time.isValid()) {
        return std::nullopt;
    }
    if (time.timeSpec() == Qt::LocalTime) {
        time.setTimeSpec(Qt::UTC); // without a zone it is UTC, as in binnaclectl
    }
    return std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(time.toMSecsSinceEpoch()));
}

std::expected<LaunchOptions, LaunchExit> parseLaunchOptions(const QStringList& arguments, const QStringList& pageIds) {
    return Parser(arguments, pageIds).parse();
}

std::optional<QString> missingDisplay(const std::function<QString(const char*)>& read, const QString& platform) {
    const auto wanted = platform.isEmpty() ? read("QT_QPA_PLATFORM") : platform;
    const auto name = wanted.section(u':', 0, 0).section(u';', 0, 0);
    if (!name.isEmpty() && name != QLatin1String("xcb") && !name.startsWith(QLatin1String("wayland"))) {
        return std::nullopt; // offscreen, minimal, vnc, eglfs: none of them needs a display server
    }
    const bool x11 = !read("DISPLAY").isEmpty();
    const bool wayland = !read("WAYLAND_DISPLAY").isEmpty() || !read("WAYLAND_SOCKET").isEmpty();
    if (name.isEmpty() ? (x11 || wayland) : (name == QLatin1String("xcb") ? x11 : wayland)) {
        return std::nullopt;
    }
    return QStringLiteral(
        "No display: neither DISPLAY nor WAYLAND_DISPLAY names one, so no window can be shown. In a terminal use "
        "\"binnaclectl top\"; for a picture set QT_QPA_PLATFORM=offscreen and use --screenshot FILE.");
}

QString platformArgument(const QStringList& arguments) {
    for (qsizetype i = 1; i + 1 < arguments.size(); ++i) {
        if (arguments.at(i) == QLatin1String("-platform") || arguments.at(i) == QLatin1String("--platform")) {
            return arguments.at(i + 1);
        }
    }
    return {};
}

QString themeName(ThemeChoice choice) {
    switch (choice) {
    case ThemeChoice::Dark:
        return QStringLiteral("dark");
    case ThemeChoice::Light:
        return QStringLiteral("light");
    case ThemeChoice::System:
        break;
    }
    return QStringLiteral("system");
}

std::optional<ThemeChoice> themeFromName(const QString& name) {
    for (const auto choice : {ThemeChoice::System, ThemeChoice::Dark, ThemeChoice::Light}) {
        if (name == themeName(choice)) {
            return choice;
        }
    }
    return std::nullopt;
}

} // namespace binnacle::app
