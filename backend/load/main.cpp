// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/pg_connect.h"
#include "backend/load/load_report.h"
#include "backend/load/open_loop_run.h"
#include "backend/load/scenario_command.h"
#include "backend/load/stack_target.h"
#include "backend/load/table_seeder.h"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace {

using namespace binnacle;
using namespace binnacle::load;

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kUsage = 2;
constexpr int kRefused = 3;

struct Arguments {
    double rate = 50;
    double duration = 10;
    std::string mix = "default";
    std::size_t connections = 16;
    std::uint32_t users = 1000;
    std::uint64_t seed = 1;
    double timeout = 10;
    bool json = false;
    bool progress = false;
    std::string stateDir;
    std::string url;
    std::string keyFile;
    std::int64_t rows = 0;
};

volatile std::sig_atomic_t stopAsked = 0;

void askToStop(int) {
    stopAsked = 1;
}

void say(std::string_view sentence) {
    fmt::print(stderr, "binnacle-load: {}\n", sentence);
}

Result<Target> findTarget(const Arguments& arguments) {
    if (arguments.url.empty()) {
        return findStackTarget(arguments.stateDir.empty() ? std::nullopt : std::optional(arguments.stateDir));
    }
    auto endpoint = resolveEndpoint(arguments.url);
    if (!endpoint) {
        return std::unexpected(endpoint.error());
    }
    auto key = readKeyFile(arguments.keyFile);
    if (!key) {
        return std::unexpected(key.error());
    }
    return Target{std::move(*endpoint), std::move(*key)};
}

int run(const Arguments& arguments) {
    const auto mix = findMix(arguments.mix);
    if (!mix) {
        say(fmt::format("there is no mix named {}; there is: {}", arguments.mix, mixNames()));
        return kUsage;
    }
    const auto target = findTarget(arguments);
    if (!target) {
        say(target.error().text);
        return kFailed;
    }
    RunOptions options;
    options.ratePerSecond = arguments.rate;
    if (arguments.duration > 0) {
        options.duration = std::chrono::milliseconds(std::llround(arguments.duration * 1e3));
    }
    options.mix = *mix;
    options.connections = arguments.connections;
    options.users = arguments.users;
    options.seed = arguments.seed;
    options.timeout = std::chrono::milliseconds(std::llround(arguments.timeout * 1e3));
    options.notice = say;
    if (arguments.progress) {
        options.progress = [](std::string_view line) { fmt::print(stderr, "{}\n", line); };
    }
    const auto report = runOpenLoop(options, *target);
    if (!report) {
        say(report.error().text);
        return kFailed;
    }
    const std::string text = arguments.json ? reportDocument(*report) : reportText(*report);
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
        say("the report could not be written to standard output");
        return kFailed;
    }
    const auto total = report->total();
    if (total.dropped > 0) {
        say(fmt::format("{} requests were dropped unsent: all {} connections stayed busy", total.dropped,
                        report->connections));
    }
    if (report->answered() == 0 && arguments.duration > 0 && !report->interrupted) {
        say(fmt::format("{} answered nothing", report->url));
        return kFailed;
    }
    return kDone;
}

void showProgress(const SeedProgress& now) {
    const auto left = static_cast<double>(now.wanted - now.rows) / now.rowsPerSecond;
    say(fmt::format("{} of {} rows, {:.0f} rows/s, {:.0f} s left", now.rows, now.wanted, now.rowsPerSecond,
                    std::ceil(left)));
}

int seedFailed(const Error& error, const Arguments& arguments) {
    const bool refused = error.code == ErrorCode::Conflict; // a guard said no: no room, or another one seeds
    say(error.text);
    if (arguments.json) {
        fmt::print("{}\n", errorDocument(refused ? "refused" : "failed", error.text));
    }
    return refused ? kRefused : kFailed;
}

int seed(const Arguments& arguments) {
    const auto target = findSeedTarget(arguments.stateDir.empty() ? std::nullopt : std::optional(arguments.stateDir));
    if (!target) {
        return seedFailed(target.error(), arguments);
    }
    std::signal(SIGINT, askToStop);
    std::signal(SIGTERM, askToStop);
    auto nextLine = std::chrono::steady_clock::now();
    const auto report = seedTable(
        *target, arguments.rows,
        [&](const SeedProgress& now) {
            if (std::chrono::steady_clock::now() >= nextLine || now.rows >= now.wanted) {
                showProgress(now);
                nextLine = std::chrono::steady_clock::now() + std::chrono::seconds(1);
            }
        },
        [] { return stopAsked == 0; });
    if (!report) {
        return seedFailed(report.error(), arguments);
    }
    const auto added = report->rows - report->rowsBefore;
    if (arguments.json) {
        fmt::print("{{\"rows_before\":{},\"rows\":{},\"added\":{},\"seconds\":{:.3f},\"interrupted\":{}}}\n",
                   report->rowsBefore, report->rows, added, report->seconds, report->interrupted);
    } else {
        fmt::print("{} rows, {} of them added in {:.1f} s\n", report->rows, added, report->seconds);
    }
    if (report->interrupted) {
        say("stopped; the same command goes on from there");
        return kFailed;
    }
    return kDone;
}

