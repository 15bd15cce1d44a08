// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/feed/source_set.h"
#include "backend/clients/stack_client.h"
#include "backend/collectors/bundled_sources.h"
#include "backend/collectors/postgres/plan_reader.h"

namespace binnacle::app {

namespace {

/// Asks the supervisor anew where the servers are: they move with a restart.
class BundledPlans final : public PlanSource {
public:
    explicit BundledPlans(const std::string& socket)
        : m_client(socket) {}

    Result<std::string> plan(const PlanQuestion& question, SteadyTime deadline) override {
        const auto status = m_client.status(deadline);
        if (!status) {
            return std::unexpected(status.error());
        }
        for (const auto& target : postgresTargets(*status)) {
            if (question.source == "postgres/" + target.server) {
                return readPlan({target.conninfo, target.passfile, question.database, question.statement}, deadline);
            }
        }
        return fail(ErrorCode::NotFound, "The stack has no server of the name " + question.source);
    }

private:
    StackClient m_client;
};

class BundledStackLink final : public StackLink {
public:
    explicit BundledStackLink(const std::string& socket)
        : m_client(socket)
        , m_socket(socket) {}

    Result<StackStatus> status(SteadyTime deadline) override { return m_client.status(deadline); }
    Result<void> startComponent(std::string_view name, SteadyTime deadline) override {
        return m_client.startComponent(name, deadline);
    }
    Result<void> stopComponent(std::string_view name, SteadyTime deadline) override {
        return m_client.stopComponent(name, deadline);
    }
    Result<void> down(SteadyTime deadline) override { return m_client.down(deadline); }
    std::vector<std::unique_ptr<Collector>> collectors(const StackStatus& status) override {
        return collectorsFor(status);
    }
    std::shared_ptr<PlanSource> plans() override { return std::make_shared<BundledPlans>(m_socket); }

private:
    StackClient m_client;
    std::string m_socket;
};

} // namespace

std::unique_ptr<StackLink> bundledStackLink(const std::string& socket) {
    return std::make_unique<BundledStackLink>(socket);
}

} // namespace binnacle::app
