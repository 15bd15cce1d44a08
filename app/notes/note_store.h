// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/state_file.h"
#include "backend/domain/time.h"

#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace binnacle::app {

/// What a person noted about a moment or a span.
struct Note {
    UtcTime from{};
    UtcTime to{}; ///< as from: a moment
    QString text{};
    QString by{};
    friend bool operator==(const Note&, const Note&) = default;
};

/// Where the notes of a place are kept: see stateFileOf().
[[nodiscard]] QString notesFileOf(const QString& place);

/// The notes of one place, in one small file that is read and replaced whole beside the window. What is noted before it
/// was read joins what it holds. A file that cannot be read is set aside, never deleted, and notice() says so. What was
/// written by others is taken as plain text, and cut. GUI thread.
class NoteStore {
public:
    static constexpr std::size_t kMostNotes = 500; ///< the oldest go
    static constexpr qsizetype kLongestText = 280;
    static constexpr qint64 kLargestFile = 1 << 20;

    /// Reads `file`; empty: keeps nothing beyond the end. `disk` as in StateFile.
    explicit NoteStore(const QString& file, std::shared_ptr<BackgroundJobs> disk = nullptr);
    /// With a disk of its own it waits half a second for what is not yet written.
    ~NoteStore();
    NoteStore(const NoteStore&) = delete;
    NoteStore& operator=(const NoteStore&) = delete;
    /// Called once it was read.
    void whenRead(std::function<void()> told) { m_told = std::move(told); }

    /// By their beginnings, oldest first.
    [[nodiscard]] const std::vector<Note>& notes() const { return m_notes; }
    /// False when there is no text.
    bool add(Note note);
    void remove(const Note& note);
    [[nodiscard]] const QString& notice() const { return m_notice; }
    /// What the last writing said; empty when it went well.
    [[nodiscard]] QString problem() const { return m_file.problem(); }
    /// Until all is read and written; false if that took longer.
    bool flush(std::chrono::milliseconds patience) { return m_file.flush(patience); }

private:
    void onRead(std::vector<Note> found, const StateFile::Reading& reading);
    void write();

    std::vector<Note> m_notes;
    QString m_notice;
    std::function<void()> m_told;
    bool m_read = false;
    bool m_changed = false; ///< before it was read
    StateFile m_file;
};

} // namespace binnacle::app