int playOne(ScenarioArguments scenario, const Arguments& arguments) {
    std::signal(SIGINT, askToStop);
    std::signal(SIGTERM, askToStop);
    std::signal(SIGHUP, askToStop);
    scenario.json = arguments.json;
    if (!arguments.stateDir.empty()) {
        scenario.stateDir = arguments.stateDir;
    }
    return runScenario(scenario, [] { return stopAsked == 0; });
}

/// CLI::Range lets "nan" pass, because every comparison with it is false; a schedule of NaN never ends.
std::string refuseNonFinite(const std::string& text) {
    const double value = std::strtod(text.c_str(), nullptr);
    return std::isfinite(value) ? std::string() : text + " is not a number that time can be kept by";
}

} // namespace

int main(int argc, char** argv) {
    // A reader of our output that left is an error of a write, not the end of the process.
    std::signal(SIGPIPE, SIG_IGN);
    forgetPostgresEnvironment();
    Arguments arguments;
    CLI::App app(
        "Open-loop traffic for a service: latency is measured from the moment a request was due. Rows for it, too, and "
        "rehearsed faults of the bundled stack.",
        "binnacle-load");
    app.set_version_flag("--version", BINNACLE_VERSION);
    app.require_subcommand(1);
    app.add_flag("--json", arguments.json, "print one JSON document on standard output");
    auto* stateDir = app.add_option("--state-dir", arguments.stateDir, "state directory of the bundled stack to drive");

    auto* command = app.add_subcommand("run", "send requests by a Poisson schedule and report what came back");
    command->fallthrough();
    command->add_option("--rate", arguments.rate, "requests per second, on average")
        ->capture_default_str()
        ->check(refuseNonFinite)
        ->check(CLI::Range(0.01, 100'000.0));
    command->add_option("--duration", arguments.duration, "seconds; 0: until SIGINT or SIGTERM")
        ->capture_default_str()
        ->check(refuseNonFinite)
        ->check(CLI::Range(0.0, 1e7));
    command->add_option("--mix", arguments.mix, "what is asked for: " + mixNames())->capture_default_str();
    command->add_option("--connections", arguments.connections, "most requests in flight")
        ->capture_default_str()
        ->check(CLI::Range(1, 10'000));
    command->add_option("--users", arguments.users, "simulated users, each its own X-User")
        ->capture_default_str()
        ->check(CLI::Range(1, 10'000'000));
    command->add_option("--seed", arguments.seed, "the same seed plays the same requests at the same times")
        ->capture_default_str();
    command->add_option("--timeout", arguments.timeout, "seconds until a request without an answer is an error")
        ->capture_default_str()
        ->check(refuseNonFinite)
        ->check(CLI::Range(0.05, 600.0));
    command->add_flag("--progress", arguments.progress, "one line a second on standard error");
    auto* url =
        command->add_option("--url", arguments.url, "http://HOST:PORT of an API instead of the bundled stack's");
    auto* keyFile = command->add_option("--key-file", arguments.keyFile, "file with the API key for --url");
    url->needs(keyFile)->excludes(stateDir);
    keyFile->needs(url);

    auto* seeding = app.add_subcommand("seed", "fill the bundled stack's table of tasks; goes on where it was stopped");
    seeding->fallthrough();
    seeding->add_option("--rows", arguments.rows, "how many rows there shall be in all")
        ->required()
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{100'000'000}));

    ScenarioArguments scenario;
    auto* rehearsal =
        app.add_subcommand("scenario", "rehearse a fault on the bundled stack; it is taken back at the end");
    rehearsal->fallthrough();
    rehearsal->add_option("name", scenario.name, "which one; --list shows them");
    rehearsal->add_option("--for", scenario.lasts, "how long: 20s, 2m")->capture_default_str();
    rehearsal->add_flag("--list", scenario.list, "name them all, a line each");

    try {
        app.parse(argc, argv);
        if (rehearsal->parsed()) {
            return playOne(scenario, arguments);
        }
        return seeding->parsed() ? seed(arguments) : run(arguments);
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error);
        const auto given = std::span(argv, static_cast<std::size_t>(argc));
        if (code != 0 &&
            std::ranges::any_of(given, [](const char* text) { return std::string_view(text) == "--json"; })) {
            fmt::print("{}\n", errorDocument("invalid", error.what()));
        }
        return code == 0 ? kDone : kUsage;
    } catch (const std::exception& error) {
        say(error.what());
        return kFailed;
    }
}
