// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/painted_widget.h"

#include <QPointF>

#include <optional>
#include <vector>

class QAbstractButton;

namespace binnacle {

/// One stop: the value it stands for, and what it would mean.
struct LineStop {
    double value = 0;
    QString label{}; ///< "10 %"
    QString note{};  ///< "about 5.0 /s"
    friend bool operator==(const LineStop&, const LineStop&) = default;
};

/// Where on the line things stand. Values need not be stops.
struct LinePlace {
    std::optional<double> wanted{};  ///< the large mark; absent: nobody knows
    std::optional<double> current{}; ///< in force now, whatever time the mark is of: its stop can't be asked for
    QString label{};                 ///< "7.5 %"
    QString note{};                  ///< below the mark: "in force 2:37 min"
    std::optional<double> seen{};    ///< a ring, where it differs from what is wanted
    bool dim = false;                ///< what is known is late
    friend bool operator==(const LinePlace&, const LinePlace&) = default;
};

/// Stops on a line from low to high. Each is a button that asks for its value, with Tab, arrows and Return; the line is
/// filled up to the value that is wanted. 66 px high.
class StopLine : public PaintedWidget {
    Q_OBJECT

public:
    explicit StopLine(QWidget* parent = nullptr);
    /// At least two stops, their values ascending.
    void setStops(std::vector<LineStop> stops);
    void showPlace(LinePlace place);
    /// Without it the stops are read, not chosen; `why` says the reason to who points at one.
    void setChoosable(bool choosable, const QString& why = {});

    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::StaticText; }
    [[nodiscard]] QSize sizeHint() const override { return {900, 66}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {420, 66}; }

Q_SIGNALS:
    void stopChosen(double value);

protected:
    void paint(QPainter& painter) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] QRectF column(std::size_t stop) const;
    [[nodiscard]] double along(double value) const;
    [[nodiscard]] bool standsAt(double value) const;
    [[nodiscard]] bool inForce(double value) const;
    void place();
    void nameStops();
    [[nodiscard]] QRectF noteBox() const;
    void paintMark(QPainter& painter) const;

    std::vector<LineStop> m_stops;
    LinePlace m_place;
    bool m_choosable = true;
    QString m_why;
    std::vector<QAbstractButton*> m_buttons;
};

} // namespace binnacle
