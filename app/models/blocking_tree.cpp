// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/blocking_tree.h"

#include "app/pages/panel_of.h"
#include "widgets/number_text.h"
#include "widgets/tip_text.h"

#include <algorithm>

namespace binnacle::app {

namespace {

constexpr std::size_t kMostStatement = 400;
/// From here on somebody notices the wait; as in the sentence of the page.
constexpr double kLongWait = 30;

QString age(std::optional<double> seconds) {
    return seconds ? ageText(std::chrono::nanoseconds(static_cast<std::int64_t>(std::clamp(*seconds, 0.0, 1e9) * 1e9)))
                   : absentText();
}

QString joined(const QString& separator, std::initializer_list<QString> parts) {
    QStringList some;
    for (const auto& part : parts) {
        if (!part.isEmpty()) {
            some << part;
        }
    }
    return some.join(separator);
}

} // namespace

std::optional<std::size_t> worstRoot(const SnapshotTable& table) {
    std::optional<std::size_t> worst;
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        const auto behind = table.number(row, "behind").value_or(0);
        if (table.number(row, "depth") == 0.0 && behind > 0 &&
            (!worst || behind > table.number(*worst, "behind").value_or(0))) {
            worst = row;
        }
    }
    return worst;
}

// Holds its table, so that it stays readable while its neighbours already show the next one.
struct BlockingTree::Node {
    std::string key;
    Node* parent = nullptr;
    TablePtr table;
    std::size_t row = 0;
    std::vector<std::unique_ptr<Node>> children;

    [[nodiscard]] std::optional<double> number(std::string_view column) const { return table->number(row, column); }
    [[nodiscard]] QString text(std::string_view column, std::size_t most = 200) const {
        return plain(table->text(row, column), most);
    }
    [[nodiscard]] bool isIdle() const { return table->text(row, "state").starts_with("idle in transaction"); }
};

struct BlockingTree::Wanted {
    std::string key;
    std::size_t row = 0;
    std::vector<Wanted> children;
};

BlockingTree::BlockingTree(QObject* parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>()) {}

BlockingTree::~BlockingTree() = default;

std::vector<BlockingTree::Wanted> BlockingTree::forest(const SnapshotTable& table, std::size_t& row, double depth) {
    std::vector<Wanted> out;
    while (row < table.rowCount() && table.number(row, "depth").value_or(0) >= depth) {
        Wanted one;
        one.key = std::to_string(table.number(row, "pid").value_or(0)) + std::string(table.text(row, "backend_start"));
        one.row = row++;
        one.children = forest(table, row, depth + 1);
        out.push_back(std::move(one));
    }
    return out;
}

void BlockingTree::showTable(const TablePtr& table, bool faded) {
    if (table == m_table && faded == m_faded) {
        return;
    }
    m_table = table;
    m_faded = faded;
    m_longest = 0;
    std::vector<Wanted> wanted;
    if (table) {
        for (std::size_t row = 0; row < table->rowCount(); ++row) {
            m_longest = std::max(m_longest, table->number(row, "waited").value_or(0));
        }
        std::size_t row = 0;
        wanted = forest(*table, row, 0);
    }
    sync(*m_root, {}, std::move(wanted));
}

void BlockingTree::sync(Node& node, const QModelIndex& at, std::vector<Wanted> wanted) {
    for (std::size_t i = node.children.size(); i-- > 0;) {
        if (std::ranges::find(wanted, node.children[i]->key, &Wanted::key) == wanted.end()) {
            beginRemoveRows(at, static_cast<int>(i), static_cast<int>(i));
            node.children.erase(node.children.begin() + static_cast<std::ptrdiff_t>(i));
            endRemoveRows();
        }
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        auto known = std::ranges::find(node.children, wanted[i].key, [](const auto& child) { return child->key; });
        if (known == node.children.end()) {
            auto fresh = std::make_unique<Node>();
            fresh->key = wanted[i].key;
            fresh->parent = &node;
            fresh->table = m_table;
            fresh->row = wanted[i].row;
            const auto place = std::min(i, node.children.size());
            beginInsertRows(at, static_cast<int>(place), static_cast<int>(place));
            known = node.children.insert(node.children.begin() + static_cast<std::ptrdiff_t>(place), std::move(fresh));
            endInsertRows();
        }
        auto& child = **known;
        child.table = m_table;
        child.row = wanted[i].row;
        const auto place = static_cast<int>(known - node.children.begin());
        // Every wait grows with time: there is no row that stays as it was.
        Q_EMIT dataChanged(index(place, 0, at), index(place, ColumnCount - 1, at));
        sync(child, index(place, 0, at), std::move(wanted[i].children));
    }
}

const BlockingTree::Node& BlockingTree::nodeOf(const QModelIndex& index) const {
    return index.isValid() ? *static_cast<const Node*>(index.internalPointer()) : *m_root;
}

std::optional<std::size_t> BlockingTree::rowAt(const QModelIndex& index) const {
    return index.isValid() ? std::optional(nodeOf(index).row) : std::nullopt;
}

