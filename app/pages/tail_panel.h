// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "backend/history/tail_shape.h"
#include "widgets/time_context.h"

namespace binnacle {
class KeyButton;
class SectionHead;
} // namespace binnacle

namespace binnacle::app {

class PlainLabel;

/// What the tail of the shown window is made of: its shape in one sentence, the evidence, and what stands out in it,
/// with a key to look at only that (O), and one to show the last burst or the plateau on all pages (B). GUI thread.
class TailPanel : public QWidget {
    Q_OBJECT

public:
    explicit TailPanel(const PageContext& context, QWidget* parent = nullptr);

    /// Of what `selector` takes; worked out anew when a slot of time has passed, or something else is looked at.
    void showReadings(const LatencySelector& selector);
    /// Where height is short, lines stand closer.
    void setLow(bool low);
    /// Shows the last burst, or the plateau, on all pages.
    void showBurst();

Q_SIGNALS:
    /// Only what has that label is to be shown.
    void onlyRequested(const std::string& label, const std::string& value);

private:
    struct Made {
        LatencySelector selector;
        TimeSpan window{};
        SteadyTime at{};
        friend bool operator==(const Made&, const Made&) = default;
    };
    void showWords();
    [[nodiscard]] const TailConcentration* standout() const;
    [[nodiscard]] std::optional<TimeSpan> place() const;
    void goOnly();

    PageContext m_context;
    SectionHead* m_head;
    PlainLabel* m_clause;
    PlainLabel* m_detail;
    KeyButton* m_only;
    KeyButton* m_burst;
    std::optional<Made> m_made;
    TailShape m_shape;
};

} // namespace binnacle::app
