// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/collector_runner.h"
#include "backend/ctl/stack_access.h"
#include "backend/recorder/recorded_event.h"

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace binnacle::ctl {

/// Reads all sources of a place for a recording, at most once a second each: the slower pace costs the servers half,
/// and loses nothing, because counters and histograms are cumulative. Goes along with sources that come and go, and
/// waits for a stack that is not there yet.
class SourceRecorder {
public:
    explicit SourceRecorder(StackPlace place);
    ~SourceRecorder();
    SourceRecorder(const SourceRecorder&) = delete;
    SourceRecorder& operator=(const SourceRecorder&) = delete;

    /// What happened since the last call, in the order in which it was known.
    [[nodiscard]] std::vector<RecordedEvent> take();
    /// Why nothing can be read at the moment; empty when sources are read.
    [[nodiscard]] std::string trouble() const;

private:
    void watch(const std::stop_token& stop);
    void run(const StackStatus& status);
    void add(RecordedEvent event);

    StackPlace m_place;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::vector<RecordedEvent> m_events;
    std::vector<std::string> m_sources;
    std::string m_trouble;
    CollectorRunner m_runner;
    std::jthread m_watch;
};

} // namespace binnacle::ctl
