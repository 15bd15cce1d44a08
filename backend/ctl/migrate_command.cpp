// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/action_documents.h"
#include "backend/ctl/action_access.h"
#include "backend/ctl/action_commands.h"
#include "backend/ctl/long_action.h"
#include "backend/ctl/plain_text.h"

#include <cstdio>

namespace binnacle::ctl {

namespace {

constexpr std::chrono::seconds kPatience{5};

int failed(const Error& error, const Options& options) {
    std::fprintf(stderr, "binnaclectl: %s\n", plainText(error.text).c_str());
    if (options.json) {
        std::printf("%s\n", errorDocument(error.code, error.text).c_str());
    }
    return kFailed;
}

std::string rowText(const MigrationStatus& row) {
    const auto megabytes = [](std::int64_t bytes) { return std::to_string(bytes / 1'000'000) + " MB"; };
    const auto size = row.state == MigrationStatus::State::Unknown
                          ? std::string()
                          : ", about " + std::to_string(row.tableRows) + " rows, " + megabytes(row.tableBytes) +
                                " and " + megabytes(row.indexBytes) + " of indexes";
    const std::string lines[] = {row.title + ": " + progressText(row), "on " + row.table + size, row.statement,
                                 row.lock, row.reference.empty() ? std::string() : "last changed by #" + row.reference};
    std::string text = plainText(row.id) + "\n";
    for (const auto& line : lines) {
        text += line.empty() ? "" : "  " + plainText(line) + "\n";
    }
    return text;
}

int runAs(const char* action, const Options& options) {
    auto act = options;
    act.action = action;
    act.parameters = {"id=" + options.migration};
    return runAction(act);
}

} // namespace

int runMigrateStatus(const Options& options) {
    const auto place = findStack(options);
    if (!place) {
        return failed(place.error(), options);
    }
    auto readOnly = options;
    readOnly.mayBreakGlass = false;
    const auto gateway = chooseGateway(*place, readOnly);
    if (!gateway) {
        return failed(gateway.error(), options);
    }
    const auto view = gateway->control()->view(kPatience);
    if (!view) {
        return failed(view.error(), options);
    }
    if (!view->migrations) {
        return failed({ErrorCode::NotFound, "This control has no database to migrate."}, options);
    }
    if (options.json) {
        std::printf("%s\n", migrationsDocument(*view->migrations).c_str());
        return view->migrations->problem.empty() ? kDone : kFailed; // the document says why
    }
    for (const auto& row : view->migrations->rows) {
        std::printf("%s", rowText(row).c_str());
    }
    if (!view->migrations->problem.empty()) {
        std::fprintf(stderr, "binnaclectl: %s\n", plainText(view->migrations->problem).c_str());
        return kFailed;
    }
    return kDone;
}

int runMigrateApply(const Options& options) {
    return runAs("apply_migration", options);
}

int runMigrateRollback(const Options& options) {
    return runAs("revert_migration", options);
}

} // namespace binnacle::ctl
