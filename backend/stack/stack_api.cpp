// SPDX-License-Identifier: GPL-3.0-or-later
// The routes of the stack API: the part of Supervisor that other programs talk to.
#include "backend/stack/component_plans.h"
#include "backend/stack/config_files.h"
#include "backend/stack/files.h"
#include "backend/stack/haproxy_slots.h"
#include "backend/stack/socket_exchange.h"
#include "backend/stack/supervisor.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace binnacle::stack {

namespace {

void refuse(const HttpServer::Respond& respond, int status, const char* code, const std::string& message) {
    respond({status, errorDocument(code, message)});
}

std::string textOf(const nlohmann::json& object, const char* key, const char* otherwise) {
    const auto found = object.find(key);
    return found == object.end() ? otherwise : found->is_string() ? found->get<std::string>() : std::string();
}

/// {"for_s":1..600}, or nothing for 0: until somebody starts it.
Result<std::chrono::seconds> leaseOf(const std::string& body) {
    if (body.empty()) {
        return std::chrono::seconds(0);
    }
    const auto document = nlohmann::json::parse(body, nullptr, false);
    const auto found = document.is_object() ? document.find("for_s") : document.end();
    if (!document.is_object() ||
        (!document.empty() && (found == document.end() || !found->is_number_integer() || *found < 1 || *found > 600))) {
        return fail(ErrorCode::Invalid, R"(Give {"for_s":1..600}, or no body.)");
    }
    return std::chrono::seconds(document.empty() ? 0 : found->get<int>());
}

} // namespace

void Supervisor::handle(const HttpRequest& request, const HttpServer::Respond& respond) {
    const bool admin = request.peer == 0 || request.peer == m_setup.launcherUid;
    const bool reading = request.method == "GET";
    // Components may read (the load generator finds its way by it), only whoever runs the stack may change it.
    if (!admin && !(reading && request.peer == m_setup.account.uid)) {
        refuse(respond, 403, "forbidden", "Only the account that started the stack, and root, may do this.");
        return;
    }
    const std::string& path = request.path;
    const std::string instancePrefix = "/v1/instances/";
    const std::string componentPrefix = "/v1/components/";
    const std::string faultSuffix = "/fault";
    if (reading && path == "/v1/status") {
        respond({200, document()});
    } else if (reading && path == "/v1/instances") {
        respond({200, instancesDocument(m_setup, faults())});
    } else if (request.method == "POST" && path == "/v1/down") {
        respond({202, R"({"state":"stopping"})"});
        m_loop.post([this] { beginStop(); });
    } else if (request.method == "POST" && path == "/v1/instances") {
        addInstance(request.body, respond);
    } else if (request.method == "PUT" && path.starts_with(instancePrefix) && path.ends_with(faultSuffix)) {
        setFault(path.substr(instancePrefix.size(), path.size() - instancePrefix.size() - faultSuffix.size()),
                 request.body, respond);
    } else if (request.method == "DELETE" && path.starts_with(instancePrefix)) {
        removeInstance(path.substr(instancePrefix.size()), respond);
    } else if (request.method == "POST" && path.starts_with(componentPrefix)) {
        const auto rest = path.substr(componentPrefix.size());
        const auto slash = rest.find('/');
        controlComponent(rest.substr(0, slash), slash == std::string::npos ? "" : rest.substr(slash + 1), request.body,
                         respond);
    } else if (path == "/v1/status" || path == "/v1/instances" || path == "/v1/down") {
        refuse(respond, 405, "method_not_allowed", "This resource does not know that method.");
    } else {
        refuse(respond, 404, "not_found", "There is no such resource.");
    }
}

FaultsByInstance Supervisor::faults() const {
    return m_faults.current(std::chrono::steady_clock::now(), [this](const std::string& name) {
        const auto found = m_components.find(name);
        return found == m_components.end() ? pid_t{0} : found->second->status().pid;
    });
}

void Supervisor::setFault(const std::string& name, const std::string& body, const HttpServer::Respond& respond) {
    const auto wish = parseFaultWish(body);
    if (!wish) {
        refuse(respond, 400, "invalid", wish.error().text);
        return;
    }
    const auto instance = std::ranges::find(m_setup.instances, name, &InstanceSpec::name);
    const auto* component = instance == m_setup.instances.end() ? nullptr : find(name);
    if (component == nullptr) {
        refuse(respond, 404, "not_found", "There is no such instance.");
        return;
    }
    const pid_t process = component->status().pid;
    if (process == 0) {
        refuse(respond, 409, "not_running", name + " does not run.");
        return;
    }
    inBackground([this, instance = *instance, process, wish = *wish, respond] {
        const auto reply =
            httpRequest("unix:" + m_setup.paths.adminSocketOf(instance.name).string(), "PUT", "/admin/v1/fault",
                        "Authorization: Bearer " + m_setup.credentials.adminToken + "\r\n", wish.text,
                        deadlineIn(std::chrono::seconds(2)));
        m_loop.post([this, instance, process, wish, reply, respond] {
            if (!reply || reply->status != 200) {
                respond({502, errorDocument("not_set", instance.name + " did not take the fault: " +
                                                           (reply ? "status " + std::to_string(reply->status)
                                                                  : reply.error().text))});
                return;
            }
            m_faults.note(instance.name, process, wish.fault, std::chrono::steady_clock::now());
            log(instance.name +
                (wish.fault.left.count() > 0 ? " makes faults on request: " + wish.text : " makes no more faults"));
            respond({200, instanceDocument(m_setup, instance, faults())});
        });
    });
}

