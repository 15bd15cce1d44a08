// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/history/request_path.h"
#include "widgets/theme.h"

#include <QString>

#include <optional>
#include <string_view>

namespace binnacle::app {

/// The sentence that opens a page: what is wrong, or the plain state, then the detail.
struct PageSentence {
    QString clause{};
    QString detail{};
    Severity severity = Severity::Normal;
    friend bool operator==(const PageSentence&, const PageSentence&) = default;
};

/// What is to be said when a source (or, with a '/' at its end, all of a kind) does not answer as it should; nothing
/// while it does. `consequence` is what its silence means for requests.
[[nodiscard]] std::optional<PageSentence> silenceOf(const PathReading& path, std::string_view source,
                                                    const QString& consequence);

} // namespace binnacle::app
