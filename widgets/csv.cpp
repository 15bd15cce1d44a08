// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/csv.h"

namespace binnacle {

QByteArray csvField(QByteArray text) {
    if (!text.isEmpty() && QByteArrayView("=+-@\t\r").contains(text.front())) {
        text.prepend('\'');
    }
    if (text.contains('"') || text.contains(',') || text.contains('\n') || text.contains('\r')) {
        text.replace("\"", "\"\"");
        text = '"' + text + '"';
    }
    return text;
}

} // namespace binnacle
