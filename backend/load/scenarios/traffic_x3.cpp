// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/scenarios/scenario.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <csignal>
#include <cstring>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace binnacle::load {

namespace {

constexpr std::chrono::milliseconds kMeasured{2000};
constexpr double kLeast = 5;
constexpr double kMost = 2000;

/// The number of requests that the frontend has taken, from HAProxy's table.
Result<double> requestsTaken(HttpClient& proxy) {
    const auto csv = proxy.getBody("/stats;csv", within(std::chrono::seconds(2)));
    if (!csv) {
        return std::unexpected(csv.error());
    }
    const auto cellsOf = [](std::string_view line) {
        std::vector<std::string_view> cells;
        for (std::size_t at = 0; at <= line.size();) {
            const auto comma = std::min(line.find(',', at), line.size());
            cells.push_back(line.substr(at, comma - at));
            at = comma + 1;
        }
        return cells;
    };
    const std::string_view text = *csv;
    const auto header = cellsOf(text.substr(0, text.find('\n')));
    const auto column = static_cast<std::size_t>(std::ranges::find(header, "req_tot") - header.begin());
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const auto cells = cellsOf(text.substr(at, end - at));
        if (cells.size() > column && cells.size() > 1 && cells[0] == "api" && cells[1] == "FRONTEND") {
            double value = 0;
            std::from_chars(cells[column].data(), cells[column].data() + cells[column].size(), value);
            return value;
        }
        at = end + 1;
    }
    return fail(ErrorCode::Protocol, "HAProxy's table does not name the frontend 'api'");
}

/// Twice as much again, open-loop, by another process of this very program, which the kernel ends with us.
class TrafficX3 final : public Scenario {
public:
    Result<void> prepare(const Stage& stage) override {
        m_stage = stage;
        const auto endpoint = HttpEndpoint::parse(stage.status.endpoints.haproxyRead);
        if (!endpoint) {
            return std::unexpected(endpoint.error());
        }
        HttpClient proxy(*endpoint);
        const auto before = requestsTaken(proxy);
        const auto since = std::chrono::steady_clock::now();
        std::this_thread::sleep_for(kMeasured); // not a wait for something: the span that a rate needs
        const auto after = requestsTaken(proxy);
        if (!before || !after) {
            return std::unexpected(before ? after.error() : before.error());
        }
        m_rate = (*after - *before) / std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
        if (m_rate < kLeast) {
            return fail(ErrorCode::Conflict,
                        fmt::format("{:.1f} requests/s are too few to be tripled: 'binnacle-stack up --demo' or "
                                    "'binnacle-load run' brings some",
                                    m_rate));
        }
        return {};
    }
    Result<void> begin() override {
        const auto rate = fmt::format("{:.1f}", std::min(2 * m_rate, kMost));
        const auto seconds = std::to_string(m_stage.lasts.count());
        // One name for all processes of this stack, so that whoever looks for them finds this one, too.
        std::array<std::string, 9> words{"binnacle-load",
                                         "run",
                                         "--rate",
                                         rate,
                                         "--duration",
                                         seconds,
                                         "--seed",
                                         "3",
                                         "--state-dir=" + m_stage.status.stateDir};
        std::array<char*, words.size() + 1> arguments{};
        std::ranges::transform(words, arguments.begin(), [](std::string& word) { return word.data(); });
        const pid_t parent = ::getpid();
        m_child = ::fork();
        if (m_child < 0) {
            return fail(ErrorCode::Io, std::string("no process for the traffic: ") + std::strerror(errno));
        }
        if (m_child == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGTERM);
            if (::getppid() != parent || ::freopen("/dev/null", "w", stdout) == nullptr) {
                ::_exit(1);
            }
            ::execv("/proc/self/exe", arguments.data());
            ::_exit(1);
        }
        return {};
    }
    Result<void> goOn() override {
        int status = 0;
        if (m_child <= 0 || ::waitpid(m_child, &status, WNOHANG) != m_child) {
            return {};
        }
        m_child = 0;
        // Ctrl+C reaches it as well, and then it ends in order, before we hear of it.
        const bool inOrder = WIFEXITED(status) && WEXITSTATUS(status) == 0;
        return inOrder ? Result<void>{} : fail(ErrorCode::Io, "the traffic ended early");
    }
    Result<void> end() override {
        if (m_child > 0) {
            ::kill(m_child, SIGTERM);
            while (::waitpid(m_child, nullptr, 0) < 0 && errno == EINTR) {
            }
            m_child = 0;
        }
        return {};
    }

private:
    Stage m_stage;
    double m_rate = 0;
    pid_t m_child = 0;
};

} // namespace

std::unique_ptr<Scenario> makeTrafficX3() {
    return std::make_unique<TrafficX3>();
}

} // namespace binnacle::load
