// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/supervisor.h"

#include "backend/stack/component_plans.h"
#include "backend/stack/config_files.h"
#include "backend/stack/database_setup.h"
#include "backend/stack/files.h"
#include "backend/stack/first_start.h"
#include "backend/stack/log_text.h"
#include "backend/stack/service_notify.h"
#include "backend/stack/start_sequence.h"

#include <nlohmann/json.hpp>

#include <poll.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <ctime>

namespace binnacle::stack {

Supervisor::Supervisor(StackSetup setup, Options options)
    : m_setup(std::move(setup))
    , m_options(options)
    , m_reaper(m_loop) {
    m_status.pid = ::getpid();
}

Supervisor::~Supervisor() {
    if (m_starter.joinable()) {
        m_starter.join();
    }
    m_background.clear();
}

int Supervisor::run() {
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    m_signals.reset(::signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK));
    m_loop.watch(m_signals.get(), POLLIN, [this](short) {
        signalfd_siginfo info{};
        while (::read(m_signals.get(), &info, sizeof info) > 0) {
            beginStop();
        }
    });
    m_server = std::make_unique<HttpServer>(
        m_loop, [this](const HttpRequest& request, const HttpServer::Respond& respond) { handle(request, respond); });
    if (auto listening = m_server->listen(m_setup.paths.stackSocket().string()); !listening) {
        report("F " + listening.error().text);
        return 1;
    }
    std::error_code error;
    std::filesystem::remove(m_setup.paths.failureFile(), error);
    beginStart();
    m_loop.run();
    m_sampler.reset();
    m_server.reset();
    if (!m_failure.empty()) {
        const auto document =
            nlohmann::json{{"message", m_failure}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        // Best effort: with a full disk the launcher still hears it.
        static_cast<void>(writeFile(m_setup.paths.failureFile(), document, 0600));
        report("F " + m_failure);
    }
    syncOnce(m_setup.paths); // where the first start never came to it
    return m_failure.empty() ? 0 : 1;
}

void Supervisor::beginStart() {
    log("starting");
    addComponent(primaryPlan(m_setup));
    for (int number = 1; number <= replicaCount; ++number) {
        addComponent(replicaPlan(m_setup, number));
    }
    addComponent(pgbouncerPlan(m_setup));
    addComponent(redisPlan(m_setup));
    addComponent(haproxyPlan(m_setup));
    addComponent(controlPlan(m_setup));
    if (!m_setup.programs.ctl.empty()) {
        // A service without a recording is still a service: its death never fails a start.
        addComponent(recorderPlan(m_setup))->setRestarts(true);
    }
    for (const auto& instance : m_setup.instances) {
        addComponent(instancePlan(m_setup, instance));
    }
    m_starter = std::thread([this] {
        const StartEnvironment environment{m_setup, m_board,
                                           [this](const std::string& name) {
                                               m_loop.post([this, name] {
                                                   if (auto* component = find(name);
                                                       component != nullptr && !m_stopWanted) {
                                                       component->start();
                                                   }
                                               });
                                           },
                                           [this](const ProgramSpec& program) { return runToEnd(program); },
                                           [this](const std::string& step) {
                                               m_loop.post([this, step] {
                                                   m_status.step = step;
                                                   log(step);
                                               });
                                           }};
        auto result = startStack(environment);
        m_loop.post([this, result] { finishStart(result); });
    });
}

Result<void> Supervisor::runToEnd(const ProgramSpec& program) {
    auto promise = std::make_shared<std::promise<Result<void>>>();
    auto outcome = promise->get_future();
    m_loop.post([this, program, promise] {
        const auto name = std::filesystem::path(program.program).filename().string();
        if (m_stopWanted) {
            promise->set_value(fail(ErrorCode::Closed, "The start was ended on request."));
            return;
        }
        // Its words stay in memory: on a full disk they would be lost just when they are needed.
        auto output = std::make_shared<UniqueFd>(::memfd_create("output", MFD_CLOEXEC));
        auto spec = program;
        spec.output = output->get();
        const auto pid = startProcess(spec, m_setup.account);
        if (!pid) {
            promise->set_value(std::unexpected(pid.error()));
            return;
        }
        m_oneOffs.insert(*pid);
        m_reaper.expect(*pid, [this, pid = *pid, promise, name, output](int status) {
            m_oneOffs.erase(pid);
            if (status == 0) {
                promise->set_value({});
                return;
            }
            const auto words = tailOf("/proc/self/fd/" + std::to_string(output->get()), 16384);
            promise->set_value(fail(ErrorCode::Io, name + " " + describeExit(status) + ": " + complaintIn(words)));
        });
    });
    return outcome.get();
}

void Supervisor::finishStart(const Result<void>& result) {
    m_startEnded = true;
    if (!result && m_failure.empty()) {
        m_failure =
            m_stopWanted ? "The start was ended on request." : withAdvice(result.error().text, m_setup.paths.state);
        log("start failed: " + m_failure);
        m_stopWanted = false;
        beginStop();
        return;
    }
    if (m_stopWanted) {
        stopGroup(0);
        return;
    }
    m_status.state = "running";
    m_status.step.clear();
    for (auto& [name, component] : m_components) {
        component->setRestarts(true);
        component->start(); // does nothing unless it died during the last moments of the start
    }
    m_sampler = std::make_unique<UsageSampler>(m_setup.paths, m_board, m_options.guardian);
    if (m_options.demo) {
        startDemoTraffic();
    }
    watchStandbys();
    log("running");
    report("R");
    notifyServiceManager("READY=1");
}

void Supervisor::startDemoTraffic() {
    auto* component = find("demo-traffic");
    if (component == nullptr) {
        component = addComponent(demoTrafficPlan(m_setup));
        component->setRestarts(true);
    }
    component->start();
}

void Supervisor::watchStandbys() {
    const auto streams = [this](const char* name) { return find(name)->status().state == ComponentState::Running; };
    if (m_status.state != "running" || m_standbyRequired) {
        return;
    }
    if (!streams("primary") || !streams("replica-1") || !streams("replica-2")) {
        m_loop.after(std::chrono::seconds(1), [this] { watchStandbys(); });
        return;
    }
    // The file and the server may say so already, from the start sequence; then this changes nothing.
    m_standbyRequired = true;
    inBackground([this] {
        if (const auto done = requireOneStandby(m_setup); !done) {
            // Only the attempt's end leads to the next one, however long it took.
            m_loop.post([this, text = done.error().text] {
                log(text);
                m_standbyRequired = false;
                m_loop.after(std::chrono::seconds(1), [this] { watchStandbys(); });
            });
        }
    });
}

void Supervisor::beginStop() {
    if (m_stopWanted) {
        return;
    }
    m_stopWanted = true;
    log("stopping");
    notifyServiceManager("STOPPING=1");
    m_status.state = "stopping";
    m_board.endWaits("The start was ended on request.");
    for (const pid_t pid : m_oneOffs) {
        ::kill(pid, SIGTERM);
    }
    for (const auto& [name, component] : m_components) {
        component->forgetStart(); // its turn to stop may come only after that start
    }
    // While the start sequence still runs, its end (which is near now) leads here again.
    if (m_startEnded) {
        stopGroup(0);
    }
}

std::vector<std::vector<std::string>> Supervisor::stopOrder() const {
    std::vector<std::string> instances;
    for (const auto& [name, component] : m_components) {
        if (component->status().role == "service") {
            instances.push_back(name);
        }
    }
    // Control before what it acts on: it ends what it has begun, and says in its audit how.
    return {{"demo-traffic", "recorder", "control"},
            {"haproxy"},
            instances,
            {"pgbouncer", "redis", "replica-1", "replica-2"},
            {"primary"}};
}

void Supervisor::stopGroup(std::size_t group) {
    const auto order = stopOrder();
    if (group == order.size()) {
        log("stopped");
        m_loop.stop();
        return;
    }
    auto pending = std::make_shared<std::size_t>(1);
    const auto oneLess = [this, pending, group] {
        if (--*pending == 0) {
            stopGroup(group + 1);
        }
    };
    for (const auto& name : order[group]) {
        if (auto* component = find(name)) {
            ++*pending;
            component->stop(oneLess);
        }
    }
    oneLess();
}

Component* Supervisor::addComponent(ComponentPlan plan) {
    const auto name = plan.name;
    if (m_components.contains(name)) {
        return nullptr;
    }
    ComponentContext context{m_loop, m_reaper, m_board, m_setup.account,
                             [this](const std::string& text) { log(text); }};
    auto& place = m_components[name];
    place = std::make_unique<Component>(std::move(context), std::move(plan));
    return place.get();
}

Component* Supervisor::find(const std::string& name) {
    const auto found = m_components.find(name);
    return found == m_components.end() ? nullptr : found->second.get();
}

void Supervisor::inBackground(std::function<void()> work) {
    std::erase_if(m_background, [](std::future<void>& task) {
        return task.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    });
    m_background.push_back(std::async(std::launch::async, std::move(work)));
}

void Supervisor::report(const std::string& verdict) {
    if (m_options.verdictFd < 0) {
        return;
    }
    const auto line = verdict + "\n";
    [[maybe_unused]] const auto written = ::write(m_options.verdictFd, line.data(), line.size());
    ::close(m_options.verdictFd);
    m_options.verdictFd = -1;
}

void Supervisor::log(const std::string& text) const {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    std::tm utc{};
    ::gmtime_r(&now.tv_sec, &utc);
    char stamp[32] = {};
    std::strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &utc);
    std::fprintf(stderr, "%s.%03dZ %s\n", stamp, static_cast<int>(now.tv_nsec / 1'000'000), text.c_str());
    std::fflush(stderr);
}

std::string Supervisor::document() const {
    return statusDocument(m_setup, m_status, m_board.all(), m_sampler ? m_sampler->latest() : UsageSample{}, faults());
}

} // namespace binnacle::stack
