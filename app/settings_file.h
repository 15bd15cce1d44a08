// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace binnacle::app {

/// What stands where the settings are kept. Our own file is text, small, and says its format.
enum class SettingsFile {
    None,    ///< nothing there, or nothing in it
    Ours,    ///< it can be read
    Newer,   ///< a later version wrote it: not to be touched
    Damaged, ///< a file, but not one of ours
    NoFile,  ///< a folder, a device: not to be touched
};

inline constexpr int kSettingsFormat = 1;
inline constexpr qint64 kLargestSettings = 1'000'000; ///< bytes; ours take some ten thousand

/// Looks at it without changing anything. Never opens what could block, such as a pipe. Any thread.
[[nodiscard]] SettingsFile lookAtSettings(const QString& file);
/// Renames it to a name that is free beside it; that name, or an empty one where it could not be done. Any thread.
[[nodiscard]] QString setSettingsAside(const QString& file);

} // namespace binnacle::app
