// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dialogs/preview_parts.h"

#include "app/pages/plain_label.h"
#include "widgets/draw.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace binnacle::app {

MarkGlyph::MarkGlyph(QWidget* parent)
    : PaintedWidget(parent) {
    setFocusPolicy(Qt::NoFocus);
    setFixedSize(14, 16);
}

void MarkGlyph::showMark(Mark mark) {
    assign(m_mark, mark);
    setVisible(mark != Mark::None);
}

void MarkGlyph::paint(QPainter& painter) {
    drawMark(painter, QRectF(0, 2, 12, 12), m_mark, theme());
}

PreviewCells::PreviewCells(QWidget* parent)
    : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 1, 0, 1);
    row->setSpacing(0);
    int index = 0;
    for (auto& cell : m_cells) {
        cell.box = new QWidget(this);
        auto* column = new QVBoxLayout(cell.box);
        column->setContentsMargins(index == 0 ? 0 : 12, 10, 12, 10);
        column->setSpacing(2);
        cell.title = new PlainLabel(Type::Small, Token::Ink3, cell.box);
        cell.mark = new MarkGlyph(cell.box);
        cell.text = new PlainLabel(Type::NodeValue, Token::Ink, cell.box);
        cell.detail = new PlainLabel(Type::Label, Token::Ink2, cell.box);
        auto* line = new QHBoxLayout;
        line->setSpacing(6);
        line->addWidget(cell.mark);
        line->addWidget(cell.text, 1);
        column->addWidget(cell.title);
        column->addLayout(line);
        column->addWidget(cell.detail);
        column->addStretch(1);
        row->addWidget(cell.box, 1);
        ++index;
    }
    m_cells[0].box->setObjectName(QStringLiteral("affects"));
    m_cells[1].box->setObjectName(QStringLiteral("undo"));
    m_cells[2].box->setObjectName(QStringLiteral("otherwise"));
}

void PreviewCells::showCells(const std::array<PreviewCell, 3>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto& from = cells[i];
        auto& cell = m_cells[i];
        cell.title->setText(from.title);
        cell.mark->showMark(from.mark);
        cell.text->setText(from.text);
        cell.detail->setText(from.detail);
        cell.box->setAccessibleName(from.title);
        cell.box->setAccessibleDescription(QStringLiteral("%1, %2").arg(from.text, from.detail));
    }
}

void PreviewCells::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void PreviewCells::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    draw::horizontal(painter, 0, width(), 0, m_theme.color(Token::Rule2));
    draw::horizontal(painter, 0, width(), height() - 1, m_theme.color(Token::Rule2));
    for (std::size_t i = 1; i < m_cells.size(); ++i) {
        draw::vertical(painter, m_cells[i].box->x(), 0, height(), m_theme.color(Token::Rule));
    }
}

WarningList::WarningList(QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this)) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(4);
    hide();
}

void WarningList::showWarnings(const std::vector<QString>& warnings, const Theme& theme) {
    if (warnings == m_shown) {
        return;
    }
    m_shown = warnings;
    while (auto* item = m_column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    QStringList spoken;
    for (const auto& warning : warnings) {
        auto* line = new QWidget(this);
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(8);
        auto* mark = new MarkGlyph(line);
        mark->showMark(Mark::Caution);
        auto* text = new PlainLabel(Type::Label, Token::Ink, line);
        text->setText(warning);
        row->addWidget(mark, 0, Qt::AlignTop);
        row->addWidget(text, 1);
        m_column->addWidget(line);
        spoken << warning;
    }
    binnacle::applyTheme(*this, theme);
    setAccessibleName(tr("Warnings"));
    setAccessibleDescription(spoken.join(QLatin1Char(' ')));
    setVisible(!warnings.empty());
}

} // namespace binnacle::app
