// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/scenarios/scenario.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <random>

namespace binnacle::load {

namespace {

constexpr int kErrorPercent = 33;
constexpr double kShare = 20;

/// Through control, as an operator would: recorded in the audit, and seen in effect. A canary without users harms
/// nobody, so it gets some if it has none.
class CanaryErrors final : public Scenario {
public:
    Result<void> prepare(const Stage& stage) override {
        m_stage = stage;
        const auto canary = std::ranges::find(stage.status.endpoints.instances, "canary", &StackInstance::role);
        if (canary == stage.status.endpoints.instances.end()) {
            return fail(ErrorCode::Conflict, "there is no canary instance");
        }
        m_canary = canary->name;
        auto share = readShare();
        if (!share) {
            return std::unexpected(share.error());
        }
        m_shareBefore = *share;
        return {};
    }
    Result<void> begin() override {
        if (m_shareBefore < 1) {
            if (auto set = setShare(kShare, "rehearsal: canary-errors gives the canary users"); !set) {
                return set;
            }
        }
        return m_stage.faults().setFault(m_canary, kErrorPercent, std::chrono::milliseconds(0), m_stage.lasts,
                                         within(std::chrono::seconds(5)));
    }
    Result<void> end() override {
        const auto cleared = m_stage.faults().clearFault(m_canary, within(std::chrono::seconds(5)));
        if (m_shareBefore < 1) {
            const auto now = readShare();
            // Not what somebody has set meanwhile: a panic's 0, or a share that was wanted.
            if (!now || std::abs(*now - kShare) < 0.01) {
                if (auto set = setShare(m_shareBefore, "rehearsal: canary-errors is over"); !set) {
                    return set;
                }
            }
        }
        // An instance that does not run has no fault either.
        return cleared || cleared.error().code == ErrorCode::Conflict ? Result<void>{} : cleared;
    }

private:
    [[nodiscard]] Result<HttpClient> control() const {
        const auto endpoint = HttpEndpoint::parse(m_stage.status.endpoints.control);
        return endpoint ? Result<HttpClient>(HttpClient(*endpoint)) : std::unexpected(endpoint.error());
    }
    [[nodiscard]] Result<double> readShare() const {
        // The read frontend of HAProxy tells what is in effect.
        const auto endpoint = HttpEndpoint::parse(m_stage.status.endpoints.haproxyRead);
        if (!endpoint) {
            return std::unexpected(endpoint.error());
        }
        HttpClient client(*endpoint);
        const auto body = client.getBody("/share", within(std::chrono::seconds(2)));
        if (!body) {
            return std::unexpected(body.error());
        }
        constexpr double kBasisPoints = 100;
        return std::strtod(body->c_str(), nullptr) / kBasisPoints;
    }
    [[nodiscard]] Result<void> setShare(double percent, const std::string& reason) const {
        auto client = control();
        if (!client) {
            return std::unexpected(client.error());
        }
        const nlohmann::json parameters = {{"percent", percent}};
        const auto preview =
            client->send("POST", "/v1/actions/set_canary_share/preview",
                         nlohmann::json{{"parameters", parameters}}.dump(), within(std::chrono::seconds(5)));
        const auto previewed = preview ? nlohmann::json::parse(preview->body, nullptr, false) : nlohmann::json();
        if (!preview || preview->status != 200 || !previewed.is_object()) {
            return refusal(preview);
        }
        const nlohmann::json request = {
            {"parameters", parameters},
            {"reason", reason},
            {"request_id", fmt::format("scenario-{:08x}{:08x}", std::random_device{}(), std::random_device{}())},
            {"fingerprint", previewed.value("fingerprint", std::string())}};
        const auto answer =
            client->send("POST", "/v1/actions/set_canary_share/run", request.dump(), within(std::chrono::seconds(15)));
        const auto outcome = answer ? nlohmann::json::parse(answer->body, nullptr, false) : nlohmann::json();
        if (!answer || answer->status != 200 || !outcome.is_object() ||
            outcome.value("outcome", std::string()) != "applied") {
            return refusal(answer);
        }
        return {};
    }
    [[nodiscard]] static Result<void> refusal(const Result<HttpResponse>& answer) {
        return fail(answer ? ErrorCode::Protocol : answer.error().code,
                    "the canary's share could not be set: " +
                        (answer ? answer->body.substr(0, 300) : answer.error().text));
    }

    Stage m_stage;
    std::string m_canary;
    double m_shareBefore = 0;
};

} // namespace

std::unique_ptr<Scenario> makeCanaryErrors() {
    return std::make_unique<CanaryErrors>();
}

} // namespace binnacle::load
