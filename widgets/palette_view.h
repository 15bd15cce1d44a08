// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/palette_rows.h"
#include "widgets/theme.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QStackedLayout;

namespace binnacle {

class PaletteFacts;

/// The popup over a window in which one goes, does and finds by typing: a field, what was found by kind, and beside it
/// what the chosen one is. It takes the keys while it is open and gives the focus back; the window goes on below it.
class PaletteView : public QWidget, public Themed {
    Q_OBJECT

public:
    explicit PaletteView(QWidget* window);

    /// Covers the window from the top of `spared` on and takes the focus; the field is empty. What is spared, the time
    /// axis, stays bright and can be used.
    void open(QWidget* spared);
    /// `giveBack`: the focus returns to where it was.
    void dismiss(bool giveBack);
    [[nodiscard]] bool isOpen() const { return isVisible(); }

    /// What is asked: words before the field, and in it while it is empty.
    void setStage(const QString& title, const QString& hint);
    void setQuery(const QString& words);
    [[nodiscard]] QString query() const;
    /// Keeps the chosen row while it is found again, else the first is chosen. `none` is said where there is nothing.
    void showSections(std::vector<PaletteSection> sections, const QString& none, bool keepChosen);
    /// What the keys do.
    void setFoot(const QString& words);
    /// Section and row that are chosen; -1, -1: none.
    [[nodiscard]] std::pair<int, int> chosen() const;
    [[nodiscard]] const PaletteRows& rows() const { return *m_rows; }
    void setTheme(const Theme& theme) override;

Q_SIGNALS:
    void queryChanged(const QString& words);
    /// Enter or a click on a row.
    void activated(int section, int row);
    /// Escape, or Backspace in an empty field: one stage back.
    void backRequested();
    /// Something else took the focus, or a click beside it.
    void left();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    class Delegate;
    void place();
    void choose(const QModelIndex& index);
    void move(int rows);
    bool onKey(int key, Qt::KeyboardModifiers modifiers);

    Theme m_theme;
    PaletteRows* m_rows;
    Delegate* m_delegate;
    QWidget* m_paper;
    QLabel* m_stage;
    QLineEdit* m_field;
    QListView* m_list;
    QStackedLayout* m_found = nullptr; ///< the list, or why there is none
    QLabel* m_none;
    PaletteFacts* m_facts;
    QLabel* m_foot;
    QPointer<QWidget> m_focusBefore;
    QPointer<QWidget> m_spared;
};

} // namespace binnacle
