// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>
#include <memory>
#include <optional>

namespace binnacle::app {

/// Where something of a person about one place is kept: in the user's state directory ($XDG_STATE_HOME, else
/// ~/.local/state), below `kind`, by a name that is made of the place's path. Empty when there is no home.
[[nodiscard]] QString stateFileOf(const QString& kind, const QString& place);

/// One small file that is read once and replaced whole, by a thread of its own. GUI thread.
class StateFile {
public:
    /// Empty: keeps nothing beyond the end.
    explicit StateFile(const QString& file);
    /// Waits half a second for what is not yet written.
    ~StateFile();
    StateFile(const StateFile&) = delete;
    StateFile& operator=(const StateFile&) = delete;

    enum class Content { None, Read, Unreadable };
    /// Unreadable also when it has more than `most` bytes.
    [[nodiscard]] Content read(qint64 most, QByteArray& content) const;
    /// Renames what cannot be used, and never deletes it. The new name; empty when that failed, too.
    [[nodiscard]] QString setAside() const;
    [[nodiscard]] const QString& name() const { return m_file; }
    /// Of several that wait, the newest is written.
    void write(QByteArray content);
    /// What the last writing said; empty when it went well.
    [[nodiscard]] QString problem() const;
    /// Until all is written; false if that took longer.
    bool flush(std::chrono::milliseconds patience);

private:
    struct Writer;
    QString m_file;
    std::shared_ptr<Writer> m_writer; ///< none without a file
};

} // namespace binnacle::app
