// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <memory>

namespace binnacle::gallery {

/// A window of the gallery by name, or nullptr.
[[nodiscard]] std::unique_ptr<QWidget> makeSheet(const QString& name);
/// Hands the canned data to a sheet that has its size.
void feed(QWidget& sheet);

} // namespace binnacle::gallery
