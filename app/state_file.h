// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>

namespace binnacle::app {

class BackgroundJobs;

/// Where something of a person about one place is kept: in the user's state directory ($XDG_STATE_HOME, else
/// ~/.local/state), below `kind`, by a name that is made of the place's path. Empty when there is no home.
[[nodiscard]] QString stateFileOf(const QString& kind, const QString& place);

/// One small file that is read once and replaced whole, beside the window: a disk may be slow or far away. What is
/// asked of one disk happens in that order, also where two have the same file. GUI thread.
class StateFile {
public:
    /// Empty: keeps nothing beyond the end. `disk` has one thread, and whoever made it waits for its end; without one,
    /// this has its own.
    explicit StateFile(const QString& file, std::shared_ptr<BackgroundJobs> disk = nullptr);
    /// Tells nobody any more. What was written before is still written by a disk that goes on.
    ~StateFile();
    StateFile(const StateFile&) = delete;
    StateFile& operator=(const StateFile&) = delete;

    /// What became of a file that could not be used: it is renamed, and never deleted.
    struct Reading {
        bool damaged = false;
        QString aside{}; ///< its new name; empty when that failed, too
    };
    /// Reads what is there, if anything. `parse` is called on the disk's thread, and says whether that can be used;
    /// with more than `most` bytes it can't. `then` follows on this one, at once without a file.
    void read(qint64 most, std::function<bool(const QByteArray&)> parse, std::function<void(const Reading&)> then);
    [[nodiscard]] const QString& name() const { return m_file; }
    /// Of several that wait, the newest is written.
    void write(QByteArray content);
    /// What the last writing said; empty when it went well.
    [[nodiscard]] QString problem() const;
    /// Until all is read, told and written; false if that took longer.
    bool flush(std::chrono::milliseconds patience);
    /// For whoever holds this, at its own end: a disk of its own gets half a second for what it has to do.
    void end();

private:
    struct Wanted;
    QString m_file;
    std::shared_ptr<BackgroundJobs> m_disk; ///< none without a file
    std::shared_ptr<Wanted> m_wanted;
    std::shared_ptr<bool> m_listens; ///< what is read is told as long as it stands
    bool m_ownDisk = false;
};

} // namespace binnacle::app
