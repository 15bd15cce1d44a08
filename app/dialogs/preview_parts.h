// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/dialogs/action_words.h"
#include "widgets/painted_widget.h"

#include <array>
#include <vector>

class QVBoxLayout;

namespace binnacle::app {

class PlainLabel;

/// A shape of the visual language as a widget of 14 px.
class MarkGlyph : public PaintedWidget {
    Q_OBJECT

public:
    explicit MarkGlyph(QWidget* parent = nullptr);
    void showMark(Mark mark);
    [[nodiscard]] QString spokenValue() const override { return markWord(m_mark); }
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::Graphic; }

protected:
    void paint(QPainter& painter) override;

private:
    Mark m_mark = Mark::None;
};

/// What an act touches, how it is taken back, and what happens if nobody acts, side by side. Each cell is one
/// accessible text named by its title.
class PreviewCells : public QWidget, public Themed {
    Q_OBJECT

public:
    explicit PreviewCells(QWidget* parent = nullptr);
    void showCells(const std::array<PreviewCell, 3>& cells);
    void setTheme(const Theme& theme) override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Cell {
        QWidget* box;
        PlainLabel* title;
        MarkGlyph* mark;
        PlainLabel* text;
        PlainLabel* detail;
    };
    std::array<Cell, 3> m_cells{};
    Theme m_theme;
};

/// Warnings below each other, each with its triangle. Takes no room without any.
class WarningList : public QWidget {
    Q_OBJECT

public:
    explicit WarningList(QWidget* parent = nullptr);
    void showWarnings(const std::vector<QString>& warnings, const Theme& theme);

private:
    QVBoxLayout* m_column;
    std::vector<QString> m_shown;
};

} // namespace binnacle::app
