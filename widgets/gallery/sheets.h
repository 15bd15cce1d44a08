// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/gallery/canned.h"
#include "widgets/panel_status.h"

#include <QWidget>

#include <memory>

namespace binnacle::gallery {

/// A sheet is a widget with the page's colour that can be fed.
class Sheet : public QWidget {
public:
    Sheet();
    virtual void feedAll() = 0;
    TimeContext context;
};

/// Of a reading that is so old.
[[nodiscard]] PanelStatus status(PanelState state, std::chrono::milliseconds age = std::chrono::milliseconds(400));

[[nodiscard]] std::unique_ptr<Sheet> makeOverview();
[[nodiscard]] std::unique_ptr<Sheet> makeLatency();
[[nodiscard]] std::unique_ptr<Sheet> makeStates();
[[nodiscard]] std::unique_ptr<Sheet> makeComponents();
/// Type, space, colours with their contrast, icons.
[[nodiscard]] std::unique_ptr<Sheet> makeFoundations();
/// The palette over the overview.
[[nodiscard]] std::unique_ptr<Sheet> makePalette();
/// The help of keys over the overview.
[[nodiscard]] std::unique_ptr<Sheet> makeKeys();

} // namespace binnacle::gallery