QModelIndex BlockingTree::indexOfPid(double pid) const {
    const auto find = [&](const auto& self, const Node& node, const QModelIndex& at) -> QModelIndex {
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            const auto child = index(static_cast<int>(i), 0, at);
            if (node.children[i]->number("pid") == pid) {
                return child;
            }
            if (const auto below = self(self, *node.children[i], child); below.isValid()) {
                return below;
            }
        }
        return {};
    };
    return find(find, *m_root, {});
}

QModelIndex BlockingTree::index(int row, int column, const QModelIndex& parent) const {
    const auto& node = nodeOf(parent);
    if (row < 0 || column < 0 || column >= ColumnCount || row >= static_cast<int>(node.children.size()) ||
        parent.column() > 0) {
        return {};
    }
    return createIndex(row, column, node.children[static_cast<std::size_t>(row)].get());
}

QModelIndex BlockingTree::parent(const QModelIndex& child) const {
    if (!child.isValid()) {
        return {};
    }
    const auto* node = nodeOf(child).parent;
    if (node == nullptr || node == m_root.get()) {
        return {};
    }
    const auto& siblings = node->parent->children;
    const auto at = std::ranges::find(siblings, node, [](const auto& sibling) { return sibling.get(); });
    return createIndex(static_cast<int>(at - siblings.begin()), 0, node);
}

int BlockingTree::rowCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent).children.size());
}

int BlockingTree::columnCount(const QModelIndex&) const {
    return ColumnCount;
}

QString BlockingTree::textOf(const Node& node, int column) const {
    const bool isRoot = node.parent == m_root.get();
    switch (column) {
    case Session: {
        const auto pid = QString::number(static_cast<qlonglong>(node.number("pid").value_or(0)));
        return isRoot ? tr("%1 root").arg(pid) : pid;
    }
    case From:
        return joined(QStringLiteral(", "), {node.text("user"), node.text("application"), node.text("route")});
    case State:
        return node.text("state");
    case Transaction:
        return age(node.number("xact_age"));
    case Waited:
        return age(node.number("waited"));
    case WaitsFor: {
        if (!node.number("waited")) {
            return tr("waits for nobody");
        }
        return joined(QStringLiteral(" "), {node.text("lock_kind"), node.text("relation"), node.text("lock_mode")});
    }
    case Statement:
        return node.text("query", kMostStatement);
    case Behind: {
        const auto behind = node.number("behind").value_or(0);
        return behind > 0 ? countText(behind) : QString();
    }
    default:
        return {};
    }
}

QVariant BlockingTree::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    const auto& node = nodeOf(index);
    const auto column = index.column();
    const bool isRoot = node.parent == m_root.get();
    const bool blames = isRoot && node.number("behind").value_or(0) > 0;
    const bool waitsLong = node.number("waited").value_or(0) >= kLongWait;
    const auto mark = column != Session         ? Mark::None
                      : blames && node.isIdle() ? Mark::Critical
                      : blames || waitsLong     ? Mark::Caution
                                                : Mark::None;
    switch (role) {
    case Qt::DisplayRole:
        return textOf(node, column);
    case Qt::AccessibleTextRole:
        if (column == ShareOfLongest) {
            return m_longest > 0 ? numberText(node.number("waited").value_or(0) / m_longest, Quantity::Share).joined()
                                 : QString();
        }
        return mark == Mark::None ? textOf(node, column) : markWord(mark) + QStringLiteral(", ") + textOf(node, column);
    case Qt::ToolTipRole:
        return column == Statement || (column == WaitsFor && node.number("waited"))
                   ? QVariant(tipText(column == Statement ? node.text("query", 2000)
                                                          : textOf(node, WaitsFor) + QLatin1Char('\n') +
                                                                tr("Blocked by %1").arg(node.text("blocked_by"))))
                   : QVariant();
    case Qt::TextAlignmentRole:
        return headerData(column, Qt::Horizontal, role);
    case BarRole:
        return column == ShareOfLongest && m_longest > 0 && node.number("waited")
                   ? QVariant(*node.number("waited") / m_longest)
                   : QVariant();
    case FontRole:
        return int(column == Session || column == Waited ? Type::LabelStrong
                   : column == Statement                 ? Type::Mono
                                                         : Type::Label);
    case InkRole:
        if (m_faded) {
            return int(Token::Ink3);
        }
        return int(column == State && blames && node.isIdle() ? Token::Crit
                   : column == From || column == WaitsFor     ? Token::Ink2
                                                              : Token::Ink);
    case MarkRole:
        return mark == Mark::None ? QVariant() : QVariant(int(mark));
    default:
        return {};
    }
}

QVariant BlockingTree::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const bool number = section == Transaction || section == Waited || section == Behind;
        return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) { // a narrow head is cut
        return {};
    }
    switch (section) {
    case Session:
        return tr("Session");
    case From:
        return tr("User, from");
    case State:
        return tr("State");
    case Transaction:
        return tr("Transaction");
    case Waited:
        return tr("Waited");
    case ShareOfLongest:
        return tr("Of the longest");
    case WaitsFor:
        return tr("Waits for");
    case Statement:
        return tr("Statement");
    default:
        return tr("Blocks");
    }
}

} // namespace binnacle::app
