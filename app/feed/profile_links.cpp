// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/feed/profile_links.h"

#include "backend/actions/acting_gateway.h"
#include "backend/clients/secret_file.h"

#include <optional>

namespace binnacle::app {

namespace {

class ProfileStackLink final : public StackLink {
public:
    explicit ProfileStackLink(Profile profile)
        : m_profile(std::move(profile)) {}

    Result<StackStatus> status(SteadyTime) override { return stackStatusOf(m_profile); }
    Result<void> startComponent(std::string_view, SteadyTime) override { return notOurs(); }
    Result<void> stopComponent(std::string_view, SteadyTime) override { return notOurs(); }
    Result<void> down(SteadyTime) override { return notOurs(); }
    std::vector<std::unique_ptr<Collector>> collectors(const StackStatus&) override { return collectorsFor(m_profile); }

private:
    [[nodiscard]] Result<void> notOurs() const {
        return fail(ErrorCode::Invalid, "The servers of the profile " + m_profile.name + " are not started from here");
    }

    Profile m_profile;
};

class ProfileControlLink final : public ControlLink {
public:
    ProfileControlLink(Profile profile, std::string file, std::string tokenFile)
        : m_profile(std::move(profile))
        , m_file(std::move(file))
        , m_tokenFile(!tokenFile.empty() || !m_profile.control ? std::move(tokenFile) : m_profile.control->tokenFile) {}

    Result<ControlView> view(std::chrono::milliseconds patience) override {
        const auto found = find();
        return found ? m_control->view(patience) : std::unexpected(found.error());
    }
    Result<std::vector<AuditEntry>> audit(const std::string& writer, std::int64_t after, int limit,
                                          std::chrono::milliseconds patience) override {
        if (auto found = find(); !found) {
            return std::unexpected(std::move(found.error()));
        }
        const auto sealed = m_control->audit(writer, after, limit, patience);
        if (!sealed) {
            return std::unexpected(sealed.error());
        }
        return entriesOf(*sealed);
    }
    Result<std::vector<Effect>> effects(int limit, std::chrono::milliseconds patience) override {
        const auto found = find();
        return found ? m_control->effects(limit, patience) : std::unexpected(found.error());
    }
    std::vector<AuditEntry> journals() override { return {}; } // nothing is done past another machine's control

    Result<ActingRoute> route() override {
        if (m_profile.readOnly) {
            return fail(ErrorCode::Conflict, "The profile " + m_profile.name +
                                                 " is read-only. Write \"read_only\": false in " + m_file + " to act.");
        }
        auto chosen = ActingGateway::choose(stackStatusOf(m_profile), {{}, m_tokenFile, false});
        if (!chosen) {
            return std::unexpected(std::move(chosen.error()));
        }
        const auto held = std::make_shared<ActingGateway>(std::move(*chosen));
        return ActingRoute{std::shared_ptr<ActionGateway>(held, &held->gateway()), {}};
    }

private:
    /// Makes sure that there is a control to ask.
    Result<void> find() {
        if (m_control) {
            return {};
        }
        if (!m_profile.control) {
            return fail(ErrorCode::NotFound, "The profile " + m_profile.name + " names no control plane");
        }
        auto endpoint = HttpEndpoint::parse(m_profile.control->endpoint);
        auto token = m_tokenFile.empty() ? Result<std::string>(std::string()) : readSecretFile(m_tokenFile);
        if (!endpoint || !token) {
            return std::unexpected(endpoint ? token.error() : endpoint.error());
        }
        m_control.emplace(std::move(*endpoint), *token);
        return {};
    }

    Profile m_profile;
    std::string m_file;
    std::string m_tokenFile;
    std::optional<ControlGateway> m_control; ///< of the feed's thread
};

} // namespace

std::unique_ptr<StackLink> profileStackLink(Profile profile) {
    return std::make_unique<ProfileStackLink>(std::move(profile));
}

std::shared_ptr<ControlLink> profileControlLink(Profile profile, std::string file, std::string tokenFile) {
    return std::make_shared<ProfileControlLink>(std::move(profile), std::move(file), std::move(tokenFile));
}

} // namespace binnacle::app
