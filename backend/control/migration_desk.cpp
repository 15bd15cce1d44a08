// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/migration_desk.h"

#include <algorithm>

namespace binnacle::control {

using State = MigrationStatus::State;

namespace {

std::string sentence(std::string text) {
    return text.empty() || text.ends_with('.') ? text : text + ".";
}

void fillFacts(MigrationStatus& row, const TableFacts& facts) {
    row.tableRows = facts.rows;
    row.tableBytes = facts.tableBytes;
    row.indexBytes = facts.indexBytes;
}

Result<const Migration*> findIn(const Result<std::vector<Migration>>& files, const std::string& id) {
    return files ? findMigration(*files, id) : std::unexpected(files.error());
}

/// How a migration stands where nothing runs, from what the database has.
void judge(MigrationStatus& row, const LedgerEntry* entry, IndexState index) {
    row.reference = entry != nullptr ? entry->reference : std::string();
    const bool applied = entry != nullptr && entry->applied;
    row.state = applied ? State::Applied : State::Pending;
    if (applied && index != IndexState::Valid) {
        row.state = State::Failed;
        row.message =
            index == IndexState::Absent
                ? "The ledger says applied, but somebody has dropped the index since. Roll it back and apply it."
                : "The ledger says applied, but the index is invalid. Roll it back and apply it.";
    } else if (!applied && index == IndexState::Invalid) {
        row.message = "An invalid index of this name is there. It is dropped first when this is applied.";
    } else if (!applied && index == IndexState::Valid) {
        row.message = "An index of this name is there already. Applying this only writes it into the ledger.";
    }
}

} // namespace

MigrationStatus rowOf(const Migration& migration) {
    MigrationStatus row;
    row.id = migration.id;
    row.title = migration.title;
    row.table = migration.index.qualifiedTable();
    row.statement = migration.statement;
    row.revertStatement = migration.revertStatement;
    row.lock = "SHARE UPDATE EXCLUSIVE on " + row.table +
               ": reads and writes go on; VACUUM, ANALYZE and other changes of the table wait.";
    return row;
}

MigrationDesk::MigrationDesk(Files files, Connect connect, RunnerOptions options, const Clock& clock)
    : m_files(std::move(files))
    , m_connect(std::move(connect))
    , m_options(std::move(options))
    , m_clock(clock)
    , m_reader(m_connect()) {}

MigrationDesk::~MigrationDesk() {
    stop();
}

void MigrationDesk::start(Ended ended) {
    m_ended = std::move(ended);
    m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void MigrationDesk::stop() {
    if (!m_thread.joinable()) {
        return;
    }
    m_thread.request_stop();
    {
        const std::scoped_lock lock(m_mutex);
        if (m_running) {
            m_running->orders->quit();
        }
    }
    m_thread.join();
}

const MigrationDesk::Job* MigrationDesk::underWay() const {
    return m_running ? &*m_running : m_queue.empty() ? nullptr : &m_queue.front();
}

Result<UndertakingPlan> MigrationDesk::plan(const PlannedChange& change) {
    return change.undertaking == Verb::StopMigration ? planStop(change) : planRun(change);
}

Result<UndertakingPlan> MigrationDesk::planStop(const PlannedChange& change) {
    const auto id = textOf(change.parameters, "id");
    UndertakingPlan plan;
    const std::scoped_lock lock(m_mutex);
    const auto* const job = underWay();
    const bool runs = job != nullptr && job->id == id;
    if (!runs) {
        plan.refusal = job == nullptr ? "No migration runs." : "It is " + job->id + " that runs.";
    }
    const auto row = std::ranges::find(m_view.rows, id, &MigrationStatus::id);
    plan.preview.target = row == m_view.rows.end() ? id : row->table;
    plan.preview.affected = {plan.preview.target};
    plan.preview.before = {{"migration", id}, {"state", runs ? "running" : "not running"}};
    plan.preview.after = {{"migration", id}, {"state", "stopped"}};
    plan.state = id + (runs ? " runs as " + referenceOf(job->intent) : " does not run");
    return plan;
}

Result<UndertakingPlan> MigrationDesk::planRun(const PlannedChange& change) {
    const auto files = m_files();
    if (!files) {
        return std::unexpected(files.error());
    }
    const auto found = findMigration(*files, textOf(change.parameters, "id"));
    if (!found) {
        return std::unexpected(found.error());
    }
    const auto& migration = **found;
    const bool apply = change.action == "apply_migration";
    const auto database = m_connect();
    const auto facts = database->tableFacts(migration.index);
    if (!facts) {
        return refusedBy(facts.error());
    }
    const auto ledger = database->ledger();
    if (!ledger) {
        return refusedBy(ledger.error());
    }
    const auto index = database->indexState(migration.index);
    if (!index) {
        return refusedBy(index.error());
    }
    auto preflight = apply ? database->preflight(migration.index, *facts) : Result<Preflight>(Preflight{});
    if (!preflight) {
        return refusedBy(std::move(preflight.error()));
    }
    auto unwritable = database->whyNotRecord();
    if (!unwritable) {
        return refusedBy(std::move(unwritable.error()));
    }
    auto row = rowOf(migration);
    const auto* const entry = entryOf(*ledger, migration.id);
    judge(row, entry, *index);

    UndertakingPlan plan;
    plan.reference = row.reference;
    plan.refusal = apply ? whyNotApply(*files, *ledger, migration) : whyNotRevert(*files, *ledger, migration);
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto* const job = underWay()) {
            plan.refusal = "The migration " + job->id + " runs, begun by " + job->intent.operatorName + " (#" +
                           std::to_string(job->intent.number) + "). There is one at a time.";
        }
    }
    if (*unwritable) {
        preflight->refusals.push_back(std::move(**unwritable));
    }
    for (const auto& refusal : preflight->refusals) {
        plan.refusal = plan.refusal ? *plan.refusal + " " + refusal : refusal;
    }
    auto& preview = plan.preview;
    preview.target = row.table;
    preview.affected = {row.table};
    const std::string now = entry != nullptr && entry->applied ? "applied" : "pending";
    preview.before = {{"migration", migration.id}, {"state", now}};
    preview.after = {{"migration", migration.id}, {"state", apply ? "applied" : "pending"}};
    preview.details = {{"statement", apply ? row.statement : row.revertStatement},
                       {"lock", row.lock},
                       {"table", row.table},
                       {"rows", facts->rows},
                       {"table_bytes", facts->tableBytes},
                       {"index_bytes", facts->indexBytes}};
    preview.warnings = std::move(preflight->warnings);
    if (!row.message.empty()) {
        preview.warnings.push_back(row.message);
    }
    plan.state = migration.id + " " + migration.digest + " " + now + " " + row.reference;
    return plan;
}

