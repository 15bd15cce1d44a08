// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme.h"

#include <QDir>
#include <QFontDatabase>
#include <QLoggingCategory>

namespace binnacle {

namespace {

Q_LOGGING_CATEGORY(fontLog, "binnacle.fonts")

QString familyOrFallback(const QString& wanted, QFontDatabase::SystemFont fallback, const QString& directory) {
    if (QFontDatabase::hasFamily(wanted)) {
        return wanted;
    }
    const QString family = QFontDatabase::systemFont(fallback).family();
    qCWarning(fontLog).noquote()
        << QStringLiteral("%1 is not in %2; falling back to %3").arg(wanted, directory, family);
    return family;
}

} // namespace

FontFamilies loadFonts(const QString& directory) {
    const QDir dir(directory);
    const auto files = dir.entryList({QStringLiteral("*.otf"), QStringLiteral("*.ttf")}, QDir::Files, QDir::Name);
    for (const QString& file : files) {
        if (QFontDatabase::addApplicationFont(dir.filePath(file)) < 0) {
            qCWarning(fontLog).noquote() << QStringLiteral("%1 is not a font that can be read").arg(dir.filePath(file));
        }
    }
    return {familyOrFallback(QStringLiteral("Binnacle Sans"), QFontDatabase::GeneralFont, directory),
            familyOrFallback(QStringLiteral("Binnacle Mono"), QFontDatabase::FixedFont, directory)};
}

} // namespace binnacle
