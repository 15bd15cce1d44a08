// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/redis_tables.h"

#include "backend/collectors/kept_tables.h"
#include "backend/collectors/parse_number.h"
#include "backend/domain/action.h"

#include <algorithm>
#include <array>
#include <simdjson.h>

namespace binnacle {

namespace {

constexpr std::size_t kRowLimit = 500;     // of each table
constexpr std::size_t kTextLimit = 128;    // of a key, a name, an address
constexpr std::size_t kCommandLimit = 500; // commands whose rates are kept

/// Commands that begin with a key (sorted). A command that is not listed shows none: of one that we don't know, the
/// first argument may be anything.
constexpr auto kKeyFirst = std::to_array<std::string_view>({
    "append",
    "bitcount",
    "bitfield",
    "bitpos",
    "blmove",
    "brpoplpush",
    "copy",
    "decr",
    "decrby",
    "del",
    "dump",
    "exists",
    "expire",
    "expireat",
    "expiretime",
    "geoadd",
    "geodist",
    "geohash",
    "geopos",
    "georadius",
    "geosearch",
    "geosearchstore",
    "get",
    "getbit",
    "getdel",
    "getex",
    "getrange",
    "getset",
    "hdel",
    "hexists",
    "hget",
    "hgetall",
    "hincrby",
    "hincrbyfloat",
    "hkeys",
    "hlen",
    "hmget",
    "hmset",
    "hrandfield",
    "hscan",
    "hset",
    "hsetnx",
    "hstrlen",
    "hvals",
    "incr",
    "incrby",
    "incrbyfloat",
    "lindex",
    "linsert",
    "llen",
    "lmove",
    "lpop",
    "lpos",
    "lpush",
    "lpushx",
    "lrange",
    "lrem",
    "lset",
    "ltrim",
    "mget",
    "move",
    "mset",
    "msetnx",
    "persist",
    "pexpire",
    "pexpireat",
    "pfadd",
    "pfcount",
    "pfmerge",
    "psetex",
    "pttl",
    "rename",
    "renamenx",
    "restore",
    "rpop",
    "rpoplpush",
    "rpush",
    "rpushx",
    "sadd",
    "scard",
    "sdiff",
    "sdiffstore",
    "set",
    "setbit",
    "setex",
    "setnx",
    "setrange",
    "sinter",
    "sinterstore",
    "sismember",
    "smembers",
    "smismember",
    "smove",
    "sort",
    "sort_ro",
    "spop",
    "srandmember",
    "srem",
    "sscan",
    "strlen",
    "substr",
    "sunion",
    "sunionstore",
    "touch",
    "ttl",
    "type",
    "unlink",
    "watch",
    "xack",
    "xadd",
    "xautoclaim",
    "xclaim",
    "xdel",
    "xlen",
    "xpending",
    "xrange",
    "xrevrange",
    "xtrim",
    "zadd",
    "zcard",
    "zcount",
    "zdiffstore",
    "zincrby",
    "zinterstore",
    "zlexcount",
    "zmscore",
    "zpopmax",
    "zpopmin",
    "zrandmember",
    "zrange",
    "zrangebylex",
    "zrangebyscore",
    "zrangestore",
    "zrank",
    "zrem",
    "zremrangebylex",
    "zremrangebyrank",
    "zremrangebyscore",
    "zrevrange",
    "zrevrangebylex",
    "zrevrangebyscore",
    "zrevrank",
    "zscan",
    "zscore",
    "zunionstore",
});
static_assert(std::ranges::is_sorted(kKeyFirst));

/// Commands whose next word is a name of Redis' own.
constexpr auto kWithSubcommand = std::to_array<std::string_view>({
    "acl",
    "client",
    "cluster",
    "command",
    "config",
    "debug",
    "function",
    "latency",
    "memory",
    "module",
    "object",
    "pubsub",
    "script",
    "slowlog",
    "xgroup",
    "xinfo",
});
/// Of these, the key follows it.
constexpr auto kKeyAfterSubcommand = std::to_array<std::string_view>({"object", "xgroup", "xinfo"});
/// The number of keys follows one argument, and the keys that number.
constexpr auto kKeysCounted =
    std::to_array<std::string_view>({"eval", "eval_ro", "evalsha", "evalsha_ro", "fcall", "fcall_ro"});

bool isOneOf(std::string_view word, const auto& list) {
    return std::ranges::find(list, word) != list.end();
}

std::string lower(std::string_view word) {
    std::string out(word.substr(0, kTextLimit));
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c; });
    return out;
}

