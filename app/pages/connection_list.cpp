// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/connection_list.h"

#include "widgets/draw.h"
#include "widgets/environment_band.h"

#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

#include <algorithm>

namespace binnacle::app {

namespace {
constexpr int kRowHeight = 66;
constexpr int kNameRole = Qt::UserRole + 1;
} // namespace

class ConnectionList::Delegate : public QStyledItemDelegate {
public:
    explicit Delegate(ConnectionList& list)
        : QStyledItemDelegate(&list)
        , m_list(list) {}
    Theme theme;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {300, kRowHeight};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const auto& shown = m_list.m_rows[static_cast<std::size_t>(index.row())];
        const QRectF row(option.rect);
        const bool mirrored = option.direction == Qt::RightToLeft;
        const auto placed = [&](double left, double top, double width, double height) {
            return QRectF(mirrored ? row.right() - left - width : row.left() + left, row.top() + top, width, height);
        };
        const auto start = mirrored ? Qt::AlignRight : Qt::AlignLeft;
        const auto end = mirrored ? Qt::AlignLeft : Qt::AlignRight;
        const bool selected = (option.state & QStyle::State_Selected) != 0;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (selected || (option.state & QStyle::State_MouseOver) != 0) {
            painter->fillRect(row, theme.color(selected ? Token::Sel : Token::Rail));
        }
        painter->fillRect(placed(0, row.height() - 1, row.width(), 1), theme.color(Token::Rule));
        if (selected) {
            painter->fillRect(placed(0, 0, 3, row.height() - 1), theme.color(Token::Ink));
        }
        const auto band = shown.damaged ? theme.color(Token::Track) : theme.environment(shown.environment);
        painter->fillRect(placed(8, 9, 4, row.height() - 19), band);

        // The word of the environment stands on its colour: the stripe alone would be colour alone.
        double right = row.width() - 12;
        const auto word = shown.damaged ? ConnectionList::tr("not readable") : environmentWord(shown.environment);
        const double wide = draw::textWidth(theme.font(Type::SmallStrong), word) + 13;
        const auto badge = placed(right - wide, 10, wide, 18);
        if (shown.damaged) {
            painter->setPen(theme.color(Token::Rule2));
            painter->drawRoundedRect(badge.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
        } else {
            painter->setPen(Qt::NoPen);
            painter->setBrush(band);
            painter->drawRoundedRect(badge, 2, 2);
        }
        draw::text(*painter, badge, word, theme.font(Type::SmallStrong),
                   shown.damaged ? theme.color(Token::Ink2) : theme.onEnvironment(), Qt::AlignHCenter);
        right -= wide + 10;
        if (shown.shown) {
            const auto here = ConnectionList::tr("shown here");
            const double width = draw::textWidth(theme.font(Type::Small), here) + 4;
            draw::text(*painter, placed(right - width, 10, width, 18), here, theme.font(Type::Small),
                       theme.color(Token::Ink2), end);
            right -= width + 10;
        }
        draw::text(*painter, placed(22, 9, std::max(40.0, right - 22), 20), shown.title,
                   theme.font(selected ? Type::Heading : Type::BodyStrong), theme.color(Token::Ink), start);
        const double left = shown.damaged || shown.exposed ? 38 : 22;
        draw::text(*painter, placed(shown.damaged ? left : 22, 29, row.width() - 34 - (shown.damaged ? 16 : 0), 16),
                   shown.first, theme.font(Type::Label), theme.color(Token::Ink2), start);
        draw::text(*painter, placed(shown.damaged ? 22 : left, 45, row.width() - left - 12, 15), shown.second,
                   theme.font(Type::Small), theme.color(Token::Ink3), start);
        if (shown.damaged) {
            drawMark(*painter, placed(22, 31, 12, 12), Mark::Lost, theme);
        } else if (shown.exposed) {
            drawMark(*painter, placed(22, 46, 12, 12), Mark::Caution, theme);
        }
        if ((option.state & QStyle::State_HasFocus) != 0 && m_list.hasFocus()) {
            draw::focusRing(*painter, row, theme);
        }
        painter->restore();
    }

private:
    ConnectionList& m_list;
};

ConnectionList::ConnectionList(QWidget* parent)
    : QListView(parent)
    , m_model(new QStandardItemModel(this))
    , m_delegate(new Delegate(*this)) {
    setObjectName(QStringLiteral("connectionList"));
    setModel(m_model);
    setItemDelegate(m_delegate);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Connections"));
    connect(this, &QListView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT opened(index.data(kNameRole).toString()); });
}

void ConnectionList::setRows(std::vector<ConnectionRow> rows) {
    if (rows == m_rows) {
        return;
    }
    const auto before = chosenName();
    m_filling = true;
    m_rows = std::move(rows);
    m_model->setRowCount(static_cast<int>(m_rows.size()));
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const auto& shown = m_rows[static_cast<std::size_t>(row)];
        auto* item = m_model->item(row);
        if (item == nullptr) {
            item = new QStandardItem;
            item->setEditable(false);
            m_model->setItem(row, item);
        }
        const auto word = shown.damaged ? tr("not readable") : environmentWord(shown.environment);
        item->setText(QStringLiteral("%1, %2, %3, %4").arg(shown.title, word, shown.first, shown.second));
        item->setData(shown.name, kNameRole);
        item->setToolTip(QStringLiteral("%1\n%2")
                             .arg(shown.first, shown.second)
                             .toHtmlEscaped()
                             .replace(QLatin1Char('\n'), QLatin1String("<br>")));
    }
    m_filling = false;
    choose(before);
    viewport()->update();
}

void ConnectionList::choose(const QString& name) {
    const auto found = std::ranges::find(m_rows, name, &ConnectionRow::name);
    if (found != m_rows.end()) {
        const auto index = m_model->index(static_cast<int>(found - m_rows.begin()), 0);
        if (currentIndex() != index) {
            setCurrentIndex(index);
        }
    }
}

QString ConnectionList::chosenName() const {
    return currentIndex().data(kNameRole).toString();
}

void ConnectionList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QListView::currentChanged(current, previous);
    if (!m_filling && current.isValid()) {
        Q_EMIT chosen(current.data(kNameRole).toString());
    }
}

void ConnectionList::setTheme(const Theme& theme) {
    m_delegate->theme = theme;
    setPalette(theme.palette());
    viewport()->update();
}

} // namespace binnacle::app
