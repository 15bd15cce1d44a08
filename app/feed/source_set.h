// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/feed/plan_source.h"
#include "app/feed/update_mailbox.h"
#include "backend/clients/stack_status.h"
#include "backend/collectors/collector.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace binnacle::app {

/// What the stack's supervisor said when it was last asked.
struct StackReport {
    Result<StackStatus> status;
    std::vector<std::string> sources; ///< that are collected from now on
};

/// Something the stack was asked to do, and its answer.
struct StackAnswer {
    std::string verb; ///< "start demo-traffic", "stop demo-traffic", "down"
    Result<void> result;
};

/// The way to a stack; replaced in tests.
class StackLink {
public:
    virtual ~StackLink() = default;
    // All called on the set's own thread, each within its deadline.
    [[nodiscard]] virtual Result<StackStatus> status(SteadyTime deadline) = 0;
    [[nodiscard]] virtual Result<void> startComponent(std::string_view name, SteadyTime deadline) = 0;
    [[nodiscard]] virtual Result<void> stopComponent(std::string_view name, SteadyTime deadline) = 0;
    [[nodiscard]] virtual Result<void> down(SteadyTime deadline) = 0;
    [[nodiscard]] virtual std::vector<std::unique_ptr<Collector>> collectors(const StackStatus& status) = 0;
    /// Where plans of statements come from, for a thread of its own; null: from nowhere. Called once, before the rest.
    [[nodiscard]] virtual std::shared_ptr<PlanSource> plans() { return nullptr; }
};

/// Keeps one collector running for each part of the stack. A thread of its own asks the supervisor every two seconds
/// (more often while it starts), because instances come and go, and owns the collectors' runner. Nothing here ever
/// calls the display: it takes from mailbox(), takeReport() and takeAnswers() when it likes.
class SourceSet {
public:
    explicit SourceSet(std::unique_ptr<StackLink> link);
    /// As stop(), for one second.
    ~SourceSet();
    SourceSet(const SourceSet&) = delete;
    SourceSet& operator=(const SourceSet&) = delete;

    void start();
    /// Ends all threads and waits for them for at most `patience`. False if one was still busy then; it ends by its
    /// own deadline and touches nothing of the caller's. A down() that still waits is sent before the end.
    bool stop(std::chrono::milliseconds patience = std::chrono::seconds(1));

    /// Asks the supervisor now, and lets lost sources try again at once.
    void retryNow();
    /// While a stack is being started: ask five times a second.
    void setHurry(bool hurry);
    void startComponent(std::string name);
    void stopComponent(std::string name);
    /// Asks the whole stack to stop, before anything else that still waits to be asked.
    void down();

    [[nodiscard]] const std::shared_ptr<PlanSource>& plans() const { return m_plans; }

    [[nodiscard]] std::vector<SourceUpdate> takeUpdates();
    [[nodiscard]] std::optional<StackReport> takeReport();
    [[nodiscard]] std::vector<StackAnswer> takeAnswers();

private:
    struct Shared;
    std::shared_ptr<Shared> m_shared;
    std::shared_ptr<PlanSource> m_plans;
};

/// The link to the bundled stack whose supervisor listens on `socket`.
[[nodiscard]] std::unique_ptr<StackLink> bundledStackLink(const std::string& socket);

} // namespace binnacle::app
