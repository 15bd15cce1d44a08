// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette_rows.h"

namespace binnacle {

bool PaletteRows::setSections(std::vector<PaletteSection> sections) {
    if (sections == m_sections) {
        return false;
    }
    beginResetModel();
    m_sections = std::move(sections);
    m_lines.clear();
    for (std::size_t section = 0; section < m_sections.size(); ++section) {
        m_lines.push_back({static_cast<int>(section), -1});
        for (std::size_t row = 0; row < m_sections[section].rows.size(); ++row) {
            m_lines.push_back({static_cast<int>(section), static_cast<int>(row)});
        }
    }
    endResetModel();
    return true;
}

std::pair<int, int> PaletteRows::placeOf(const QModelIndex& index) const {
    if (!index.isValid() || index.row() >= rowCount() || m_lines[static_cast<std::size_t>(index.row())].row < 0) {
        return {-1, -1};
    }
    const auto& line = m_lines[static_cast<std::size_t>(index.row())];
    return {line.section, line.row};
}

const PaletteRow* PaletteRows::rowAt(const QModelIndex& index) const {
    const auto [section, row] = placeOf(index);
    return row < 0 ? nullptr : &m_sections[static_cast<std::size_t>(section)].rows[static_cast<std::size_t>(row)];
}

QModelIndex PaletteRows::indexOf(int section, int row) const {
    for (int i = 0; i < rowCount(); ++i) {
        const auto& line = m_lines[static_cast<std::size_t>(i)];
        if (line.section == section && line.row == row && row >= 0) {
            return index(i, 0);
        }
    }
    return {};
}

QString PaletteRows::kindAt(const QModelIndex& index) const {
    const auto [section, row] = placeOf(index);
    return row < 0 ? QString() : m_sections[static_cast<std::size_t>(section)].kind;
}

QModelIndex PaletteRows::chooseFrom(int from, int step) const {
    for (int i = from; i >= 0 && i < rowCount(); i += step) {
        if (m_lines[static_cast<std::size_t>(i)].row >= 0) {
            return index(i, 0);
        }
    }
    return {};
}

int PaletteRows::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QVariant PaletteRows::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const auto& line = m_lines[static_cast<std::size_t>(index.row())];
    const auto& section = m_sections[static_cast<std::size_t>(line.section)];
    if (line.row < 0) {
        return role == Qt::DisplayRole   ? QVariant(section.kind)
               : role == PaletteSideRole ? QVariant(section.count)
               : role == PaletteHeadRole ? QVariant(true)
                                         : QVariant();
    }
    const auto& row = section.rows[static_cast<std::size_t>(line.row)];
    switch (role) {
    case Qt::DisplayRole:
        return row.title;
    case PaletteDetailRole:
        return row.detail;
    case PaletteSideRole:
        return row.keys;
    case Qt::AccessibleDescriptionRole:
        return QString(section.kind + QStringLiteral(", ") + row.detail);
    default:
        return {};
    }
}

Qt::ItemFlags PaletteRows::flags(const QModelIndex& index) const {
    const auto* row = rowAt(index);
    return row == nullptr ? Qt::NoItemFlags : Qt::ItemIsSelectable | Qt::ItemIsEnabled;
}

} // namespace binnacle
