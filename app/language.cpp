// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/language.h"

#include "app/pseudo_translator.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <clocale>

namespace binnacle::app {

namespace {

constexpr QLatin1String kPseudo{"pseudo"};
constexpr QLatin1String kMirrored{"pseudo-rtl"};

void install(QApplication& application, const QString& name, const QString& folder) {
    auto* translator = new QTranslator(&application);
    if (translator->load(name, folder)) {
        QApplication::installTranslator(translator);
    }
}

} // namespace

QStringList languageIds() {
    return {QStringLiteral("en"), QStringLiteral("de")};
}

QStringList knownLanguageIds() {
    return languageIds() << kPseudo << kMirrored;
}

QString languageName(const QString& id) {
    return id == QLatin1String("de") ? QStringLiteral("Deutsch") : QStringLiteral("English");
}

QString languageFor(const QLocale& system) {
    const auto known = languageIds();
    for (const auto& wanted : system.uiLanguages()) { // in the order of preference: "de-AT", "de", "en"
        const auto language = wanted.section(QLatin1Char('-'), 0, 0).toLower();
        if (known.contains(language)) {
            return language;
        }
    }
    return known.constFirst();
}

QLocale localeFor(const QString& id, const QLocale& system) {
    if (!languageIds().contains(id)) {
        return QLocale::c();
    }
    const QLocale own(id);
    return system.language() == own.language() ? system : own;
}

void speak(QApplication& application, const QString& id, const QString& resources) {
    // QApplication made the C library speak the system's language. What programs exchange has points, never commas.
    std::setlocale(LC_NUMERIC, "C");
    QLocale::setDefault(localeFor(id, QLocale::system()));
    if (id == kPseudo || id == kMirrored) {
        QApplication::installTranslator(new PseudoTranslator(&application));
        if (id == kMirrored) {
            QApplication::setLayoutDirection(Qt::RightToLeft);
        }
        return;
    }
    install(application, QStringLiteral("qtbase_") + id, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(application, QStringLiteral("binnacle_") + id, resources + QStringLiteral("/translations"));
}

} // namespace binnacle::app
