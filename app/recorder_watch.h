// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/background_jobs.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <filesystem>

namespace binnacle::app {

/// Whether somebody records a place: its file was written within the last seconds. Looks at it on a thread of its own,
/// because a disk may be slow. GUI thread.
class RecorderWatch : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::seconds kEvery{5};
    static constexpr std::chrono::seconds kWrittenWithin{10}; ///< it commits once a second

    explicit RecorderWatch(std::filesystem::path file, QObject* parent = nullptr);
    void look();

    /// What a look finds: the file or what SQLite writes beside it is that new.
    [[nodiscard]] static bool isWritten(const std::filesystem::path& file, std::filesystem::file_time_type now);

Q_SIGNALS:
    void told(bool records);

private:
    std::filesystem::path m_file;
    QTimer m_timer;
    BackgroundJobs m_jobs{1};
};

} // namespace binnacle::app
