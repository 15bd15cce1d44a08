// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/cohort_model.h"
#include "app/pages/page.h"
#include "backend/history/latency_log.h"
#include "widgets/time_context.h"

class QStackedWidget;
class QTableView;

namespace binnacle {
class KeyButton;
class LatencyHistogramView;
class SegmentedControl;
} // namespace binnacle

namespace binnacle::app {

class KeyedTable;
class PlainLabel;

/// What the latencies are compared with: stable against canary, this window against the one before it or one that was
/// pinned, or an instance against the others. Both sides lie over each other in the histogram and side by side in a
/// table; figures come from merged buckets, and none from too few. C goes from one to the next, R pins. GUI thread.
class LatencyComparison : public QWidget {
    Q_OBJECT

public:
    enum Kind { Cohorts, Windows, Instances, KindCount };

    /// `histogram` outlives this.
    LatencyComparison(const PageContext& context, LatencyHistogramView& histogram, QWidget* parent = nullptr);

    /// The choice of a kind and the pin, for the page to place.
    [[nodiscard]] QWidget* choice() const { return m_choice; }
    [[nodiscard]] Kind kind() const { return m_kind; }
    void setKind(Kind kind);
    /// Where height is short the verdict has one line; the whole is in its tip.
    void setLow(bool low);
    /// Where width is short the pin says less; its tip says the rest.
    void setBrief(bool brief);
    /// Pins what the figures are counted over, or takes the pin away.
    void togglePin();
    /// Table, verdict and histogram, of what `selector` takes.
    void showReadings(const LatencySelector& selector);
    /// How the histogram tells the two apart: "filled: Stable 1.0.0, outlined: Canary 1.1.0". Empty when there is one.
    [[nodiscard]] const QString& legend() const { return m_legend; }

Q_SIGNALS:
    /// Another kind was chosen, or a window pinned.
    void changed();

private:
    struct Part {
        TimeSpan span{};
        LatencySelector selector;
    };
    [[nodiscard]] LatencySide read(const Part& part) const;
    [[nodiscard]] LatencySide readNow(const LatencySelector& selector) const;
    [[nodiscard]] TimeSpan counted() const;
    [[nodiscard]] QString spanWords(const TimeSpan& span) const;
    [[nodiscard]] QString nameOf(const std::string& role, const QString& word) const;
    void showCohorts(const LatencySelector& selector);
    void showWindows(const LatencySelector& selector);
    void showInstances(const LatencySelector& selector);
    void showPin();
    [[nodiscard]] bool isKept(const TimeSpan& span) const;
    void draw(const Cohort& filled, const Cohort& outlined, Token color, bool dashed);
    void say(const QString& verdict);
    [[nodiscard]] QString overText() const;

    PageContext m_context;
    LatencyHistogramView& m_histogram;
    Kind m_kind = Cohorts;
    QWidget* m_choice;
    SegmentedControl* m_segments;
    KeyButton* m_pin;
    QStackedWidget* m_tables;
    QTableView* m_pairTable;
    CohortModel* m_pair;
    QTableView* m_instanceTable;
    KeyedTable* m_instances;
    PlainLabel* m_verdict;
    QString m_legend;
    bool m_brief = false;
};

} // namespace binnacle::app
