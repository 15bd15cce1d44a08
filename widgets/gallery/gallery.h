// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QWidget>

#include <memory>

namespace binnacle::gallery {

[[nodiscard]] QStringList sheetNames();
/// A window of the gallery by name, or nullptr.
[[nodiscard]] std::unique_ptr<QWidget> makeSheet(const QString& name);
/// Hands the canned data to a sheet that has its size.
void feed(QWidget& sheet);

} // namespace binnacle::gallery
