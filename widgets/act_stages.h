// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/painted_widget.h"

#include <vector>

namespace binnacle {

/// One of the clocks of an act: requested, accepted, observed.
struct ActStage {
    enum class State { Waiting, Going, Done, Doubtful, Failed };
    QString text;
    State state = State::Waiting;
    bool proof = false; ///< done means seen in effect: its tick alone is green
    friend bool operator==(const ActStage&, const ActStage&) = default;
};

/// The clocks of an act in a row: a hollow ring waits, a turning one is under way, a tick is done, a green
/// one seen in effect.
class ActStages : public PaintedWidget {
    Q_OBJECT

public:
    explicit ActStages(QWidget* parent = nullptr);
    void showStages(std::vector<ActStage> stages);
    /// Twelve steps make one turn of the ring; it turns twice a second at most, by whoever calls.
    void setStep(int step);
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] std::optional<SpokenRange> spokenRange() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::ProgressBar; }
    [[nodiscard]] QSize sizeHint() const override { return {760, 38}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {300, 38}; }

protected:
    void paint(QPainter& painter) override;

private:
    std::vector<ActStage> m_stages;
    int m_step = 0;
};

} // namespace binnacle
