// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QString>

#include <utility>
#include <vector>

namespace binnacle {

/// One thing that a palette offers, as it is shown. Plain texts of one line.
struct PaletteRow {
    QString title{};
    QString detail{};             ///< what it is, or why it can't be
    QString keys{};               ///< "Ctrl Z"
    std::vector<int> titleHits{}; ///< letters that were looked for, ascending
    std::vector<int> detailHits{};
    bool may = true;
    std::vector<std::pair<QString, QString>> facts{}; ///< more of it, beside the list
    friend bool operator==(const PaletteRow&, const PaletteRow&) = default;
};

/// Things of one kind.
struct PaletteSection {
    QString kind{};
    QString count{}; ///< "3 of 31"
    std::vector<PaletteRow> rows{};
    friend bool operator==(const PaletteSection&, const PaletteSection&) = default;
};

enum PaletteRole { PaletteHeadRole = Qt::UserRole + 1, PaletteSideRole, PaletteHitsRole, PaletteDetailRole };

/// The rows of a palette with a head above each kind.
class PaletteRows : public QAbstractListModel {
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;
    /// False: nothing has changed.
    bool setSections(std::vector<PaletteSection> sections);
    /// The row there, nullptr for a head.
    [[nodiscard]] const PaletteRow* rowAt(const QModelIndex& index) const;
    /// Section and row there; both -1 for a head.
    [[nodiscard]] std::pair<int, int> placeOf(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(int section, int row) const;
    [[nodiscard]] QString kindAt(const QModelIndex& index) const;
    /// The next index that is no head, `step` of +1 or -1 from `from` on, inclusive; invalid at the end.
    [[nodiscard]] QModelIndex chooseFrom(int from, int step) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Line {
        int section = 0;
        int row = -1; ///< -1: the head
    };
    std::vector<PaletteSection> m_sections;
    std::vector<Line> m_lines;
};

} // namespace binnacle