Result<void> MigrationDesk::reserve(const PlannedChange& change) {
    const std::scoped_lock lock(m_mutex);
    if (change.undertaking == Verb::StopMigration) {
        return {}; // several may ask for the same
    }
    if (m_reserved || underWay() != nullptr) {
        return fail(ErrorCode::Conflict, "The migration " + (m_reserved ? *m_reserved : underWay()->id) +
                                             " was begun in this moment. There is one at a time.");
    }
    m_reserved = textOf(change.parameters, "id");
    return {};
}

void MigrationDesk::release(const PlannedChange& change) {
    const std::scoped_lock lock(m_mutex);
    if (change.undertaking != Verb::StopMigration) {
        m_reserved.reset();
    }
}

void MigrationDesk::begin(const AuditEntry& intent, bool resumed) {
    const std::scoped_lock lock(m_mutex);
    if (!m_known.insert(intent.number).second) {
        return;
    }
    if (intent.action == "stop_migration") {
        const auto id = textOf(intent.parameters, "id");
        m_stops.push_back(intent);
        if (m_running && m_running->id == id) {
            m_running->orders->stop();
        }
        for (const auto& job : m_queue) {
            if (job.id == id) {
                job.orders->stop();
            }
        }
    } else {
        Job job;
        job.intent = intent;
        job.id = textOf(intent.parameters, "id");
        job.direction = intent.action == "apply_migration" ? Direction::Apply : Direction::Revert;
        job.resumed = resumed;
        m_queue.push_back(std::move(job));
        m_reserved.reset();
    }
    m_wake.notify_all();
}

