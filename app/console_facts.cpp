// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console_facts.h"

#include "widgets/number_text.h"

namespace binnacle::app {

std::vector<StatusFact> ConsoleFacts::read(SteadyTime now) {
    m_turns.advance(now);
    const auto cost = m_cost.read(now);
    std::vector<StatusFact> facts;
    if (cost.cpuShare) {
        facts.push_back({tr("This console"),
                         tr("%1 CPU, %2")
                             .arg(numberText(*cost.cpuShare, Quantity::Share).joined(),
                                  numberText(static_cast<double>(cost.residentBytes), Quantity::Bytes).joined())});
    }
    if (const auto worst = m_turns.recent().quantile(1)) {
        facts.push_back({tr("Window busy"), tr("at most %1").arg(numberText(*worst, Quantity::Duration).joined())});
    }
    return facts;
}

QString ConsoleFacts::details() const {
    const auto turns = m_turns.recent();
    const auto most = turns.supportedQuantile(0.999);
    if (!most) {
        return {};
    }
    return tr("CPU time from one wait for an event to the next, in the last minutes: %1 at most, %2 in 999 of 1000 "
              "turns")
        .arg(numberText(*turns.quantile(1), Quantity::Duration).joined(),
             numberText(*most, Quantity::Duration).joined());
}

} // namespace binnacle::app
