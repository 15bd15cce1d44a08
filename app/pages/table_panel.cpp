// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/table_panel.h"

#include "app/actions_menu.h"
#include "app/feed/snapshot_feed.h"
#include "app/file_saving.h"
#include "app/models/table_order.h"
#include "app/pages/panel_of.h"
#include "app/pages/table_layout.h"
#include "widgets/row_view.h"
#include "widgets/situation_sentence.h"
#include "widgets/state_overlay.h"
#include "widgets/time_context.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace binnacle::app {

namespace {

constexpr std::chrono::seconds kNoticeStays{3};
constexpr int kNarrowest = 56;
constexpr int kWidest = 220; ///< of what does not take the room left
constexpr int kHeadPadding = 30;
constexpr int kTightHead = 16; ///< of a head where room is short
constexpr int kSortArrow = 14;
constexpr int kTightCell = 2;
constexpr int kMarkWidth = 18;

/// What of a reading is worse than of the others, for the one that speaks where there are no rows.
int rankOf(PanelState state) {
    switch (state) {
    case PanelState::Denied:
        return 5;
    case PanelState::Error:
        return 4;
    case PanelState::Lost:
        return 3;
    case PanelState::Late:
        return 2;
    case PanelState::Loading:
        return 1;
    default:
        return 0;
    }
}

} // namespace

TablePanel::TablePanel(const PageContext& context, TableLook look, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_look(std::move(look))
    , m_model(new SnapshotTableModel(m_look.spec != nullptr ? *m_look.spec : *findTable(m_look.table), m_look.columns,
                                     m_look.names, this))
    , m_order(new TableOrder(this))
    , m_head(new SectionHead(m_look.title, {}, this))
    , m_tools(new QHBoxLayout)
    , m_filter(new QLineEdit(this))
    , m_view(new RowView(this))
    , m_overlay(new StateOverlay(m_view)) {
    m_model->setLink(m_look.link);
    m_order->setSourceModel(m_model);
    m_order->setSortRole(SnapshotTableModel::kSortRole);
    m_view->setObjectName(QLatin1String(m_look.table.data(), static_cast<qsizetype>(m_look.table.size())));
    m_view->setAccessibleName(m_look.title);
    setUpTable(m_view, Theme());
    setUpOrder(*m_view, *m_order, std::max(0, m_model->columnOf(m_look.sortBy)), m_look.order);
    m_view->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch); // until there are rows to go by
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter %1").arg(m_look.title));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaxLength(200);
    m_filter->setFixedWidth(180);
    m_filter->setVisible(m_look.filter);

    m_tools->setSpacing(8);
    m_tools->addWidget(m_head, 1);
    m_tools->addWidget(m_filter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(m_tools);
    column->addWidget(m_view, 1);

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& words) {
        m_order->setFilter(words);
        showReadings();
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &TablePanel::selectionShown);
    connect(m_view, &QTableView::activated, this, &TablePanel::detailsRequested);
    connect(m_view, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (index.data(LinkRole).toBool()) {
            Q_EMIT detailsRequested();
        }
    });
    connect(m_overlay, &StateOverlay::actionRequested, this, [this] {
        if (takeStep(m_step, m_context, *this)) {
            say(tr("Copied"));
        }
    });
    m_view->installEventFilter(this);
    makeActions();
}

