// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QVariant>

#include <chrono>
#include <memory>

namespace binnacle::app {

/// Writes settings on a thread of its own, because a disk may be slow or far away. Only what was changed here is
/// written: what another console has chosen meanwhile stays. The thread begins with the first change.
class SettingsWriter {
public:
    /// `values` is what the file holds, so that a file that is lost or damaged meanwhile is made whole again.
    SettingsWriter(QString file, QMap<QString, QVariant> values);
    ~SettingsWriter();
    SettingsWriter(const SettingsWriter&) = delete;
    SettingsWriter& operator=(const SettingsWriter&) = delete;

    void put(const QString& key, const QVariant& value);
    /// Writes at once what waits; false when that took longer than `patience` or failed.
    bool flush(std::chrono::milliseconds patience);
    /// A sentence for the person when something went wrong since it was last asked; told once.
    [[nodiscard]] QString takeProblem();

private:
    struct Shared;
    static void run(const std::shared_ptr<Shared>& shared);

    std::shared_ptr<Shared> m_shared;
    bool m_begun = false;
};

} // namespace binnacle::app
