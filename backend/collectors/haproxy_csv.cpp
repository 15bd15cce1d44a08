// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/haproxy_csv.h"

#include "backend/collectors/parse_number.h"

#include <algorithm>
#include <numeric>

namespace binnacle {

namespace {

constexpr std::size_t kRowCap = 10'000;
constexpr std::size_t kColumnCap = 500;
constexpr std::size_t kNameCap = 256;

/// Takes one cell off the front of `line`; quoted cells may hold commas, and two quotes stand for one. A view into the
/// line, or into `unquoted`.
std::string_view nextCell(std::string_view& line, std::string& unquoted) {
    const auto drop = [&line](std::size_t comma) {
        line.remove_prefix(comma == std::string_view::npos ? line.size() : comma + 1);
    };
    if (!line.starts_with('"')) {
        const auto comma = line.find(',');
        const auto cell = line.substr(0, comma);
        drop(comma);
        return cell;
    }
    unquoted.clear();
    std::size_t at = 1;
    while (at < line.size()) {
        if (line[at] == '"') {
            if (at + 1 < line.size() && line[at + 1] == '"') {
                ++at;
            } else {
                break;
            }
        }
        unquoted += line[at++];
    }
    line.remove_prefix(std::min(line.size(), at + 1));
    drop(line.find(','));
    return unquoted;
}

std::string_view nextLine(std::string_view& text) {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

using Number = std::optional<double> HaproxyRow::*;
using Text = std::string HaproxyRow::*;

/// What a column fills; decided once for all lines by the heading.
struct Column {
    Number number = nullptr;
    Text text = nullptr;
    std::optional<std::size_t> response;
    bool isType = false;
};

struct NumberColumn {
    std::string_view name;
    Number field;
};

constexpr auto kNumbers = std::to_array<NumberColumn>({
    {"qcur", &HaproxyRow::queued},
    {"qmax", &HaproxyRow::queuedMax},
    {"scur", &HaproxyRow::sessions},
    {"slim", &HaproxyRow::sessionLimit},
    {"rate", &HaproxyRow::sessionRate},
    {"weight", &HaproxyRow::weight},
    {"uweight", &HaproxyRow::weightSet},
    {"act", &HaproxyRow::activeServers},
    {"bck", &HaproxyRow::backupServers},
    {"bin", &HaproxyRow::bytesIn},
    {"bout", &HaproxyRow::bytesOut},
    {"req_tot", &HaproxyRow::requests},
    {"wretr", &HaproxyRow::retries},
    {"wredis", &HaproxyRow::redispatches},
    {"dreq", &HaproxyRow::denied},
    {"ereq", &HaproxyRow::requestErrors},
    {"econ", &HaproxyRow::connectionErrors},
    {"eresp", &HaproxyRow::responseErrors},
    {"intercepted", &HaproxyRow::intercepted},
    {"chkfail", &HaproxyRow::checkFailures},
    {"chkdown", &HaproxyRow::downs},
    {"downtime", &HaproxyRow::downtimeS},
    {"lastchg", &HaproxyRow::lastChangeS},
    {"check_code", &HaproxyRow::checkCode},
    {"check_duration", &HaproxyRow::checkMs},
    {"rtime", &HaproxyRow::responseMs},
});

struct TextColumn {
    std::string_view name;
    Text field;
};

constexpr auto kTexts = std::to_array<TextColumn>({
    {"pxname", &HaproxyRow::proxy},
    {"svname", &HaproxyRow::name},
    {"status", &HaproxyRow::status},
    {"mode", &HaproxyRow::mode},
    {"check_status", &HaproxyRow::check},
    {"addr", &HaproxyRow::address},
});

constexpr std::array<std::string_view, 6> kResponses{"hrsp_1xx", "hrsp_2xx", "hrsp_3xx",
                                                     "hrsp_4xx", "hrsp_5xx", "hrsp_other"};

Column columnNamed(std::string_view name) {
    Column column;
    column.isType = name == "type";
    if (const auto it = std::ranges::find(kNumbers, name, &NumberColumn::name); it != kNumbers.end()) {
        column.number = it->field;
    } else if (const auto text = std::ranges::find(kTexts, name, &TextColumn::name); text != kTexts.end()) {
        column.text = text->field;
    } else if (const auto response = std::ranges::find(kResponses, name); response != kResponses.end()) {
        column.response = static_cast<std::size_t>(response - kResponses.begin());
    }
    return column;
}

void setCell(HaproxyRow& row, const Column& column, std::string_view cell) {
    if (column.number != nullptr) {
        row.*column.number = parseNumber(cell);
    } else if (column.response) {
        row.responses[*column.response] = parseNumber(cell);
    } else if (column.text != nullptr) {
        row.*column.text = cell;
    } else if (column.isType) {
        row.type = cell == "0"   ? HaproxyRow::Type::Frontend
                   : cell == "1" ? HaproxyRow::Type::Backend
                   : cell == "2" ? HaproxyRow::Type::Server
                                 : HaproxyRow::Type::Listener;
    }
}

} // namespace

double HaproxyRow::responseSum() const {
    return std::accumulate(responses.begin(), responses.end(), 0.0,
                           [](double sum, const auto& count) { return sum + count.value_or(0); });
}

Result<std::vector<HaproxyRow>> parseHaproxyCsv(std::string_view text) {
    auto heading = nextLine(text);
    if (!heading.starts_with("# pxname,svname,")) {
        return fail(ErrorCode::Protocol, "HAProxy's statistics don't begin with its heading");
    }
    heading.remove_prefix(2);
    std::string unquoted;
    std::vector<Column> columns;
    while (!heading.empty() && columns.size() < kColumnCap) {
        columns.push_back(columnNamed(nextCell(heading, unquoted)));
    }
    std::vector<HaproxyRow> rows;
    while (!text.empty()) {
        auto line = nextLine(text);
        if (line.empty()) {
            continue;
        }
        if (rows.size() == kRowCap) {
            return fail(ErrorCode::Protocol,
                        "HAProxy's statistics have more than " + std::to_string(kRowCap) + " lines");
        }
        HaproxyRow row;
        for (std::size_t i = 0; i < columns.size() && !line.empty(); ++i) {
            setCell(row, columns[i], nextCell(line, unquoted));
        }
        if (row.proxy.empty() || row.name.empty() || row.proxy.size() > kNameCap || row.name.size() > kNameCap) {
            return fail(ErrorCode::Protocol, "A line of HAProxy's statistics names no proxy or server");
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace binnacle
