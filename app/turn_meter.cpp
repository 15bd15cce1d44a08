// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/turn_meter.h"

#include <QAbstractEventDispatcher>

#include <ctime>
#include <utility>

namespace binnacle::app {

TurnMeter::TurnMeter(QObject* parent)
    : QObject(parent) {
    // awake() is no use: GLib's dispatcher tells it after what woke it was handled, the other one before.
    if (auto* loop = QAbstractEventDispatcher::instance()) {
        connect(loop, &QAbstractEventDispatcher::aboutToBlock, this, &TurnMeter::endTurn, Qt::DirectConnection);
    }
}

void TurnMeter::endTurn() {
    timespec spent{};
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent) != 0) {
        return;
    }
    const auto now = std::int64_t{spent.tv_sec} * 1'000'000'000 + spent.tv_nsec;
    if (m_from) {
        m_current.record(std::chrono::nanoseconds(now - *m_from));
    }
    m_from = now;
}

void TurnMeter::advance(SteadyTime now) {
    if (!m_began) {
        m_began = now;
    } else if (now - *m_began >= kHalf) {
        m_before = std::exchange(m_current, {});
        m_began = now;
    }
}

LatencyHistogram TurnMeter::recent() const {
    auto all = m_before;
    all.merge(m_current);
    return all;
}

void TurnMeter::forget() {
    m_before = {};
    m_current = {};
    m_began.reset();
    m_from.reset();
}

} // namespace binnacle::app
