// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/api/admin_handler.h"

#include "backend/service/api/json_text.h"
#include "backend/service/api/query_string.h"
#include "backend/service/cache/cache_keys.h"
#include "backend/service/protect/constant_time.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace binnacle::service {
namespace {

constexpr std::size_t kLongestKey = 512;
constexpr std::string_view kVersionPath = "/admin/v1/version";
constexpr std::string_view kStatePath = "/admin/v1/state";
constexpr std::string_view kFaultPath = "/admin/v1/fault";
constexpr std::string_view kTelemetryPath = "/admin/v1/telemetry";
constexpr std::string_view kUsersPath = "/admin/v1/users";
constexpr std::string_view kFeaturesPath = "/admin/v1/features";
constexpr std::string_view kCachePath = "/admin/v1/cache";
constexpr std::string_view kInvalidatePath = "/admin/v1/cache/invalidate";
constexpr std::array kPaths{kVersionPath, kStatePath,    kFaultPath, kTelemetryPath,
                            kUsersPath,   kFeaturesPath, kCachePath, kInvalidatePath};

Admission refuse(Exchange& exchange, int status, std::string_view code, std::string_view message) {
    setProblem(exchange, status, code, message);
    return Admission::RefuseAfterBody;
}

Admission onlyGet(Exchange& exchange) {
    if (exchange.request.method == Method::Get) {
        return Admission::Proceed;
    }
    exchange.response.allow = "GET";
    return refuse(exchange, 405, "method_not_allowed", "The resource does not know this method.");
}

Awaitable<void> nothing() {
    co_return;
}

} // namespace

Admission AdminHandler::begin(Exchange& exchange) {
    if (exchange.request.originPresent) {
        return refuse(exchange, 403, "origin_refused", "The admin socket serves no browser.");
    }
    const std::string_view path = exchange.request.path();
    if (std::ranges::find(kPaths, path) == kPaths.end()) {
        return refuse(exchange, 404, "not_found", "There is no such resource.");
    }
    const Method method = exchange.request.method;
    if (path == kInvalidatePath && method != Method::Post) {
        exchange.response.allow = "POST";
        return refuse(exchange, 405, "method_not_allowed", "The resource does not know this method.");
    }
    const bool changeable = path == kStatePath || path == kFaultPath;
    if (path != kInvalidatePath && (!changeable || method != Method::Put)) {
        const auto admission = onlyGet(exchange);
        if (changeable) {
            exchange.response.allow = "GET, PUT";
        }
        return admission;
    }
    // The peer's uid alone may read; what changes the service takes the token that only control and break-glass read.
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view given = exchange.request.authorization;
    if (m_token.empty() || !given.starts_with(scheme) || !equalInConstantTime(given.substr(scheme.size()), m_token)) {
        return refuse(exchange, 401, "token_required", "A change takes the admin token.");
    }
    return Admission::Proceed;
}

void AdminHandler::appendState(std::string& body) const {
    body.append(R"({"protocol":1,"instance":)");
    appendJsonString(body, m_telemetry.identity().name);
    body.append(R"(,"degradation":{"level":)");
    appendInteger(body, m_degradation.level());
    body.append(R"(,"generation":)");
    appendInteger(body, m_degradation.generation());
    body.push_back('}');
}

void AdminHandler::putState(Exchange& exchange) {
    const auto wish = parseDegradationWish(exchange.request.body);
    if (!wish) {
        setProblem(exchange, 400, "invalid_state", wish.error().text);
        return;
    }
    const auto applied = m_degradation.apply(wish->level, wish->generation);
    std::string& body = exchange.response.body;
    appendState(body);
    if (applied == Degradation::Applied::Outdated) {
        exchange.response.status = 409;
        body.append(R"(,"error":{"code":"outdated_generation","message":"The generation is not above the one held."})");
    } else {
        m_log.write(Severity::Info, "degradation_changed",
                    {{"level", std::to_string(wish->level)}, {"generation", std::to_string(wish->generation)}});
        if (applied == Degradation::Applied::Unkept) {
            m_log.write(Severity::Error, "state_file_not_written", {{"reason", "a restart forgets the level"}});
        }
        body.append(applied == Degradation::Applied::Kept ? R"(,"kept":true)" : R"(,"kept":false)");
    }
    body.push_back('}');
}

void AdminHandler::appendFault(std::string& body) const {
    const Fault fault = m_fault.at(Clock::now());
    body.append(R"({"protocol":1,"instance":)");
    appendJsonString(body, m_telemetry.identity().name);
    body.append(R"(,"fault":)");
    if (fault.active()) {
        body.append(R"({"error_percent":)");
        appendInteger(body, fault.errorPercent);
        body.append(R"(,"latency_ms":)");
        appendInteger(body, fault.latency.count());
        body.append(R"(,"left_ms":)");
        appendInteger(body, fault.left.count());
        body.push_back('}');
    } else {
        body.append("null");
    }
    body.push_back('}');
}

void AdminHandler::putFault(Exchange& exchange) {
    const auto wish = parseFaultWish(exchange.request.body);
    if (!wish) {
        setProblem(exchange, 400, "invalid_fault", wish.error().text);
        return;
    }
    if (wish->active()) {
        m_fault.set(*wish, Clock::now());
        m_log.write(Severity::Warning, "fault_set",
                    {{"error_percent", std::to_string(wish->errorPercent)},
                     {"latency_ms", std::to_string(wish->latency.count())},
                     {"for_ms", std::to_string(wish->left.count())}});
    } else {
        m_fault.clear();
        m_log.write(Severity::Info, "fault_cleared", {});
    }
    appendFault(exchange.response.body);
}

