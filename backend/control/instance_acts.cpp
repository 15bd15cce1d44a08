// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/instance_acts.h"

#include "backend/clients/haproxy_admin.h"
#include "backend/collectors/haproxy_csv.h"

#include <algorithm>
#include <thread>

namespace binnacle::control {
namespace {

constexpr const char* kind = "instance";
constexpr const char* drainedValue = "drained";
constexpr const char* readyingValue = "readying"; // until HAProxy has taken the order
constexpr const char* readyValue = "ready";

SteadyTime in(std::chrono::milliseconds patience) {
    return std::chrono::steady_clock::now() + patience;
}

bool drained(const std::string& status) {
    return status.starts_with("DRAIN");
}

bool serves(const std::string& status) {
    return status.starts_with("UP") || status == "no check";
}

std::string stateText(const std::string& status) {
    return serves(status) ? "in rotation" : drained(status) ? "drained" : "out of rotation (" + status + ")";
}

std::string requestsText(double count) {
    const auto number = static_cast<std::int64_t>(count);
    return std::to_string(number) + (number == 1 ? " request" : " requests");
}

} // namespace

Result<InstanceAddress> InstanceActs::addressOf(const std::string& name) const {
    std::string names;
    for (auto& address : m_directory()) {
        if (address.name == name && !address.balancer.empty()) {
            return address;
        }
        names += (names.empty() ? "" : ", ") + address.name;
    }
    return fail(ErrorCode::NotFound, "There is no instance " + name +
                                         " whose place in the load balancer is known. "
                                         "There are: " +
                                         (names.empty() ? "none" : names) + ".");
}

Result<std::vector<InstanceActs::Server>> InstanceActs::look(const InstanceAddress& address) const {
    const auto answer = askHaproxy(m_adminSocket, "show stat", in(callLimit));
    const auto rows =
        answer ? parseHaproxyCsv(*answer) : Result<std::vector<HaproxyRow>>(std::unexpected(answer.error()));
    if (!rows) {
        return std::unexpected(rows.error());
    }
    const auto slash = address.balancer.find('/');
    const auto backend = address.balancer.substr(0, slash);
    const auto name = address.balancer.substr(std::min(slash + 1, address.balancer.size()));
    std::vector<Server> servers;
    for (const auto& row : *rows) {
        if (row.type == HaproxyRow::Type::Server && row.proxy == backend) {
            Server server{row.name, row.status, row.sessions.value_or(0), row.requests.value_or(0)};
            servers.insert(row.name == name ? servers.begin() : servers.end(), std::move(server));
        }
    }
    if (servers.empty() || servers.front().name != name) {
        return fail(ErrorCode::NotFound, "HAProxy has no server " + address.balancer);
    }
    return servers;
}

Result<void> InstanceActs::setState(const InstanceAddress& address, const char* state) const {
    return orderHaproxy(m_adminSocket, "set server " + address.balancer + " state " + state, in(callLimit));
}

Result<UndertakingPlan> InstanceActs::plan(const PlannedChange& change) {
    const auto name = textOf(change.parameters, "instance");
    const auto address = addressOf(name);
    const auto servers = address ? look(*address) : Result<std::vector<Server>>(std::unexpected(address.error()));
    if (!servers) {
        return std::unexpected(servers.error());
    }
    const auto hold = m_holds.find(kind, name);
    if (!hold) {
        return std::unexpected(hold.error());
    }
    const auto& own = servers->front();
    const auto others =
        std::count_if(servers->begin() + 1, servers->end(), [](const Server& server) { return serves(server.status); });
    const bool drains = change.undertaking == Verb::DrainInstance;
    UndertakingPlan plan;
    plan.reference = *hold ? (*hold)->reference : std::string();
    auto& preview = plan.preview;
    preview.target = name + " (" + address->role + ") behind the load balancer";
    preview.affected = {name};
    preview.before = {{"instance", name},
                      {"state", stateText(own.status)},
                      {"requests_now", static_cast<std::int64_t>(own.sessions)}};
    preview.after = {{"instance", name}, {"state", drains ? "drained" : "in rotation"}};
    if (drains) {
        if (others == 0) {
            plan.refusal = "No other instance of " + address->role +
                           " is in rotation: nobody would answer in its place." +
                           (address->role == "canary" ? " To take all users off the canary, set its share to 0." : "");
        } else {
            preview.warnings.push_back(others == 1
                                           ? "1 other instance of " + address->role + " takes over what it does now."
                                           : std::to_string(others) + " other instances of " + address->role +
                                                 " take over what it does now.");
        }
        preview.warnings.push_back(requestsText(own.sessions) + " on it now: it ends them, and gets no new one.");
    }
    if (drained(own.status) == drains && (drains || serves(own.status))) {
        preview.warnings.push_back("It is " + stateText(own.status) + " already.");
    }
    if (*hold && (*hold)->value == drainedValue) {
        preview.warnings.push_back("It was drained by " + (*hold)->changedBy + " (#" + (*hold)->reference + ").");
    }
    plan.state = name + " " + stateText(own.status) + " " + plan.reference;
    return plan;
}

AuditResult InstanceActs::carryOut(const AuditEntry& intent, bool, const std::function<bool()>& hurry) {
    // Announced is also wanted: after an interruption it is brought to its end, which it may be already.
    const auto name = textOf(intent.parameters, "instance");
    const bool drains = intent.action == "drain_instance";
    const auto address = addressOf(name);
    if (!address) {
        return {Verdict::Failed, {}, {}, address.error().text + " Nothing was done."};
    }
    Hold hold{kind,        name, drains ? drainedValue : readyingValue, referenceOf(intent), intent.operatorName,
              std::nullopt};
    if (const auto kept = m_holds.put(hold); !kept) {
        return {Verdict::Failed, {}, {}, kept.error().text + ". Nothing was done."};
    }
    if (const auto set = setState(*address, drains ? "drain" : "ready"); !set) {
        return {Verdict::InDoubt,
                {},
                {"haproxy"},
                set.error().text + ". It is the desired state and is set as soon as HAProxy answers."};
    }
    if (!drains) {
        hold.value = readyValue;
        (void)m_holds.put(hold); // else the next turn does it
    }
    return drains ? drain(*address, hurry) : ready(*address, hurry);
}

AuditResult InstanceActs::drain(const InstanceAddress& address, const std::function<bool()>& hurry) const {
    const auto limit = in(effectLimit);
    std::optional<double> requests; // that it had got when it was first seen out of rotation
    SteadyTime since;
    while (true) {
        const auto servers = look(address);
        const auto now = std::chrono::steady_clock::now();
        const bool out = servers && drained(servers->front().status);
        if (out && (!requests || *requests != servers->front().requests)) {
            requests = servers->front().requests;
            since = now;
        }
        const bool quiet = out && servers->front().sessions == 0 && now - since >= quietTime;
        if (!quiet && now < limit && !(hurry() && out)) {
            std::this_thread::sleep_for(lookPause);
            continue;
        }
        AuditResult result;
        result.verdict = quiet ? Verdict::Applied : Verdict::InDoubt;
        if (servers) {
            result.observedAfter = {{"instance", address.name},
                                    {"state", stateText(servers->front().status)},
                                    {"requests_now", static_cast<std::int64_t>(servers->front().sessions)}};
        }
        if (!quiet) {
            result.stragglers = {address.name};
        }
        result.message =
            quiet      ? "It has ended what it had, and no new request reaches it."
            : !servers ? servers.error().text + "."
            : !out     ? "HAProxy shows it as " + stateText(servers->front().status) + "."
                       : "It gets no new request; " + requestsText(servers->front().sessions) + " still run on it.";
        return result;
    }
}

AuditResult InstanceActs::ready(const InstanceAddress& address, const std::function<bool()>& hurry) const {
    const auto limit = in(effectLimit);
    while (true) {
        const auto servers = look(address);
        const bool back = servers && serves(servers->front().status);
        if (!back && std::chrono::steady_clock::now() < limit && !hurry()) {
            std::this_thread::sleep_for(lookPause);
            continue;
        }
        AuditResult result;
        result.verdict = back ? Verdict::Applied : Verdict::InDoubt;
        if (servers) {
            result.observedAfter = {{"instance", address.name}, {"state", stateText(servers->front().status)}};
        }
        if (!back) {
            result.stragglers = {address.name};
            result.message =
                servers ? "HAProxy would send it requests, but does not find it well: " + servers->front().status + "."
                        : servers.error().text + ".";
        }
        return result;
    }
}

std::optional<QuickActs::Own> InstanceActs::keep() {
    const auto holds = m_holds.all(kind);
    if (!holds) {
        return std::nullopt;
    }
    for (const auto& hold : *holds) {
        if (hold.value == readyValue) {
            continue;
        }
        const auto address = addressOf(hold.target);
        if (!address) {
            // The instance is gone; one of that name that comes later is another one.
            (void)m_holds.remove(kind, hold.target);
            continue;
        }
        if (hold.value == readyingValue) {
            if (setState(*address, "ready")) {
                auto done = hold;
                done.value = readyValue;
                (void)m_holds.put(done);
            }
            continue;
        }
        const auto servers = look(*address);
        if (servers && serves(servers->front().status)) {
            (void)setState(*address, "drain");
        }
    }
    return std::nullopt;
}

} // namespace binnacle::control
