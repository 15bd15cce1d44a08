// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/prometheus_client.h"

#include "backend/clients/secret_file.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <simdjson.h>
#include <vector>

namespace binnacle {

namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::size_t kLabelCap = 64;
constexpr std::size_t kWordsCap = 300;

auto malformed(std::string_view what) {
    return fail(ErrorCode::Protocol, "Prometheus' answer is not understood: " + std::string(what));
}

/// Its words about a query that it refused, or an empty view.
std::string_view refusal(const object& root) {
    std::string_view words;
    return root["error"].get(words) == simdjson::SUCCESS ? words.substr(0, kWordsCap) : std::string_view();
}

std::optional<double> finiteNumber(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::string percentEncoded(std::string_view text) {
    constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size() * 2);
    for (const char c : text) {
        if (kPlain.find(c) != std::string_view::npos) {
            out.push_back(c);
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out.push_back('%');
            out.push_back(kDigits[byte >> 4U]);
            out.push_back(kDigits[byte & 15U]);
        }
    }
    return out;
}

} // namespace

std::string_view PrometheusSample::label(std::string_view name) const {
    for (const auto& [key, text] : labels) {
        if (key == name) {
            return text;
        }
    }
    return {};
}

Result<void> readPrometheusAnswer(std::string_view json, const PrometheusVisit& visit) {
    if (json.empty()) {
        return malformed("it is empty"); // the parser would copy from null
    }
    thread_local simdjson::dom::parser parser;
    object root;
    if (const auto error = parser.parse(json.data(), json.size()).get(root); error != simdjson::SUCCESS) {
        return malformed(simdjson::error_message(error));
    }
    std::string_view status;
    if (root["status"].get(status) != simdjson::SUCCESS) {
        return malformed("it has no status");
    }
    if (status != "success") {
        return fail(ErrorCode::Protocol, "Prometheus refuses the query: " + std::string(refusal(root)));
    }
    object data;
    std::string_view type;
    array result;
    if (root["data"].get(data) != simdjson::SUCCESS || data["resultType"].get(type) != simdjson::SUCCESS ||
        type != "vector" || data["result"].get(result) != simdjson::SUCCESS) {
        return malformed("it is no instant vector");
    }
    std::vector<std::pair<std::string_view, std::string_view>> labels;
    std::size_t count = 0;
    for (const auto item : result) {
        if (++count > PrometheusClient::kSampleCap) {
            return malformed("more than " + std::to_string(PrometheusClient::kSampleCap) +
                             " series; narrow them by a selector");
        }
        object metric;
        if (item["metric"].get(metric) != simdjson::SUCCESS) {
            return malformed("an element without labels");
        }
        labels.clear();
        for (const auto [name, value] : metric) {
            std::string_view text;
            if (labels.size() == kLabelCap || value.get(text) != simdjson::SUCCESS) {
                return malformed("a label");
            }
            labels.emplace_back(name, text);
        }
        array pair;
        const auto found = item["value"].get(pair);
        if (found == simdjson::NO_SUCH_FIELD) {
            continue; // a native histogram
        }
        PrometheusSample sample;
        std::string_view text;
        if (found != simdjson::SUCCESS || pair.at(0).get(sample.evaluatedAt) != simdjson::SUCCESS ||
            pair.at(1).get(text) != simdjson::SUCCESS) {
            return malformed("a value");
        }
        if (const auto value = finiteNumber(text)) {
            sample.labels = labels;
            sample.value = *value;
            visit(sample);
        }
    }
    return {};
}

PrometheusClient::PrometheusClient(const PrometheusTarget& target)
    : m_http(target.endpoint, kBodyCap)
    , m_name(target.name)
    , m_tokenFile(target.token.empty() ? target.tokenFile : std::string()) {
    if (!target.token.empty()) {
        m_http.setBearerToken(std::string(target.token.view()));
    }
}

Result<void> PrometheusClient::query(std::string_view promql, SteadyTime deadline, const PrometheusVisit& visit) {
    if (!m_tokenFile.empty()) {
        auto token = readSecretFile(m_tokenFile);
        if (!token) {
            return std::unexpected(std::move(token.error()));
        }
        m_http.setBearerToken(std::move(*token));
    }
    const auto answer = m_http.get("/api/v1/query?query=" + percentEncoded(promql), deadline);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    if (answer->status == 401 || answer->status == 403) {
        return fail(ErrorCode::Denied, "Prometheus " + m_name + " wants other credentials (status " +
                                           std::to_string(answer->status) + ")");
    }
    // A query that it refuses comes as JSON with a status of its own; anything else is some other server's word.
    if (answer->status != 200 && !answer->body.starts_with("{\"status\":\"error\"")) {
        return fail(answer->status == 404 ? ErrorCode::NotFound : ErrorCode::Protocol,
                    "Prometheus " + m_name + " answered status " + std::to_string(answer->status));
    }
    return readPrometheusAnswer(answer->body, visit);
}

} // namespace binnacle