void AdminHandler::getUsers(Exchange& exchange) {
    std::chrono::seconds window = UserRing::kLongestWindow;
    if (const QueryParameter wanted = findParameter(exchange.request.query(), "window_s"); wanted.present) {
        const auto seconds = wanted.wellFormed ? parseId(wanted.value) : std::nullopt;
        if (!seconds || *seconds > window.count()) {
            setProblem(exchange, 400, "invalid_parameter", "window_s must be an integer from 1 to 300.", "window_s");
            return;
        }
        window = std::chrono::seconds(*seconds);
    }
    m_telemetry.appendUsers(exchange.response.body, window);
}

std::optional<CacheWish> AdminHandler::cacheWish(Exchange& exchange) {
    const bool remove = exchange.request.path() == kInvalidatePath;
    std::string key;
    std::string tag;
    bool wellFormed = true;
    if (remove) {
        const auto body = nlohmann::json::parse(exchange.request.body, nullptr, false);
        wellFormed = body.is_object();
        for (const auto& [name, text] : {std::pair("key", &key), std::pair("tag", &tag)}) {
            if (wellFormed && body.contains(name)) {
                wellFormed = body[name].is_string();
                *text = wellFormed ? body[name].get<std::string>() : std::string();
            }
        }
    } else {
        const QueryParameter givenKey = findParameter(exchange.request.query(), "key");
        const QueryParameter givenTag = findParameter(exchange.request.query(), "tag");
        wellFormed = givenKey.wellFormed && givenTag.wellFormed;
        key = givenKey.value;
        tag = givenTag.value;
    }
    const bool one = key.empty() != tag.empty();
    if (!wellFormed || !one || key.size() > kLongestKey || (!key.empty() && !cache_keys::isKey(key)) ||
        (!tag.empty() && !cache_keys::isTag(tag))) {
        setProblem(exchange, 400, "invalid_cache_wish",
                   "Give either a key of this cache (cache:1:...) or a tag: KIND, KIND:ORGANISATION or "
                   "organisation:ORGANISATION.");
        return std::nullopt;
    }
    return CacheWish(std::move(key), std::move(tag), remove);
}

void AdminHandler::appendFound(Exchange& exchange, const CacheWish& wish, const CacheFound& found) {
    if (!found.reachable) {
        setProblem(exchange, 503, "cache_unreachable", "Redis did not answer.");
        return;
    }
    if (wish.remove) {
        m_log.write(
            Severity::Info, "cache_invalidated",
            {{"wish", wish.key.empty() ? "tag " + wish.tag : "key"}, {"removed", std::to_string(found.removed)}});
    }
    std::string& body = exchange.response.body;
    body.append(R"({"keys":)");
    appendInteger(body, found.keys);
    body.append(R"(,"complete":)").append(found.complete ? "true" : "false");
    if (wish.remove) {
        body.append(R"(,"removed":)");
        appendInteger(body, found.removed);
        body.append(R"(,"present":)");
        appendInteger(body, found.present);
    }
    body.append(R"(,"sample":[)");
    for (std::size_t i = 0; i < found.sample.size(); ++i) {
        body.append(i == 0 ? "" : ",");
        appendJsonString(body, found.sample[i]);
    }
    body.append("]}");
}

bool AdminHandler::handleNow(Exchange& exchange) {
    const std::string_view path = exchange.request.path();
    if (path == kCachePath || path == kInvalidatePath) {
        return false;
    }
    const InstanceIdentity& identity = m_telemetry.identity();
    std::string& body = exchange.response.body;
    if (path == kTelemetryPath) {
        m_telemetry.appendDocument(body);
    } else if (path == kUsersPath) {
        getUsers(exchange);
    } else if (path == kFeaturesPath) {
        m_telemetry.appendFeatures(body);
    } else if (path == kFaultPath && exchange.request.method == Method::Put) {
        putFault(exchange);
    } else if (path == kFaultPath) {
        appendFault(body);
    } else if (path == kStatePath && exchange.request.method == Method::Put) {
        putState(exchange);
    } else if (path == kStatePath) {
        appendState(body);
        body.push_back('}');
    } else {
        body.append(R"({"protocol_min":1,"protocol_max":1,"instance":)");
        appendJsonString(body, identity.name);
        body.append(R"(,"version":)");
        appendJsonString(body, identity.version);
        body.push_back('}');
    }
    return true;
}

Awaitable<void> AdminHandler::handle(Exchange& exchange) {
    const std::optional<CacheWish> wish = cacheWish(exchange);
    if (wish) {
        CacheWish copy = *wish;
        auto work = m_sweep(std::move(copy));
        const CacheFound found = co_await std::move(work);
        appendFound(exchange, *wish, found);
    }
}

MetricsHandler::MetricsHandler(TelemetryReader& telemetry, std::uint16_t port)
    : m_telemetry(telemetry)
    , m_numericHost("127.0.0.1:" + std::to_string(port))
    , m_namedHost("localhost:" + std::to_string(port)) {}

Admission MetricsHandler::begin(Exchange& exchange) {
    const Request& request = exchange.request;
    if (request.originPresent || (request.host != m_numericHost && request.host != m_namedHost)) {
        return refuse(exchange, 403, "host_refused", "Metrics are served to this host's own name only.");
    }
    if (request.path() != "/metrics") {
        return refuse(exchange, 404, "not_found", "There is no such resource.");
    }
    return onlyGet(exchange);
}

bool MetricsHandler::handleNow(Exchange& exchange) {
    exchange.response.contentType = ContentType::Prometheus;
    m_telemetry.appendPrometheus(exchange.response.body);
    return true;
}

Awaitable<void> MetricsHandler::handle(Exchange&) {
    return nothing();
}

} // namespace binnacle::service
