// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accessible/chart_table_dialog.h"

#include "widgets/key_button.h"
#include "widgets/painted_widget.h"
#include "widgets/table_delegate.h"

#include <QAbstractTableModel>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace binnacle {

namespace {
constexpr int kMargin = 24;
constexpr int kMostVisibleRows = 16;
constexpr int kRowHeight = 26;
constexpr int kHeadHeight = 22;
} // namespace

class ChartTableDialog::Model : public QAbstractTableModel {
public:
    using QAbstractTableModel::QAbstractTableModel;

    void show(ChartTable table) {
        beginResetModel();
        m_table = std::move(table);
        endResetModel();
    }
    [[nodiscard]] const ChartTable& table() const { return m_table; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(m_table.rows.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(m_table.columns.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override {
        const auto& cell =
            m_table.rows[static_cast<std::size_t>(index.row())][static_cast<std::size_t>(index.column())];
        switch (role) {
        case Qt::DisplayRole:
            return cell.text;
        case Qt::TextAlignmentRole:
            return aligned(index.column());
        default:
            return {};
        }
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override {
        if (orientation != Qt::Horizontal) {
            return {};
        }
        if (role == Qt::TextAlignmentRole) {
            return aligned(section);
        }
        return role == Qt::DisplayRole ? m_table.columns[static_cast<std::size_t>(section)].title : QVariant();
    }

private:
    /// Numbers stand at the right, the first column names its row.
    static QVariant aligned(int column) {
        return QVariant::fromValue(Qt::Alignment(column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }

    ChartTable m_table;
};

ChartTableDialog::ChartTableDialog(PaintedWidget& chart, QWidget* window)
    : QDialog(window)
    , m_chart(&chart)
    , m_model(new Model(this))
    , m_view(new QTableView(this))
    , m_note(new QLabel(this))
    , m_summary(new QLabel(this))
    , m_copy(new KeyButton(tr("Copy as CSV"), tr("Ctrl C"), this)) {
    const auto& theme = chart.theme();
    setObjectName(QStringLiteral("chartTable"));
    setAttribute(Qt::WA_DeleteOnClose);
    const auto name = chart.accessibleName();
    setWindowTitle(name);
    auto* title = new QLabel(name, this);
    title->setFont(theme.font(Type::Title));
    for (auto* label : {title, m_note, m_summary}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("%1 as a table").arg(name));
    setUpTable(m_view, theme);
    m_view->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_view->horizontalHeader()->setMinimumSectionSize(84);
    auto* again = new KeyButton(tr("Read again"), tr("F5"), this);
    auto* close = new KeyButton(tr("Close"), tr("Esc"), this);
    close->setRole(KeyButton::Role::Primary);
    connect(again, &QAbstractButton::clicked, this, &ChartTableDialog::readAgain);
    connect(m_copy, &QAbstractButton::clicked, this, &ChartTableDialog::copyCsv);
    connect(close, &QAbstractButton::clicked, this, &QDialog::reject);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(again);
    buttons->addWidget(m_copy);
    buttons->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kMargin, 18, kMargin, 18);
    column->setSpacing(10);
    column->addWidget(title);
    column->addWidget(m_note);
    column->addWidget(m_summary);
    column->addWidget(m_view, 1);
    column->addLayout(buttons);
    binnacle::applyTheme(*this, theme);
    readAgain();

    const int rows = std::clamp(m_model->rowCount(), 1, kMostVisibleRows);
    m_view->setMinimumHeight(kHeadHeight + kRowHeight * std::min(rows, 4) + 2);
    const int columns = std::max(1, m_model->columnCount());
    resize(std::clamp(columns * 120 + 2 * kMargin, 520, std::max(520, window->width() - 80)),
           std::clamp(190 + kHeadHeight + kRowHeight * rows, 260, std::max(260, window->height() - 80)));
    m_view->setFocus();
}

ChartTableDialog::~ChartTableDialog() = default;

QString ChartTableDialog::actionText() {
    return tr("Show as table");
}

QString ChartTableDialog::keyText() {
    return tr("F6");
}

const ChartTable& ChartTableDialog::shown() const {
    return m_model->table();
}

void ChartTableDialog::readAgain() {
    const auto* source = chartData(m_chart);
    if (source == nullptr) {
        return; // its chart has gone: what was read stays
    }
    m_model->show(source->table());
    m_note->setText(m_model->table().note);
    m_note->setVisible(!m_note->text().isEmpty());
    m_summary->setText(m_model->table().summary);
    m_summary->setVisible(!m_summary->text().isEmpty());
    if (m_model->rowCount() > 0 && !m_view->currentIndex().isValid()) {
        m_view->setCurrentIndex(m_model->index(0, 0));
    }
}

void ChartTableDialog::copyCsv() {
    QGuiApplication::clipboard()->setText(m_model->table().csv());
    m_copy->setText(tr("Copied as CSV"));
}

void ChartTableDialog::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        copyCsv();
    } else if (event->key() == Qt::Key_F5) {
        readAgain();
    } else if (event->key() == Qt::Key_F6) {
        reject();
    } else {
        QDialog::keyPressEvent(event);
    }
}

void openChartTable(PaintedWidget& chart) {
    if (chartData(&chart) != nullptr) {
        (new ChartTableDialog(chart, chart.window()))->open();
    }
}

} // namespace binnacle
