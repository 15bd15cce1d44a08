// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/table_seeder.h"

#include "backend/clients/pg_session.h"
#include "backend/clients/stack_client.h"
#include "backend/clients/stack_locator.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <sys/statvfs.h>
#include <thread>
#include <unistd.h>

namespace binnacle::load {

namespace {

constexpr std::chrono::seconds kStepLimit{60};
constexpr std::chrono::seconds kBatchLimit{30};
constexpr std::int64_t kBatchRows = 20'000;

/// Held by the session, so that a killed predecessor's last batch has ended, one way or the other, before we count.
constexpr const char* kLock = "select pg_try_advisory_lock(hashtextextended('binnacle-load seed', 0))";

/// What the rows refer to. One statement each, and nothing where it is there already.
constexpr const char* kFrame[] = {
    "insert into public.organisations (name, created_at) select 'Harbour Archive', timestamptz '2024-01-08 "
    "08:00:00+00' "
    "where not exists (select 1 from public.organisations where name = 'Harbour Archive')",
    "insert into public.users (organisation_id, email, display_name, created_at) "
    "select o.id, 'archive' || n || '@harbour.example', "
    "(array['Ines', 'Jonas', 'Kaya', 'Luis', 'Mira', 'Nils', 'Odile', 'Pavel'])[1 + n % 8] || ' ' || "
    "(array['Brandt', 'Costa', 'Dahl', 'Eriksen', 'Fontaine'])[1 + n / 8 % 5], timestamptz '2024-01-08 09:00:00+00' "
    "from generate_series(0, 39) n, public.organisations o where o.name = 'Harbour Archive' order by n "
    "on conflict (email) do nothing",
    "insert into public.projects (organisation_id, owner_id, name, description, status, created_at, updated_at) "
    "select o.id, u.ids[1 + n * 7 % 40], 'Archive ' || lpad((n + 1)::text, 3, '0'), 'Work that was done before.', "
    "case when n % 3 = 0 then 'archived' else 'active' end, timestamptz '2024-01-09 08:00:00+00' + n * interval '1 "
    "hour', "
    "timestamptz '2024-01-09 08:00:00+00' + n * interval '1 hour' "
    "from generate_series(0, 399) n, public.organisations o, "
    "lateral (select array_agg(id order by id) as ids from public.users where organisation_id = o.id) u "
    "where o.name = 'Harbour Archive' "
    "and not exists (select 1 from public.projects where organisation_id = o.id) order by n",
};

/// Row n for $1 <= n < $2, from n alone. Times rise with n, so that the indexes by time grow at one end.
constexpr const char* kBatch =
    "insert into public.tasks (organisation_id, project_id, assignee_id, title, status, priority, due_on, created_at, "
    "updated_at) "
    "select o.id, p.ids[1 + (n * 7919 % 20011) * (n * 7919 % 20011) / 1001101], "
    "case when n % 6 = 0 then null else u.ids[1 + n * 5 % 40] end, "
    "(array['Review', 'Draft', 'Fix', 'Measure', 'Document', 'Plan', 'Test', 'Ship', 'Clarify', 'Retire'])[1 + n % 10] "
    "|| ' ' || (array['the invoice export', 'the login page', 'the search index', 'the weekly report', "
    "'the import job', 'the mobile layout', 'the access rules', 'the backup drill', 'the price table', "
    "'the sign-up mail', 'the audit trail'])[1 + n / 10 % 11] || ' #' || n, "
    "(array['open', 'in_progress', 'done', 'done', 'done'])[1 + n * 13 % 5], "
    "(array['normal', 'normal', 'low', 'high'])[1 + n * 11 % 4], "
    "case when n % 4 = 0 then date '2024-02-01' + (n % 730)::int end, "
    "timestamptz '2024-02-01 08:00:00+00' + n * interval '25 seconds', "
    "timestamptz '2024-02-01 08:00:00+00' + n * interval '25 seconds' + n % 97 * interval '1 hour' "
    "from generate_series($1::bigint, $2::bigint - 1) n, "
    "(select id from public.organisations where name = 'Harbour Archive' order by id limit 1) o, "
    "lateral (select array_agg(id order by id) as ids from public.projects where organisation_id = o.id) p, "
    "lateral (select array_agg(id order by id) as ids from public.users where organisation_id = o.id) u "
    "order by n";

SteadyTime in(std::chrono::seconds patience) {
    return std::chrono::steady_clock::now() + patience;
}

Result<std::uint64_t> freeBytesAt(const std::string& directory) {
    struct statvfs room {};
    if (::statvfs(directory.c_str(), &room) != 0) {
        return fail(ErrorCode::Io, fmt::format("{}: {}", directory, std::strerror(errno)));
    }
    return static_cast<std::uint64_t>(room.f_bavail) * room.f_frsize;
}

Result<void> takeLock(PgSession& session) {
    const auto deadline = in(std::chrono::seconds(10));
    while (true) {
        const auto answer = session.execute(kLock, {}, in(kStepLimit));
        if (!answer) {
            return std::unexpected(answer.error());
        }
        if (answer->rows.at(0).at(0) == "t") {
            return {};
        }
        if (std::chrono::steady_clock::now() > deadline) {
            return fail(ErrorCode::Conflict, "another binnacle-load seed fills this table: wait for its end");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
}

Result<std::int64_t> countRows(PgSession& session) {
    const auto answer = session.execute("select count(*) from public.tasks", {}, in(kStepLimit));
    if (!answer) {
        return std::unexpected(answer.error());
    }
    const auto text = answer->rows.at(0).at(0).value_or("");
    std::int64_t rows = -1;
    std::from_chars(text.data(), text.data() + text.size(), rows);
    return rows >= 0 ? Result<std::int64_t>(rows) : fail(ErrorCode::Protocol, "PostgreSQL counts no rows");
}

/// The planner and the preview of a migration go by these figures.
Result<void> analyse(const SeedTarget& target) {
    auto owner = PgSession::open(target.database + " user=migrator application_name=binnacle-load",
                                 target.migratorPassfile, "-c statement_timeout=60s", in(kStepLimit));
    if (!owner) {
        return std::unexpected(owner.error());
    }
    const auto done = owner->execute("analyze public.organisations, public.users, public.projects, public.tasks", {},
                                     in(kStepLimit + std::chrono::seconds(5)));
    return done ? Result<void>{} : std::unexpected(done.error());
}

} // namespace

Result<SeedTarget> findSeedTarget(const std::optional<std::string>& stateDir) {
    const auto environment = processEnvironment();
    const auto directory = resolveStateDir(stateDir, environment, ::getuid());
    if (!directory) {
        return std::unexpected(directory.error());
    }
    StackClient client(stackSocketFor(runDirFor(*directory, environment, ::getuid())));
    const auto status = client.status(in(std::chrono::seconds(5)));
    if (!status) {
        return fail(status.error().code,
                    fmt::format("no stack runs for {}: {}", directory->string(), status.error().text));
    }
    const auto credentials = std::filesystem::path(status->credentials.pgpassFile).parent_path();
    if (status->endpoints.postgresPrimary.empty() || credentials.empty()) {
        return fail(ErrorCode::Protocol, "the stack names no database yet: is it still starting?");
    }
    return SeedTarget{status->endpoints.postgresPrimary,
                      credentials / "app.pgpass",
                      credentials / "migrator.pgpass",
                      status->stateDir,
                      status->diskUsedBytes,
                      status->diskQuotaBytes};
}

std::optional<std::string> whyNoRoom(std::int64_t moreRows, const SeedTarget& target, std::uint64_t freeBytes) {
    const auto needed = static_cast<std::uint64_t>(moreRows) * seedBytesPerRow;
    const auto megabytes = [](std::uint64_t bytes) { return bytes / 1'000'000; };
    if (needed > freeBytes) {
        return fmt::format("{} more rows take about {} MB on the three servers, and {} has {} MB free", moreRows,
                           megabytes(needed), target.stateDir, megabytes(freeBytes));
    }
    if (target.quotaBytes && target.usedBytes && needed + *target.usedBytes > *target.quotaBytes) {
        return fmt::format("{} more rows take about {} MB on the three servers; the stack uses {} MB of the {} MB that "
                           "it may have",
                           moreRows, megabytes(needed), megabytes(*target.usedBytes), megabytes(*target.quotaBytes));
    }
    return std::nullopt;
}

Result<SeedReport> seedTable(const SeedTarget& target, std::int64_t rows,
                             const std::function<void(const SeedProgress&)>& progress,
                             const std::function<bool()>& keepOn) {
    const auto begun = std::chrono::steady_clock::now();
    const auto seconds = [&] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    };
    auto session = PgSession::open(target.database + " user=app_rw application_name=binnacle-load",
                                   target.writerPassfile, "-c statement_timeout=30s", in(kStepLimit));
    if (!session) {
        return std::unexpected(session.error());
    }
    if (auto locked = takeLock(*session); !locked) {
        return std::unexpected(locked.error());
    }
    const auto present = countRows(*session);
    if (!present) {
        return std::unexpected(present.error());
    }
    SeedReport report{*present, *present, 0, false};
    if (*present < rows) {
        const auto room = freeBytesAt(target.stateDir);
        if (!room) {
            return std::unexpected(room.error());
        }
        if (const auto reason = whyNoRoom(rows - *present, target, *room)) {
            return fail(ErrorCode::Conflict, *reason + ". Nothing was done.");
        }
        for (const char* sql : kFrame) {
            if (const auto done = session->execute(sql, {}, in(kStepLimit)); !done) {
                return std::unexpected(done.error());
            }
        }
    }
    while (report.rows < rows) {
        if (!keepOn()) {
            report.interrupted = true;
            break;
        }
        const auto end = std::min(rows, report.rows + kBatchRows);
        const auto done = session->execute(kBatch, {std::to_string(report.rows), std::to_string(end)}, in(kBatchLimit));
        if (!done) {
            return fail(done.error().code, fmt::format("{} (at {} of {} rows; the same command goes on from there)",
                                                       done.error().text, report.rows, rows));
        }
        report.rows += done->changed;
        progress({report.rows, rows, static_cast<double>(report.rows - report.rowsBefore) / seconds()});
    }
    if (report.rows > report.rowsBefore && !report.interrupted) {
        if (auto analysed = analyse(target); !analysed) {
            return fail(analysed.error().code, fmt::format("all {} rows are there, but the statistics are not: {}",
                                                           report.rows, analysed.error().text));
        }
    }
    report.seconds = seconds();
    return report;
}

} // namespace binnacle::load
