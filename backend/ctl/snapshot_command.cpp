// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/snapshot_command.h"

#include "backend/ctl/snapshot_document.h"
#include "backend/ctl/stack_access.h"

#include <cstdio>

namespace binnacle::ctl {

namespace {

int failed(const std::string& sentence, const Options& options) {
    std::fprintf(stderr, "binnaclectl: %s\n", sentence.c_str());
    if (options.json) {
        // A script gets its document also when there is nothing in it.
        std::fputs(snapshotJson({}, std::chrono::steady_clock::now()).c_str(), stdout);
    }
    return kFailed;
}

} // namespace

int runSnapshot(const Options& options) {
    const auto place = findStack(options);
    if (!place) {
        return failed(place.error().text, options);
    }
    const auto status = readStack(*place);
    if (!status) {
        return failed(status.error().text, options);
    }
    if (status->state != "running") {
        std::fprintf(stderr, "binnaclectl: the stack is %s%s%s\n", status->state.c_str(),
                     status->step.empty() ? "" : ": ", status->step.c_str());
    }
    auto collectors = collectorsOf(*place, *status);
    std::string names;
    for (const auto& collector : collectors) {
        names += (names.empty() ? "" : ", ") + collector->source();
    }
    std::erase_if(collectors, [&](const auto& collector) { return !collector->source().starts_with(options.source); });
    if (collectors.empty()) {
        if (names.empty()) {
            return failed("The stack has no sources yet.", options);
        }
        failed("No source is named " + options.source + ". There are: " + names + ".", options);
        return kUsage;
    }
    const auto passes = readTwice(std::move(collectors));
    const auto now = std::chrono::steady_clock::now();
    const auto text = options.json ? snapshotJson(passes, now) : snapshotTable(passes, now);
    if (std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout) != 0) {
        return kFailed;
    }
    return anyLost(passes, now) ? kFailed : kDone;
}

} // namespace binnacle::ctl
