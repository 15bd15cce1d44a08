// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

class QApplication;
class QLocale;

namespace binnacle::app {

/// The languages that the console speaks completely: "en", "de". What people choose from.
[[nodiscard]] QStringList languageIds();
/// Those and the two that test the window: "pseudo" (every text longer, accented, in brackets) and "pseudo-rtl" (the
/// same from right to left).
[[nodiscard]] QStringList knownLanguageIds();
/// How a language calls itself, such as "Deutsch".
[[nodiscard]] QString languageName(const QString& id);
/// The best of languageIds() for somebody whose system speaks `system`.
[[nodiscard]] QString languageFor(const QLocale& system);
/// The rules for numbers and dates in that language: the system's own where it speaks the same, so that Austria and
/// Switzerland keep theirs.
[[nodiscard]] QLocale localeFor(const QString& id, const QLocale& system);

/// Makes the application speak a language of knownLanguageIds(): our texts from `resources`/translations, Qt's own from
/// where Qt has them, numbers and dates by QLocale(). Once, before the first widget. What programs exchange stays C.
void speak(QApplication& application, const QString& id, const QString& resources);

} // namespace binnacle::app
