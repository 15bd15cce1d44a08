// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/time.h"

#include <QString>

#include <memory>
#include <optional>
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

/// Where the notes of a place are kept: in the user's state directory ($XDG_STATE_HOME, else ~/.local/state), by a name
/// that is made of the place's path. Empty when there is no home.
[[nodiscard]] QString notesFileOf(const QString& place);

/// The notes of one place, in one small file that is replaced whole, by a thread of its own. A file that cannot be read
/// is set aside, never deleted, and notice() says so. What was written by others is taken as plain text, and cut. GUI
/// thread.
class NoteStore {
public:
    static constexpr std::size_t kMostNotes = 500; ///< the oldest go
    static constexpr qsizetype kLongestText = 280;
    static constexpr qint64 kLargestFile = 1 << 20;

    /// Reads `file`; empty: keeps nothing beyond the end.
    explicit NoteStore(const QString& file);
    ~NoteStore();
    NoteStore(const NoteStore&) = delete;
    NoteStore& operator=(const NoteStore&) = delete;

    /// By their beginnings, oldest first.
    [[nodiscard]] const std::vector<Note>& notes() const { return m_notes; }
    /// False when there is no text.
    bool add(Note note);
    void remove(const Note& note);
    [[nodiscard]] const QString& notice() const { return m_notice; }
    /// What the last writing said; empty when it went well.
    [[nodiscard]] QString problem() const;
    /// Until all is written; false if that took longer.
    bool flush(std::chrono::milliseconds patience);

private:
    struct Writer;
    void read(const QString& file);
    void setAside(const QString& file);
    void put(Note note);
    void write();

    std::vector<Note> m_notes;
    QString m_notice;
    std::shared_ptr<Writer> m_writer; ///< none without a file
};

} // namespace binnacle::app
