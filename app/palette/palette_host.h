// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"

#include <QString>

#include <functional>
#include <vector>

class QWidget;

namespace binnacle::app {

class AlertDesk;

/// Something that the window does itself, with the keys for it.
struct WindowCommand {
    QString keys; ///< as printed: "Ctrl+T"
    QString text;
    QString group;
    std::function<void()> run{};       ///< empty: the keys are heard elsewhere
    std::function<QString()> whyNot{}; ///< empty: it can always be done
};

/// What the palette reads from, and where it leads. Outlives it.
struct PaletteHost {
    const PageContext& context;
    std::function<void(const QString& id)> openPage;
    std::function<void(const QString& id, const QString& target)> openTarget; ///< as in LinkedPage
    std::function<void(const QString& id, int part)> openPart;                ///< of PageEntry::parts
    std::function<const std::vector<WindowCommand>&()> commands;
    std::function<QWidget*()> shown; ///< the page that is shown, or what stands in its place
    QWidget* timeAxis;               ///< stays bright
    std::function<AlertDesk*()> alerts{}; ///< null before there is one
};

} // namespace binnacle::app
