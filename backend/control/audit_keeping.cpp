// SPDX-License-Identifier: GPL-3.0-or-later
// The engine's part that keeps the audit: takes over what break-glass left, and verifies all chains.
#include "backend/actions/audit_journal.h"
#include "backend/actions/sha256.h"
#include "backend/control/action_engine.h"

#include <algorithm>
#include <limits>

namespace binnacle::control {
namespace {

/// The heads of other chains that our own chain remembers.
std::vector<ChainHead> linkedHeads(std::span<const SealedEntry> own) {
    std::vector<ChainHead> heads;
    for (const auto& sealed : own) {
        const auto& entry = sealed.entry;
        if (entry.action == "import_audit") {
            heads.push_back({textOf(entry.parameters, "writer"), integerOf(entry.parameters, "number").value_or(0),
                             textOf(entry.parameters, "digest")});
        }
    }
    return heads;
}

/// Whether a journal still begins with what was taken over from it.
std::optional<ChainFault> compare(std::span<const SealedEntry> journal, std::span<const SealedEntry> known,
                                  const std::string& writer) {
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (i >= journal.size() || journal[i].digest != known[i].digest) {
            return ChainFault{writer, static_cast<std::int64_t>(i) + 1,
                              "The journal of break-glass is no longer the one that was taken over"};
        }
    }
    return std::nullopt;
}

} // namespace

std::string ActionEngine::auditProblem() const {
    const std::scoped_lock lock(m_mutex);
    return m_auditProblem;
}

Result<void> ActionEngine::checkAudit() {
    const auto now = m_clock.steadyNow();
    {
        const std::scoped_lock lock(m_mutex);
        if (m_auditProblem.empty() && now < m_nextAuditLook) {
            return {};
        }
        m_nextAuditLook = now + m_options.auditPause;
    }
    const auto written = m_store.probe(m_clock.utcNow());
    const std::scoped_lock lock(m_mutex);
    m_auditProblem = written ? std::string() : "The audit can't be written: " + written.error().text;
    return written ? Result<void>{} : fail(ErrorCode::Io, m_auditProblem);
}

Result<void> ActionEngine::importJournals() {
    for (const auto& file : journalsIn(m_options.journals)) {
        const auto writer = file.stem().string();
        const auto entries = readJournal(file);
        if (!entries || writer == m_store.writerId() || verifyChain(writer, *entries, {}, sha256Hex)) {
            continue; // the verification names it
        }
        const auto known = m_store.entries(writer, 0, std::numeric_limits<std::int64_t>::max());
        if (!known) {
            return std::unexpected(known.error());
        }
        if (known->size() >= entries->size() || compare(*entries, *known, writer)) {
            continue;
        }
        if (auto taken = m_store.importEntries(std::span(*entries).subspan(known->size()), m_clock.utcNow()); !taken) {
            return taken;
        }
    }
    return {};
}

Result<AuditVerification> ActionEngine::verifyAudit(std::span<const ChainHead> seen) {
    if (auto imported = importJournals(); !imported) {
        return std::unexpected(std::move(imported.error()));
    }
    const auto heads = m_store.heads();
    if (!heads) {
        return std::unexpected(heads.error());
    }
    AuditVerification result;
    result.heads = *heads;
    std::vector<ChainHead> remembered(seen.begin(), seen.end());
    std::map<std::string, std::vector<SealedEntry>> chains;
    for (const auto& head : *heads) {
        auto entries = m_store.entries(head.writerId, 0, std::numeric_limits<std::int64_t>::max());
        if (!entries) {
            return std::unexpected(std::move(entries.error()));
        }
        if (head.writerId == m_store.writerId()) {
            std::ranges::copy(linkedHeads(*entries), std::back_inserter(remembered));
        }
        chains.emplace(head.writerId, std::move(*entries));
    }
    for (const auto& [writer, entries] : chains) {
        if (auto fault = verifyChain(writer, entries, remembered, sha256Hex)) {
            result.faults.push_back(std::move(*fault));
        }
    }
    for (const auto& head : remembered) {
        if (!chains.contains(head.writerId)) {
            result.faults.push_back({head.writerId, 1, "The whole chain was seen before and is gone"});
        }
    }
    for (const auto& file : journalsIn(m_options.journals)) {
        const auto writer = file.stem().string();
        const auto journal = readJournal(file);
        if (!journal) {
            result.faults.push_back({writer, 0, journal.error().text});
        } else if (auto fault = verifyChain(writer, *journal, {}, sha256Hex)) {
            result.faults.push_back(std::move(*fault));
        } else if (auto differs = compare(*journal, chains[writer], writer)) {
            result.faults.push_back(std::move(*differs));
        }
    }
    result.whole = result.faults.empty();
    return result;
}

} // namespace binnacle::control
