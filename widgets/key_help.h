// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/painted_widget.h"

#include <QPointer>
#include <QString>

#include <utility>
#include <vector>

namespace binnacle {

/// A key and what it does.
struct KeyBinding {
    QString keys{}; ///< "Ctrl K"
    QString text{};
    QString group{}; ///< "Everywhere", "Time"
    friend bool operator==(const KeyBinding&, const KeyBinding&) = default;
};

/// All keys at once, over the window. Arrow and page keys scroll where there is not room for all; any other key or a
/// click closes it.
class KeyHelp : public PaintedWidget {
    Q_OBJECT

public:
    explicit KeyHelp(QWidget* parent);
    void setBindings(std::vector<KeyBinding> bindings);
    [[nodiscard]] const std::vector<KeyBinding>& bindings() const { return m_bindings; }
    /// Covers the parent and takes the focus.
    void open();
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::HelpBalloon; }

protected:
    void paint(QPainter& painter) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// Where a group stands: its column, and the rows above it.
    struct Place {
        QString group;
        int column = 0;
        int row = 0;
        int rows = 0;
    };
    void close_();
    /// Groups in their order, each whole in one column; and how many rows the longest column has.
    [[nodiscard]] std::pair<std::vector<Place>, int> arrange(int columns) const;
    void scrollTo(double offset);

    std::vector<KeyBinding> m_bindings;
    QPointer<QWidget> m_focusBefore;
    double m_offset = 0;
    double m_most = 0; ///< the farthest that it scrolls, as last painted
};

} // namespace binnacle