bool isWord(std::string_view text) {
    return !text.empty() && text.size() <= 32 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '|';
    });
}

/// Text that people may read: bounded, without control characters, and valid where it is cut.
std::string readable(std::string_view text) {
    const bool isUtf8 = simdjson::validate_utf8(text.data(), text.size()); // keys may be any bytes
    std::string out;
    for (const char c : text.substr(0, kTextLimit)) {
        const auto byte = static_cast<unsigned char>(c);
        out += byte < 0x20 || byte == 0x7f || (byte >= 0x80 && !isUtf8) ? '?' : c;
    }
    if (text.size() > kTextLimit) {
        while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xC0U) == 0x80U) {
            out.pop_back();
        }
        if (!out.empty() && static_cast<unsigned char>(out.back()) >= 0xC0U) {
            out.pop_back();
        }
        out += "…";
    }
    return out;
}

std::string timeOf(std::int64_t secondsSinceEpoch) {
    // Within what a calendar can hold, whatever the server says.
    const auto bounded = std::clamp<std::int64_t>(secondsSinceEpoch, 0, 253'402'300'799);
    return isoTime(UtcTime(std::chrono::seconds(bounded)));
}

/// The value of "name=" in "calls=1,usec=8" or, with a blank between, in "id=8 addr=…".
std::string_view partOf(std::string_view text, std::string_view name, char separator) {
    while (!text.empty()) {
        const auto end = std::min(text.find(separator), text.size());
        const auto part = text.substr(0, end);
        if (part.size() > name.size() && part.starts_with(name) && part[name.size()] == '=') {
            return part.substr(name.size() + 1);
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return {};
}

std::optional<double> microseconds(std::string_view text) {
    const auto value = parseNumber(text);
    return value ? std::optional(*value * 1e-6) : std::nullopt;
}

bool add(SnapshotTable& table, std::vector<TableCell> cells, std::size_t limit = kRowLimit) {
    if (table.rowCount() >= limit) {
        ++table.omitted;
        return false;
    }
    table.add(std::move(cells));
    return true;
}

double sumOf(const std::string_view text, std::initializer_list<const char*> names) {
    double sum = 0;
    for (const char* const name : names) {
        sum += parseNumber(partOf(text, name, ' ')).value_or(0);
    }
    return sum;
}

} // namespace

SlowCommand slowCommand(const RedisReply& arguments) {
    SlowCommand out;
    out.command = lower(arguments.at(0).text);
    if (!isWord(out.command)) { // not a name that Redis gives its commands
        out.command = "?";
        return out;
    }
    const auto key = [&](std::size_t index) {
        // "... (7 more arguments)" stands where Redis cut the list.
        const bool cut = index + 1 == arguments.items.size() && arguments.at(index).text.starts_with("... (");
        return cut ? std::string() : readable(arguments.at(index).text);
    };
    if (isOneOf(out.command, kWithSubcommand)) {
        if (const auto subcommand = lower(arguments.at(1).text); isWord(subcommand)) {
            const bool hasKey =
                isOneOf(out.command, kKeyAfterSubcommand) || (out.command == "memory" && subcommand == "usage");
            out.command += " " + subcommand;
            out.key = hasKey ? key(2) : std::string();
        }
    } else if (isOneOf(out.command, kKeysCounted)) {
        out.key = parseNumber(arguments.at(2).text).value_or(0) >= 1 ? key(3) : std::string();
    } else if (std::ranges::binary_search(kKeyFirst, std::string_view(out.command))) {
        out.key = key(1);
    }
    return out;
}

SnapshotTable redisSlowLog(const RedisReply& entries, std::optional<std::int64_t>& newest) {
    SnapshotTable table(*findTable("redis.slowlog"));
    for (const auto& entry : entries.items) {
        const auto& arguments = entry.at(3);
        if (entry.at(0).type != RedisReply::Type::Number || !arguments.isList()) {
            continue;
        }
        newest = std::max(newest.value_or(0), entry.at(0).number);
        auto [command, key] = slowCommand(arguments);
        const auto count = arguments.items.empty() ? 0.0 : static_cast<double>(arguments.items.size() - 1);
        add(table, {static_cast<double>(entry.at(0).number), timeOf(entry.at(1).number),
                    static_cast<double>(entry.at(2).number) * 1e-6, std::move(command), cell(key), count,
                    cell(readable(entry.at(4).text)), cell(readable(entry.at(5).text))});
    }
    return table;
}

SnapshotTable redisLatencyEvents(const RedisReply& events) {
    SnapshotTable table(*findTable("redis.latency_events"));
    for (const auto& event : events.items) {
        if (event.at(0).type == RedisReply::Type::Text) {
            add(table,
                {readable(event.at(0).text), timeOf(event.at(1).number), static_cast<double>(event.at(2).number) * 1e-3,
                 static_cast<double>(event.at(3).number) * 1e-3});
        }
    }
    return table;
}

SnapshotTable redisClients(std::string_view list) {
    SnapshotTable table(*findTable("redis.clients"));
    while (!list.empty()) {
        const auto end = std::min(list.find('\n'), list.size());
        const auto line = list.substr(0, end);
        list.remove_prefix(std::min(end + 1, list.size()));
        const auto id = parseNumber(partOf(line, "id", ' '));
        if (!id) {
            continue;
        }
        const auto text = [line](const char* name) { return cell(readable(partOf(line, name, ' '))); };
        const auto number = [line](const char* name) { return cell(parseNumber(partOf(line, name, ' '))); };
        add(table, {*id, text("name"), text("addr"), text("user"), number("db"), number("age"), number("idle"),
                    text("cmd"), text("flags"), sumOf(line, {"sub", "psub", "ssub"}), number("tot-mem")});
    }
    return table;
}

SnapshotTable RedisCommandTables::commands(std::string_view commandStats, std::string_view latencyStats,
                                           SteadyTime at) {
    constexpr std::string_view kPrefix = "cmdstat_";
    SnapshotTable table(*findTable("redis.commands"));
    const auto stats = RedisInfo::parse(commandStats);
    const auto latencies = RedisInfo::parse(latencyStats);
    decltype(m_rates) kept;
    for (const auto& [name, text] : stats.fields()) {
        if (!name.starts_with(kPrefix)) {
            continue;
        }
        const auto command = name.substr(kPrefix.size());
        const auto number = [&text](const char* part) { return parseNumber(partOf(text, part, ',')); };
        const auto calls = number("calls");
        const auto total = number("usec");
        if (!calls || !total) {
            continue;
        }
        auto node = m_rates.extract(std::string(command));
        auto& rates = node ? kept.insert(std::move(node)).position->second : kept[std::string(command)];
        rates.calls.update(at, *calls);
        rates.microseconds.update(at, *total);
        const auto mean = meanOf(rates.microseconds, rates.calls);
        const auto percentiles = latencies.text("latency_percentiles_usec_" + std::string(command));
        const auto percentile = [&](const char* part) { return cell(microseconds(partOf(percentiles, part, ','))); };
        add(table,
            {readable(command), *calls, cell(rates.calls.value()), mean ? TableCell(*mean * 1e-6) : TableCell(),
             percentile("p50"), percentile("p99"), percentile("p99.9"), cell(number("rejected_calls")),
             cell(number("failed_calls"))},
            kCommandLimit);
    }
    m_rates = std::move(kept);
    return table;
}

SnapshotTable RedisCommandTables::histogram(const RedisReply& commands) {
    constexpr std::size_t kCellLimit = 2000;
    SnapshotTable table(*findTable("redis.histogram"));
    decltype(m_cells) counts;
    const bool isFirst = m_cells.empty();
    for (std::size_t i = 0; i + 1 < commands.items.size(); i += 2) {
        const auto name = readable(commands.at(i).text);
        const auto& parts = commands.at(i + 1);
        double below = 0; // the counts of Redis are cumulative over the bounds
        for (std::size_t part = 0; part + 1 < parts.items.size(); part += 2) {
            if (parts.at(part).text != "histogram_usec") {
                continue;
            }
            const auto& cells = parts.at(part + 1);
            for (std::size_t at = 0; at + 1 < cells.items.size(); at += 2) {
                const auto upto = cells.at(at).number;
                const auto cumulative = static_cast<double>(cells.at(at + 1).number);
                const double count = std::max(0.0, cumulative - below);
                below = std::max(below, cumulative);
                const auto previous = m_cells.find({name, upto});
                const double before = previous != m_cells.end() ? previous->second : 0;
                // Redis leaves out the cells in which nothing is: one that was not there before held none.
                const auto recent = isFirst ? std::nullopt : std::optional(count >= before ? count - before : count);
                if (count > 0 &&
                    add(table, {name, static_cast<double>(upto) * 1e-6, count, cell(recent)}, kCellLimit)) {
                    counts.emplace(std::pair(name, upto), count);
                }
            }
        }
    }
    m_cells = std::move(counts);
    return table;
}

} // namespace binnacle