void TablePanel::makeActions() {
    const auto add = [this](const QString& text, const QKeySequence& keys, auto&& run) {
        auto* action = new QAction(text, m_view);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        m_view->addAction(action);
        connect(action, &QAction::triggered, this, run);
    };
    popUpActions(*m_view);
    add(tr("Copy row"), QKeySequence::Copy, [this] { copyRows(false); });
    add(tr("Copy as CSV"), QKeySequence(QStringLiteral("Ctrl+Shift+C")), [this] { copyRows(true); });
    add(tr("Save as CSV\u2026"), QKeySequence::Save, [this] { askForFile(); });
    auto* find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, m_filter, [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
    auto* leave = new QShortcut(QKeySequence(Qt::Key_Escape), m_filter);
    leave->setContext(Qt::WidgetShortcut);
    connect(leave, &QShortcut::activated, this, [this] {
        m_filter->clear();
        m_view->setFocus(Qt::ShortcutFocusReason);
    });
}

void TablePanel::setSources(std::vector<std::string> sources) {
    m_sources = std::move(sources);
}

void TablePanel::setAccepts(SnapshotTableModel::Accepts accepts) {
    m_model->setAccepts(std::move(accepts));
}

void TablePanel::setTitle(const QString& title) {
    m_look.title = title;
    m_head->setTitle(title);
    m_view->setAccessibleName(title);
}

void TablePanel::setNone(const QString& words) {
    m_look.none = words;
}

void TablePanel::setFilterText(const QString& words) {
    m_filter->setText(words);
}

void TablePanel::addTool(QWidget* tool) {
    m_tools->insertWidget(m_tools->count() - 1, tool);
}

void TablePanel::showReadings() {
    std::vector<TableReading> readings;
    std::vector<SourceTable> tables;
    for (const auto& source : m_sources) {
        readings.push_back(m_look.read ? m_look.read(m_context, source) : readTable(m_context, source, m_look.table));
        if (readings.back().table) {
            tables.push_back(
                {source, shownName(source), readings.back().table, readings.back().status.state == PanelState::Late});
        }
    }
    m_model->showTables(std::move(tables));
    m_order->sortUnlessRead(*m_view);
    fitColumns();
    showHead(readings);
    showStateOf(readings);
    Q_EMIT selectionShown();
}

void TablePanel::showHead(const std::vector<TableReading>& readings) {
    if (m_context.feed.now() < m_noticeUntil) {
        m_head->setSubtitle(m_notice);
        return;
    }
    QStringList parts;
    double omitted = 0;
    bool any = false;
    QStringList sources;
    for (const auto& reading : readings) {
        const auto& status = reading.status;
        auto words = shownName(reading.source);
        if (reading.table) {
            any = true;
            omitted += static_cast<double>(reading.table->omitted);
        }
        if (status.state == PanelState::Paused && reading.table) {
            words = tr("%1 as of %2").arg(words, m_context.time.clock(reading.table->readAt));
        } else if (status.state == PanelState::Live && status.age) {
            words = tr("%1, age %2").arg(words, ageText(*status.age));
        } else if (status.state == PanelState::Late && status.age) {
            words = tr("%1 late, age %2, still trying").arg(words, ageText(*status.age));
        } else {
            words += QLatin1Char(' ') + (status.title.isEmpty() ? stateWord(status.state) : withinWords(status.title));
        }
        sources << words;
    }
    if (any) {
        const auto shown = m_order->rowCount();
        const auto all = m_model->rowCount();
        parts << (shown == all ? countText(all) : tr("%1 of %2").arg(countText(shown), countText(all)));
        if (omitted > 0) {
            parts << tr("%1 more are not read").arg(countText(omitted));
        }
    }
    m_head->setSubtitle((parts + sources).join(QStringLiteral("; ")));
}

void TablePanel::showStateOf(const std::vector<TableReading>& readings) {
    PanelStatus status;
    m_step = {};
    if (m_order->rowCount() > 0) {
        status.state = PanelState::Live; // the rows speak, and the heading says how old they are
    } else if (const auto told = std::ranges::find_if(readings, [](const auto& one) { return one.table != nullptr; });
               told != readings.end()) {
        status.state = PanelState::Empty;
        status.age = told->status.age;
        status.title =
            m_model->rowCount() > 0 ? tr("No row holds \u201c%1\u201d").arg(m_filter->text().left(40)) : m_look.none;
    } else if (const auto worst =
                   std::ranges::max_element(readings, {}, [](const auto& one) { return rankOf(one.status.state); });
               worst != readings.end()) {
        status = worst->status;
        m_step = stepOf(*worst, m_context);
    } else {
        status.state = PanelState::Empty;
        status.title = tr("No such source");
    }
    m_overlay->showStatus(status, m_step.button);
}

void TablePanel::fitColumns() {
    // For the heads, once there are rows, and once more when there are many: widths that follow every reading could not
    // be read.
    const auto rows = m_order->rowCount();
    if (std::exchange(m_headsFit, true) && (rows == 0 || (m_fittedRows > 0 && rows < 4 * m_fittedRows))) {
        return;
    }
    m_fittedRows = rows;
    auto* header = m_view->horizontalHeader();
    m_widths.assign(static_cast<std::size_t>(m_model->columnCount()), {});
    m_roomy = -1;
    for (int column = 0; column < m_model->columnCount(); ++column) {
        const int head = header->fontMetrics().horizontalAdvance(
            m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        const int cells = static_cast<QAbstractItemView*>(m_view)->sizeHintForColumn(column);
        const int least = m_model->leastWidth(column);
        auto& widths = m_widths[static_cast<std::size_t>(column)];
        widths.easy = std::clamp(std::max(head + kHeadPadding, cells + 8), std::max(kNarrowest, least),
                                 std::max(kWidest, head + kHeadPadding));
        const int sorted = column == header->sortIndicatorSection() ? kSortArrow : 0;
        widths.tight = std::clamp(std::max(head + kTightHead + sorted, cells + kTightCell), least, widths.easy);
        if (m_roomy < 0 || (m_model->isSql(column) && !m_model->isSql(m_roomy))) {
            m_roomy = column; // a statement, else the name in front
        }
    }
    for (const auto& shown : m_look.columns) {
        // A mark may come at any time, and its text is to stay whole beside it.
        if (const int column = m_model->columnOf(shown.id); shown.mark != nullptr && column >= 0) {
            m_widths[static_cast<std::size_t>(column)].easy += kMarkWidth;
            m_widths[static_cast<std::size_t>(column)].tight += kMarkWidth;
        }
    }
    giveRoom();
}

/// One column takes the room that is left; where room is short all give up some of their padding, and where that is not
/// enough the table scrolls.
void TablePanel::giveRoom() {
    auto* header = m_view->horizontalHeader();
    if (m_roomy < 0 || header->count() != static_cast<int>(m_widths.size())) {
        return;
    }
    int easy = 0;
    int tight = 0;
    for (const auto& widths : m_widths) {
        easy += widths.easy;
        tight += widths.tight;
    }
    const int room = m_view->viewport()->width();
    const double share =
        easy <= room || easy == tight ? 1 : std::clamp(double(room - tight) / (easy - tight), 0.0, 1.0);
    for (int column = 0; column < header->count(); ++column) {
        const auto& widths = m_widths[static_cast<std::size_t>(column)];
        const bool takesRest = column == m_roomy && tight <= room;
        const auto mode = takesRest ? QHeaderView::Stretch : QHeaderView::Interactive;
        if (header->sectionResizeMode(column) != mode) {
            header->setSectionResizeMode(column, mode);
        }
        if (!takesRest) {
            header->resizeSection(column, widths.tight + static_cast<int>((widths.easy - widths.tight) * share));
        }
    }
    if (auto* layout = TableLayout::of(*m_view)) {
        layout->applyWidths();
    }
}

std::optional<TableRowRef> TablePanel::selected() const {
    const auto current = m_view->currentIndex();
    return current.isValid() ? m_model->rowAt(m_order->mapToSource(current).row()) : std::nullopt;
}

std::optional<TableRowRef> TablePanel::firstWhere(const SnapshotTableModel::Accepts& wanted) const {
    for (int row = 0; row < m_order->rowCount(); ++row) {
        auto held = m_model->rowAt(m_order->mapToSource(m_order->index(row, 0)).row());
        if (held && wanted(*held->table, held->row)) {
            return held;
        }
    }
    return std::nullopt;
}

bool TablePanel::selectWhere(const SnapshotTableModel::Accepts& wanted) {
    for (int row = 0; row < m_order->rowCount(); ++row) {
        const auto index = m_order->index(row, 0);
        const auto held = m_model->rowAt(m_order->mapToSource(index).row());
        if (held && wanted(*held->table, held->row)) {
            m_view->setCurrentIndex(index);
            m_view->scrollTo(index);
            return true;
        }
    }
    return false;
}

QByteArray TablePanel::csv() const {
    std::vector<int> rows;
    for (int row = 0; row < m_order->rowCount(); ++row) {
        rows.push_back(m_order->mapToSource(m_order->index(row, 0)).row());
    }
    return m_model->csv(rows);
}

void TablePanel::copyRows(bool all) {
    const auto current = m_view->currentIndex();
    if (all) {
        QGuiApplication::clipboard()->setText(QString::fromUtf8(csv()));
        say(tr("Rows copied: %1").arg(countText(m_order->rowCount())));
    } else if (current.isValid()) {
        const int row = m_order->mapToSource(current).row();
        QGuiApplication::clipboard()->setText(QString::fromUtf8(m_model->csv({&row, 1})));
        say(tr("Row copied"));
    }
}

void TablePanel::askForFile() {
    const auto name = m_view->objectName().replace(QLatin1Char('.'), QLatin1Char('-')) + QStringLiteral(".csv");
    const SaveQuestion question{QStringLiteral("saveTable"), tr("Save %1 as CSV").arg(m_look.title),
                                tr("CSV files (*.csv)"), QStringLiteral("csv"), name};
    // What was seen when it was asked for, however long the name takes.
    askWhereToSave(*window(), question, *this, [this, text = csv()](const QString& file) { saveCsv(file, text); });
}

void TablePanel::saveCsv(const QString& file, const QByteArray& text) {
    saveBeside(*this, writingOf(file, text), [this, file](const QString& problem) {
        say(problem.isEmpty() ? tr("Saved as %1").arg(file) : tr("%1 was not written: %2").arg(file, problem));
    });
}

void TablePanel::say(const QString& notice) {
    m_notice = notice;
    m_noticeUntil = m_context.feed.now() + kNoticeStays;
    m_head->setSubtitle(notice);
}

bool TablePanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_view && event->type() == QEvent::Resize) {
        const int top = m_view->horizontalHeader()->height();
        m_overlay->setGeometry(0, top, m_view->width(), std::max(0, m_view->height() - top));
        giveRoom();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace binnacle::app
