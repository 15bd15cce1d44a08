// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tip_text.h"

#include <QTextDocument>

namespace binnacle {

QString tipText(const QString& text) {
    if (!Qt::mightBeRichText(text)) {
        return text;
    }
    return QStringLiteral("<qt>%1</qt>").arg(text.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>")));
}

} // namespace binnacle