std::optional<PlannedChange> MigrationDesk::stopOfWhatRuns() {
    std::string id;
    {
        const std::scoped_lock lock(m_mutex);
        const auto* const job = underWay();
        if (job == nullptr) {
            return std::nullopt;
        }
        id = job->id;
    }
    const auto change = planAction("stop_migration", {{"id", id}});
    return change ? std::optional(*change) : std::nullopt;
}

MigrationsView MigrationDesk::view() const {
    const std::scoped_lock lock(m_mutex);
    auto view = m_view;
    if (m_lookedAt) {
        view.age = std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.steadyNow() - *m_lookedAt);
    }
    return view;
}

void MigrationDesk::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        tellUntold();
        std::optional<Job> job;
        std::vector<AuditEntry> late;
        {
            const std::scoped_lock lock(m_mutex);
            if (stop.stop_requested()) {
                break; // `stop` has looked already for a job to quit: one begun now would not hear of it
            }
            if (!m_queue.empty()) {
                m_running = std::move(m_queue.front());
                m_queue.pop_front();
                job = m_running;
            } else {
                late.swap(m_stops);
            }
        }
        for (const auto& intent : late) {
            tell(intent, {Verdict::Failed, {}, {}, "What it was to stop had ended before."});
        }
        if (job) {
            carryOut(*job);
        }
        look();
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, stop, lookPause, [this] { return !m_queue.empty() || !m_stops.empty(); });
    }
    tellUntold();
}

RunResult MigrationDesk::runJob(const Job& job, MigrationStatus& picture) {
    auto files = m_files();
    auto found = findIn(files, job.id);
    // A process before this one may have left an invalid index behind, and its name stands in the files alone.
    while (!found && job.resumed && !job.orders->quitAsked()) {
        picture.state = State::Waiting;
        picture.reference = referenceOf(job.intent);
        picture.message =
            "It was interrupted, and goes on as soon as its files are there again: " + sentence(found.error().text);
        show(picture);
        job.orders->wait(lookPause, false);
        files = m_files();
        found = findIn(files, job.id);
    }
    if (!found) {
        return {job.orders->quitAsked() ? RunEnd::Quit : RunEnd::Failed, sentence(found.error().text), 0};
    }
    const auto database = m_connect();
    picture = rowOf(**found);
    picture.startedAt = wholeMilliseconds(m_clock.utcNow());
    picture.reference = referenceOf(job.intent);
    picture.state = State::Waiting;
    if (const auto facts = database->tableFacts((*found)->index)) {
        fillFacts(picture, *facts);
    }
    MigrationRunner runner(*database, m_options);
    return runner.run(*files, **found, job.direction, referenceOf(job.intent), job.resumed, *job.orders, picture,
                      [&](const MigrationStatus& row) {
                          picture = row;
                          show(row);
                      });
}

void MigrationDesk::carryOut(const Job& job) {
    MigrationStatus picture;
    picture.id = job.id;
    const auto started = wholeMilliseconds(m_clock.utcNow());
    const auto result = runJob(job, picture);
    if (result.end == RunEnd::Quit) {
        return; // the open intent stays open: the next process goes on
    }
    {
        const std::scoped_lock lock(m_mutex);
        LastRun last;
        last.state = result.end == RunEnd::Stopped  ? State::Stopped
                     : result.end == RunEnd::Failed ? State::Failed
                                                    : State::Applied;
        last.message = result.end == RunEnd::Stopped ? "Stopped on request." : result.message;
        last.attempts = result.attempts;
        last.startedAt = started;
        last.endedAt = wholeMilliseconds(m_clock.utcNow());
        m_lastRuns[job.id] = std::move(last);
    }
    settle(job, result);
}

