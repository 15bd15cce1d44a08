// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/key_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace binnacle {

QString keyText(const QString& keys) {
    static constexpr std::array kNames = {
        QT_TRANSLATE_NOOP("Keys", "Ctrl"),   QT_TRANSLATE_NOOP("Keys", "Shift"), QT_TRANSLATE_NOOP("Keys", "Alt"),
        QT_TRANSLATE_NOOP("Keys", "Space"),  QT_TRANSLATE_NOOP("Keys", "Enter"), QT_TRANSLATE_NOOP("Keys", "Esc"),
        QT_TRANSLATE_NOOP("Keys", "Home"),   QT_TRANSLATE_NOOP("Keys", "End"),   QT_TRANSLATE_NOOP("Keys", "PgUp"),
        QT_TRANSLATE_NOOP("Keys", "PgDown"),
    };
    QString out;
    for (qsizetype from = 0; from < keys.size();) {
        auto end = from;
        while (end < keys.size() && keys.at(end).isLetterOrNumber()) {
            ++end;
        }
        const auto word = keys.mid(from, end - from);
        const auto* name =
            std::ranges::find_if(kNames, [&](const char* known) { return word == QLatin1String(known); });
        out += name != kNames.end() ? QCoreApplication::translate("Keys", *name) : word;
        if (end < keys.size()) {
            out += keys.at(end);
        }
        from = end + 1;
    }
    return out;
}

} // namespace binnacle
