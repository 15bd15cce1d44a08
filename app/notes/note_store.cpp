// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notes/note_store.h"

#include "widgets/draw.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <optional>
#include <utility>

namespace binnacle::app {

namespace {

constexpr int kFormat = 1;
constexpr qsizetype kLongestName = 64;

qint64 msOf(UtcTime at) {
    return std::chrono::floor<std::chrono::milliseconds>(at).time_since_epoch().count();
}

/// A time of the years 1970 to 2200, in milliseconds; nothing else is believed.
std::optional<UtcTime> timeOf(const QJsonValue& value) {
    constexpr double kLatest = 7'258'118'400'000.0;
    const double ms = value.toDouble(-1);
    return ms >= 0 && ms < kLatest ? std::optional(UtcTime(std::chrono::milliseconds(static_cast<std::int64_t>(ms))))
                                   : std::nullopt;
}

/// One line, without what turns the direction of writing: that would reach beyond the note.
QString harmless(const QString& text, qsizetype longest) {
    auto out = draw::oneLine(text.left(4 * longest));
    out.removeIf([](QChar c) {
        return (c >= QChar(0x202A) && c <= QChar(0x202E)) || (c >= QChar(0x2066) && c <= QChar(0x2069));
    });
    return out.trimmed().left(longest);
}

void put(std::vector<Note>& notes, Note note) {
    note.text = harmless(note.text, NoteStore::kLongestText);
    note.by = harmless(note.by, kLongestName);
    note.from = std::chrono::floor<std::chrono::milliseconds>(note.from); // as the file keeps it
    note.to = std::max<UtcTime>(note.from, std::chrono::floor<std::chrono::milliseconds>(note.to));
    if (note.text.isEmpty()) {
        return;
    }
    notes.insert(std::ranges::upper_bound(notes, note.from, {}, &Note::from), std::move(note));
    if (notes.size() > NoteStore::kMostNotes) {
        notes.erase(notes.begin());
    }
}

/// False for what is none of our files.
bool parse(const QByteArray& content, std::vector<Note>& notes) {
    const auto document = QJsonDocument::fromJson(content);
    if (document.object().value(QLatin1String("format")).toInt() != kFormat) {
        return false;
    }
    for (const auto& value : document.object().value(QLatin1String("notes")).toArray()) {
        const auto object = value.toObject();
        const auto from = timeOf(object.value(QLatin1String("from_ms")));
        const auto to = timeOf(object.value(QLatin1String("to_ms")));
        if (from && to) {
            put(notes, {*from, *to, object.value(QLatin1String("text")).toString(),
                        object.value(QLatin1String("by")).toString()});
        }
    }
    return true;
}

} // namespace

QString notesFileOf(const QString& place) {
    return stateFileOf(QStringLiteral("notes"), place);
}

NoteStore::NoteStore(const QString& file, std::shared_ptr<BackgroundJobs> disk)
    : m_file(file, std::move(disk)) {
    const auto found = std::make_shared<std::vector<Note>>();
    m_file.read(
        kLargestFile, [found](const QByteArray& content) { return parse(content, *found); },
        [this, found](const StateFile::Reading& reading) { onRead(std::move(*found), reading); });
}

NoteStore::~NoteStore() {
    m_told = nullptr; // whoever listened is at its end, too
    m_file.end();
}

void NoteStore::onRead(std::vector<Note> found, const StateFile::Reading& reading) {
    if (reading.damaged) {
        m_notice = reading.aside.isEmpty()
                       ? QCoreApplication::translate("Notes", "The notes in %1 could not be read nor set aside.")
                             .arg(m_file.name())
                       : QCoreApplication::translate("Notes", "The notes could not be read. They were set aside as %1.")
                             .arg(reading.aside);
    }
    for (auto& note : std::exchange(m_notes, std::move(found))) {
        put(m_notes, std::move(note));
    }
    m_read = true;
    if (m_changed) {
        write();
    }
    if (m_told) {
        m_told();
    }
}

bool NoteStore::add(Note note) {
    const auto before = m_notes;
    put(m_notes, std::move(note));
    if (m_notes == before) {
        return false;
    }
    write();
    return true;
}

void NoteStore::remove(const Note& note) {
    if (const auto found = std::ranges::find(m_notes, note); found != m_notes.end()) {
        m_notes.erase(found);
        write();
    }
}

void NoteStore::write() {
    if (!m_read) { // it would take the place of what nobody has seen yet
        m_changed = true;
        return;
    }
    QJsonArray notes;
    for (const auto& note : m_notes) {
        notes.append(QJsonObject{{QStringLiteral("from_ms"), msOf(note.from)},
                                 {QStringLiteral("to_ms"), msOf(note.to)},
                                 {QStringLiteral("text"), note.text},
                                 {QStringLiteral("by"), note.by}});
    }
    const QJsonObject all{{QStringLiteral("format"), kFormat}, {QStringLiteral("notes"), notes}};
    m_file.write(QJsonDocument(all).toJson(QJsonDocument::Indented));
}

} // namespace binnacle::app