void MigrationDesk::settle(const Job& job, const RunResult& result) {
    std::vector<AuditEntry> stops;
    {
        const std::scoped_lock lock(m_mutex);
        m_running.reset();
        stops.swap(m_stops);
    }
    const bool apply = job.direction == Direction::Apply;
    const bool done = result.end == RunEnd::Done;
    const std::string state = done == apply ? "applied" : "pending";
    AuditResult ended;
    ended.verdict = done ? Verdict::Applied : Verdict::Failed;
    ended.observedAfter = {{"migration", job.id}, {"state", state}};
    if (result.attempts > 1) {
        ended.observedAfter.emplace("attempts", std::int64_t{result.attempts});
    }
    ended.message = result.message;
    if (result.end == RunEnd::Stopped) {
        ended.message = "Stopped on request";
        ended.message +=
            stops.empty() ? "."
                          : " of " + stops.front().operatorName + " (#" + std::to_string(stops.front().number) + ").";
        ended.message += " Nothing half-built is left.";
    }
    if (job.resumed) {
        ended.message += (ended.message.empty() ? "" : " ") +
                         std::string("Control was interrupted while it ran, and has brought it to its end.");
    }
    tell(job.intent, ended);
    for (const auto& stop : stops) {
        AuditResult stopped;
        stopped.verdict = result.end == RunEnd::Stopped ? Verdict::Applied : Verdict::Failed;
        stopped.observedAfter = ended.observedAfter;
        if (result.end != RunEnd::Stopped) {
            stopped.message = done ? "It had ended before it could be stopped." : "It failed: " + result.message;
        }
        tell(stop, stopped);
    }
}

void MigrationDesk::tell(const AuditEntry& intent, const AuditResult& result) {
    m_untold.emplace_back(intent, result);
    tellUntold();
}

void MigrationDesk::tellUntold() {
    // In order: with the end of a stop recorded, and that of what it stopped not, the next process would begin it anew.
    while (!m_untold.empty() && m_ended(m_untold.front().first, m_untold.front().second)) {
        m_untold.pop_front();
    }
}

void MigrationDesk::show(const MigrationStatus& row) {
    const std::scoped_lock lock(m_mutex);
    m_lookedAt = m_clock.steadyNow();
    const auto place = std::ranges::find(m_view.rows, row.id, &MigrationStatus::id);
    if (place == m_view.rows.end()) {
        m_view.rows.push_back(row);
    } else {
        *place = row;
    }
}

Result<std::vector<MigrationStatus>> MigrationDesk::readRows(const std::vector<Migration>& files) {
    const auto ledger = m_reader->ledger();
    if (!ledger) {
        return std::unexpected(ledger.error());
    }
    std::vector<MigrationStatus> rows;
    for (const auto& file : files) {
        auto row = rowOf(file);
        const auto facts = m_reader->tableFacts(file.index);
        const auto index = m_reader->indexState(file.index);
        if (!facts || !index) {
            const auto& error = facts ? index.error() : facts.error();
            if (error.code != ErrorCode::Invalid) {
                return std::unexpected(error);
            }
            row.message = error.text; // of this one alone: its table is not there
            rows.push_back(std::move(row));
            continue;
        }
        fillFacts(row, *facts);
        const auto* const entry = entryOf(*ledger, file.id);
        judge(row, entry, *index);
        const bool applied = entry != nullptr && entry->applied;
        if (row.message.empty()) {
            row.message =
                (applied ? whyNotRevert(files, *ledger, file) : whyNotApply(files, *ledger, file)).value_or("");
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

void MigrationDesk::look() {
    const auto files = m_files();
    auto rows = files ? readRows(*files) : Result<std::vector<MigrationStatus>>(std::unexpected(files.error()));
    if (!rows) {
        m_reader->disconnect();
    }
    const std::scoped_lock lock(m_mutex);
    if (!rows) {
        m_view.problem = sentence(rows.error().text);
        std::vector<MigrationStatus> known;
        for (const auto& file : files ? *files : std::vector<Migration>{}) {
            known.push_back(rowOf(file)); // what they are is known all the same
        }
        m_view.rows = std::move(known);
        return;
    }
    m_view.problem.clear();
    m_lookedAt = m_clock.steadyNow();
    for (auto& row : *rows) {
        const auto last = m_lastRuns.find(row.id);
        if (last == m_lastRuns.end()) {
            continue;
        }
        row.startedAt = last->second.startedAt;
        row.endedAt = last->second.endedAt;
        row.attempt = last->second.attempts;
        const bool ended = last->second.state == State::Stopped || last->second.state == State::Failed;
        if (ended && row.state == State::Pending) {
            row.state = last->second.state;
            row.message = last->second.message;
        }
    }
    m_view.rows = std::move(*rows);
}

} // namespace binnacle::control
