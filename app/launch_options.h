// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QString>
#include <QStringList>

#include <chrono>
#include <expected>
#include <functional>
#include <optional>

namespace binnacle::app {

enum class ThemeChoice { System, Dark, Light };

/// What the command line asked for. Absent members were not given: settings or defaults decide.
struct LaunchOptions {
    std::optional<QString> profile;   ///< --connect: a profile or a state directory; start nothing
    std::optional<QString> stateDir;  ///< --state-dir: where the bundled stack lives
    std::optional<QString> tokenFile; ///< --token-file: who to be towards control
    std::optional<QString> replay;    ///< --replay: a recording instead of live
    std::optional<QString> at;        ///< --at: where to begin in it
    std::optional<QString> page;      ///< id of a page that exists
    std::optional<ThemeChoice> theme;
    std::optional<QString> language; ///< id of a language that exists
    std::optional<QSize> size;       ///< logical pixels
    std::optional<std::chrono::milliseconds> after;
    std::optional<QString> screenshot; ///< file to write

    [[nodiscard]] bool takesScreenshot() const { return screenshot.has_value(); }
};

/// The program is to end at once: print `text` and return `exitCode` (0 for --help and --version, 2 for misuse).
struct LaunchExit {
    int exitCode = 2;
    QString text;
};

/// Reads the command line without a QApplication, so that a misuse is told also where no display is. Options of Qt
/// itself, such as -platform, are left to QApplication.
[[nodiscard]] std::expected<LaunchOptions, LaunchExit> parseLaunchOptions(const QStringList& arguments,
                                                                          const QStringList& pageIds);

/// A time of UTC in ISO 8601, or nothing.
[[nodiscard]] std::optional<std::chrono::sys_time<std::chrono::milliseconds>> utcInstant(const QString& text);

/// Why no window can be shown in this environment, or nothing when one can. Qt would abort instead of saying it.
/// `read` answers for an environment variable; `platform` is the value of -platform, if given.
[[nodiscard]] std::optional<QString> missingDisplay(const std::function<QString(const char*)>& read,
                                                    const QString& platform);

/// The value of Qt's own -platform option, or nothing.
[[nodiscard]] QString platformArgument(const QStringList& arguments);

/// "dark", "light", "system".
[[nodiscard]] QString themeName(ThemeChoice choice);
[[nodiscard]] std::optional<ThemeChoice> themeFromName(const QString& name);

} // namespace binnacle::app
