// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/state_file.h"

#include "app/controllers/background_jobs.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <mutex>
#include <optional>
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

/// Nothing there is fine, too.
bool isUsable(const QString& file, qint64 most, const std::function<bool(const QByteArray&)>& parse) {
    const QFileInfo info(file);
    if (!info.exists()) {
        return true;
    }
    QFile in(file);
    if (!info.isFile() || info.size() > most || !in.open(QIODevice::ReadOnly)) { // a pipe might never answer
        return false;
    }
    return parse(in.read(most));
}

QString setAside(const QString& file) {
    auto aside = file + QStringLiteral(".damaged");
    for (int i = 2; QFile::exists(aside); ++i) {
        aside = file + QStringLiteral(".damaged-%1").arg(i);
    }
    return QFile::rename(file, aside) ? aside : QString();
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

/// Shared with the disk's thread.
struct StateFile::Wanted {
    std::mutex mutex;
    std::optional<QByteArray> content;
    QString problem;
};

StateFile::StateFile(const QString& file, std::shared_ptr<BackgroundJobs> disk)
    : m_file(file)
    , m_wanted(std::make_shared<Wanted>())
    , m_listens(std::make_shared<bool>(true)) {
    if (!file.isEmpty()) {
        m_ownDisk = !disk;
        m_disk = m_ownDisk ? std::make_shared<BackgroundJobs>(1) : std::move(disk);
    }
}

StateFile::~StateFile() = default;

void StateFile::end() {
    if (m_ownDisk) {
        flush(std::chrono::milliseconds(500));
    }
}

void StateFile::read(qint64 most, std::function<bool(const QByteArray&)> parse,
                     std::function<void(const Reading&)> then) {
    if (!m_disk) {
        then({});
        return;
    }
    m_disk->post(
        [file = m_file, most, parse = std::move(parse), then = std::move(then), listens = std::weak_ptr(m_listens)] {
            Reading reading;
            reading.damaged = !isUsable(file, most, parse);
            if (reading.damaged) {
                reading.aside = setAside(file);
            }
            return [reading, then, listens] {
                if (!listens.expired()) {
                    then(reading);
                }
            };
        });
}

void StateFile::write(QByteArray content) {
    if (!m_disk) {
        return;
    }
    {
        const std::lock_guard lock(m_wanted->mutex);
        if (std::exchange(m_wanted->content, std::move(content))) {
            return; // whoever writes the one before has not begun
        }
    }
    m_disk->post([file = m_file, wanted = m_wanted]() -> std::function<void()> {
        std::optional<QByteArray> newest;
        {
            const std::lock_guard lock(wanted->mutex);
            newest.swap(wanted->content);
        }
        auto said = replaceFile(file, newest.value_or(QByteArray()));
        const std::lock_guard lock(wanted->mutex);
        wanted->problem = std::move(said);
        return {};
    });
}

QString StateFile::problem() const {
    const std::lock_guard lock(m_wanted->mutex);
    return m_wanted->problem;
}

bool StateFile::flush(std::chrono::milliseconds patience) {
    return !m_disk || m_disk->finish(patience);
}

} // namespace binnacle::app
