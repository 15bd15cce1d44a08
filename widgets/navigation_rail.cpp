// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/navigation_rail.h"

#include "widgets/draw.h"
#include "widgets/icon.h"
#include "widgets/tip_text.h"

#include <QItemSelectionModel>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

#include <algorithm>

namespace binnacle {

namespace {

enum RailRole { IdRole = Qt::UserRole + 1, IconRole, ValueRole, RailMarkRole, GroupRole };

} // namespace

class NavigationRail::Delegate : public QStyledItemDelegate {
public:
    explicit Delegate(QObject* parent)
        : QStyledItemDelegate(parent) {}

    Theme theme;
    bool collapsed = false;

    /// Without the words at its end that there is no room for: of "22.9 s lag" the figure stays. Half of one is none.
    [[nodiscard]] QString wholeWords(QString text, double room) const {
        while (!text.isEmpty() && draw::textWidth(theme.font(Type::Small), text) > room) {
            text.truncate(std::max<qsizetype>(0, text.lastIndexOf(QLatin1Char(' '))));
        }
        return text;
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        const bool group = index.data(GroupRole).toBool();
        return {collapsed ? kCollapsedWidth : kWidth, !group ? 28 : collapsed ? 13 : index.row() == 0 ? 34 : 32};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const QRectF row = option.rect;
        const bool mirrored = option.direction == Qt::RightToLeft;
        const auto visual = [&](const QRectF& box) {
            return mirrored ? QRectF(row.left() + row.right() - box.right(), box.top(), box.width(), box.height())
                            : box;
        };
        const auto start = mirrored ? Qt::AlignRight : Qt::AlignLeft;
        const auto end = mirrored ? Qt::AlignLeft : Qt::AlignRight;
        painter->save();
        if (index.data(GroupRole).toBool()) {
            if (!collapsed) {
                draw::text(*painter, visual(QRectF(row.left() + 16, row.bottom() - 24, row.width() - 32, 20)),
                           index.data(Qt::DisplayRole).toString(), theme.font(Type::Small), theme.color(Token::Ink3),
                           start);
            } else if (index.row() > 0) {
                draw::horizontal(*painter, row.left() + 12, row.right() - 12, row.center().y(),
                                 theme.color(Token::Rule2));
            }
            painter->restore();
            return;
        }
        const bool selected = option.state & QStyle::State_Selected;
        if (selected || (option.state & QStyle::State_MouseOver)) {
            painter->fillRect(row, theme.color(Token::Sel));
        }
        if (selected) {
            painter->fillRect(visual(QRectF(row.left(), row.top(), 3, row.height())), theme.color(Token::Ink));
        }
        const double iconLeft = collapsed ? row.left() + 16 : row.left() + 16;
        const QRectF icon = visual(QRectF(iconLeft, row.center().y() - 8, 16, 16));
        const auto pixmap =
            tintedIcon(index.data(IconRole).toString(), theme.color(selected ? Token::Ink : Token::Ink2),
                       painter->device()->devicePixelRatioF());
        painter->drawPixmap(icon.topLeft(), pixmap);
        const auto mark = static_cast<Mark>(index.data(RailMarkRole).toInt());
        if (collapsed) {
            drawMark(*painter, visual(QRectF(row.right() - 14, row.top() + 2, 10, 10)), mark, theme);
        } else {
            double right = row.right() - 12;
            if (mark != Mark::None) {
                right -= 12;
                drawMark(*painter, visual(QRectF(right - 1, row.center().y() - 6, 12, 12)), mark, theme);
                right -= 4;
            }
            const double left = row.left() + 41;
            const double title =
                draw::text(*painter, visual(QRectF(left, row.top(), row.right() - 12 - left, row.height())),
                           index.data(Qt::DisplayRole).toString(), theme.font(selected ? Type::BodyStrong : Type::Body),
                           theme.color(Token::Ink), start);
            const QRectF value(left + title + 4, row.top(), right - left - title - 4, row.height());
            draw::text(*painter, visual(value), wholeWords(index.data(ValueRole).toString(), value.width()),
                       theme.font(Type::Small), theme.color(Token::Ink3), end);
        }
        if (option.state & QStyle::State_HasFocus && option.widget && option.widget->hasFocus()) {
            draw::focusRing(*painter, row, theme);
        }
        painter->restore();
    }
};

NavigationRail::NavigationRail(QWidget* parent)
    : QListView(parent)
    , m_model(new QStandardItemModel(this))
    , m_delegate(new Delegate(this)) {
    setModel(m_model);
    setItemDelegate(m_delegate);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setUniformItemSizes(false);
    setAccessibleName(tr("Pages"));
    // Assistive technology selects, and does not move the current entry.
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, [this](const QItemSelection& selected) {
        const auto chosen = selected.indexes();
        if (!chosen.isEmpty() && chosen.constFirst() != currentIndex()) {
            setCurrentIndex(chosen.constFirst());
        }
    });
    setFixedWidth(kWidth);
    setTheme(Theme());
}

void NavigationRail::setEntries(const std::vector<RailEntry>& entries) {
    m_model->clear();
    QString group;
    for (const auto& entry : entries) {
        if (entry.group != group) {
            group = entry.group;
            auto* head = new QStandardItem(group);
            head->setData(true, GroupRole);
            head->setFlags(Qt::NoItemFlags);
            m_model->appendRow(head);
        }
        auto* item = new QStandardItem(entry.title);
        item->setData(entry.id, IdRole);
        item->setData(entry.icon, IconRole);
        item->setToolTip(tipText(entry.title));
        item->setEditable(false);
        m_model->appendRow(item);
    }
}

void NavigationRail::setReading(const QString& id, const QString& value, Mark mark) {
    for (int row = 0; row < m_model->rowCount(); ++row) {
        auto* item = m_model->item(row);
        if (item->data(IdRole).toString() != id) {
            continue;
        }
        if (item->data(ValueRole).toString() == value && item->data(RailMarkRole).toInt() == static_cast<int>(mark)) {
            return;
        }
        item->setData(value, ValueRole);
        item->setData(static_cast<int>(mark), RailMarkRole);
        const QString word = markWord(mark);
        item->setData(word.isEmpty() ? value : value + QStringLiteral(", ") + word, Qt::AccessibleDescriptionRole);
        return;
    }
}

void NavigationRail::setCurrentPage(const QString& id) {
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->item(row)->data(IdRole).toString() == id) {
            setCurrentIndex(m_model->index(row, 0));
            return;
        }
    }
}

QString NavigationRail::currentPage() const {
    return currentIndex().data(IdRole).toString();
}

void NavigationRail::setCollapsed(bool collapsed) {
    if (m_collapsed != collapsed) {
        m_collapsed = collapsed;
        m_delegate->collapsed = collapsed;
        setFixedWidth(collapsed ? kCollapsedWidth : kWidth);
        scheduleDelayedItemsLayout();
    }
}

void NavigationRail::setTheme(const Theme& theme) {
    m_delegate->theme = theme;
    QPalette palette = this->palette();
    palette.setColor(QPalette::Base, theme.color(Token::Rail));
    setPalette(palette);
    viewport()->update();
}

void NavigationRail::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QListView::currentChanged(current, previous);
    const QString id = current.data(IdRole).toString();
    if (!id.isEmpty() && id != previous.data(IdRole).toString()) {
        Q_EMIT pageChosen(id);
    }
}

} // namespace binnacle
