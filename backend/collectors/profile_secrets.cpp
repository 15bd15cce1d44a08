// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/profile_secrets.h"

#include <algorithm>

namespace binnacle {

namespace {

/// A source that can't be asked, because what it would be asked with is missing.
class UnsuppliedCollector final : public Collector {
public:
    UnsuppliedCollector(const Collector& real, std::string why)
        : m_source(real.source())
        , m_target(real.target() + " \n without a secret: " + why)
        , m_why(std::move(why))
        , m_interval(real.interval()) {}

    [[nodiscard]] std::string source() const override { return m_source; }
    [[nodiscard]] std::string target() const override { return m_target; }
    [[nodiscard]] bool local() const override { return true; }
    [[nodiscard]] std::chrono::milliseconds interval() const override { return m_interval; }
    [[nodiscard]] Result<Snapshot> collect(SteadyTime) override { return fail(ErrorCode::Denied, m_why); }

private:
    std::string m_source;
    std::string m_target;
    std::string m_why;
    std::chrono::milliseconds m_interval;
};

/// Another collector, whose target also tells which secret it has.
class SuppliedCollector final : public Collector {
public:
    SuppliedCollector(std::unique_ptr<Collector> real, unsigned revision)
        : m_real(std::move(real))
        , m_revision(revision) {}

    [[nodiscard]] std::string source() const override { return m_real->source(); }
    [[nodiscard]] std::string target() const override {
        return m_real->target() + " \n secret " + std::to_string(m_revision);
    }
    [[nodiscard]] bool local() const override { return m_real->local(); }
    [[nodiscard]] std::chrono::milliseconds interval() const override { return m_real->interval(); }
    [[nodiscard]] std::chrono::milliseconds cadence() const override { return m_real->cadence(); }
    [[nodiscard]] Result<Snapshot> collect(SteadyTime deadline) override { return m_real->collect(deadline); }
    [[nodiscard]] std::uint64_t receivedBytes() const override { return m_real->receivedBytes(); }

private:
    std::unique_ptr<Collector> m_real;
    unsigned m_revision;
};

/// The part of an id behind its kind, if it is of that kind: "postgres/primary" -> "primary".
std::string_view nameWithin(std::string_view id, std::string_view kind) {
    return id.starts_with(kind) ? id.substr(kind.size()) : std::string_view();
}

void supply(Profile& profile, const CredentialSlot& slot, const Secret& secret) {
    if (const auto name = nameWithin(slot.id, "postgres/"); !name.empty()) {
        for (auto& server : profile.postgres) {
            if (server.server == name) {
                server.password = secret;
            }
        }
    } else if (const auto service = nameWithin(slot.id, "service/"); !service.empty()) {
        for (auto& instance : profile.services) {
            if (instance.name == service) {
                instance.admin.password = secret;
            }
        }
    } else if (const auto server = nameWithin(slot.id, "prometheus/"); !server.empty()) {
        for (auto& reader : profile.prometheus) {
            auto target = reader->target();
            if (target.name == server) {
                (slot.token ? target.token : target.endpoint.password) = secret;
                reader = std::make_shared<PrometheusReader>(std::move(target));
            }
        }
    } else if (slot.id == "pgbouncer" && profile.pgbouncer) {
        profile.pgbouncer->password = secret;
    } else if (slot.id == "redis" && profile.redis) {
        profile.redis->password = secret;
    } else if (slot.id == "haproxy" && profile.haproxy) {
        profile.haproxy->http.password = secret;
    } else if (slot.id == "control" && profile.control) {
        profile.control->token = secret;
    }
}

} // namespace

Profile withSecrets(Profile profile, const SecretLookup& lookup) {
    for (const auto& slot : profile.credentials) {
        if (const auto supplied = lookup(slot); !supplied.secret.empty()) {
            supply(profile, slot, supplied.secret);
        }
    }
    return profile;
}

std::vector<std::unique_ptr<Collector>> collectorsFor(const Profile& profile, const SecretLookup& lookup) {
    auto collectors = collectorsFor(profile);
    for (auto& collector : collectors) {
        const auto slot = std::ranges::find(profile.credentials, collector->source(), &CredentialSlot::id);
        if (slot == profile.credentials.end()) {
            continue;
        }
        auto supplied = lookup(*slot);
        if (supplied.secret.empty() && slot->hasFile) {
            continue; // the file's is as good
        }
        if (supplied.secret.empty()) {
            collector = std::make_unique<UnsuppliedCollector>(*collector, std::move(supplied.why));
        } else {
            collector = std::make_unique<SuppliedCollector>(std::move(collector), supplied.revision);
        }
    }
    return collectors;
}

} // namespace binnacle
