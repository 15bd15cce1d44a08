// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/pool_acts.h"

#include "backend/actions/session_actions.h"

#include <algorithm>
#include <charconv>
#include <thread>

namespace binnacle::control {
namespace {

constexpr const char* stateKind = "pool";
constexpr const char* sizeKind = "pool_size";
constexpr const char* pausedValue = "paused";
constexpr const char* resumingValue = "resuming"; // until it has been seen that it is not paused any more
constexpr const char* activeValue = "active";

SteadyTime in(std::chrono::milliseconds patience) {
    return std::chrono::steady_clock::now() + patience;
}

std::string cell(const TextTable& table, std::size_t row, std::string_view column) {
    const auto at = table.column(column);
    return at && *at < table.rows[row].size() ? table.rows[row][*at].value_or("") : std::string();
}

std::int64_t number(const std::string& text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

const char* stateOf(bool paused) {
    return paused ? pausedValue : activeValue;
}

std::string counted(std::int64_t count, const char* one, const char* many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

/// Names are plain (planPausePool); pgBouncer's console has no parameters.
std::string quoted(const std::string& pool) {
    return "\"" + pool + "\"";
}

AuditResult failed(const std::string& why) {
    return {Verdict::Failed, {}, {}, why + " Nothing was done."};
}

/// What pgBouncer did not answer to may have been done; what it refused was not.
AuditResult notDone(const Error& error) {
    if (error.code != ErrorCode::Timeout && error.code != ErrorCode::Closed) {
        return failed(error.text + ".");
    }
    return {Verdict::InDoubt,
            {},
            {"pgbouncer"},
            error.text + ". It is the desired state and is set when pgBouncer answers."};
}

/// The number of an intent in "WRITER:NUMBER".
std::int64_t numberOf(const Hold& hold) {
    return number(hold.reference.substr(hold.reference.rfind(':') + 1));
}

} // namespace

const PoolActs::Pool* PoolActs::Picture::find(const std::string& name) const {
    const auto found = std::ranges::find(pools, name, &Pool::name);
    return found == pools.end() ? nullptr : &*found;
}

Result<PoolActs::Picture> PoolActs::look(PgConsoleClient& client) {
    const auto databases = client.show("SHOW DATABASES", in(callLimit));
    if (!databases) {
        return std::unexpected(databases.error());
    }
    const auto pools = client.show("SHOW POOLS", in(callLimit));
    if (!pools) {
        return std::unexpected(pools.error());
    }
    const auto config = client.show("SHOW CONFIG", in(callLimit));
    if (!config) {
        return std::unexpected(config.error());
    }
    Picture picture;
    for (std::size_t row = 0; row < databases->rows.size(); ++row) {
        Pool pool;
        pool.name = cell(*databases, row, "name");
        pool.size = number(cell(*databases, row, "pool_size"));
        pool.paused = cell(*databases, row, "paused") == "1";
        if (pool.name != "pgbouncer") {
            picture.pools.push_back(std::move(pool));
        }
    }
    for (std::size_t row = 0; row < pools->rows.size(); ++row) {
        const auto pool = std::ranges::find(picture.pools, cell(*pools, row, "database"), &Pool::name);
        if (pool != picture.pools.end()) {
            const auto of = [&](const char* column) { return number(cell(*pools, row, column)); };
            ++pool->users;
            pool->waiting += of("cl_waiting");
            pool->active += of("sv_active");
            pool->servers += of("sv_active") + of("sv_idle") + of("sv_used") + of("sv_tested") + of("sv_login");
        }
    }
    for (std::size_t row = 0; row < config->rows.size(); ++row) {
        if (cell(*config, row, "key") == "default_pool_size") {
            picture.defaultSize = number(cell(*config, row, "value"));
        }
    }
    return picture;
}

Result<UndertakingPlan> PoolActs::plan(const PlannedChange& change) {
    auto console = client();
    const auto picture = look(console);
    if (!picture) {
        return refusedBy(picture.error());
    }
    const auto name = textOf(change.parameters, "pool");
    const auto* const pool = picture->find(name);
    if (pool == nullptr) {
        std::string names;
        for (const auto& one : picture->pools) {
            names += (names.empty() ? "" : ", ") + one.name;
        }
        return fail(ErrorCode::NotFound,
                    "pgBouncer has no pool " + name + ". There are: " + (names.empty() ? "none" : names) + ".");
    }
    const bool resizes = change.undertaking == Verb::ResizePool;
    const auto hold = resizes ? sizeHold() : m_holds.find(stateKind, name);
    if (!hold) {
        return std::unexpected(hold.error());
    }
    UndertakingPlan plan;
    plan.reference = *hold ? (*hold)->reference : std::string();
    plan.preview.target = "pool " + name + " of pgBouncer";
    plan.preview.affected = {name};
    plan.preview.before = {{"pool", name},
                           {"state", stateOf(pool->paused)},
                           {"size", pool->size},
                           {"clients_waiting", pool->waiting},
                           {"servers_active", pool->active}};
    if (resizes) {
        planSize(plan, *picture, *pool, integerOf(change.parameters, "size").value_or(0));
    } else {
        planState(plan, *pool, change);
    }
    plan.state = name + " " + stateOf(pool->paused) + " " + std::to_string(pool->size) + " " + plan.reference;
    return plan;
}

void PoolActs::planState(UndertakingPlan& plan, const Pool& pool, const PlannedChange& change) {
    const bool pause = change.undertaking == Verb::PausePool;
    auto& preview = plan.preview;
    preview.after = {{"pool", pool.name}, {"state", stateOf(pause)}};
    if (pause) {
        const auto lease = integerOf(change.parameters, "lease_s").value_or(usualPause.count());
        preview.after.emplace("lease_s", lease);
        preview.warnings.push_back("Every query through it waits until it is resumed, by itself after " +
                                   std::to_string(lease) +
                                   " s. Callers give up by limits of their own, and an instance "
                                   "that gets no answer for a second leaves the rotation.");
        if (pool.active > 0) {
            preview.warnings.push_back(counted(pool.active, "transaction", "transactions") +
                                       " under way must end first.");
        }
    } else if (pool.waiting > 0) {
        preview.warnings.push_back(counted(pool.waiting, "client waits", "clients wait") + " for it.");
    }
    if (pool.paused == pause) {
        preview.warnings.push_back("It is " + std::string(stateOf(pause)) + " already.");
    }
}

void PoolActs::planSize(UndertakingPlan& plan, const Picture& picture, const Pool& pool, std::int64_t size) const {
    auto& preview = plan.preview;
    preview.after = {{"pool", pool.name}, {"size", size}};
    if (pool.size != picture.defaultSize) {
        plan.refusal = pool.name +
                       " has a size of its own in pgbouncer.ini, which pgBouncer changes only when it reads "
                       "that file: set pool_size there and let it reload.";
    }
    std::int64_t now = 0;
    std::int64_t then = 0;
    for (const auto& other : picture.pools) {
        const bool changes = other.size == picture.defaultSize;
        const auto users = std::max<std::int64_t>(other.users, 1);
        now += other.servers;
        then += users * (changes ? size : other.size);
        if (changes && other.name != pool.name) {
            preview.affected.push_back(other.name);
            preview.warnings.push_back("The size is pgBouncer's default_pool_size: that of " + other.name +
                                       " changes with it.");
        }
    }
    if (pool.users > 1) {
        preview.warnings.push_back("The size counts for each of its " + std::to_string(pool.users) + " users.");
    }
    if (size < pool.active) {
        preview.warnings.push_back(counted(pool.active, "connection is", "connections are") +
                                   " in use: what is too many is closed as transactions end.");
    }
    // Cores of the server times two and one more: beyond that its sessions wait for a core instead of for a connection.
    if (m_console.cores > 0 && then > m_console.cores * 2 + 1) {
        preview.warnings.push_back(std::to_string(then) + " connections are more than the rule for " +
                                   counted(m_console.cores, "core", "cores") + " (" +
                                   std::to_string(m_console.cores * 2 + 1) + ").");
    }
    if (size == pool.size) {
        preview.warnings.emplace_back("It has that size already.");
    }
    if (!m_console.server) {
        preview.warnings.emplace_back("What PostgreSQL can take is not known here.");
        return;
    }
    auto session = PgSession::open(m_console.server->conninfo + " application_name=binnacle-control",
                                   m_console.server->passfile, "-c statement_timeout=1s", in(callLimit));
    const auto limits = session ? session->execute("select current_setting('max_connections')::int - "
                                                   "current_setting('superuser_reserved_connections')::int, "
                                                   "(select count(*) from pg_stat_activity where backend_type in "
                                                   "('client backend', 'walsender'))",
                                                   {}, in(callLimit))
                                : Result<PgAnswer>(std::unexpected(session.error()));
    if (!limits || limits->rows.empty()) {
        preview.warnings.push_back("What PostgreSQL can take is not known: " +
                                   (limits ? std::string("no answer") : limits.error().text) + ".");
        return;
    }
    const auto most = number(limits->rows.front().at(0).value_or(""));
    const auto others = std::max<std::int64_t>(0, number(limits->rows.front().at(1).value_or("")) - now);
    preview.details = {{"server_limit", most}, {"other_sessions", others}};
    if (then + others > most) {
        plan.refusal = "PostgreSQL takes " + std::to_string(most) + " connections and " + std::to_string(others) +
                       " are others': " + std::to_string(then) + " for the pools are too many.";
    }
}

AuditResult PoolActs::carryOut(const AuditEntry& intent, bool, const std::function<bool()>& hurry) {
    // Announced is also wanted: after an interruption it is brought to its end, which it may be already.
    const auto pool = textOf(intent.parameters, "pool");
    const bool resizes = intent.action == "resize_pool";
    const bool pauses = intent.action == "pause_pool";
    Hold hold{resizes ? sizeKind : stateKind,
              pool,
              pauses ? pausedValue : resumingValue,
              referenceOf(intent),
              intent.operatorName,
              {}};
    const auto earlier = resizes ? sizeHold() : m_holds.find(stateKind, pool);
    if (!earlier) {
        return failed(earlier.error().text + ".");
    }
    if (resizes) {
        hold.value = textOf(intent.parameters, "size");
    } else if (pauses) {
        const auto lease = integerOf(intent.parameters, "lease_s").value_or(usualPause.count());
        hold.leaseUntil = wholeMilliseconds(intent.at + std::chrono::seconds(lease));
    }
    if (const auto kept = resizes ? m_holds.putOnly(hold) : m_holds.put(hold); !kept) {
        return failed(kept.error().text + ".");
    }
    bool stands = true;
    auto result = resizes ? resize(pool, integerOf(intent.parameters, "size").value_or(0),
                                   integerOf(intent.before, "size").value_or(0), stands)
                          : setPaused(pool, pauses, hurry);
    if (result.verdict == Verdict::Failed || !stands) {
        giveBack(hold, *earlier);
    } else if (result.verdict == Verdict::Applied && hold.value == resumingValue) {
        hold.value = activeValue;
        (void)m_holds.put(hold); // else the next turn sees it
    }
    return result;
}

Result<std::optional<Hold>> PoolActs::sizeHold() {
    const auto holds = m_holds.all(sizeKind);
    if (!holds) {
        return std::unexpected(holds.error());
    }
    const auto newest = std::ranges::max_element(*holds, {}, numberOf);
    return newest == holds->end() ? std::nullopt : std::optional(*newest);
}

/// What was tried is not wanted any more, else the next turn would try it again; what was held before still is.
void PoolActs::giveBack(const Hold& tried, const std::optional<Hold>& earlier) {
    const bool interrupted = earlier && earlier->reference == tried.reference; // it stands there from the first time
    if (earlier && !interrupted) {
        (void)(tried.kind == sizeKind ? m_holds.putOnly(*earlier) : m_holds.put(*earlier));
    } else if (!interrupted || tried.value != resumingValue) {
        (void)m_holds.remove(tried.kind, tried.target);
    }
}

AuditResult PoolActs::setPaused(const std::string& pool, bool pause, const std::function<bool()>& hurry) const {
    auto console = client();
    const auto command = (pause ? "PAUSE " : "RESUME ") + quoted(pool);
    // PAUSE answers once the transactions under way have ended; meanwhile no new one begins. RESUME, on another
    // connection, is told at once; it is refused where nothing is paused.
    const auto limit = in(pauseLimit);
    auto asked = console.run(command.c_str(), in(pause ? std::chrono::milliseconds(200) : callLimit));
    auto watcher = client();
    while (true) {
        const auto picture = look(watcher);
        const auto* const seen = picture ? picture->find(pool) : nullptr;
        const bool there = seen != nullptr && seen->paused == pause && (!pause || seen->active == 0);
        if (there) {
            return {Verdict::Applied, {{"pool", pool}, {"state", stateOf(pause)}}, {}, {}};
        }
        if (std::chrono::steady_clock::now() < limit && !hurry()) {
            if (seen != nullptr && seen->paused != pause) {
                asked = console.run(command.c_str(), in(std::chrono::milliseconds(200)));
            }
            std::this_thread::sleep_for(lookPause);
            continue;
        }
        if (!picture) {
            return {Verdict::InDoubt,
                    {},
                    {"pgbouncer"},
                    picture.error().text + ". It is the desired state and is set when pgBouncer answers."};
        }
        if (seen == nullptr) {
            return failed("pgBouncer has no pool " + pool + ".");
        }
        if (seen->paused == pause) {
            return {Verdict::InDoubt,
                    {{"pool", pool}, {"state", "pausing"}, {"servers_active", seen->active}},
                    {pool},
                    counted(seen->active, "transaction has", "transactions have") +
                        " not ended; no new one begins. Resume it, or end what holds it up."};
        }
        return asked ? failed("pgBouncer shows it as " + std::string(stateOf(seen->paused)) + ".")
                     : notDone(asked.error());
    }
}

Result<void> PoolActs::setDefaultSize(PgConsoleClient& console, std::int64_t size) {
    return console.run(("SET default_pool_size = " + std::to_string(size)).c_str(), in(callLimit));
}

AuditResult PoolActs::resize(const std::string& pool, std::int64_t size, std::int64_t before, bool& stands) const {
    auto console = client();
    const auto first = look(console);
    if (!first) {
        return notDone(first.error());
    }
    if (first->find(pool) == nullptr) {
        return failed("pgBouncer has no pool " + pool + ".");
    }
    if (const auto set = setDefaultSize(console, size); !set) {
        return notDone(set.error());
    }
    const auto picture = look(console);
    if (!picture) {
        return {Verdict::InDoubt, {}, {"pgbouncer"}, picture.error().text + "."};
    }
    const auto* const seen = picture->find(pool);
    AuditResult result;
    result.verdict = Verdict::Applied;
    if (seen != nullptr) {
        result.observedAfter = {{"pool", pool}, {"size", seen->size}, {"servers", seen->servers}};
    }
    if (seen == nullptr || seen->size != size) {
        // It has a size of its own that was the default's by chance: what was set has changed all but this one. After
        // an interruption the default is the new one already, and the intent tells the one before.
        const auto usual = first->defaultSize == size && before > 0 ? before : first->defaultSize;
        const auto back = setDefaultSize(console, usual);
        stands = false;
        result.verdict = back ? Verdict::Failed : Verdict::InDoubt;
        result.message = seen == nullptr ? "The pool is gone."
                                         : "pgBouncer shows the size " + std::to_string(seen->size) +
                                               ": it has that size of its own in pgbouncer.ini.";
        result.message += back ? " default_pool_size is " + std::to_string(usual) + " again."
                               : " default_pool_size could not be set back to " + std::to_string(usual) + ": " +
                                     back.error().text + ".";
    } else if (seen->servers > size * std::max<std::int64_t>(seen->users, 1)) {
        result.message = counted(seen->servers, "connection is", "connections are") +
                         " open still: those too many are closed as transactions end.";
    }
    return result;
}

SteadyTime PoolActs::leaseEnd(const Hold& hold) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(*hold.leaseUntil - m_clock.utcNow());
    return m_due.try_emplace(hold.reference, m_clock.steadyNow() + left).first->second;
}

bool PoolActs::hasEnded(const Hold& hold) {
    return hold.value == pausedValue && hold.leaseUntil && leaseEnd(hold) <= m_clock.steadyNow();
}

std::optional<QuickActs::Own> PoolActs::resumeOf(const Hold& hold) {
    const auto now = m_clock.steadyNow();
    const auto tried = m_tried.find(hold.reference);
    if (tried != m_tried.end() && now - tried->second < retryPause) {
        return std::nullopt;
    }
    auto change = planAction("resume_pool", {{"pool", hold.target}});
    if (!change) {
        return std::nullopt;
    }
    // An announcement that failed stands in the audit under its id: the next one is another occasion.
    auto id = "lease:" + hold.reference;
    if (tried != m_tried.end()) {
        id += ":" + std::to_string(wholeMilliseconds(m_clock.utcNow()).time_since_epoch().count());
    }
    m_tried.insert_or_assign(hold.reference, now);
    return Own{std::move(*change), "The lease of the pause has ended (#" + hold.reference + ")", std::move(id)};
}

void PoolActs::keepSize(PgConsoleClient& console, const Picture& picture, const Hold& hold) {
    const auto* const pool = picture.find(hold.target);
    if (pool == nullptr) {
        (void)m_holds.remove(sizeKind, hold.target);
        return;
    }
    const auto wanted = number(hold.value);
    if (pool->size == wanted || pool->size != picture.defaultSize || !setDefaultSize(console, wanted)) {
        return;
    }
    const auto after = look(console);
    const auto* const seen = after ? after->find(hold.target) : nullptr;
    if (seen != nullptr && seen->size != wanted && setDefaultSize(console, picture.defaultSize)) {
        (void)m_holds.remove(sizeKind, hold.target); // it has got a size of its own: nothing more is to follow that one
    }
}

void PoolActs::keepState(PgConsoleClient& console, const Picture& picture, const Hold& hold) {
    const auto* const pool = picture.find(hold.target);
    if (pool == nullptr) {
        (void)m_holds.remove(stateKind, hold.target); // one of that name that comes later is another one
    } else if (hold.value == pausedValue && !pool->paused && !hasEnded(hold)) {
        (void)console.run(("PAUSE " + quoted(hold.target)).c_str(), in(std::chrono::milliseconds(200)));
    } else if (hold.value == resumingValue && pool->paused) {
        (void)console.run(("RESUME " + quoted(hold.target)).c_str(), in(callLimit));
    } else if (hold.value == resumingValue) {
        auto done = hold;
        done.value = activeValue;
        (void)m_holds.put(done);
    }
}

std::optional<QuickActs::Own> PoolActs::keep() {
    auto states = m_holds.all(stateKind);
    const auto sizes = m_holds.all(sizeKind);
    const auto size = sizeHold();
    if (!states || !sizes || !size) {
        return std::nullopt;
    }
    if (sizes->size() > 1) {
        (void)m_holds.putOnly(**size);
    }
    std::erase_if(*states, [](const Hold& hold) { return hold.value == activeValue; });
    if (states->empty()) {
        m_due.clear();
        m_tried.clear();
    }
    if (states->empty() && !*size) {
        return std::nullopt; // nothing to assert: pgBouncer is not asked
    }
    for (const auto& hold : *states) {
        (void)hasEnded(hold); // its time runs from when it was first seen, whether pgBouncer answers or not
    }
    auto console = client();
    const auto picture = look(console);
    if (!picture) {
        return std::nullopt;
    }
    if (*size) {
        keepSize(console, *picture, **size);
    }
    std::optional<Own> own;
    for (const auto& hold : *states) {
        keepState(console, *picture, hold);
        if (!own && picture->find(hold.target) != nullptr && hasEnded(hold)) {
            own = resumeOf(hold);
        }
    }
    return own;
}

} // namespace binnacle::control
