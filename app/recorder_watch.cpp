// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recorder_watch.h"

#include <system_error>

namespace binnacle::app {

RecorderWatch::RecorderWatch(std::filesystem::path file, QObject* parent)
    : QObject(parent)
    , m_file(std::move(file)) {
    connect(&m_timer, &QTimer::timeout, this, &RecorderWatch::look);
    m_timer.start(kEvery);
    look();
}

bool RecorderWatch::isWritten(const std::filesystem::path& file, std::filesystem::file_time_type now) {
    auto log = file;
    log += "-wal";
    for (const auto& path : {file, log}) {
        std::error_code error;
        const auto written = std::filesystem::last_write_time(path, error);
        if (!error && now - written <= kWrittenWithin) {
            return true;
        }
    }
    return false;
}

void RecorderWatch::look() {
    m_jobs.post([this, file = m_file] {
        const bool records = isWritten(file, std::filesystem::file_time_type::clock::now());
        return std::function<void()>([this, records] { Q_EMIT told(records); });
    });
}

} // namespace binnacle::app
