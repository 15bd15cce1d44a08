// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/feed/control_link.h"
#include "backend/actions/acting_gateway.h"
#include "backend/actions/audit_journal.h"
#include "backend/clients/secret_file.h"
#include "backend/clients/stack_client.h"

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>

namespace binnacle::app {

namespace {

constexpr std::chrono::milliseconds kStatusPatience{500};

class BundledControlLink final : public ControlLink {
public:
    BundledControlLink(std::string socket, std::string stateDir, std::string tokenFile)
        : m_socket(std::move(socket))
        , m_setup{std::move(stateDir), std::move(tokenFile), true}
        , m_reader(m_socket) {}

    Result<ControlView> view(std::chrono::milliseconds patience) override {
        if (auto found = find(); !found) {
            return std::unexpected(std::move(found.error()));
        }
        auto view = m_control->view(patience);
        if (!view) {
            m_control.reset(); // another start of the stack may listen elsewhere: look again
        }
        return view;
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
        if (auto found = find(); !found) {
            return std::unexpected(std::move(found.error()));
        }
        return m_control->effects(limit, patience);
    }
    std::vector<AuditEntry> journals() override {
        const auto status = lastStatus();
        const auto folder = journalDirectory(status.value_or(StackStatus{}), m_setup.stateDir);
        std::vector<AuditEntry> entries;
        for (const auto& file : journalsIn(folder)) {
            std::error_code error;
            const auto size = std::filesystem::file_size(file, error);
            auto& known = m_journals[file];
            if (!error && known.size != size) {
                if (const auto sealed = readJournal(file)) {
                    known.size = size;
                    known.entries = entriesOf(*sealed);
                }
            }
            entries.insert(entries.end(), known.entries.begin(), known.entries.end());
        }
        return entries;
    }

    Result<ActingRoute> route() override {
        // A client of its own: an act that hangs must not be in the way of the next one's thread.
        auto status = StackClient(m_socket).status(std::chrono::steady_clock::now() + kStatusPatience);
        if (status) {
            remember(*status);
        } else if (const auto last = lastStatus()) {
            status = *last; // the supervisor alone is away: its parts are where they were
        } else {
            return std::unexpected(std::move(status.error()));
        }
        auto chosen = ActingGateway::choose(*status, m_setup);
        if (!chosen) {
            return std::unexpected(std::move(chosen.error()));
        }
        const auto held = std::make_shared<ActingGateway>(std::move(*chosen));
        return ActingRoute{std::shared_ptr<ActionGateway>(held, &held->gateway()), held->bypassReason()};
    }

private:
    struct Journal {
        std::uintmax_t size = 0;
        std::vector<AuditEntry> entries;
    };

    /// Makes sure that there is a control to ask.
    Result<void> find() {
        if (m_control) {
            return {};
        }
        const auto status = m_reader.status(std::chrono::steady_clock::now() + kStatusPatience);
        if (!status) {
            return std::unexpected(status.error());
        }
        remember(*status);
        if (status->endpoints.control.empty()) {
            return fail(ErrorCode::NotFound, "This stack has no control plane");
        }
        auto endpoint = HttpEndpoint::parse(status->endpoints.control);
        auto token = m_setup.tokenFile.empty() ? Result<std::string>(std::string()) : readSecretFile(m_setup.tokenFile);
        if (!endpoint || !token) {
            return std::unexpected(endpoint ? token.error() : endpoint.error());
        }
        m_control.emplace(std::move(*endpoint), *token);
        return {};
    }
    void remember(const StackStatus& status) {
        const std::lock_guard lock(m_mutex);
        m_lastStatus = status;
    }
    std::optional<StackStatus> lastStatus() {
        const std::lock_guard lock(m_mutex);
        return m_lastStatus;
    }

    std::string m_socket;
    ActingSetup m_setup;
    StackClient m_reader;                    ///< of the feed's thread
    std::optional<ControlGateway> m_control; ///< of the feed's thread
    std::map<std::filesystem::path, Journal> m_journals;
    std::mutex m_mutex;
    std::optional<StackStatus> m_lastStatus;
};

} // namespace

std::shared_ptr<ControlLink> bundledControlLink(const std::string& socket, const std::string& stateDir,
                                                const std::string& tokenFile) {
    return std::make_shared<BundledControlLink>(socket, stateDir, tokenFile);
}

} // namespace binnacle::app
