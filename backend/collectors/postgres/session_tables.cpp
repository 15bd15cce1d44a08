// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/postgres/session_tables.h"

#include "backend/sql/statement_shape.h"

#include <algorithm>
#include <set>
#include <sstream>

namespace binnacle::postgres {

namespace {

using enum SessionColumn;

bool waitsForLock(const PgRow& row) {
    return textAt(row, WaitClass) == "Lock";
}

std::string identityOf(const PgRow& row) {
    return textAt(row, BackendStart) + '\n' + textAt(row, QueryStart) + '\n' + textAt(row, WaitEvent);
}

std::string routeOf(const SqlText& text, const PgRow& row) {
    return text.route.empty() ? routeInName(textAt(row, Application)) : text.route;
}

/// The blocking graph as a tree: each session below the first of those that it waits for.
class BlockingTree {
public:
    explicit BlockingTree(const std::vector<LockWait>& waits) {
        for (const auto& wait : waits) {
            auto& node = m_nodes[wait.pid];
            node.wait = &wait;
            for (const int blocker : wait.blockers) {
                m_nodes[blocker].behind.push_back(wait.pid);
            }
        }
        for (auto& [pid, node] : m_nodes) {
            if (node.wait != nullptr && !node.wait->blockers.empty()) {
                node.parent = node.wait->blockers.front();
            }
        }
        cutCycles();
        for (const auto& [pid, node] : m_nodes) {
            if (node.parent) {
                m_nodes[*node.parent].children.push_back(pid);
            }
        }
    }

    struct Place {
        int pid = 0;
        int root = 0;
        int depth = 0;
    };
    /// Depth first; the roots with the most behind them first, below a session those that wait longest.
    [[nodiscard]] std::vector<Place> inOrder() const {
        std::vector<int> roots;
        for (const auto& [pid, node] : m_nodes) {
            if (!node.parent) {
                roots.push_back(pid);
            }
        }
        std::ranges::stable_sort(roots, std::ranges::greater(), [&](int pid) { return behind(pid); });
        std::vector<Place> places;
        for (const int root : roots) {
            visit(root, root, 0, places);
        }
        return places;
    }
    [[nodiscard]] const LockWait* wait(int pid) const { return m_nodes.at(pid).wait; }
    [[nodiscard]] std::optional<int> parent(int pid) const { return m_nodes.at(pid).parent; }
    /// How many sessions wait for it, directly or through others.
    [[nodiscard]] std::size_t behind(int pid) const {
        std::set<int> seen{pid};
        std::vector<int> open{pid};
        while (!open.empty()) {
            const int at = open.back();
            open.pop_back();
            for (const int waiting : m_nodes.at(at).behind) {
                if (seen.insert(waiting).second) {
                    open.push_back(waiting);
                }
            }
        }
        return seen.size() - 1;
    }

private:
    struct Node {
        const LockWait* wait = nullptr;
        std::optional<int> parent;
        std::vector<int> behind;   ///< all that wait for it
        std::vector<int> children; ///< those that stand below it
    };

    /// A deadlock that the server has not seen yet is a ring: one of it stands as the root.
    void cutCycles() {
        for (auto& [pid, node] : m_nodes) {
            std::set<int> path{pid};
            for (auto at = node.parent; at; at = m_nodes.at(*at).parent) {
                if (!path.insert(*at).second) {
                    m_nodes.at(*at).parent.reset();
                    break;
                }
            }
        }
    }
    void visit(int pid, int root, int depth, std::vector<Place>& places) const {
        places.push_back({pid, root, depth});
        auto children = m_nodes.at(pid).children;
        std::ranges::stable_sort(children, std::ranges::greater(),
                                 [&](int child) { return m_nodes.at(child).wait->waited.value_or(0); });
        for (const int child : children) {
            visit(child, root, depth + 1, places);
        }
    }

