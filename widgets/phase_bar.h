// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/painted_widget.h"

#include <optional>

namespace binnacle {

/// How far a work of several phases has come.
struct PhaseReading {
    int number = 0;                ///< of the phase that runs, 1 for the first; 0: none does
    int count = 0;                 ///< 0: not known
    int finished = 0;              ///< phases that are behind
    QString title{};               ///< "building index: scanning table"
    QString figures{};             ///< "1 204 of 8 920 blocks"
    QString aside{};               ///< "812 blocks/s, about 9 s left"
    std::optional<double> share{}; ///< 0..1 of the phase; absent: it can't be told
    bool waits = false;            ///< the phase waits for others instead of working
    bool dim = false;              ///< late
    friend bool operator==(const PhaseReading&, const PhaseReading&) = default;
};

/// Phases in a row: those behind are filled, the one that runs as far as it has come. Work is ink, waiting is amber; a
/// phase that does not say how far it is has an outline and no fill. 62 px high.
class PhaseBar : public PaintedWidget {
    Q_OBJECT

public:
    explicit PhaseBar(QWidget* parent = nullptr);
    void showPhase(PhaseReading reading);
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] std::optional<SpokenRange> spokenRange() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::ProgressBar; }
    [[nodiscard]] QSize sizeHint() const override { return {876, 62}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 62}; }

protected:
    void paint(QPainter& painter) override;

private:
    [[nodiscard]] QString placeText() const;
    [[nodiscard]] QString shareText() const;
    PhaseReading m_reading;
};

} // namespace binnacle