void Supervisor::controlComponent(const std::string& name, const std::string& verb, const std::string& body,
                                  const HttpServer::Respond& respond) {
    if (m_status.state != "running") {
        refuse(respond, 409, "not_running", "The stack is " + m_status.state + ".");
        return;
    }
    if (verb == "start" && name == "demo-traffic") {
        startDemoTraffic();
        respond({200, R"({"name":"demo-traffic","state":"running"})"});
        return;
    }
    auto* component = find(name);
    if (component == nullptr || (verb != "start" && verb != "stop")) {
        refuse(respond, 404, "not_found", "There is no such component or verb.");
        return;
    }
    if (verb == "start" && m_removing.contains(name)) {
        refuse(respond, 409, "busy", "This instance is being removed.");
        return;
    }
    if (verb == "start") {
        if (const auto held = m_stopLeases.find(name); held != m_stopLeases.end()) {
            m_loop.cancel(held->second);
            m_stopLeases.erase(held);
        }
        component->start();
        respond({200, nlohmann::json{{"name", name}, {"state", toText(component->status().state)}}.dump()});
        return;
    }
    const auto lease = leaseOf(body);
    if (!lease) {
        refuse(respond, 400, "invalid", lease.error().text);
        return;
    }
    stopComponent(*component, *lease, respond);
}

void Supervisor::stopComponent(Component& component, std::chrono::seconds lease, const HttpServer::Respond& respond) {
    const auto name = component.status().name;
    if (const auto held = m_stopLeases.find(name); held != m_stopLeases.end()) {
        m_loop.cancel(held->second); // the newest word counts
        m_stopLeases.erase(held);
    }
    if (lease.count() > 0) {
        m_stopLeases[name] = m_loop.after(lease, [this, name] {
            m_stopLeases.erase(name);
            if (auto* stopped = find(name); stopped != nullptr && !m_stopWanted && !m_removing.contains(name)) {
                log(name + " starts again: the time it was stopped for is over");
                stopped->start();
            }
        });
    }
    component.stop([respond, name] { respond({200, nlohmann::json{{"name", name}, {"state", "stopped"}}.dump()}); });
}

std::string Supervisor::freeName() const {
    // An instance that was removed keeps its name until its process is gone: it still has the ports and the socket.
    auto taken = m_setup.instances;
    for (const auto& [name, component] : m_components) {
        if (component->status().role == "service") {
            taken.push_back(InstanceSpec{name, component->status().role, ""});
        }
    }
    return freeInstanceName(taken);
}

void Supervisor::addInstance(const std::string& body, const HttpServer::Respond& respond) {
    const auto document = nlohmann::json::parse(body, nullptr, false);
    InstanceSpec instance;
    const bool faulty = document.is_object() && document.contains("fault") && !document["fault"].is_null();
    if (const auto wish = parseFaultWish(body); faulty && !wish) {
        refuse(respond, 400, "invalid", wish.error().text);
        return;
    }
    if (document.is_object()) {
        instance.role = textOf(document, "role", "");
        instance.version = textOf(document, "version_label", "1.0.0");
    }
    if (!isInstanceRole(instance.role) || !isVersionLabel(instance.version)) {
        refuse(respond, 400, "invalid",
               R"(Give {"role":"stable|canary|baseline","version_label":"1 to 32 letters, digits, . _ + -"}.)");
        return;
    }
    instance.name = freeName();
    if (m_status.state != "running" || instance.name.empty()) {
        refuse(respond, 409, instance.name.empty() ? "no_slot" : "not_running",
               instance.name.empty() ? "All places for instances are taken." : "The stack is " + m_status.state + ".");
        return;
    }
    for (const auto& purpose : {publicPortOf(instance.name), metricsPortOf(instance.name)}) {
        if (const int kept = m_setup.ports.kept(purpose); kept != 0 && !isPortFree(kept)) {
            m_setup.ports.forget(purpose); // nobody knows this address yet: another one does as well
        }
        if (const auto port = m_setup.ports.portFor(purpose, m_setup.portSeed(), isPortFree); !port) {
            refuse(respond, 409, "no_port", port.error().text);
            return;
        }
    }
    // Before the instance is noted: whoever has this name already must not be stopped for it.
    auto* component = addComponent(instancePlan(m_setup, instance));
    if (component == nullptr) {
        refuse(respond, 409, "no_slot", "Another component is still called " + instance.name + ".");
        return;
    }
    m_adding.insert(instance.name);
    m_setup.instances.push_back(instance);
    auto saved = saveInstances();
    if (saved) {
        saved = writeInstanceConfig(m_setup, instance);
    }
    if (!saved) {
        finishInstance(instance, saved, respond);
        return;
    }
    component->setRestarts(true);
    component->start();
    log(instance.name + " is added as " + instance.role);
    const int port = m_setup.ports.kept(publicPortOf(instance.name));
    inBackground([this, instance, port, respond, faultBody = faulty ? body : std::string()] {
        auto started = m_board.waitUntilRunning(instance.name, deadlineIn(std::chrono::seconds(10)));
        if (started) {
            started = enableSlot(m_setup.paths.haproxyAdminSocket(), instance, port);
        }
        m_loop.post([this, instance, started, respond, faultBody] {
            const bool goesOn = started && !faultBody.empty();
            finishInstance(instance, started,
                           goesOn ? HttpServer::Respond([this, instance, faultBody, respond](auto) {
                               setFault(instance.name, faultBody, [respond](HttpResponse answer) {
                                   answer.status = answer.status == 200 ? 201 : answer.status;
                                   respond(std::move(answer));
                               });
                           })
                                  : respond);
        });
    });
}

