// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/palette/palette_catalogue.h"
#include "widgets/key_button.h"

#include <QAbstractButton>
#include <QAction>
#include <QCoreApplication>
#include <QPointer>
#include <QTableView>
#include <QTreeView>

#include <algorithm>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Palette)
};

constexpr std::size_t kMost = 400;

void addButtons(const QWidget& page, PaletteItems& items) {
    for (auto* button : page.findChildren<QAbstractButton*>()) {
        if (!button->isVisible() || button->focusPolicy() == Qt::NoFocus || button->text().isEmpty() ||
            items.size() >= kMost) {
            continue;
        }
        PaletteItem item;
        item.title = button->text();
        item.detail = QCoreApplication::translate("Palette", "a button of this page");
        if (!button->isEnabled()) {
            const auto why = button->accessibleDescription();
            item.whyNot = why.isEmpty() ? QCoreApplication::translate("Palette", "Not now") : why;
        }
        item.run = [held = QPointer<QAbstractButton>(button)] {
            if (held && held->isEnabled()) {
                held->click();
            }
        };
        items.push_back(std::move(item));
    }
}

/// What is chosen by segments, such as the server that is asked. The parts of pages are found with the pages.
void addSegments(const QWidget& page, PaletteItems& items) {
    const auto entry =
        std::ranges::find(pageCatalogue(), page.objectName(), [](const auto& e) { return QLatin1String(e.id); });
    const auto parts = entry != pageCatalogue().end() && entry->parts != nullptr ? entry->parts() : QStringList();
    for (auto* control : page.findChildren<SegmentedControl*>()) {
        if (!control->isVisible() || !control->isEnabled() || control->focusPolicy() == Qt::NoFocus) {
            continue;
        }
        QStringList texts;
        for (const auto& segment : control->segments()) {
            texts << segment.text;
        }
        const bool ofParts = !parts.isEmpty() && texts.mid(0, parts.size()) == parts;
        for (auto i = ofParts ? static_cast<int>(parts.size()) : 0; i < texts.size() && items.size() < kMost; ++i) {
            PaletteItem item;
            item.title = QStringLiteral("%1: %2").arg(control->accessibleName(), texts.at(i));
            item.detail = Words::tr("a choice of this page");
            item.whyNot = control->current() == i ? Words::tr("Chosen already") : QString();
            item.run = [held = QPointer<SegmentedControl>(control), i] {
                if (held) {
                    held->choose(i);
                }
            };
            items.push_back(std::move(item));
        }
    }
}

/// What every table can: to be gone to, filtered, copied, saved as CSV.
void addTables(const QWidget& page, PaletteItems& items) {
    for (auto* view : page.findChildren<QAbstractItemView*>()) {
        const auto name = view->accessibleName();
        if (!view->isVisible() || name.isEmpty() || view->focusPolicy() == Qt::NoFocus) {
            continue;
        }
        PaletteItem go;
        go.title = Words::tr("%1: go there").arg(name);
        go.detail = Words::tr("a table of this page");
        go.run = [held = QPointer<QAbstractItemView>(view)] {
            if (held) {
                held->setFocus(Qt::ShortcutFocusReason);
            }
        };
        items.push_back(std::move(go));
        for (auto* action : view->actions()) {
            if (action->text().isEmpty() || items.size() >= kMost) {
                continue;
            }
            PaletteItem item;
            item.title = QStringLiteral("%1: %2").arg(name, action->text());
            item.detail = Words::tr("a table of this page");
            item.keys = action->shortcut().toString(QKeySequence::NativeText);
            item.whyNot = action->isEnabled() ? QString() : Words::tr("Not now");
            item.run = [held = QPointer<QAction>(action)] {
                if (held) {
                    held->trigger();
                }
            };
            items.push_back(std::move(item));
        }
    }
}

} // namespace

std::shared_ptr<const PaletteSource> palette::onPage(const PaletteHost& host) {
    PaletteItems items;
    if (const auto* page = host.shown(); page != nullptr) {
        addButtons(*page, items);
        addSegments(*page, items);
        addTables(*page, items);
    }
    return std::make_shared<PaletteList>(std::move(items), 0);
}

} // namespace binnacle::app
