// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings.h"

#include "app/language.h"
#include "app/settings_file.h"
#include "app/settings_writer.h"

#include <QCoreApplication>
#include <QSettings>
#include <QStandardPaths>

namespace binnacle::app {

namespace {

constexpr qsizetype kMostKeys = 2000;
constexpr std::chrono::milliseconds kFlush{500};

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Settings)
};

} // namespace

Settings::Settings(const QString& file) {
    read(file);
    m_writer = std::make_unique<SettingsWriter>(file, m_values);
}

Settings::~Settings() = default;

QString Settings::defaultFile() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/binnacle/binnacle.ini");
}

void Settings::read(const QString& file) {
    switch (lookAtSettings(file)) {
    case SettingsFile::None:
        return;
    case SettingsFile::Newer:
        m_frozen = true;
        m_notice =
            Words::tr("The settings in %1 are of a later version. Defaults are in use, and what is chosen now is "
                      "not kept.")
                .arg(file);
        return;
    case SettingsFile::NoFile:
        m_frozen = true;
        m_notice = Words::tr("%1 is no file. Defaults are in use, and what is chosen now is not kept.").arg(file);
        return;
    case SettingsFile::Damaged: {
        const auto aside = setSettingsAside(file);
        m_frozen = aside.isEmpty();
        m_notice = aside.isEmpty()
                       ? Words::tr("The settings in %1 could not be read nor set aside. Defaults are in use, "
                                   "and what is chosen now is not kept.")
                             .arg(file)
                       : Words::tr("The settings could not be read. They were set aside as %1, and defaults "
                                   "are in use.")
                             .arg(aside);
        return;
    }
    case SettingsFile::Ours:
        break;
    }
    const QSettings store(file, QSettings::IniFormat);
    const auto keys = store.allKeys();
    for (const auto& key : keys.mid(0, kMostKeys)) {
        m_values[key] = store.value(key);
    }
}

QString Settings::takeProblem() {
    return m_writer->takeProblem();
}

QString Settings::tableLayout(const QString& table) const {
    return value(QStringLiteral("tables/") + table).toString();
}

void Settings::setTableLayout(const QString& table, const QString& layout) {
    put(QStringLiteral("tables/") + table, layout);
}

ThemeChoice Settings::theme() const {
    return themeFromName(value(QStringLiteral("theme")).toString()).value_or(ThemeChoice::Dark);
}

void Settings::setTheme(ThemeChoice choice) {
    put(QStringLiteral("theme"), themeName(choice));
}

QString Settings::language() const {
    const auto id = value(QStringLiteral("language")).toString();
    return languageIds().contains(id) ? id : QString();
}

void Settings::setLanguage(const QString& id) {
    put(QStringLiteral("language"), id);
}

QString Settings::storedLanguage(const QString& file) {
    if (lookAtSettings(file) != SettingsFile::Ours) {
        return {};
    }
    const auto id = QSettings(file, QSettings::IniFormat).value(QStringLiteral("language")).toString();
    return languageIds().contains(id) ? id : QString();
}

QByteArray Settings::geometry() const {
    return value(QStringLiteral("geometry")).toByteArray();
}

void Settings::setGeometry(const QByteArray& geometry) {
    put(QStringLiteral("geometry"), geometry);
}

QString Settings::page() const {
    return value(QStringLiteral("page")).toString();
}

void Settings::setPage(const QString& id) {
    put(QStringLiteral("page"), id);
}

int Settings::spanMinutes() const {
    return value(QStringLiteral("span_minutes")).toInt();
}

void Settings::setSpanMinutes(int minutes) {
    put(QStringLiteral("span_minutes"), minutes);
}

QStringList Settings::recentCommands() const {
    return value(QStringLiteral("recent")).toStringList();
}

void Settings::setRecentCommands(const QStringList& ids) {
    put(QStringLiteral("recent"), ids);
}

QuitChoice Settings::quitChoice() const {
    const auto name = value(QStringLiteral("on_quit")).toString();
    if (name == QLatin1String("keep")) {
        return QuitChoice::KeepRunning;
    }
    return name == QLatin1String("stop") ? QuitChoice::Stop : QuitChoice::Ask;
}

void Settings::setQuitChoice(QuitChoice choice) {
    put(QStringLiteral("on_quit"), choice == QuitChoice::KeepRunning ? QStringLiteral("keep")
                                   : choice == QuitChoice::Stop      ? QStringLiteral("stop")
                                                                     : QStringLiteral("ask"));
}

bool Settings::alertNotices() const {
    return value(QStringLiteral("alerts/notices")).toString() != QLatin1String("off");
}

void Settings::setAlertNotices(bool on) {
    put(QStringLiteral("alerts/notices"), on ? QStringLiteral("on") : QStringLiteral("off"));
}

bool Settings::alertSound() const {
    return value(QStringLiteral("alerts/sound")).toString() == QLatin1String("on");
}

void Settings::setAlertSound(bool on) {
    put(QStringLiteral("alerts/sound"), on ? QStringLiteral("on") : QStringLiteral("off"));
}

void Settings::put(const QString& key, const QVariant& value) {
    if (m_frozen || m_values.value(key) == value) {
        return;
    }
    m_values[key] = value;
    m_writer->put(key, value);
}

void Settings::freeze() {
    m_frozen = true;
}

bool Settings::flush() {
    return m_writer->flush(kFlush);
}

} // namespace binnacle::app
