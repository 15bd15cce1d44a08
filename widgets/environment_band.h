// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/painted_widget.h"

#include <optional>

namespace binnacle {

/// The word for an environment, as the top bar and dialogs show it: "PRODUCTION", "Staging", "Development".
[[nodiscard]] QString environmentWord(Environment environment);

/// How a place is marked: its word, in this ink on this ground.
struct PlaceMark {
    QString word;
    QColor ground;
    QColor ink;
};
/// Of an environment; without one, of a recording: it does not tell where it was made, and takes the colour of none.
[[nodiscard]] PlaceMark placeMark(std::optional<Environment> environment, const Theme& theme);

/// The band above a dialog that acts: which environment, which place in it, and how old the reading is. 29 px high.
class EnvironmentBand : public PaintedWidget {
    Q_OBJECT

public:
    explicit EnvironmentBand(QWidget* parent = nullptr);
    void showPlace(Environment environment, const QString& place, const QString& aside);
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::StaticText; }
    [[nodiscard]] QSize sizeHint() const override { return {808, 29}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {300, 29}; }

protected:
    void paint(QPainter& painter) override;

private:
    struct Shown {
        Environment environment = Environment::Development;
        QString place;
        QString aside;
        friend bool operator==(const Shown&, const Shown&) = default;
    };
    Shown m_shown;
};

} // namespace binnacle
