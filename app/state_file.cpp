// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/state_file.h"

#include "app/feed/worker_state.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <utility>

namespace binnacle::app {

namespace {

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

QString stateFileOf(const QString& kind, const QString& place) {
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
    return QStringLiteral("%1/binnacle/%2/%3.json").arg(state, kind, QString::fromLatin1(digest.left(kDigits)));
}

struct StateFile::Writer : WorkerState {
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

StateFile::StateFile(const QString& file)
    : m_file(file) {
    if (!file.isEmpty()) {
        m_writer = std::make_shared<Writer>();
        m_writer->file = file;
    }
}

StateFile::~StateFile() {
    if (m_writer) {
        flush(std::chrono::milliseconds(500));
        m_writer->requestStop();
    }
}

StateFile::Content StateFile::read(qint64 most, QByteArray& content) const {
    QFile in(m_file);
    if (m_file.isEmpty() || !in.exists()) {
        return Content::None;
    }
    if (in.size() > most || !in.open(QIODevice::ReadOnly)) {
        return Content::Unreadable;
    }
    content = in.read(most);
    return Content::Read;
}

QString StateFile::setAside() const {
    auto aside = m_file + QStringLiteral(".damaged");
    for (int i = 2; QFile::exists(aside); ++i) {
        aside = m_file + QStringLiteral(".damaged-%1").arg(i);
    }
    return QFile::rename(m_file, aside) ? aside : QString();
}

void StateFile::write(QByteArray content) {
    if (!m_writer) {
        return;
    }
    {
        const std::lock_guard lock(m_writer->mutex);
        m_writer->wanted = std::move(content);
        m_writer->wake.notify_all();
    }
    startWorker(m_writer);
}

QString StateFile::problem() const {
    if (!m_writer) {
        return {};
    }
    const std::lock_guard lock(m_writer->mutex);
    return m_writer->problem;
}

bool StateFile::flush(std::chrono::milliseconds patience) {
    if (!m_writer) {
        return true;
    }
    std::unique_lock lock(m_writer->mutex);
    return !m_writer->started ||
           m_writer->ended.wait_for(lock, patience, [this] { return !m_writer->wanted && !m_writer->writing; });
}

} // namespace binnacle::app
