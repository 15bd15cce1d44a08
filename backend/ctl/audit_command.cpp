// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/action_documents.h"
#include "backend/ctl/action_access.h"
#include "backend/ctl/action_commands.h"
#include "backend/ctl/plain_text.h"
#include "backend/ctl/seen_heads.h"

#include <cstdio>
#include <nlohmann/json.hpp>

namespace binnacle::ctl {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::chrono::seconds kPatience{10};

int failed(const std::string& sentence) {
    std::fprintf(stderr, "binnaclectl: %s\n", plainText(sentence).c_str());
    return kFailed;
}

std::string entryLine(const AuditEntry& entry) {
    std::string line = std::to_string(entry.number) + "  " + isoTime(entry.at) + "  " + entry.operatorName + "  ";
    if (entry.phase == AuditPhase::Intent) {
        line += entry.action;
        for (const auto& [name, value] : entry.parameters) {
            line += " " + name + "=" + valueText(value);
        }
        line += "  \"" + entry.reason + "\"";
        line += entry.reverses ? "  takes back #" + *entry.reverses : "";
    } else {
        line += "outcome of #" + std::to_string(entry.intent.value_or(0)) + ": ";
        line += entry.result ? std::string(verdictName(entry.result->verdict)) : "unknown";
        for (const auto& name : entry.result ? entry.result->stragglers : std::vector<std::string>{}) {
            line += ", without " + name;
        }
    }
    return plainText(line);
}

int list(ControlGateway& control, const Options& options) {
    const auto entries = control.audit(options.writer, -1, options.limit, kPatience);
    if (!entries) {
        return failed(entries.error().text);
    }
    if (options.json) {
        Json all = Json::array();
        for (const auto& sealed : *entries) {
            auto entry = Json::parse(sealed.text, nullptr, false);
            entry["digest"] = sealed.digest;
            all.push_back(std::move(entry));
        }
        std::printf("%s\n",
                    Json{{"entries", std::move(all)}}.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
        return kDone;
    }
    for (const auto& sealed : *entries) {
        std::printf("%s\n", entryLine(sealed.entry).c_str());
    }
    return kDone;
}

int verify(ControlGateway& control, const StackPlace& place, const Options& options) {
    const auto memory = SeenHeads::forStack(place.stateDir);
    const auto seen = memory ? memory->read() : Result<std::vector<ChainHead>>(std::vector<ChainHead>{});
    if (!seen) {
        return failed(seen.error().text);
    }
    const auto found = control.verifyAudit(*seen, kPatience);
    if (!found) {
        return failed(found.error().text);
    }
    if (options.json) {
        Json heads = Json::array();
        for (const auto& head : found->heads) {
            heads.push_back({{"writer_id", head.writerId}, {"number", head.number}, {"digest", head.digest}});
        }
        Json faults = Json::array();
        for (const auto& fault : found->faults) {
            faults.push_back({{"writer_id", fault.writerId}, {"number", fault.number}, {"text", fault.text}});
        }
        std::printf("%s\n",
                    Json{{"whole", found->whole}, {"heads", heads}, {"faults", faults}, {"remembered", seen->size()}}
                        .dump(-1, ' ', false, Json::error_handler_t::replace)
                        .c_str());
    } else {
        for (const auto& head : found->heads) {
            std::printf("%s: %lld entries\n", plainText(head.writerId).c_str(), static_cast<long long>(head.number));
        }
        for (const auto& fault : found->faults) {
            std::printf("%s: %s\n", plainText(fault.writerId).c_str(), plainText(fault.text).c_str());
        }
        std::printf("%s\n", found->whole ? "The audit is whole." : "The audit is NOT whole.");
    }
    if (!found->whole) {
        return kFailed;
    }
    if (memory) {
        if (const auto kept = memory->write(found->heads); !kept) {
            std::fprintf(stderr, "binnaclectl: %s\n", plainText(kept.error().text).c_str());
        }
    }
    return kDone;
}

} // namespace

int runAudit(const Options& options) {
    const auto place = findStack(options);
    if (!place) {
        return failed(place.error().text);
    }
    auto through = options;
    through.mayBreakGlass = false; // the audit is read from control alone
    const auto gateway = chooseGateway(*place, through);
    if (!gateway) {
        return failed(gateway.error().text);
    }
    return options.verify ? verify(*gateway->control(), *place, options) : list(*gateway->control(), options);
}

} // namespace binnacle::ctl
