// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/key_button.h"

#include "widgets/tip_text.h"

#include <QString>

namespace binnacle::app {

/// Shows a button that opens a preview: `able` is its text, or, while `why` says why it can't be, `verb` with the
/// beginning of that, at most `most` characters; the whole of it is in the tip, as text that no markup gets out of.
inline void showActButton(KeyButton& button, const QString& able, const QString& verb, const QString& why,
                          qsizetype most = 44) {
    const bool may = why.isEmpty();
    const auto shortened =
        why.size() <= most ? why : why.left(most).section(QLatin1Char(';'), 0, 0).trimmed() + QChar(0x2026);
    const auto text = may ? able : why.startsWith(verb) ? shortened : verb + QStringLiteral(": ") + shortened;
    const auto tip = tipText(why);
    if (button.text() != text || button.toolTip() != tip) {
        button.setText(text);
        button.setToolTip(tip);
        button.setAccessibleDescription(why);
        button.updateGeometry();
    }
    button.setEnabled(may);
}

} // namespace binnacle::app
