// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/pool_tables.h"

#include <QWidget>

#include <array>

class QLabel;
class QLineEdit;

namespace binnacle {
class KeyButton;
class SectionHead;
} // namespace binnacle

namespace binnacle::app {

class PlainLabel;

/// What if: how many connections a load needs by Little's law, how many the database can use by the cores rule, and
/// what that means for the pool. Each input is as measured until somebody types another. GUI thread.
class SizingPanel : public QWidget {
    Q_OBJECT

public:
    explicit SizingPanel(QWidget* parent = nullptr);

    /// The measured inputs; absent ones stay to be typed.
    void showLoad(const MeasuredLoad& load);
    /// The sentence, or what is missing for one.
    [[nodiscard]] QString sentence() const;

private:
    enum Input { Rate, HoldMs, Cores, Spindles, InputCount };
    void showResult();
    [[nodiscard]] std::optional<double> input(Input which) const;

    SectionHead* m_head;
    std::array<QLineEdit*, InputCount> m_fields{};
    KeyButton* m_asMeasured;
    QLabel* m_busy;
    QLabel* m_bursts;
    QLabel* m_useful;
    PlainLabel* m_sentence;
    MeasuredLoad m_load;
};

} // namespace binnacle::app
