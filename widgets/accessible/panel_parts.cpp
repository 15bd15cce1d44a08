// SPDX-License-Identifier: GPL-3.0-or-later
// What tiles, bars, schematics and the status line say to who can't see them.
#include "widgets/act_stages.h"
#include "widgets/kpi_tile.h"
#include "widgets/lease_bar.h"
#include "widgets/now_after_table.h"
#include "widgets/phase_bar.h"
#include "widgets/prediction_bars.h"
#include "widgets/request_path_view.h"
#include "widgets/saturation_bar.h"
#include "widgets/status_line.h"
#include "widgets/wait_for_graph.h"

#include <QMetaMethod>

#include <algorithm>

namespace binnacle {

std::vector<SpokenPart> KpiTile::spokenParts() const {
    const auto& status = m_reading.status;
    std::vector<SpokenPart> out{{tr("Value"), status.hasValue() ? m_reading.number.joined() : absentText()}};
    const bool limited = m_reading.severity != Severity::Normal && status.hasValue();
    out.push_back({tr("State"), (limited ? markWord(markOf(m_reading.severity)) + QStringLiteral(", ") : QString()) +
                                    stateWord(status.state)});
    if (status.age) {
        out.push_back({tr("Age"), ageText(*status.age)});
    }
    const QString& below =
        !status.detail.isEmpty() && status.state != PanelState::Live ? status.detail : m_reading.comparison;
    if (!below.isEmpty()) {
        out.push_back({tr("Compared"), below});
    }
    return out;
}

bool KpiTile::pressable() const {
    static const auto signal = QMetaMethod::fromSignal(&KpiTile::activated);
    return isSignalConnected(signal);
}

std::vector<SpokenPart> StatusLine::spokenParts() const {
    std::vector<SpokenPart> out;
    for (const auto& source : m_sources) {
        const QString state = stateWord(source.state);
        out.push_back({source.name, source.age.isEmpty() ? state : state + QStringLiteral(", ") + source.age});
    }
    for (const auto& fact : m_facts) {
        out.push_back(
            {fact.name, fact.mark == Mark::None ? fact.text : fact.text + QStringLiteral(", ") + markWord(fact.mark)});
    }
    return out;
}

std::optional<SpokenRange> SaturationBar::spokenRange() const {
    return m_shown.value ? std::optional(SpokenRange{*m_shown.value}) : std::nullopt;
}

std::optional<SpokenRange> LeaseBar::spokenRange() const {
    return SpokenRange{m_reading.elapsed};
}

std::optional<SpokenRange> PhaseBar::spokenRange() const {
    return m_reading.share ? std::optional(SpokenRange{*m_reading.share}) : std::nullopt;
}

std::optional<SpokenRange> ActStages::spokenRange() const {
    const auto done = std::ranges::count(m_stages, ActStage::State::Done, &ActStage::state);
    return SpokenRange{static_cast<double>(done), 0, static_cast<double>(m_stages.size())};
}

ChartTable PredictionBars::table() const {
    ChartTable out;
    out.columns = {{tr("Figure"), {}}, {tr("Predicted"), {}}, {tr("Measured"), {}}, {tr("off by"), {}}};
    for (const auto& row : m_rows) {
        out.rows.push_back(
            {textCell(row.title), textCell(row.predictedText), textCell(row.measuredText), textCell(row.offBy)});
    }
    return out;
}

ChartTable NowAfterTable::table() const {
    ChartTable out;
    out.columns = {{tr("What"), {}}, {tr("Now"), {}}, {tr("After"), {}}};
    for (const auto& row : m_rows) {
        out.rows.push_back({textCell(row.name), textCell(row.now), textCell(row.after)});
    }
    return out;
}

ChartTable WaitForGraph::table() const {
    ChartTable out;
    out.columns = {{tr("Session"), {}}, {tr("Waits for"), {}}, {tr("Lock"), {}}, {tr("Held by"), {}}};
    for (const auto& edge : m_graph.edges) {
        const auto& from = m_graph.nodes[static_cast<std::size_t>(edge.from)];
        const auto& to = m_graph.nodes[static_cast<std::size_t>(edge.to)];
        out.rows.push_back({textCell(from.title), textCell(edge.title), textCell(edge.detail), textCell(to.title)});
    }
    return out;
}

std::vector<SpokenPart> WaitForGraph::spokenParts() const {
    std::vector<SpokenPart> out;
    for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
        const auto& node = m_graph.nodes[i];
        out.push_back(
            {node.title,
             (node.lines + (node.victim ? QStringList{tr("cancelled")} : QStringList())).join(QStringLiteral(", ")),
             nodeRect(static_cast<int>(i))});
    }
    return out;
}

/// The hops are child widgets and speak for themselves; these are the lines between them.
std::vector<SpokenPart> RequestPathView::spokenParts() const {
    const auto titled = [this](const QString& id) {
        const int index = indexOf(id);
        return index < 0 ? id : m_path.nodes[static_cast<std::size_t>(index)].title;
    };
    std::vector<SpokenPart> out;
    for (const auto& flow : m_path.flows) {
        QStringList words;
        if (!flow.label.isEmpty()) {
            words << flow.label;
        }
        if (flow.waiting > 0) {
            words << (flow.waitingLabel.isEmpty() ? tr("%n waiting", nullptr, flow.waiting) : flow.waitingLabel);
        }
        if (flow.off) {
            words << tr("nothing may flow here");
        }
        if (flow.severity != Severity::Normal) {
            words << markWord(markOf(flow.severity));
        }
        if (!words.isEmpty()) {
            out.push_back({tr("%1 to %2").arg(titled(flow.from), titled(flow.to)), words.join(QStringLiteral(", "))});
        }
    }
    for (const auto& lag : m_path.lags) {
        const int index = indexOf(lag.node);
        const bool known = index >= 0 && m_path.nodes[static_cast<std::size_t>(index)].status.hasValue();
        QStringList words{known ? lag.number.joined() : absentText()};
        if (known && !lag.detail.isEmpty()) {
            words << lag.detail;
        }
        if (known && lag.severity != Severity::Normal) {
            words << markWord(markOf(lag.severity));
        }
        out.push_back({titled(lag.node) + QStringLiteral(", ") + lag.label, words.join(QStringLiteral(", "))});
    }
    return out;
}

ChartTable RequestPathView::table() const {
    ChartTable out;
    out.columns = {{tr("Hop"), {}},  {tr("Figure"), {}}, {tr("More"), {}},
                   {tr("Full"), {}}, {tr("State"), {}},  {tr("Age"), {}}};
    for (const auto& node : m_path.nodes) {
        const auto& status = node.status;
        QStringList more{node.side, node.detail};
        more.removeAll(QString());
        more.removeDuplicates(); // an instance says at its side what is wrong
        const bool limited = node.severity != Severity::Normal && status.hasValue();
        out.rows.push_back({textCell(node.title), textCell(status.hasValue() ? node.number.joined() : absentText()),
                            textCell(more.join(QStringLiteral(", "))),
                            numberCell(status.hasValue() ? node.saturation : std::nullopt, Quantity::Share),
                            textCell((node.worst ? tr("look here first") + QStringLiteral(", ") : QString()) +
                                     (limited ? markWord(markOf(node.severity)) + QStringLiteral(", ") : QString()) +
                                     stateWord(status.state)),
                            textCell(status.age ? ageText(*status.age) : absentText())});
    }
    return out;
}

} // namespace binnacle
