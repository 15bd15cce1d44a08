// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/postgres/deadlock_report.h"

#include "backend/sql/statement_shape.h"

#include <algorithm>
#include <charconv>
#include <simdjson.h>

namespace binnacle::postgres {

namespace {

constexpr std::size_t kSessionCap = 32;

std::string textOf(const simdjson::dom::object& entry, std::string_view key) {
    std::string_view value;
    return entry[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
}

/// What stands in `text` between `before` and `after`; both must be there, and `text` is moved behind them.
std::optional<std::string_view> between(std::string_view& text, std::string_view before, std::string_view after) {
    if (!text.starts_with(before)) {
        return std::nullopt;
    }
    const auto rest = text.substr(before.size());
    const auto end = rest.find(after);
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    text = rest.substr(end + after.size());
    return rest.substr(0, end);
}

int pidOf(std::string_view text) {
    int pid = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), pid);
    return error == std::errc() && end == text.data() + text.size() ? pid : 0;
}

/// "Process 1 waits for ShareLock on transaction 7; blocked by process 2."
std::optional<DeadlockReport::Session> edgeOf(std::string_view line) {
    DeadlockReport::Session session;
    const auto pid = between(line, "Process ", " waits for ");
    const auto mode = between(line, "", " on ");
    const auto on = between(line, "", "; blocked by process ");
    if (!pid || !mode || !on || !line.ends_with('.')) {
        return std::nullopt;
    }
    session.pid = pidOf(*pid);
    session.mode = *mode;
    session.on = *on;
    session.blockedBy = pidOf(line.substr(0, line.size() - 1));
    return session.pid > 0 ? std::optional(session) : std::nullopt;
}

/// The edges first, a line each; then "Process N: statement" for each of them in the same order, over several lines.
std::vector<DeadlockReport::Session> sessionsOf(std::string_view detail, Literals literals) {
    std::vector<DeadlockReport::Session> sessions;
    while (sessions.size() < kSessionCap) {
        const auto end = std::min(detail.find('\n'), detail.size());
        auto edge = edgeOf(detail.substr(0, end));
        if (!edge) {
            break;
        }
        sessions.push_back(std::move(*edge));
        detail.remove_prefix(std::min(end + 1, detail.size()));
    }
    for (std::size_t i = 0; i < sessions.size(); ++i) {
        const auto mark = "Process " + std::to_string(sessions[i].pid) + ": ";
        if (!detail.starts_with(mark)) {
            break;
        }
        detail.remove_prefix(mark.size());
        auto end = detail.size();
        if (i + 1 < sessions.size()) {
            end = std::min(detail.find("\nProcess " + std::to_string(sessions[i + 1].pid) + ": "), end);
        }
        sessions[i].statement = shownStatement(detail.substr(0, end), literals);
        sessions[i].route = routeInComment(detail.substr(0, end));
        detail.remove_prefix(std::min(end + 1, detail.size()));
    }
    return sessions;
}

/// "while updating tuple (0,1) in relation "tasks"" -> tasks
std::string relationOf(std::string_view context) {
    constexpr std::string_view mark = "in relation \"";
    const auto begin = context.find(mark);
    if (begin == std::string_view::npos) {
        return {};
    }
    const auto name = context.substr(begin + mark.size());
    return std::string(name.substr(0, name.find('"')));
}

std::string kindOf(std::string_view context, std::size_t edges) {
    if (context.find(" FOR KEY SHARE OF x") != std::string_view::npos) {
        return "foreign key"; // the statement with which PostgreSQL looks the referenced row up
    }
    if (context.find("while inserting index tuple") != std::string_view::npos) {
        return "index"; // two sessions insert the same keys of a unique index
    }
    return edges > 1 ? "lock order" : "other";
}

/// The number in `digits`, which must hold nothing else.
std::optional<int> numberIn(std::string_view digits) {
    int number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc() && end == digits.data() + digits.size() && number >= 0 ? std::optional(number)
                                                                                       : std::nullopt;
}

/// "2026-11-25T18:30:01.123Z"
std::optional<UtcTime> momentIn(std::string_view text) {
    if (text.size() != 24 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
        text[16] != ':' || text[19] != '.' || text[23] != 'Z') {
        return std::nullopt;
    }
    const auto year = numberIn(text.substr(0, 4));
    const auto month = numberIn(text.substr(5, 2));
    const auto day = numberIn(text.substr(8, 2));
    const auto hour = numberIn(text.substr(11, 2));
    const auto minute = numberIn(text.substr(14, 2));
    const auto second = numberIn(text.substr(17, 2));
    const auto milli = numberIn(text.substr(20, 3));
    if (!year || !month || !day || !hour || !minute || !second || !milli) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) {
        return std::nullopt;
    }
    return UtcTime(std::chrono::sys_days(date)) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second) + std::chrono::milliseconds(*milli);
}