void Supervisor::finishInstance(const InstanceSpec& instance, const Result<void>& started,
                                const HttpServer::Respond& respond) {
    m_adding.erase(instance.name);
    if (started) {
        respond({201, instanceDocument(m_setup, instance)});
        return;
    }
    log(instance.name + " could not be added: " + started.error().text);
    forgetInstance(instance.name, [respond, text = started.error().text] {
        respond({500, errorDocument("not_started", "The instance did not start: " + text)});
    });
}

void Supervisor::removeInstance(const std::string& name, const HttpServer::Respond& respond) {
    // Two removals at once, or one amid an addition, would leave the later of them with wrong ideas of this name.
    if (m_removing.contains(name) || m_adding.contains(name)) {
        refuse(respond, 409, "busy",
               m_adding.contains(name) ? "This instance is being added." : "This instance is being removed already.");
        return;
    }
    const auto found =
        std::ranges::find_if(m_setup.instances, [&](const InstanceSpec& spec) { return spec.name == name; });
    if (found == m_setup.instances.end()) {
        refuse(respond, 404, "not_found", "There is no such instance.");
        return;
    }
    // Only those that answer and go on to: not the ones that are about to end, nor those that may yet fail to start.
    const auto stable = std::ranges::count_if(m_setup.instances, [this](const InstanceSpec& spec) {
        return spec.role == "stable" && !m_removing.contains(spec.name) && !m_adding.contains(spec.name);
    });
    if (m_status.state != "running" || (found->role == "stable" && stable == 1)) {
        refuse(respond, 409, m_status.state == "running" ? "last_stable" : "not_running",
               m_status.state == "running" ? "This is the last stable instance; nobody else would answer."
                                           : "The stack is " + m_status.state + ".");
        return;
    }
    log(name + " is removed");
    m_removing.insert(name);
    inBackground([this, instance = *found, respond] {
        // HAProxy first, so that it sends nothing more; the instance then finishes what it has.
        const auto disabled = disableSlot(m_setup.paths.haproxyAdminSocket(), instance);
        m_loop.post([this, instance, disabled, respond] {
            if (!disabled) {
                log(disabled.error().text);
            }
            forgetInstance(instance.name, [respond, name = instance.name] {
                respond({200, nlohmann::json{{"name", name}, {"state", "removed"}}.dump()});
            });
        });
    });
}

void Supervisor::forgetInstance(const std::string& name, std::function<void()> forgotten) {
    m_removing.insert(name);
    std::erase_if(m_setup.instances, [&](const InstanceSpec& spec) { return spec.name == name; });
    if (auto saved = saveInstances(); !saved) {
        log(saved.error().text);
    }
    auto* component = find(name);
    if (component == nullptr) {
        m_removing.erase(name);
        forgotten();
        return;
    }
    component->stop([this, name, forgotten = std::move(forgotten)] {
        forgotten();
        // Not from within the component's own call.
        m_loop.post([this, name] {
            m_components.erase(name);
            m_board.remove(name);
            m_removing.erase(name);
        });
    });
}

Result<void> Supervisor::saveInstances() {
    if (auto saved = writeFileIfChanged(m_setup.paths.portsFile(), m_setup.ports.toJson(), 0600); !saved) {
        return saved;
    }
    if (auto saved = writeFileIfChanged(m_setup.paths.instancesFile(), toJson(m_setup.instances), 0600); !saved) {
        return saved;
    }
    // Control reads its list of instances again when the file has changed.
    if (auto saved = writeControlConfig(m_setup); !saved) {
        return saved;
    }
    // On the disk before the socket is told: a HAProxy that is started again then knows the same servers.
    return writeHaproxyConfig(m_setup);
}

} // namespace binnacle::stack
