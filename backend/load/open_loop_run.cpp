// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/open_loop_run.h"

#include "backend/load/arrival_schedule.h"
#include "backend/load/cursor_memory.h"
#include "backend/load/http_connection.h"
#include "backend/load/key_learner.h"
#include "backend/load/request_planner.h"

#include <algorithm>
#include <csignal>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>

namespace binnacle::load {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::steady_clock;

namespace {

constexpr auto kLearnAgain = std::chrono::seconds(1);
constexpr auto kSignalGrace = std::chrono::seconds(1);
constexpr double kMaxWaiting = 100'000;

const char* failureName(Failure failure) {
    switch (failure) {
    case Failure::None:
        break;
    case Failure::Connect:
        return "connect";
    case Failure::Closed:
        return "closed";
    case Failure::Malformed:
        return "malformed";
    case Failure::Timeout:
        return "timeout";
    case Failure::Abandoned:
        return "abandoned";
    }
    return "none";
}

class OpenLoopRun {
public:
    OpenLoopRun(const RunOptions& options, const Target& target);
    Result<LoadReport> run();

private:
    enum class Phase { Learning, Playing, Draining, Over };
    using Timer =
        asio::basic_waitable_timer<steady_clock, asio::wait_traits<steady_clock>, asio::io_context::executor_type>;
    struct Waiting {
        SteadyTime due;
        RequestPlan plan;
    };
    struct Slot {
        explicit Slot(asio::io_context& io, const Endpoint& endpoint)
            : connection(io, endpoint) {}
        HttpConnection connection;
        RequestPlan plan;
        SteadyTime due;
    };

    void awaitSignal();
    void onSignal();
    void learn();
    void onLearned(Result<KeySpace> keys);
    void play(KeySpace keys);
    void armArrival();
    void onArrivals();
    void offer(SteadyTime due, const RequestPlan& plan);
    void send(std::size_t slot, SteadyTime due, const RequestPlan& plan);
    void onAnswer(std::size_t slot, const Answer& answer);
    void record(Route route, SteadyTime due, const Answer& answer);
    void sendWaiting();
    void dropWaiting();
    void drop(Route route) { ++tally(route).dropped; }
    void drain();
    void endWhenIdle();
    void armSweep();
    void armProgress();
    void reportProgress();
    RouteTally& tally(Route route) { return m_report.routes[routeIndex(route)]; }
    [[nodiscard]] std::size_t inFlight() const { return m_slots.size() - m_free.size(); }

