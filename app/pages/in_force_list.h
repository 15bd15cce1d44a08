// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/mark.h"
#include "widgets/painted_widget.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace binnacle::app {

/// One thing that is in force: a glyph, a title with its age, and lines below it.
struct InForceRow {
    Mark mark = Mark::Normal;
    QString title;
    QString age;
    bool dim = false; ///< the age is of a late source, or the value is gone
    QStringList lines;
    int room = 0;   ///< px below the lines: for a button that needs a line of its own
    int beside = 0; ///< px beside the words where rows stand side by side: for the button
    friend bool operator==(const InForceRow&, const InForceRow&) = default;
};

/// Rows of what is in force, one below the other; folded, they stand side by side on one line, each with as much of its
/// first line as there is room for.
class InForceList : public PaintedWidget {
    Q_OBJECT

public:
    explicit InForceList(QWidget* parent = nullptr);
    void showRows(std::vector<InForceRow> rows);
    void setFolded(bool folded);
    /// Where a button may stand in a row: at its lower right; folded, behind its words.
    [[nodiscard]] QRect actionRect(int row, const QSize& size) const;
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::StaticText; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paint(QPainter& painter) override;

private:
    /// Where a row stands on the one line: its title, and the line that it has room for.
    struct Place {
        double left = 0;
        double title = 0; ///< width
        double age = 0;
        double line = 0; ///< 0: there is no room for it
        [[nodiscard]] double end() const;
    };
    [[nodiscard]] static int heightOf(const InForceRow& row);
    [[nodiscard]] std::vector<Place> places() const;
    void paintFolded(QPainter& painter) const;
    std::vector<InForceRow> m_rows;
    bool m_folded = false;
};

} // namespace binnacle::app
