// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dialogs/member_words.h"

#include "app/dialogs/act_names.h"
#include "app/dialogs/action_words.h"
#include "app/models/worded.h"
#include "widgets/number_text.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Action)
};

enum class Kind { Figure, Count, Share, Bytes, Time, Moment, State, Name, Object };

struct Member {
    std::string_view name;
    const char* word;
    Kind kind;
};

constexpr auto kMembers = std::to_array<Member>({
    // Level and share.
    {"level", QT_TRANSLATE_NOOP("Action", "Degradation level"), Kind::Figure},
    {"percent", QT_TRANSLATE_NOOP("Action", "Canary share"), Kind::Share},
    {"generation", QT_TRANSLATE_NOOP("Action", "Generation"), Kind::Figure},
    {"lease_until", QT_TRANSLATE_NOOP("Action", "Lease until"), Kind::Moment},
    {"lease_s", QT_TRANSLATE_NOOP("Action", "Ends by itself after"), Kind::Time},
    // What is acted on.
    {"state", QT_TRANSLATE_NOOP("Action", "State"), Kind::State},
    {"instance", QT_TRANSLATE_NOOP("Action", "Instance"), Kind::Object},
    {"pool", QT_TRANSLATE_NOOP("Action", "Pool"), Kind::Object},
    {"migration", QT_TRANSLATE_NOOP("Action", "Migration"), Kind::Object},
    {"id", QT_TRANSLATE_NOOP("Action", "Migration"), Kind::Object},
    {"server", QT_TRANSLATE_NOOP("Action", "Server"), Kind::Object},
    {"pid", QT_TRANSLATE_NOOP("Action", "Process"), Kind::Object},
    {"key", QT_TRANSLATE_NOOP("Action", "Key"), Kind::Object},
    {"tag", QT_TRANSLATE_NOOP("Action", "Tag"), Kind::Object},
    {"backend_start", QT_TRANSLATE_NOOP("Action", "Session began"), Kind::Moment},
    {"xact_start", QT_TRANSLATE_NOOP("Action", "Transaction began"), Kind::Moment},
    // Instances and pools.
    {"requests_now", QT_TRANSLATE_NOOP("Action", "Requests on it"), Kind::Count},
    {"size", QT_TRANSLATE_NOOP("Action", "Size"), Kind::Count},
    {"clients_waiting", QT_TRANSLATE_NOOP("Action", "Clients waiting"), Kind::Count},
    {"servers_active", QT_TRANSLATE_NOOP("Action", "Connections in use"), Kind::Count},
    {"servers", QT_TRANSLATE_NOOP("Action", "Connections open"), Kind::Count},
    {"server_limit", QT_TRANSLATE_NOOP("Action", "Connections that PostgreSQL takes"), Kind::Count},
    {"other_sessions", QT_TRANSLATE_NOOP("Action", "Sessions of others"), Kind::Count},
    // Sessions.
    {"user", QT_TRANSLATE_NOOP("Action", "User"), Kind::Name},
    {"database", QT_TRANSLATE_NOOP("Action", "Database"), Kind::Name},
    {"application", QT_TRANSLATE_NOOP("Action", "Application"), Kind::Name},
    {"client", QT_TRANSLATE_NOOP("Action", "Client"), Kind::Name},
    {"query_start", QT_TRANSLATE_NOOP("Action", "Query began"), Kind::Moment},
    {"statement_age_s", QT_TRANSLATE_NOOP("Action", "Query for"), Kind::Time},
    {"transaction_age_s", QT_TRANSLATE_NOOP("Action", "Transaction for"), Kind::Time},
    {"session_age_s", QT_TRANSLATE_NOOP("Action", "Session for"), Kind::Time},
    {"waiters", QT_TRANSLATE_NOOP("Action", "Sessions that wait behind it"), Kind::Count},
    {"drained", QT_TRANSLATE_NOOP("Action", "Of them going on"), Kind::Count},
    // The cache.
    {"keys", QT_TRANSLATE_NOOP("Action", "Cached keys"), Kind::Count},
    {"removed", QT_TRANSLATE_NOOP("Action", "Removed keys"), Kind::Count},
    // Migrations.
    {"statement", QT_TRANSLATE_NOOP("Action", "Statement"), Kind::Name},
    {"lock", QT_TRANSLATE_NOOP("Action", "Lock"), Kind::State},
    {"index", QT_TRANSLATE_NOOP("Action", "Index"), Kind::Name},
    {"table", QT_TRANSLATE_NOOP("Action", "Table"), Kind::Name},
    {"rows", QT_TRANSLATE_NOOP("Action", "Rows"), Kind::Count},
    {"table_bytes", QT_TRANSLATE_NOOP("Action", "Size of the table"), Kind::Bytes},
    {"index_bytes", QT_TRANSLATE_NOOP("Action", "Size of its indexes"), Kind::Bytes},
});

