// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/haproxy_csv.h"

#include "backend/collectors/parse_number.h"

#include <numeric>

namespace binnacle {

namespace {

constexpr std::size_t kRowCap = 10'000;
constexpr std::size_t kColumnCap = 500;
constexpr std::size_t kNameCap = 256;

/// Takes one cell off the front of `line`; quoted cells may hold commas, and two quotes stand for one.
std::string nextCell(std::string_view& line) {
    std::string cell;
    if (line.starts_with('"')) {
        std::size_t at = 1;
        while (at < line.size()) {
            if (line[at] == '"') {
                if (at + 1 < line.size() && line[at + 1] == '"') {
                    ++at;
                } else {
                    break;
                }
            }
            cell += line[at++];
        }
        line.remove_prefix(std::min(line.size(), at + 1));
        const auto comma = line.find(',');
        line.remove_prefix(comma == std::string_view::npos ? line.size() : comma + 1);
        return cell;
    }
    const auto comma = line.find(',');
    cell = line.substr(0, comma);
    line.remove_prefix(comma == std::string_view::npos ? line.size() : comma + 1);
    return cell;
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

struct NumberColumn {
    std::string_view name;
    std::optional<double> HaproxyRow::*field;
};

constexpr auto kNumbers = std::to_array<NumberColumn>({
    {"qcur", &HaproxyRow::queued},
    {"scur", &HaproxyRow::sessions},
    {"weight", &HaproxyRow::weight},
    {"req_tot", &HaproxyRow::requests},
    {"wretr", &HaproxyRow::retries},
    {"wredis", &HaproxyRow::redispatches},
    {"dreq", &HaproxyRow::denied},
    {"ereq", &HaproxyRow::requestErrors},
    {"intercepted", &HaproxyRow::intercepted},
});

constexpr std::array<std::string_view, 6> kResponses{"hrsp_1xx", "hrsp_2xx", "hrsp_3xx",
                                                     "hrsp_4xx", "hrsp_5xx", "hrsp_other"};

void setCell(HaproxyRow& row, std::string_view column, std::string cell) {
    if (column == "pxname") {
        row.proxy = std::move(cell);
    } else if (column == "svname") {
        row.name = std::move(cell);
    } else if (column == "status") {
        row.status = std::move(cell);
    } else if (column == "mode") {
        row.mode = std::move(cell);
    } else if (column == "type") {
        row.type = cell == "0"   ? HaproxyRow::Type::Frontend
                   : cell == "1" ? HaproxyRow::Type::Backend
                   : cell == "2" ? HaproxyRow::Type::Server
                                 : HaproxyRow::Type::Listener;
    } else {
        for (const auto& number : kNumbers) {
            if (column == number.name) {
                row.*number.field = parseNumber(cell);
                return;
            }
        }
        for (std::size_t i = 0; i < kResponses.size(); ++i) {
            if (column == kResponses[i]) {
                row.responses[i] = parseNumber(cell);
                return;
            }
        }
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
    std::vector<std::string> columns;
    while (!heading.empty() && columns.size() < kColumnCap) {
        columns.push_back(nextCell(heading));
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
            setCell(row, columns[i], nextCell(line));
        }
        if (row.proxy.empty() || row.name.empty() || row.proxy.size() > kNameCap || row.name.size() > kNameCap) {
            return fail(ErrorCode::Protocol, "A line of HAProxy's statistics names no proxy or server");
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace binnacle
