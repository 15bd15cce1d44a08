// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/painted_widget.h"
#include "widgets/palette_rows.h"

namespace binnacle {

/// What the chosen thing of a palette is: kind, name, why it can't be done, and facts.
class PaletteFacts : public PaintedWidget {
    Q_OBJECT

public:
    explicit PaletteFacts(QWidget* parent = nullptr);
    /// nullptr: nothing is chosen.
    void showRow(const PaletteRow* row, const QString& kind);
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::StaticText; }
    [[nodiscard]] QSize sizeHint() const override { return {392, 300}; }

protected:
    void paint(QPainter& painter) override;

private:
    PaletteRow m_row;
    QString m_kind;
};

} // namespace binnacle
