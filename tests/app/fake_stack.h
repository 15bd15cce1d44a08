// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console.h"
#include "backend/collectors/collector.h"
#include "tests/app/fake_control.h"

#include <QTemporaryDir>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace binnacle::test {

/// How a fake source behaves from its next pass on.
enum class Behaviour {
    Answer,
    Hang,   ///< like a stopped process: silent until the collector's own deadline
    Refuse, ///< like a process that is gone
    Deny,   ///< like a server that knows us and says no
    Garble, ///< like a server of another kind: answers that are not understood
};

/// A whole stack that exists only in memory: collectors that answer with plausible, moving numbers, and switches to
/// break them. Thread-safe; outlives its links and collectors by sharing.
class FakeStack {
public:
    FakeStack();

    void set(const std::string& source, Behaviour behaviour);
    void setAll(Behaviour behaviour);
    [[nodiscard]] Behaviour behaviour(const std::string& source) const;
    /// Names that reach the display as labels: of the route and of the version.
    void setRoute(std::string route);
    void setVersion(std::string version);
    void addInstance(const std::string& name, const std::string& role);
    void removeInstance(const std::string& name);
    void setState(std::string state, std::string step = {});
    void setTraffic(bool runs);
    /// The place is one whose profile shows the values in texts of SQL.
    void setShowsLiterals(bool shows);
    [[nodiscard]] bool traffic() const;
    void setLag(double seconds);
    /// From now on each answer of that source holds this table as read just then, or, with `since`, as read then.
    void setTable(const std::string& source, SnapshotTable table, std::optional<SteadyTime> since = std::nullopt);
    void removeTable(const std::string& source, const std::string& table);
    /// From now on each answer of that source holds this reading, beside or instead of its own.
    void setReading(const std::string& source, Reading reading);
    /// What is answered when the plan of a statement is asked for; nothing: it hangs until the deadline.
    void setPlan(std::optional<Result<std::string>> plan);
    [[nodiscard]] std::optional<Result<std::string>> plan() const;
    /// The statements that were asked about.
    [[nodiscard]] std::vector<app::PlanQuestion> planQuestions() const;
    void countPlan(const app::PlanQuestion& question);
    [[nodiscard]] int downs() const { return m_downs; }

    /// The control plane of this stack.
    [[nodiscard]] const std::shared_ptr<FakeControl>& control() const { return m_control; }

    /// A link for a console; `stack` must outlive the console's threads, hence the shared pointer.
    [[nodiscard]] static std::unique_ptr<app::StackLink> link(std::shared_ptr<FakeStack> stack);
    /// The parts of a console that watches `stack`, with settings of its own in `settings`.
    [[nodiscard]] static app::ConsoleParts parts(std::shared_ptr<FakeStack> stack, const QTemporaryDir& settings);

    [[nodiscard]] Result<Snapshot> read(const std::string& source) const;
    [[nodiscard]] StackStatus status() const;
    void countDown() { ++m_downs; }

private:
    void readService(Snapshot& snapshot, const std::string& name, const std::string& role) const;
    void readPrimary(Snapshot& snapshot) const;
    void addTold(Snapshot& snapshot, const std::string& source) const;

    std::shared_ptr<FakeControl> m_control = std::make_shared<FakeControl>();
    mutable std::mutex m_mutex;
    SteadyTime m_start;
    std::map<std::string, Behaviour> m_behaviours;
    std::map<std::string, std::string> m_instances; ///< name to role
    std::string m_route = "GET /v1/projects";
    std::string m_version = "1.0.0";
    std::string m_state = "running";
    std::string m_step;
    bool m_traffic = true;
    bool m_showsLiterals = false;
    double m_lag = 0.02;
    struct Told {
        SnapshotTable table;
        std::optional<SteadyTime> since;
    };
    std::map<std::string, std::map<std::string, Told>> m_tables; ///< by source and id
    std::map<std::string, std::vector<Reading>> m_readings;      ///< by source
    std::optional<Result<std::string>> m_plan;
    std::vector<app::PlanQuestion> m_planQuestions;
    std::atomic<int> m_downs{0};
};

} // namespace binnacle::test
