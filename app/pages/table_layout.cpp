// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/table_layout.h"

#include "app/actions_menu.h"

#include <QAction>
#include <QEvent>
#include <QHeaderView>
#include <QTableView>
#include <QTreeView>

#include <algorithm>
#include <functional>

namespace binnacle::app {

namespace {

constexpr int kNarrowest = 32;
constexpr int kWidest = 2000;
constexpr int kStep = 16; ///< pixels of a key
constexpr int kMostColumns = 100;

/// The words of "order 0 2 1" as numbers below `count`, each once; empty when they are anything else.
QList<int> numbersOf(const QStringList& words, int count) {
    QList<int> out;
    for (const auto& word : words.mid(1)) {
        bool ok = false;
        const int number = word.toInt(&ok);
        if (!ok || number < 0 || number >= count || out.contains(number)) {
            return {};
        }
        out << number;
    }
    return out;
}

} // namespace

TableLayout::TableLayout(QTableView& view)
    : TableLayout(view, *view.horizontalHeader(), view.isSortingEnabled()) {}

TableLayout::TableLayout(QTreeView& view)
    : TableLayout(view, *view.header(), view.isSortingEnabled()) {}

TableLayout::TableLayout(QAbstractItemView& view, QHeaderView& columns, bool sortable)
    : QObject(&view)
    , m_view(view)
    , m_header(columns)
    , m_sortable(sortable) {
    auto* header = &m_header;
    header->setSectionsMovable(true);
    m_firstSort = header->sortIndicatorSection();
    m_firstOrder = header->sortIndicatorOrder();
    header->viewport()->installEventFilter(this);
    connect(header, &QHeaderView::sectionResized, this, [this](int column, int, int width) {
        if (m_dragging && m_header.sectionResizeMode(column) == QHeaderView::Interactive) {
            m_widths[column] = width;
            Q_EMIT changed();
        }
    });
    connect(header, &QHeaderView::sectionMoved, this, [this] {
        if (!m_restoring) {
            Q_EMIT changed();
        }
    });
    connect(header, &QHeaderView::sortIndicatorChanged, this, [this] {
        if (!m_restoring) {
            m_sortChosen = true;
            Q_EMIT changed();
        }
    });
    makeActions();
}

TableLayout* TableLayout::of(const QAbstractItemView& view) {
    return view.findChild<TableLayout*>(QString(), Qt::FindDirectChildrenOnly);
}

void TableLayout::makeActions() {
    const auto add = [this](const QString& text, const char* keys, const std::function<void()>& run) {
        auto* action = new QAction(text, &m_view);
        action->setShortcut(QKeySequence(QLatin1String(keys)));
        action->setShortcutContext(Qt::WidgetShortcut);
        m_view.addAction(action);
        connect(action, &QAction::triggered, this, run);
    };
    popUpActions(m_view);
    if (m_sortable) {
        add(tr("Sort by the next column"), "Ctrl+Right", [this] { sortBeside(1); });
        add(tr("Sort by the column before"), "Ctrl+Left", [this] { sortBeside(-1); });
        add(tr("Smallest first"), "Ctrl+Up", [this] { turnTo(Qt::AscendingOrder); });
        add(tr("Largest first"), "Ctrl+Down", [this] { turnTo(Qt::DescendingOrder); });
        add(tr("Move the sorted column right"), "Ctrl+Shift+Right", [this] { moveSorted(1); });
        add(tr("Move the sorted column left"), "Ctrl+Shift+Left", [this] { moveSorted(-1); });
        add(tr("Sorted column wider"), "Ctrl+Shift+Up", [this] { widenSorted(kStep); });
        add(tr("Sorted column narrower"), "Ctrl+Shift+Down", [this] { widenSorted(-kStep); });
    }
    add(tr("Columns as they were"), "", [this] { reset(); });
}

int TableLayout::sorted() const {
    return m_header.sortIndicatorSection();
}

void TableLayout::sortBeside(int step) {
    auto* header = &m_header;
    const int count = header->count();
    if (count == 0) {
        return;
    }
    const int now = header->visualIndex(std::clamp(sorted(), 0, count - 1));
    m_header.setSortIndicator(header->logicalIndex((now + step + count) % count), header->sortIndicatorOrder());
}

void TableLayout::turnTo(Qt::SortOrder order) {
    m_header.setSortIndicator(std::max(0, sorted()), order);
}

void TableLayout::moveSorted(int step) {
    auto* header = &m_header;
    const int from = header->visualIndex(sorted());
    const int to = from + step;
    if (from >= 0 && to >= 0 && to < header->count()) {
        header->moveSection(from, to);
    }
}

void TableLayout::widenSorted(int pixels) {
    auto* header = &m_header;
    const int column = sorted();
    if (column < 0 || column >= header->count() || header->sectionResizeMode(column) != QHeaderView::Interactive) {
        return; // it takes what is left
    }
    m_dragging = true;
    header->resizeSection(column, std::clamp(header->sectionSize(column) + pixels, kNarrowest, kWidest));
    m_dragging = false;
}

void TableLayout::reset() {
    auto* header = &m_header;
    m_restoring = true;
    for (int column = 0; column < header->count(); ++column) {
        header->moveSection(header->visualIndex(column), column);
    }
    if (m_sortable && m_firstSort >= 0) {
        m_header.setSortIndicator(m_firstSort, m_firstOrder);
    }
    m_restoring = false;
    m_sortChosen = false;
    m_widths.clear();
    Q_EMIT changed();
}

QString TableLayout::text() const {
    const auto* header = &m_header;
    QStringList parts;
    if (m_sortChosen) {
        parts << QStringLiteral("sort %1 %2")
                     .arg(sorted())
                     .arg(header->sortIndicatorOrder() == Qt::AscendingOrder ? QStringLiteral("asc")
                                                                             : QStringLiteral("desc"));
    }
    QStringList order;
    bool moved = false;
    for (int place = 0; place < header->count(); ++place) {
        moved = moved || header->logicalIndex(place) != place;
        order << QString::number(header->logicalIndex(place));
    }
    if (moved) {
        parts << QStringLiteral("order ") + order.join(QLatin1Char(' '));
    }
    QStringList widths;
    for (auto width = m_widths.cbegin(); width != m_widths.cend(); ++width) {
        widths << QStringLiteral("%1:%2").arg(width.key()).arg(width.value());
    }
    if (!widths.isEmpty()) {
        parts << QStringLiteral("wide ") + widths.join(QLatin1Char(' '));
    }
    if (parts.isEmpty()) {
        return {};
    }
    parts.prepend(QString::number(header->count()));
    return parts.join(QLatin1Char(';'));
}

void TableLayout::restore(const QString& text) {
    auto* header = &m_header;
    const auto parts = text.left(4096).split(QLatin1Char(';'));
    const int count = header->count();
    if (count == 0 || count > kMostColumns || parts.front() != QString::number(count)) {
        return; // of other columns
    }
    m_restoring = true;
    for (const auto& part : parts.mid(1)) {
        const auto words = part.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        const auto what = words.value(0);
        if (what == QLatin1String("sort") && words.size() == 3 && m_sortable) {
            if (const auto column = numbersOf(words.mid(0, 2), count); column.size() == 1) {
                m_header.setSortIndicator(column.front(), words.at(2) == QLatin1String("asc") ? Qt::AscendingOrder
                                                                                              : Qt::DescendingOrder);
                m_sortChosen = true;
            }
        } else if (what == QLatin1String("order")) {
            const auto order = numbersOf(words, count);
            for (int place = 0; order.size() == count && place < count; ++place) {
                header->moveSection(header->visualIndex(order.at(place)), place);
            }
        } else if (what == QLatin1String("wide")) {
            for (const auto& word : words.mid(1)) {
                bool named = false;
                bool sized = false;
                const int column = word.section(QLatin1Char(':'), 0, 0).toInt(&named);
                const int width = word.section(QLatin1Char(':'), 1).toInt(&sized);
                if (named && sized && column >= 0 && column < count) {
                    m_widths[column] = std::clamp(width, kNarrowest, kWidest);
                }
            }
        }
    }
    m_restoring = false;
    applyWidths();
}

void TableLayout::applyWidths() {
    auto* header = &m_header;
    for (auto width = m_widths.cbegin(); width != m_widths.cend(); ++width) {
        if (width.key() < header->count() && header->sectionResizeMode(width.key()) == QHeaderView::Interactive) {
            header->resizeSection(width.key(), width.value());
        }
    }
}

bool TableLayout::eventFilter(QObject* watched, QEvent* event) {
    // Only what happens under a pressed button is a person's doing; a page fits its columns, too.
    if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick) {
        m_dragging = true;
    } else if (event->type() == QEvent::MouseButtonRelease) {
        m_dragging = false;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace binnacle::app
