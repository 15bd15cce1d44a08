// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notes/note_store.h"

#include "app/feed/worker_state.h"
#include "widgets/draw.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>

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

/// Writes the newest; what came in between is part of it.
QString replaceFile(const QString& file, const QByteArray& content) {
    QDir().mkpath(QFileInfo(file).absolutePath());
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly)) {
        return out.errorString();
    }
    out.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return out.write(content) == content.size() && out.commit() ? QString() : out.errorString();
}

} // namespace

QString notesFileOf(const QString& place) {
    auto state = qEnvironmentVariable("XDG_STATE_HOME");
    if (state.isEmpty() || !QDir::isAbsolutePath(state)) {
        const auto home = qEnvironmentVariable("HOME");
        state = home.isEmpty() ? QString() : home + QStringLiteral("/.local/state");
    }
    if (state.isEmpty()) {
        return {};
    }
    constexpr qsizetype kDigits = 16;
    const auto digest = QCryptographicHash::hash(place.toUtf8(), QCryptographicHash::Sha256).toHex();
    return QStringLiteral("%1/binnacle/notes/%2.json").arg(state, QString::fromLatin1(digest.left(kDigits)));
}

struct NoteStore::Writer : WorkerState {
    QString file;
    std::optional<QByteArray> wanted;
    bool writing = false;
    QString problem;

    void run() {
        std::unique_lock lock(mutex);
        for (;;) {
            wake.wait(lock, [this] { return wanted || stopping; });
            if (!wanted) {
                return;
            }
            const auto content = std::move(*wanted);
            wanted.reset();
            writing = true;
            lock.unlock();
            auto said = replaceFile(file, content);
            lock.lock();
            problem = std::move(said);
            writing = false;
            ended.notify_all();
        }
    }
};

NoteStore::NoteStore(const QString& file) {
    if (file.isEmpty()) {
        return;
    }
    read(file);
    m_writer = std::make_shared<Writer>();
    m_writer->file = file;
}

NoteStore::~NoteStore() {
    if (m_writer) {
        flush(std::chrono::milliseconds(500));
        m_writer->requestStop();
    }
}

void NoteStore::setAside(const QString& file) {
    auto aside = file + QStringLiteral(".damaged");
    for (int i = 2; QFile::exists(aside); ++i) {
        aside = file + QStringLiteral(".damaged-%1").arg(i);
    }
    m_notice =
        QFile::rename(file, aside)
            ? QCoreApplication::translate("Notes", "The notes could not be read. They were set aside as %1.").arg(aside)
            : QCoreApplication::translate("Notes", "The notes in %1 could not be read nor set aside.").arg(file);
}

void NoteStore::read(const QString& file) {
    QFile in(file);
    if (!in.exists()) {
        return;
    }
    if (in.size() > kLargestFile || !in.open(QIODevice::ReadOnly)) {
        setAside(file);
        return;
    }
    const auto document = QJsonDocument::fromJson(in.read(kLargestFile));
    in.close();
    if (document.object().value(QLatin1String("format")).toInt() != kFormat) {
        setAside(file);
        return;
    }
    for (const auto& value : document.object().value(QLatin1String("notes")).toArray()) {
        const auto object = value.toObject();
        const auto from = timeOf(object.value(QLatin1String("from_ms")));
        const auto to = timeOf(object.value(QLatin1String("to_ms")));
        if (from && to) {
            put({*from, *to, object.value(QLatin1String("text")).toString(),
                 object.value(QLatin1String("by")).toString()});
        }
    }
}

void NoteStore::put(Note note) {
    note.text = harmless(note.text, kLongestText);
    note.by = harmless(note.by, kLongestName);
    note.from = std::chrono::floor<std::chrono::milliseconds>(note.from); // as the file keeps it
    note.to = std::max<UtcTime>(note.from, std::chrono::floor<std::chrono::milliseconds>(note.to));
    if (note.text.isEmpty()) {
        return;
    }
    m_notes.insert(std::ranges::upper_bound(m_notes, note.from, {}, &Note::from), std::move(note));
    if (m_notes.size() > kMostNotes) {
        m_notes.erase(m_notes.begin());
    }
}

bool NoteStore::add(Note note) {
    const auto before = m_notes;
    put(std::move(note));
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
    if (!m_writer) {
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
    {
        const std::lock_guard lock(m_writer->mutex);
        m_writer->wanted = QJsonDocument(all).toJson(QJsonDocument::Indented);
        m_writer->wake.notify_all();
    }
    startWorker(m_writer);
}

QString NoteStore::problem() const {
    if (!m_writer) {
        return {};
    }
    const std::lock_guard lock(m_writer->mutex);
    return m_writer->problem;
}

bool NoteStore::flush(std::chrono::milliseconds patience) {
    if (!m_writer) {
        return true;
    }
    std::unique_lock lock(m_writer->mutex);
    return !m_writer->started ||
           m_writer->ended.wait_for(lock, patience, [this] { return !m_writer->wanted && !m_writer->writing; });
}

} // namespace binnacle::app
