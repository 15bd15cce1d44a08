// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings.h"

#include "app/language.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

namespace binnacle::app {

namespace {
constexpr auto kFormat = 1;

/// Our own files are text and say their format. QSettings reads almost anything as an ini file without complaint.
bool isDamaged(const QString& file) {
    QFile in(file);
    if (!in.exists() || in.size() == 0) {
        return false;
    }
    if (in.size() > 1'000'000 || !in.open(QIODevice::ReadOnly)) {
        return true;
    }
    const auto bytes = in.readAll();
    if (bytes.contains('\0')) {
        return true;
    }
    const QSettings probe(file, QSettings::IniFormat);
    return probe.status() != QSettings::NoError || probe.value(QStringLiteral("format")).toInt() != kFormat;
}
} // namespace

Settings::Settings(const QString& file) {
    setAsideIfDamaged(file);
    m_store = std::make_unique<QSettings>(file, QSettings::IniFormat);
}

Settings::~Settings() = default;

QString Settings::defaultFile() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/binnacle/binnacle.ini");
}

void Settings::setAsideIfDamaged(const QString& file) {
    if (!isDamaged(file)) {
        return;
    }
    auto aside = file + QStringLiteral(".damaged");
    for (int i = 2; QFile::exists(aside); ++i) {
        aside = file + QStringLiteral(".damaged-%1").arg(i);
    }
    m_notice = QFile::rename(file, aside)
                   ? QCoreApplication::translate("Settings", "The settings could not be read. They were set aside as "
                                                             "%1, and defaults are in use.")
                         .arg(aside)
                   : QCoreApplication::translate("Settings", "The settings in %1 could not be read nor set aside; "
                                                             "defaults are in use.")
                         .arg(file);
}

ThemeChoice Settings::theme() const {
    return themeFromName(m_store->value(QStringLiteral("theme")).toString()).value_or(ThemeChoice::Dark);
}

void Settings::setTheme(ThemeChoice choice) {
    put(QStringLiteral("theme"), themeName(choice));
}

QString Settings::language() const {
    const auto id = m_store->value(QStringLiteral("language")).toString();
    return languageIds().contains(id) ? id : QString();
}

void Settings::setLanguage(const QString& id) {
    put(QStringLiteral("language"), id);
}

QString Settings::storedLanguage(const QString& file) {
    if (isDamaged(file)) {
        return {};
    }
    const auto id = QSettings(file, QSettings::IniFormat).value(QStringLiteral("language")).toString();
    return languageIds().contains(id) ? id : QString();
}

QByteArray Settings::geometry() const {
    return m_store->value(QStringLiteral("geometry")).toByteArray();
}

void Settings::setGeometry(const QByteArray& geometry) {
    put(QStringLiteral("geometry"), geometry);
}

QString Settings::page() const {
    return m_store->value(QStringLiteral("page")).toString();
}

void Settings::setPage(const QString& id) {
    put(QStringLiteral("page"), id);
}

int Settings::spanMinutes() const {
    return m_store->value(QStringLiteral("span_minutes"), 0).toInt();
}

void Settings::setSpanMinutes(int minutes) {
    put(QStringLiteral("span_minutes"), minutes);
}

QuitChoice Settings::quitChoice() const {
    const auto name = m_store->value(QStringLiteral("on_quit")).toString();
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

void Settings::put(const QString& key, const QVariant& value) {
    if (m_frozen || m_store->value(key) == value) {
        return;
    }
    m_store->setValue(QStringLiteral("format"), kFormat);
    m_store->setValue(key, value);
}

void Settings::freeze() {
    m_frozen = true;
}

void Settings::flush() {
    m_store->sync();
}

} // namespace binnacle::app
