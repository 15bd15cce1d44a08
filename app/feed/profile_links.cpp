// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/feed/profile_links.h"

#include "backend/actions/acting_gateway.h"
#include "backend/clients/secret_file.h"
#include "backend/collectors/postgres/plan_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace binnacle::app {

namespace {

constexpr const char* kUnasked = "its password is being looked up in the keychain";

/// Answers what the box has now.
auto lookupIn(const CredentialBox* box) {
    return [box](const CredentialSlot& slot) {
        return box != nullptr ? box->lookup(slot.id, kUnasked) : SuppliedSecret{{}, kUnasked, 0};
    };
}

class ProfilePlans final : public PlanSource {
public:
    ProfilePlans(Profile profile, std::shared_ptr<const CredentialBox> box)
        : m_profile(std::move(profile))
        , m_box(std::move(box)) {}

    Result<std::string> plan(const PlanQuestion& question, SteadyTime deadline) override {
        for (const auto& target : withSecrets(m_profile, lookupIn(m_box.get())).postgres) {
            if (question.source == "postgres/" + target.server) {
                return readPlan(
                    {target.conninfo, target.passfile, question.database, question.statement, target.password},
                    deadline);
            }
        }
        return fail(ErrorCode::NotFound, "The profile has no server of the name " + question.source);
    }

private:
    Profile m_profile;
    std::shared_ptr<const CredentialBox> m_box;
};

class ProfileStackLink final : public StackLink {
public:
    ProfileStackLink(Profile profile, std::shared_ptr<const CredentialBox> box)
        : m_profile(std::move(profile))
        , m_supplied(m_profile)
        , m_box(std::move(box)) {}

    Result<StackStatus> status(SteadyTime) override { return stackStatusOf(m_profile); }
    Result<void> startComponent(std::string_view, SteadyTime) override { return notOurs(); }
    Result<void> stopComponent(std::string_view, SteadyTime) override { return notOurs(); }
    Result<void> down(SteadyTime) override { return notOurs(); }
    std::vector<std::unique_ptr<Collector>> collectors(const StackStatus&) override {
        if (m_profile.credentials.empty()) {
            return collectorsFor(m_profile);
        }
        const auto lookup = lookupIn(m_box.get());
        // Readers of Prometheus remember what they read: they are made anew only when a secret is.
        if (const auto revision = m_box ? m_box->revision() : 0; std::exchange(m_revision, revision) != revision) {
            m_supplied = withSecrets(m_profile, lookup);
        }
        return collectorsFor(m_supplied, lookup);
    }
    std::shared_ptr<PlanSource> plans() override { return std::make_shared<ProfilePlans>(m_profile, m_box); }

private:
    [[nodiscard]] Result<void> notOurs() const {
        return fail(ErrorCode::Invalid, "The servers of the profile " + m_profile.name + " are not started from here");
    }

    Profile m_profile;
    Profile m_supplied; ///< with the secrets
    std::shared_ptr<const CredentialBox> m_box;
    unsigned m_revision = 0; ///< of the box, when m_supplied was made
};

class ProfileControlLink final : public ControlLink {
public:
    ProfileControlLink(Profile profile, std::string file, std::string tokenFile,
                       std::shared_ptr<const CredentialBox> box)
        : m_profile(std::move(profile))
        , m_file(std::move(file))
        , m_tokenFile(!tokenFile.empty() || !m_profile.control ? std::move(tokenFile) : m_profile.control->tokenFile)
        , m_box(std::move(box)) {}

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
        auto chosen = ActingGateway::choose(stackStatusOf(m_profile), {{}, m_tokenFile, false, token().secret});
        if (!chosen) {
            return std::unexpected(std::move(chosen.error()));
        }
        const auto held = std::make_shared<ActingGateway>(std::move(*chosen));
        return ActingRoute{std::shared_ptr<ActionGateway>(held, &held->gateway()), {}};
    }

private:
    /// Makes sure that there is a control to ask.
    Result<void> find() {
        const auto supplied = token();
        if (m_control && supplied.revision == m_revision) {
            return {};
        }
        if (!m_profile.control) {
            return fail(ErrorCode::NotFound, "The profile " + m_profile.name + " names no control plane");
        }
        auto endpoint = HttpEndpoint::parse(m_profile.control->endpoint);
        if (isKept() && supplied.secret.empty() && m_tokenFile.empty()) { // a file beside it is as good
            return fail(ErrorCode::Denied, supplied.why);
        }
        auto read = !supplied.secret.empty() ? Result<std::string>(supplied.secret.view())
                    : m_tokenFile.empty()    ? Result<std::string>(std::string())
                                             : readSecretFile(m_tokenFile);
        if (!endpoint || !read) {
            return std::unexpected(endpoint ? read.error() : endpoint.error());
        }
        m_control.emplace(std::move(*endpoint), *read);
        m_revision = supplied.revision;
        wipe(*read);
        return {};
    }
    [[nodiscard]] bool isKept() const {
        return std::ranges::find(m_profile.credentials, "control", &CredentialSlot::id) != m_profile.credentials.end();
    }
    /// From the keychain, if that is where it is kept.
    [[nodiscard]] SuppliedSecret token() const {
        return m_box && isKept() ? m_box->lookup("control", "its token is being looked up in the keychain")
                                 : SuppliedSecret{};
    }

    Profile m_profile;
    std::string m_file;
    std::string m_tokenFile;
    std::shared_ptr<const CredentialBox> m_box;
    std::optional<ControlGateway> m_control; ///< of the feed's thread
    unsigned m_revision = 0;                 ///< of the token that it has
};

} // namespace

std::unique_ptr<StackLink> profileStackLink(Profile profile, std::shared_ptr<const CredentialBox> box) {
    return std::make_unique<ProfileStackLink>(std::move(profile), std::move(box));
}

std::shared_ptr<ControlLink> profileControlLink(Profile profile, std::string file, std::string tokenFile,
                                                std::shared_ptr<const CredentialBox> box) {
    return std::make_shared<ProfileControlLink>(std::move(profile), std::move(file), std::move(tokenFile),
                                                std::move(box));
}

} // namespace binnacle::app