constexpr std::array<std::string_view, 2> kExpected = {"waiters", "keys"};

const Member* memberOf(std::string_view name) {
    const auto* const found = std::ranges::find(kMembers, name, &Member::name);
    return found == kMembers.end() ? nullptr : found;
}

/// As control writes it, or as PostgreSQL does: "2026-11-25 18:30:01.123456+00".
std::optional<UtcTime> momentOf(const std::string& text) {
    if (const auto iso = parseIsoTime(text)) {
        return iso;
    }
    auto written = QString::fromStdString(text.substr(0, 40)).replace(QLatin1Char(' '), QLatin1Char('T'));
    const auto zone = written.lastIndexOf(QLatin1Char(written.contains(QLatin1Char('+')) ? '+' : '-'));
    if (zone > written.indexOf(QLatin1Char('T')) && written.size() == zone + 3) {
        written += QStringLiteral(":00"); // hours alone
    }
    const auto at = QDateTime::fromString(written, Qt::ISODateWithMs);
    return at.isValid() && at.timeSpec() != Qt::LocalTime
               ? std::optional(UtcTime(std::chrono::milliseconds(at.toMSecsSinceEpoch())))
               : std::nullopt;
}

QString figureText(Kind kind, double value) {
    switch (kind) {
    case Kind::Share:
        return numberText(value / 100, Quantity::Share).joined();
    case Kind::Bytes:
        return numberText(value, Quantity::Bytes).joined();
    case Kind::Time:
        return leaseText(static_cast<std::int64_t>(value));
    default:
        return countText(value);
    }
}

} // namespace

bool isKnownMember(std::string_view name) {
    return memberOf(name) != nullptr;
}

QString memberName(std::string_view name) {
    if (const auto* member = memberOf(name)) {
        return Words::tr(member->word);
    }
    auto text = named(name, kShortName).replace(QLatin1Char('_'), QLatin1Char(' '));
    if (!text.isEmpty()) {
        text[0] = text[0].toUpper();
    }
    return text;
}

QString memberText(std::string_view name, const Value& value, const QTimeZone& zone) {
    const auto* member = memberOf(name);
    const auto text = valueText(value);
    const auto kind = member == nullptr ? Kind::Name : member->kind;
    const auto* const whole = std::get_if<std::int64_t>(&value);
    const auto* const real = std::get_if<double>(&value);
    switch (kind) {
    case Kind::Count:
    case Kind::Share:
    case Kind::Bytes:
    case Kind::Time:
        if (whole != nullptr || real != nullptr) {
            return figureText(kind, whole != nullptr ? static_cast<double>(*whole) : *real);
        }
        break;
    case Kind::Moment:
        if (const auto at = momentOf(text)) {
            return clockText(*at, zone);
        }
        break;
    case Kind::State:
        return worded(text);
    case Kind::Figure:
    case Kind::Name:
    case Kind::Object:
        break;
    }
    return named(text, kLongName);
}

std::size_t memberRank(std::string_view name) {
    const auto* member = memberOf(name);
    return member == nullptr ? kMembers.size() : static_cast<std::size_t>(member - kMembers.data());
}

bool isExpectedMember(std::string_view name) {
    return std::ranges::find(kExpected, name) != kExpected.end();
}

bool isObjectMember(std::string_view name) {
    const auto* member = memberOf(name);
    return member != nullptr && member->kind == Kind::Object;
}

} // namespace binnacle::app
