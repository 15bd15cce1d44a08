// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/painted_widget.h"

namespace binnacle {

/// The word for an environment, as the top bar and dialogs show it: "PRODUCTION", "Staging", "Development".
[[nodiscard]] QString environmentWord(Environment environment);

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