/// "2026-11-25 18:30:01.123 UTC" -> "2026-11-25T18:30:01.123Z"; with another zone it stays as it is.
std::string instantOf(std::string time) {
    for (const std::string_view zone : {" UTC", " GMT"}) {
        if (time.size() > 11 + zone.size() && time.ends_with(zone)) {
            time.resize(time.size() - zone.size());
            time[10] = 'T';
            return time + "Z";
        }
    }
    return time;
}

} // namespace

std::optional<DeadlockReport> parseDeadlockEntry(std::string_view line, Literals literals) {
    if (line.find("\"40P01\"") == std::string_view::npos) {
        return std::nullopt; // cheap first
    }
    thread_local simdjson::dom::parser parser;
    simdjson::dom::object entry;
    if (parser.parse(line.data(), line.size()).get(entry) != simdjson::SUCCESS ||
        textOf(entry, "state_code") != "40P01") {
        return std::nullopt;
    }
    DeadlockReport report;
    std::int64_t pid = 0;
    if (entry["pid"].get(pid) == simdjson::SUCCESS && pid > 0 && pid <= 2147483647) {
        report.cancelledPid = static_cast<int>(pid);
    }
    const auto context = textOf(entry, "context");
    report.at = instantOf(textOf(entry, "timestamp"));
    report.id = report.at + " " + std::to_string(report.cancelledPid);
    report.relation = relationOf(context);
    report.user = textOf(entry, "user");
    report.database = textOf(entry, "dbname");
    report.application = textOf(entry, "application_name");
    report.sessions = sessionsOf(textOf(entry, "detail"), literals);
    report.kind = kindOf(context, report.sessions.size());
    if (report.sessions.empty()) {
        report.sessions.push_back({report.cancelledPid, {}, {}, 0, {}, {}});
    }
    for (auto& session : report.sessions) {
        if (session.pid == report.cancelledPid && session.statement.empty()) {
            const auto statement = textOf(entry, "statement");
            session.statement = shownStatement(statement, literals);
            session.route = routeInComment(statement);
        }
    }
    return report;
}

std::optional<UtcTime> loggedAt(std::string_view line) {
    thread_local simdjson::dom::parser parser;
    simdjson::dom::object entry;
    return parser.parse(line.data(), line.size()).get(entry) == simdjson::SUCCESS
               ? momentIn(instantOf(textOf(entry, "timestamp")))
               : std::nullopt;
}

bool DeadlockReports::add(DeadlockReport report) {
    // A stretch of the log that is read again has those, too, that were dropped.
    const bool dropped = m_reports.size() >= kCap && report.at < m_reports.front().at;
    if (dropped || std::ranges::find(m_reports, report.id, &DeadlockReport::id) != m_reports.end()) {
        return false;
    }
    m_reports.insert(std::ranges::upper_bound(m_reports, report.at, {}, &DeadlockReport::at), std::move(report));
    if (m_reports.size() > kCap) {
        m_dropped += m_reports.front().sessions.size();
        m_reports.pop_front();
    }
    return true;
}

TablePtr DeadlockReports::table(const ReadMoment& moment) const {
    auto table = newTable("postgres.deadlock_reports", moment);
    for (const auto& report : m_reports) {
        for (const auto& session : report.sessions) {
            const bool cancelled = session.pid == report.cancelledPid;
            const auto ofCancelled = [&](const std::string& text) { return cancelled ? textCell(text) : TableCell(); };
            table->add({textCell(report.id), static_cast<double>(session.pid), textCell(report.at),
                        textCell(report.kind), cancelled ? 1.0 : 0.0, textCell(session.mode), textCell(session.on),
                        session.blockedBy > 0 ? TableCell(static_cast<double>(session.blockedBy)) : TableCell(),
                        ofCancelled(report.relation), ofCancelled(report.user), ofCancelled(report.database),
                        ofCancelled(report.application), textCell(session.route), textCell(session.statement)});
        }
    }
    table->omitted = m_dropped;
    return table;
}

} // namespace binnacle::postgres
