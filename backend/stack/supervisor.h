// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/stack/component.h"
#include "backend/stack/http_server.h"
#include "backend/stack/stack_setup.h"
#include "backend/stack/status_document.h"

#include <future>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>

namespace binnacle::stack {

/// Brings one stack up, keeps it up, answers the stack API and takes everything down again. Lives in the main thread:
/// processes are forked there, as their death signal is tied to the thread that forked them.
class Supervisor {
public:
    struct Options {
        bool demo = false;  ///< run demo traffic, too
        int verdictFd = -1; ///< one line for the launcher: "R" once it runs, "F sentence" when the start failed; or -1
        pid_t guardian = 0;
    };

    Supervisor(StackSetup setup, Options options);
    ~Supervisor();
    Supervisor(const Supervisor&) = delete;
    Supervisor& operator=(const Supervisor&) = delete;

    /// Returns 0 after an orderly stop, 1 when the start failed.
    int run();

private:
    void beginStart();
    void finishStart(const Result<void>& result);
    void startDemoTraffic();
    void beginStop();
    void stopGroup(std::size_t group);
    [[nodiscard]] std::vector<std::vector<std::string>> stopOrder() const;
    void watchStandbys();
    /// Null when a component of this name still exists: its process may be about to end, and reports to it.
    Component* addComponent(ComponentPlan plan);
    Component* find(const std::string& name);
    Result<void> runToEnd(const ProgramSpec& program);

    void handle(const HttpRequest& request, const HttpServer::Respond& respond);
    [[nodiscard]] std::string freeName() const;
    void addInstance(const std::string& body, const HttpServer::Respond& respond);
    void finishInstance(const InstanceSpec& instance, const Result<void>& started, const HttpServer::Respond& respond);
    void removeInstance(const std::string& name, const HttpServer::Respond& respond);
    void forgetInstance(const std::string& name, std::function<void()> forgotten);
    /// Tells the instance its fault and, once it has it, notes that for the status.
    void setFault(const std::string& name, const std::string& body, const HttpServer::Respond& respond);
    [[nodiscard]] FaultsByInstance faults() const;
    void controlComponent(const std::string& name, const std::string& verb, const std::string& body,
                          const HttpServer::Respond& respond);
    /// Stops it; with a lease it is started again when that is over, unless somebody has started it before.
    void stopComponent(Component& component, std::chrono::seconds lease, const HttpServer::Respond& respond);
    Result<void> saveInstances();
    void inBackground(std::function<void()> work);

    void report(const std::string& verdict);
    void log(const std::string& text) const;
    [[nodiscard]] std::string document() const;

    StackSetup m_setup;
    Options m_options;
    EventLoop m_loop;
    ChildReaper m_reaper;
    StatusBoard m_board;
    SupervisorStatus m_status;
    std::map<std::string, std::unique_ptr<Component>> m_components;
    std::set<pid_t> m_oneOffs;        ///< programs of the start sequence that run now
    std::set<std::string> m_adding;   ///< instances that are not known to run yet
    std::set<std::string> m_removing; ///< instances that end, until their component is gone
    FaultBoard m_faults;
    std::map<std::string, EventLoop::TimerId> m_stopLeases; ///< of components that are to start again by themselves
    UniqueFd m_signals;
    std::unique_ptr<HttpServer> m_server;
    std::unique_ptr<UsageSampler> m_sampler;
    std::thread m_starter;
    std::vector<std::future<void>> m_background;
    bool m_standbyRequired = false;
    bool m_startEnded = false;
    bool m_stopWanted = false;
    std::string m_failure;
};

} // namespace binnacle::stack