    std::map<int, Node> m_nodes;
};

std::string joined(const std::vector<int>& pids) {
    std::string text;
    for (const int pid : pids) {
        text += (text.empty() ? "" : ", ") + (pid == 0 ? std::string("a prepared transaction") : std::to_string(pid));
    }
    return text;
}

} // namespace

std::vector<int> waitingPids(const std::vector<PgRow>& rows, std::size_t limit) {
    std::vector<const PgRow*> waiting;
    for (const auto& row : rows) {
        if (waitsForLock(row) && pidAt(row, Pid) > 0) {
            waiting.push_back(&row);
        }
    }
    std::ranges::stable_sort(waiting, std::ranges::greater(),
                             [](const PgRow* row) { return numberAt(*row, QueryAge).value_or(0); });
    std::vector<int> pids;
    for (std::size_t i = 0; i < std::min(limit, waiting.size()); ++i) {
        pids.push_back(pidAt(*waiting[i], Pid));
    }
    return pids;
}

void LockWatch::update(const std::vector<PgRow>& sessions, const std::vector<PgRow>& blockers, SteadyTime now) {
    std::map<int, const PgRow*> waiting;
    for (const auto& row : sessions) {
        if (waitsForLock(row)) {
            waiting.emplace(pidAt(row, Pid), &row);
        }
    }
    std::map<int, Known> waits;
    for (const auto& row : blockers) {
        const int pid = pidAt(row, 0);
        const auto session = waiting.find(pid);
        std::vector<int> pids;
        std::istringstream list(textAt(row, 1));
        for (int blocker = 0; list >> blocker;) {
            if (blocker != pid && std::ranges::find(pids, blocker) == pids.end()) {
                pids.push_back(blocker);
            }
        }
        if (session == waiting.end() || pids.empty()) {
            continue; // got its lock between the two questions
        }
        auto identity = identityOf(*session->second);
        const auto known = m_waits.find(pid);
        auto& wait = waits[pid];
        if (known != m_waits.end() && known->second.identity == identity) {
            wait = std::move(known->second);
        } else {
            wait.identity = std::move(identity);
            wait.since = now;
            wait.wait.pid = pid;
            wait.wait.kind = textAt(*session->second, WaitEvent);
        }
        wait.wait.blockers = std::move(pids);
    }
    m_waits = std::move(waits);
}

bool LockWatch::wantsDetails() const {
    return std::ranges::any_of(m_waits, [](const auto& item) { return !item.second.detailed; });
}

void LockWatch::addDetails(const std::vector<PgRow>& rows, SteadyTime now) {
    for (const bool granted : {false, true}) {
        for (const auto& row : rows) {
            const auto known = m_waits.find(pidAt(row, 0));
            if (known == m_waits.end() || (textAt(row, 5) == "1") != granted) {
                continue;
            }
            auto& wait = known->second.wait;
            if (wait.relation.empty()) {
                wait.relation = textAt(row, 3);
            }
            if (granted) {
                continue; // the row whose transaction it waits for: tells the relation, no more
            }
            known->second.detailed = true;
            wait.mode = textAt(row, 1);
            wait.kind = textAt(row, 2);
            if (const auto waited = numberAt(row, 4)) {
                known->second.since = now - std::chrono::duration_cast<SteadyTime::duration>(
                                                std::chrono::duration<double>(std::max(0.0, *waited)));
            }
        }
    }
}

std::vector<LockWait> LockWatch::waits(SteadyTime now) const {
    std::vector<LockWait> waits;
    for (const auto& [pid, known] : m_waits) {
        waits.push_back(known.wait);
        waits.back().waited = std::max(0.0, toSeconds(now - known.since));
    }
    return waits;
}

TablePtr sessionsTable(const std::vector<PgRow>& rows, const std::vector<LockWait>& waits, SqlTextCache& texts,
                       const ReadMoment& moment) {
    std::map<int, double> blockedBy;
    for (const auto& wait : waits) {
        blockedBy[wait.pid] = static_cast<double>(wait.blockers.size());
    }
    auto table = newTable("postgres.sessions", moment);
    for (const auto& row : rows) {
        const auto blocked = blockedBy.find(pidAt(row, Pid));
        const auto& text = texts.of(textAt(row, QueryText));
        table->add({numberCell(row, Pid),
                    textCell(row, BackendStart),
                    textCell(row, XactStart),
                    textCell(row, BackendType),
                    textCell(row, User),
                    textCell(row, Database),
                    textCell(row, Application),
                    textCell(row, Client),
                    textCell(row, State),
                    textCell(row, WaitClass),
                    textCell(row, WaitEvent),
                    numberCell(row, SessionAge),
                    numberCell(row, XactAge),
                    numberCell(row, QueryAge),
                    numberCell(row, StateAge),
                    numberCell(row, XminAge),
                    blocked != blockedBy.end() ? blocked->second : 0.0,
                    textCell(row, QueryId),
                    textCell(text.shape),
                    textCell(routeOf(text, row)),
                    textCell(text.shown)});
    }
    table->omitted = omittedOf(rows, SessionCount);
    return table;
}

TablePtr blockingTable(const std::vector<PgRow>& sessions, const std::vector<LockWait>& waits, std::uint64_t omitted,
                       SqlTextCache& texts, const ReadMoment& moment) {
    std::map<int, const PgRow*> byPid;
    for (const auto& row : sessions) {
        byPid.emplace(pidAt(row, Pid), &row);
    }
    auto table = newTable("postgres.blocking", moment);
    const BlockingTree tree(waits);
    static const PgRow gone;
    for (const auto& place : tree.inOrder()) {
        const auto session = byPid.find(place.pid);
        const auto& row = session != byPid.end() ? *session->second : gone;
        const auto* const wait = tree.wait(place.pid);
        const auto parent = tree.parent(place.pid);
        const auto& text = texts.of(textAt(row, QueryText));
        const auto ofWait = [&](auto member) { return wait != nullptr ? textCell(wait->*member) : TableCell(); };
        table->add({static_cast<double>(place.pid), textCell(row, BackendStart), textCell(row, XactStart),
                    parent ? TableCell(static_cast<double>(*parent)) : TableCell(), static_cast<double>(place.root),
                    static_cast<double>(place.depth), wait != nullptr ? textCell(joined(wait->blockers)) : TableCell(),
                    static_cast<double>(tree.behind(place.pid)), wait != nullptr ? cell(wait->waited) : TableCell(),
                    ofWait(&LockWait::mode), ofWait(&LockWait::kind), ofWait(&LockWait::relation), textCell(row, User),
                    textCell(row, Database), textCell(row, Application), textCell(routeOf(text, row)),
                    place.pid == 0 ? TableCell(std::string("prepared transaction")) : textCell(row, State),
                    numberCell(row, XactAge), textCell(text.shown)});
    }
    table->omitted = omitted;
    return table;
}

} // namespace binnacle::postgres
