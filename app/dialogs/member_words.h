// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/action.h"

#include <QString>
#include <QTimeZone>

#include <string_view>

namespace binnacle::app {

/// Whether a member of the documents of acts (before, after, details, what was observed) has a word here.
[[nodiscard]] bool isKnownMember(std::string_view name);
/// "Connections in use" for servers_active; the name itself, readable, for one that is not known.
[[nodiscard]] QString memberName(std::string_view name);
/// Its value as people write it: a moment as a clock, seconds as a time, a share in percent, a name cut to its length.
[[nodiscard]] QString memberText(std::string_view name, const Value& value, const QTimeZone& zone);
/// Where it stands among others, so that who it is comes before how long it lasts.
[[nodiscard]] std::size_t memberRank(std::string_view name);
/// What an act says of it is expected and not done by it: who waits goes on by itself, who reads fills a cache again.
[[nodiscard]] bool isExpectedMember(std::string_view name);
/// Names what is acted on, which the title says.
[[nodiscard]] bool isObjectMember(std::string_view name);

} // namespace binnacle::app
