// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/state_file.h"
#include "backend/history/alert_book.h"

#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace binnacle::app {

/// What outlives the console of what a person said about alerts.
struct KeptAlerts {
    std::vector<Silence> silences{};
    std::vector<AlertKey> acknowledged{};
    friend bool operator==(const KeptAlerts&, const KeptAlerts&) = default;
};

/// Silences and acknowledgements of one place, in one small file of the person's, read and written beside the window. A
/// file that cannot be read is set aside, never deleted, and notice() says so. What is in it is bounded, and believed
/// no further than that. GUI thread.
class AlertStore {
public:
    static constexpr qint64 kLargestFile = 1 << 18;
    static constexpr std::size_t kLongestName = 128; ///< bytes of a rule or a subject

    /// Reads `file`; empty: keeps nothing beyond the end. `disk` as in StateFile.
    explicit AlertStore(const QString& file, std::shared_ptr<BackgroundJobs> disk = nullptr);
    /// With a disk of its own it waits half a second for what is not yet written.
    ~AlertStore();
    AlertStore(const AlertStore&) = delete;
    AlertStore& operator=(const AlertStore&) = delete;
    /// Called once it was read.
    void whenRead(std::function<void()> told) { m_told = std::move(told); }
    [[nodiscard]] bool isRead() const { return m_read; }
    [[nodiscard]] const KeptAlerts& kept() const { return m_kept; }
    /// Keeps nothing before it was read: it would take the place of what nobody has seen yet.
    void keep(KeptAlerts kept);
    [[nodiscard]] const QString& notice() const { return m_notice; }
    /// What the last writing said; empty when it went well.
    [[nodiscard]] QString problem() const { return m_file.problem(); }
    /// Until all is read and written; false if that took longer.
    bool flush(std::chrono::milliseconds patience) { return m_file.flush(patience); }

private:
    void onRead(KeptAlerts found, const StateFile::Reading& reading);

    StateFile m_file;
    KeptAlerts m_kept;
    QString m_notice;
    std::function<void()> m_told;
    bool m_read = false;
};

/// Where they are kept for a place: see stateFileOf().
[[nodiscard]] QString alertsFileOf(const QString& place);

} // namespace binnacle::app