    const RunOptions& m_options;
    const Target& m_target;
    const RequestIdentity m_identity;
    asio::io_context m_io{1};
    asio::signal_set m_signals{m_io};
    Timer m_arrivalTimer{m_io};
    Timer m_sweepTimer{m_io};
    Timer m_progressTimer{m_io};
    Timer m_graceTimer{m_io}; ///< next attempt to learn, later the end of the grace after a signal
    std::vector<std::unique_ptr<Slot>> m_slots;
    std::vector<std::size_t> m_free; ///< last used first: few connections stay warm, the others may close
    std::deque<Waiting> m_waiting;
    std::size_t m_maxWaiting;
    KeyLearner m_learner;
    ArrivalSchedule m_schedule;
    std::optional<RequestPlanner> m_planner;
    CursorMemory m_cursors;
    std::string m_request;
    SteadyTime m_start;
    SteadyTime m_nextDue;
    Phase m_phase = Phase::Learning;
    std::string m_lastNotice;
    std::optional<Error> m_error;
    LoadReport m_report;
    LatencyHistogram m_second; ///< since the last progress line
    std::uint64_t m_secondSent = 0;
};

OpenLoopRun::OpenLoopRun(const RunOptions& options, const Target& target)
    : m_options(options)
    , m_target(target)
    , m_identity{target.api.host, target.apiKey}
    , m_maxWaiting(static_cast<std::size_t>(
          std::clamp(options.ratePerSecond * toSeconds(options.timeout), 1'000.0, kMaxWaiting)))
    , m_learner([this](Route route, const std::string& path, HttpConnection::Handler handler) {
        m_request.clear();
        appendGet(m_request, path, 1, m_identity);
        const auto due = steady_clock::now();
        ++tally(route).offered;
        ++m_report.learningRequests;
        m_slots.front()->connection.exchange(m_request, due + m_options.timeout,
                                             [this, route, due, next = std::move(handler)](const Answer& answer) {
                                                 record(route, due, answer);
                                                 next(answer);
                                             });
    })
    , m_schedule(options.ratePerSecond, options.seed) {
    const std::size_t count = std::max<std::size_t>(options.connections, 1);
    for (std::size_t i = 0; i < count; ++i) {
        m_slots.push_back(std::make_unique<Slot>(m_io, target.api));
        m_free.push_back(count - 1 - i);
    }
    m_report.url = target.api.url;
    m_report.mix = options.mix.name;
    m_report.ratePerSecond = options.ratePerSecond;
    m_report.seed = options.seed;
    m_report.connections = count;
    m_report.users = options.users;
}

Result<LoadReport> OpenLoopRun::run() {
    m_start = steady_clock::now();
    if (m_options.stopOnSignals) {
        m_signals.add(SIGINT);
        m_signals.add(SIGTERM);
        awaitSignal();
    }
    armSweep();
    armProgress();
    learn();
    m_io.run();
    m_report.elapsedSeconds = toSeconds(steady_clock::now() - m_start);
    if (m_error) {
        return std::unexpected(*m_error);
    }
    return std::move(m_report);
}

void OpenLoopRun::awaitSignal() {
    m_signals.async_wait([this](const error_code& error, int) {
        if (!error) {
            awaitSignal();
            onSignal();
        }
    });
}

void OpenLoopRun::onSignal() {
    if (m_phase == Phase::Learning) {
        m_report.interrupted = true;
        m_phase = Phase::Over;
        m_slots.front()->connection.abandon();
        m_io.stop();
        return;
    }
    if (m_phase == Phase::Playing) {
        m_report.interrupted = m_options.duration.has_value();
        m_report.scheduledSeconds = toSeconds(steady_clock::now() - m_start);
        dropWaiting();
        drain();
    } else {
        dropWaiting();
    }
    // What is under way may still be answered; whoever stops us does not want to wait for a silent server, though.
    m_graceTimer.expires_after(kSignalGrace);
    m_graceTimer.async_wait([this](const error_code& error) {
        if (!error) {
            for (const auto& slot : m_slots) {
                slot->connection.abandon();
            }
        }
    });
}

void OpenLoopRun::learn() {
    m_learner.start([this](Result<KeySpace> keys) { onLearned(std::move(keys)); });
}

void OpenLoopRun::onLearned(Result<KeySpace> keys) {
    if (m_phase != Phase::Learning) {
        return;
    }
    if (keys) {
        m_report.projects = keys->projects.size();
        m_report.tasks = keys->tasks.size();
        play(std::move(*keys));
        return;
    }
    if (m_options.duration || keys.error().code == ErrorCode::Denied) {
        m_error = Error{keys.error().code, fmt::format("{}: {}", m_target.api.url, keys.error().text)};
        m_phase = Phase::Over;
        m_io.stop();
        return;
    }
    if (m_options.notice && m_lastNotice != keys.error().text) {
        m_lastNotice = keys.error().text;
        m_options.notice(fmt::format("{}: {}; trying again every second", m_target.api.url, m_lastNotice));
    }
    m_graceTimer.expires_after(kLearnAgain);
    m_graceTimer.async_wait([this](const error_code& error) {
        if (!error && m_phase == Phase::Learning) {
            learn();
        }
    });
}

void OpenLoopRun::play(KeySpace keys) {
    m_planner.emplace(m_options.mix, std::move(keys), m_options.users, m_options.seed);
    m_phase = Phase::Playing;
    m_start = steady_clock::now();
    m_nextDue = m_start + m_schedule.next();
    armArrival();
}

void OpenLoopRun::armArrival() {
    if (m_options.duration && m_nextDue >= m_start + *m_options.duration) {
        m_report.scheduledSeconds = toSeconds(*m_options.duration);
        drain();
        return;
    }
    m_arrivalTimer.expires_at(m_nextDue);
    m_arrivalTimer.async_wait([this](const error_code& error) {
        if (!error && m_phase == Phase::Playing) {
            onArrivals();
        }
    });
}

void OpenLoopRun::onArrivals() {
    const auto now = steady_clock::now();
    const auto end = m_options.duration ? m_start + *m_options.duration : SteadyTime::max();
    while (m_nextDue <= now && m_nextDue < end) {
        m_report.generatorLag.record(now - m_nextDue);
        offer(m_nextDue, m_planner->next());
        m_nextDue = m_start + m_schedule.next();
    }
    armArrival();
}

void OpenLoopRun::offer(SteadyTime due, const RequestPlan& plan) {
    ++tally(plan.route).offered;
    if (!m_free.empty()) {
        const auto slot = m_free.back();
        m_free.pop_back();
        send(slot, due, plan);
    } else if (m_waiting.size() < m_maxWaiting) {
        m_waiting.push_back({due, plan});
        m_report.maxWaiting = std::max(m_report.maxWaiting, m_waiting.size());
    } else {
        drop(plan.route);
    }
}

void OpenLoopRun::send(std::size_t index, SteadyTime due, const RequestPlan& plan) {
    Slot& slot = *m_slots[index];
    slot.plan = plan;
    slot.due = due;
    m_report.maxInFlight = std::max(m_report.maxInFlight, inFlight());
    m_request.clear();
    appendRequest(m_request, plan, plan.nextPage ? m_cursors.nextPage(plan.id) : std::string_view{}, m_identity);
    slot.connection.exchange(m_request, steady_clock::now() + m_options.timeout,
                             [this, index](const Answer& answer) { onAnswer(index, answer); });
}

void OpenLoopRun::onAnswer(std::size_t index, const Answer& answer) {
    Slot& slot = *m_slots[index];
    record(slot.plan.route, slot.due, answer);
    const bool isList = slot.plan.route == Route::ListProjects || slot.plan.route == Route::ProjectTasks;
    if (isList && answer.status == 200) {
        m_cursors.remember(slot.plan.id, answer.body);
    }
    m_free.push_back(index);
    sendWaiting();
    endWhenIdle();
}

void OpenLoopRun::record(Route route, SteadyTime due, const Answer& answer) {
    RouteTally& to = tally(route);
    if (answer.failure != Failure::None) {
        ++m_report.failures[failureName(answer.failure)];
    }
    if (answer.failure == Failure::Connect) {
        ++to.notSent;
        return;
    }
    ++to.sent;
    ++m_secondSent;
    if (answer.failure == Failure::None) {
        ++to.statuses[answer.status];
    } else {
        ++to.errors;
    }
    const auto took = steady_clock::now() - due;
    to.latency.record(took);
    if (m_options.progress) {
        m_second.record(took);
    }
}

void OpenLoopRun::sendWaiting() {
    const auto now = steady_clock::now();
    while (!m_waiting.empty()) {
        const Waiting next = m_waiting.front();
        const bool tooLate = now - next.due > m_options.timeout;
        if (!tooLate && m_free.empty()) {
            return;
        }
        m_waiting.pop_front();
        if (tooLate) {
            drop(next.plan.route);
            continue;
        }
        const auto slot = m_free.back();
        m_free.pop_back();
        send(slot, next.due, next.plan);
    }
}

void OpenLoopRun::dropWaiting() {
    for (const auto& waiting : m_waiting) {
        drop(waiting.plan.route);
    }
    m_waiting.clear();
}

void OpenLoopRun::drain() {
    m_phase = Phase::Draining;
    m_arrivalTimer.cancel();
    endWhenIdle();
}

void OpenLoopRun::endWhenIdle() {
    if (m_phase == Phase::Draining && inFlight() == 0 && m_waiting.empty()) {
        m_phase = Phase::Over;
        m_io.stop();
    }
}

void OpenLoopRun::armSweep() {
    const auto period =
        std::clamp(m_options.timeout / 8, std::chrono::milliseconds(10), std::chrono::milliseconds(250));
    m_sweepTimer.expires_after(period);
    m_sweepTimer.async_wait([this](const error_code& error) {
        if (error) {
            return;
        }
        const auto now = steady_clock::now();
        for (const auto& slot : m_slots) {
            slot->connection.expire(now);
        }
        sendWaiting();
        endWhenIdle();
        armSweep();
    });
}

void OpenLoopRun::armProgress() {
    if (!m_options.progress) {
        return;
    }
    m_progressTimer.expires_after(std::chrono::seconds(1));
    m_progressTimer.async_wait([this](const error_code& error) {
        if (!error) {
            reportProgress();
            armProgress();
        }
    });
}

void OpenLoopRun::reportProgress() {
    const RouteTally total = m_report.total();
    const auto ms = [](std::optional<double> seconds) {
        return seconds ? fmt::format("{:.1f} ms", *seconds * 1e3) : std::string("-");
    };
    m_options.progress(
        fmt::format("{:.0f} s: {}/s, {} in flight, {} waiting, p50 {}, p99 {}; {} sent, {} errors, {} not "
                    "sent, {} dropped",
                    toSeconds(steady_clock::now() - m_start), m_secondSent, inFlight(), m_waiting.size(),
                    ms(m_second.quantile(0.5)), ms(m_second.quantile(0.99)), total.sent, total.errors, total.notSent,
                    total.dropped));
    m_second = {};
    m_secondSent = 0;
}

} // namespace

Result<LoadReport> runOpenLoop(const RunOptions& options, const Target& target) {
    OpenLoopRun run(options, target);
    return run.run();
}

} // namespace binnacle::load
