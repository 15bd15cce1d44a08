// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/painted_widget.h"

#include <vector>

namespace binnacle {

/// What a lease bar shows. Times are places on the bar, 0 its begin and 1 its end.
struct LeaseReading {
    QString title;    ///< "level 1, 60 min"
    QString left;     ///< "57:22"
    QString leftNote; ///< "left", "overdue"
    QString nowClock; ///< "now 14:12:08"
    QString endClock;
    QString after; ///< what comes then: "level 0, if healthy"
    double elapsed = 0;
    bool overdue = false;
    friend bool operator==(const LeaseReading&, const LeaseReading&) = default;
};

/// The time of a lease as a bar down to its step, with the countdown at its end. 58 px high.
class LeaseBar : public PaintedWidget {
    Q_OBJECT

public:
    explicit LeaseBar(QWidget* parent = nullptr);
    void showLease(LeaseReading reading);
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] std::optional<SpokenRange> spokenRange() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::ProgressBar; }
    [[nodiscard]] QSize sizeHint() const override { return {1000, 58}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {420, 58}; }

protected:
    void paint(QPainter& painter) override;

private:
    LeaseReading m_reading;
};

} // namespace binnacle
