// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/feed/source_set.h"
#include "backend/clients/stack_client.h"
#include "backend/collectors/bundled_sources.h"

namespace binnacle::app {

namespace {

class BundledStackLink final : public StackLink {
public:
    explicit BundledStackLink(const std::string& socket)
        : m_client(socket) {}

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

private:
    StackClient m_client;
};

} // namespace

std::unique_ptr<StackLink> bundledStackLink(const std::string& socket) {
    return std::make_unique<BundledStackLink>(socket);
}

} // namespace binnacle::app
