// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/source_recorder.h"

#include <algorithm>

namespace binnacle::ctl {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Events that nobody takes are bounded: whoever records takes them each second.
constexpr std::size_t kMostEvents = 10'000;

/// A collector at the pace of a recording.
class UnhurriedCollector final : public Collector {
public:
    explicit UnhurriedCollector(std::unique_ptr<Collector> inner)
        : m_inner(std::move(inner)) {}

    std::string source() const override { return m_inner->source(); }
    std::string target() const override { return m_inner->target(); }
    milliseconds interval() const override { return std::max(m_inner->interval(), milliseconds(1000)); }
    milliseconds cadence() const override { return std::max(m_inner->cadence(), interval()); }
    bool local() const override { return m_inner->local(); }
    Result<Snapshot> collect(SteadyTime deadline) override { return m_inner->collect(deadline); }
    std::uint64_t receivedBytes() const override { return m_inner->receivedBytes(); }

private:
    std::unique_ptr<Collector> m_inner;
};

} // namespace

SourceRecorder::SourceRecorder(StackPlace place)
    : m_place(std::move(place))
    , m_runner([this](SourceUpdate update) { add(recordedEvent(std::move(update), std::chrono::system_clock::now())); })
    , m_watch([this](const std::stop_token& stop) { watch(stop); }) {}

SourceRecorder::~SourceRecorder() {
    m_watch.request_stop();
    m_watch.join();
    m_runner.stop();
}

void SourceRecorder::add(RecordedEvent event) {
    const std::scoped_lock lock(m_mutex);
    if (m_events.size() < kMostEvents) {
        m_events.push_back(std::move(event));
    }
}

std::vector<RecordedEvent> SourceRecorder::take() {
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_events, {});
}

std::string SourceRecorder::trouble() const {
    const std::scoped_lock lock(m_mutex);
    return m_trouble;
}

void SourceRecorder::watch(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        const auto status = readStack(m_place);
        std::string trouble;
        if (!status) {
            trouble = status.error().text;
        } else if (status->state == "running" || status->state == "failed") {
            run(*status);
        } else {
            trouble = "The stack is " + status->state + ".";
        }
        std::unique_lock lock(m_mutex);
        m_trouble = std::move(trouble);
        // Soon again while there is nothing to read: the first seconds of a stack are worth having.
        m_wake.wait_for(lock, stop, milliseconds(m_sources.empty() ? 200 : 1000), [] { return false; });
    }
}

void SourceRecorder::run(const StackStatus& status) {
    std::vector<std::unique_ptr<Collector>> collectors;
    std::vector<std::string> sources;
    for (auto& collector : collectorsOf(m_place, status)) {
        sources.push_back(collector->source());
        collectors.push_back(std::make_unique<UnhurriedCollector>(std::move(collector)));
    }
    m_runner.run(std::move(collectors)); // no source that it ended tells anything after that
    std::vector<std::string> gone;
    {
        const std::scoped_lock lock(m_mutex);
        std::ranges::copy_if(m_sources, std::back_inserter(gone), [&](const std::string& source) {
            return std::ranges::find(sources, source) == sources.end();
        });
        m_sources = std::move(sources);
    }
    for (auto& source : gone) {
        add({std::move(source), steady_clock::now(), std::chrono::system_clock::now(), std::nullopt});
    }
}

} // namespace binnacle::ctl
