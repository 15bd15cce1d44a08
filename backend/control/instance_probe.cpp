// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/instance_probe.h"

#include "backend/clients/http_client.h"
#include "backend/domain/base64.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace binnacle::control {
namespace {

using Json = nlohmann::json;

constexpr std::size_t entryLimit = 256;

std::vector<std::string> textsIn(const Json& array) {
    std::vector<std::string> texts;
    for (const auto& item : array) {
        texts.push_back(item.get<std::string>());
    }
    return texts;
}

DistinctSketch sketchIn(const Json& json) {
    const auto bytes = decodeBase64(json.at("registers").get_ref<const std::string&>());
    const auto sketch = bytes ? DistinctSketch::fromRegisters(*bytes) : std::nullopt;
    if (!sketch) {
        throw Json::other_error::create(501, "registers of no sketch", nullptr);
    }
    return *sketch;
}

class HttpProbe final : public InstanceProbe {
public:
    explicit HttpProbe(HttpEndpoint endpoint)
        : m_http(std::move(endpoint)) {}

    [[nodiscard]] Result<TelemetryDocument> telemetry(SteadyTime deadline) override {
        const auto body = m_http.getBody("/admin/v1/telemetry", deadline);
        return body ? parseTelemetry(*body) : std::unexpected(body.error());
    }
    [[nodiscard]] Result<std::vector<FeatureReading>> features(SteadyTime deadline) override {
        const auto body = m_http.getBody("/admin/v1/features", deadline);
        return body ? parseFeatures(*body) : std::unexpected(body.error());
    }
    [[nodiscard]] Result<UserReading> users(std::chrono::seconds window, SteadyTime deadline) override {
        const auto body = m_http.getBody("/admin/v1/users?window_s=" + std::to_string(window.count()), deadline);
        return body ? parseUsers(*body) : std::unexpected(body.error());
    }

private:
    HttpClient m_http;
};

} // namespace

Result<std::vector<FeatureReading>> parseFeatures(std::string_view text) {
    std::vector<FeatureReading> features;
    try {
        const auto json = Json::parse(text);
        for (const auto& one : json.at("features")) {
            if (features.size() == entryLimit) {
                break;
            }
            FeatureReading feature;
            feature.view.id = one.at("id").get<std::string>();
            feature.view.title = one.at("title").get<std::string>();
            feature.view.routes = textsIn(one.at("routes"));
            if (one.contains("off_from") && one["off_from"].is_number_integer()) {
                feature.view.offFrom = one["off_from"].get<std::int64_t>();
            }
            feature.view.fallback = one.at("fallback").get<std::string>();
            feature.statements = textsIn(one.at("statements"));
            features.push_back(std::move(feature));
        }
    } catch (const Json::exception&) {
        return fail(ErrorCode::Protocol, "The answer is no list of features");
    }
    return features;
}

Result<UserReading> parseUsers(std::string_view text) {
    UserReading reading;
    try {
        const auto json = Json::parse(text);
        const auto covered = json.at("window_s").get<double>();
        if (!(covered >= 0 && covered <= 3600)) {
            return fail(ErrorCode::Protocol, "The answer tells users of an impossible window");
        }
        reading.covered = std::chrono::milliseconds(std::llround(covered * 1000));
        reading.users = sketchIn(json);
        for (const auto& one : json.at("features")) {
            if (reading.byFeature.size() < entryLimit) {
                reading.byFeature.emplace(one.at("id").get<std::string>(), sketchIn(one));
            }
        }
    } catch (const Json::exception&) {
        return fail(ErrorCode::Protocol, "The answer tells no users");
    }
    return reading;
}

Result<std::unique_ptr<InstanceProbe>> httpProbe(const InstanceAddress& address) {
    auto endpoint = HttpEndpoint::parse(address.admin);
    if (!endpoint) {
        return std::unexpected(std::move(endpoint.error()));
    }
    return std::make_unique<HttpProbe>(std::move(*endpoint));
}

} // namespace binnacle::control
