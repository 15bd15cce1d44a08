// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/painted_widget.h"

namespace binnacle {

/// One degradation level as its card says it.
struct LevelReading {
    int level = 0;
    QString name;     ///< "Reduced"
    QString state;    ///< "in force since 14:09:30", "lease 30 min"
    QString turnsOff; ///< "without Dashboard analytics"
    QString forecast; ///< what is expected of it; empty: nobody can say
    bool current = false;
    bool dim = false; ///< the value is of a late source
    friend bool operator==(const LevelReading&, const LevelReading&) = default;
};

/// A level: its digit, its name, what it turns off and what that is expected to bring. The one in force stands under a
/// bar of 3 px, caution from level 1 on. 92 px high, its button stands below.
class LevelCard : public PaintedWidget {
    Q_OBJECT

public:
    explicit LevelCard(QWidget* parent = nullptr);
    void showLevel(LevelReading reading);
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::StaticText; }
    [[nodiscard]] QSize sizeHint() const override { return {320, 92}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {180, 92}; }

protected:
    void paint(QPainter& painter) override;

private:
    LevelReading m_reading;
};

} // namespace binnacle
