// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings_writer.h"

#include "app/settings_file.h"

#include <QCoreApplication>
#include <QFile>
#include <QSettings>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace binnacle::app {

using std::chrono::milliseconds;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Settings)
};

constexpr milliseconds kGather{300};     ///< changes come in runs: a column that is dragged
constexpr milliseconds kRetry{10'000};   ///< after a failure
constexpr milliseconds kLastWait{1'000}; ///< at the end

struct Written {
    bool done = false;
    QString problem{};
};

Written write(const QString& file, const QMap<QString, QVariant>& changed, const QMap<QString, QVariant>& all) {
    Written written;
    auto values = changed;
    switch (lookAtSettings(file)) {
    case SettingsFile::Ours:
        break;
    case SettingsFile::None:
        values = all;
        break;
    case SettingsFile::Damaged:
        values = all;
        if (const auto aside = setSettingsAside(file); !aside.isEmpty()) {
            written.problem = Words::tr("Something else wrote into the settings. That was set aside as %1, and they "
                                        "were written again.")
                                  .arg(aside);
        }
        break;
    case SettingsFile::Newer:
    case SettingsFile::NoFile:
        written.problem =
            Words::tr("The settings in %1 are not ours any more. What is chosen now is not kept.").arg(file);
        return written;
    }
    QSettings store(file, QSettings::IniFormat);
    store.setValue(QStringLiteral("format"), kSettingsFormat);
    for (auto value = values.cbegin(); value != values.cend(); ++value) {
        store.setValue(value.key(), value.value());
    }
    store.sync();
    written.done = store.status() == QSettings::NoError;
    if (!written.done) {
        written.problem = Words::tr("The settings can't be written to %1. What is chosen now is not kept.").arg(file);
    }
    return written;
}

} // namespace

struct SettingsWriter::Shared {
    std::mutex mutex;
    std::condition_variable changedHere;
    std::condition_variable ended; ///< an attempt, or the thread
    QString file;
    QMap<QString, QVariant> all;
    QMap<QString, QVariant> changed;
    bool stop = false;
    bool urgent = false;
    bool gone = true;
    bool failed = false; ///< the last attempt
    std::uint64_t attempts = 0;
    QString problem;
    QString toldProblem; ///< the same again would be noise
};

SettingsWriter::SettingsWriter(QString file, QMap<QString, QVariant> values)
    : m_shared(std::make_shared<Shared>()) {
    m_shared->file = std::move(file);
    m_shared->all = std::move(values);
}

SettingsWriter::~SettingsWriter() {
    std::unique_lock lock(m_shared->mutex);
    m_shared->stop = true;
    m_shared->changedHere.notify_all();
    // A disk that hangs must not keep the program: the thread owns what it needs.
    m_shared->ended.wait_for(lock, kLastWait, [this] { return m_shared->gone; });
}

void SettingsWriter::put(const QString& key, const QVariant& value) {
    const std::scoped_lock lock(m_shared->mutex);
    m_shared->all[key] = value;
    m_shared->changed[key] = value;
    if (!std::exchange(m_begun, true)) {
        m_shared->gone = false;
        std::thread(&SettingsWriter::run, m_shared).detach();
    }
    m_shared->changedHere.notify_all();
}

bool SettingsWriter::flush(milliseconds patience) {
    std::unique_lock lock(m_shared->mutex);
    if (m_shared->gone || (m_shared->changed.isEmpty() && !m_shared->failed)) {
        return !m_shared->failed;
    }
    const auto before = m_shared->attempts;
    m_shared->urgent = true;
    m_shared->changedHere.notify_all();
    const bool tried = m_shared->ended.wait_for(lock, patience, [&] {
        return m_shared->attempts > before && (m_shared->failed || m_shared->changed.isEmpty());
    });
    return tried && !m_shared->failed;
}

QString SettingsWriter::takeProblem() {
    const std::scoped_lock lock(m_shared->mutex);
    auto problem = std::exchange(m_shared->problem, QString());
    if (problem == m_shared->toldProblem) {
        return {};
    }
    if (!problem.isEmpty()) {
        m_shared->toldProblem = problem;
    }
    return problem;
}

void SettingsWriter::run(const std::shared_ptr<Shared>& shared) {
    std::unique_lock lock(shared->mutex);
    while (!shared->stop || !shared->changed.isEmpty()) {
        shared->changedHere.wait(lock, [&] { return shared->stop || !shared->changed.isEmpty(); });
        if (shared->changed.isEmpty()) {
            break;
        }
        shared->changedHere.wait_for(lock, shared->failed ? kRetry : kGather,
                                     [&] { return shared->stop || shared->urgent; });
        const bool last = shared->stop;
        shared->urgent = false;
        auto changed = std::exchange(shared->changed, {});
        auto all = shared->all;
        lock.unlock();
        const auto written = write(shared->file, changed, all);
        all.clear(); // here, while nobody waits for us
        if (written.done) {
            changed.clear();
        }
        lock.lock();
        for (auto value = changed.cbegin(); value != changed.cend(); ++value) {
            if (!shared->changed.contains(value.key())) {
                shared->changed[value.key()] = value.value();
            }
        }
        shared->failed = !written.done;
        shared->problem = written.problem.isEmpty() ? shared->problem : written.problem;
        ++shared->attempts;
        shared->ended.notify_all();
        if (last) {
            break; // tried once more; nobody waits for another time
        }
    }
    shared->gone = true;
    shared->ended.notify_all();
}

} // namespace binnacle::app
