// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings_file.h"

#include <QFile>
#include <QFileInfo>
#include <QSettings>

namespace binnacle::app {

SettingsFile lookAtSettings(const QString& file) {
    const QFileInfo info(file);
    if (!info.exists()) {
        return SettingsFile::None; // also a link that leads nowhere: what is written makes its file
    }
    if (!info.isFile()) {
        return SettingsFile::NoFile;
    }
    if (info.size() == 0) {
        return SettingsFile::None;
    }
    QFile in(file);
    if (info.size() > kLargestSettings || !in.open(QIODevice::ReadOnly)) {
        return SettingsFile::Damaged;
    }
    const auto bytes = in.read(kLargestSettings + 1);
    if (bytes.contains('\0')) {
        return SettingsFile::Damaged;
    }
    // QSettings reads almost anything as an ini file without complaint.
    const QSettings probe(file, QSettings::IniFormat);
    const auto format = probe.value(QStringLiteral("format")).toInt();
    if (probe.status() != QSettings::NoError || format < 1) {
        return SettingsFile::Damaged;
    }
    return format > kSettingsFormat ? SettingsFile::Newer : SettingsFile::Ours;
}

QString setSettingsAside(const QString& file) {
    constexpr int kMostTries = 1000;
    for (int i = 1; i <= kMostTries; ++i) {
        const auto aside = i == 1 ? file + QStringLiteral(".damaged") : file + QStringLiteral(".damaged-%1").arg(i);
        // rename() of Qt refuses a name that is taken, also when another console takes it just now.
        if (!QFile::exists(aside) && QFile::rename(file, aside)) {
            return aside;
        }
        if (!QFile::exists(file)) {
            break; // another console has set it aside
        }
        if (!QFile::exists(aside)) {
            break; // the folder can't be written
        }
    }
    return {};
}

} // namespace binnacle::app
