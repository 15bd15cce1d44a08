// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/table_reading.h"

#include <QString>

class QWidget;

namespace binnacle::app {

/// What is done next about a panel that has nothing to show, and the button for it.
struct StateStep {
    enum class Kind {
        None,
        Copy,        ///< `text`: the statement that would bring what is missing, or a report of what was not understood
        Retry,       ///< what is lost, now
        Connections, ///< as somebody else, or elsewhere
        Replay,      ///< the recording, of which more is kept than here
    };
    Kind kind = Kind::None;
    QString button{};
    QString text{};
    friend bool operator==(const StateStep&, const StateStep&) = default;
};

/// Nothing for a reading that has rows, or whose source will answer by itself.
[[nodiscard]] StateStep stepOf(const TableReading& reading, const PageContext& context);
/// Does it; `from` lies on a page. True: something was copied, which nobody would see otherwise.
bool takeStep(const StateStep& step, const PageContext& context, QWidget& from);

} // namespace binnacle::app
