// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/feed/history_fill.h"

#include "app/feed/worker_state.h"
#include "backend/recorder/recording_cursor.h"
#include "backend/recorder/recording_file.h"
#include "backend/recorder/recording_reader.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <variant>
#include <vector>

namespace binnacle::app {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {
// Lines hold 20 minutes as they were and fold what is older: there a fifth of the readings draws the same picture.
constexpr minutes kFine{20};
constexpr milliseconds kCoarseStep{2500};
constexpr seconds kLead{10};          ///< so far before the past begins, what it counts from was told
constexpr std::size_t kFew = 40;      ///< what the display may take over in one of its turns
constexpr std::size_t kMost = 50'000; ///< more than that, and the thread will not catch up any more
constexpr int kNice = 10;             ///< the first live graph comes first
} // namespace

struct HistoryFill::Shared : WorkerState {
    using Item = std::variant<SourceUpdate, std::string, SteadyTime>;

    std::filesystem::path recording;
    SteadyTime liveSince;
    RecordingRun clock;
    Objective objective;
    std::vector<Item> followed;
    std::unique_ptr<Past> past; // the thread's until ready
    std::optional<ErrorBudget> day;
    bool ready = false;
    bool given = false;

    void run();
    [[nodiscard]] bool bringPast();
    [[nodiscard]] bool replay(Past& into);
    [[nodiscard]] static std::unique_ptr<Past> compacted(std::unique_ptr<Past> past);
    void bringDay();
    [[nodiscard]] bool wanted() {
        const std::lock_guard lock(mutex);
        return !stopping && followed.size() < kMost;
    }
    void add(Item item) {
        const std::lock_guard lock(mutex);
        // A thread that is done may have a past to give: what comes until it is taken belongs to it.
        if (!given && (ready || !done) && followed.size() < kMost) {
            followed.push_back(std::move(item));
        }
    }
    static void apply(Past& past, const SourceUpdate& update);
    static void remove(Past& past, const std::string& source);
    static void apply(Past& past, const Item& item);
};

void HistoryFill::Shared::apply(Past& past, const SourceUpdate& update) {
    past.store.apply(update);
    past.tables.apply(update);
    past.budget.apply(update);
}

void HistoryFill::Shared::remove(Past& past, const std::string& source) {
    past.store.removeSource(source);
    past.tables.removeSource(source);
    past.budget.removeSource(source);
}

void HistoryFill::Shared::apply(Past& past, const Item& item) {
    if (const auto* const update = std::get_if<SourceUpdate>(&item)) {
        apply(past, *update);
    } else if (const auto* const source = std::get_if<std::string>(&item)) {
        remove(past, *source);
    } else {
        const auto at = std::get<SteadyTime>(item);
        past.history.append(readRequestPath(past.store, at));
    }
}

bool HistoryFill::Shared::replay(Past& into) {
    auto reader = RecordingReader::open(recording);
    if (!reader) {
        return false;
    }
    reader->setTimeline(clock);
    RecordingCursor cursor(*reader);
    const auto from = liveSince - LatencyLog::kKept;
    cursor.seek(from - kLead);
    bool any = false;
    const auto stepTo = [&](SteadyTime time) {
        for (const auto& event : cursor.upTo(time)) {
            if (event.at < from) {
                // No more than the base of what follows: to count it is the day's.
                event.update ? into.store.apply(*event.update) : into.store.removeSource(event.source);
                continue;
            }
            any = true;
            if (event.update) {
                apply(into, *event.update);
            } else {
                remove(into, event.source);
            }
        }
    };
    const auto fineFrom = liveSince - kFine - kCoarseStep;
    auto nextExpiry = from;
    for (auto at = PathHistory::stepAt(from, kCoarseStep); at <= liveSince;
         at += at < fineFrom ? kCoarseStep : PathHistory::kStep) {
        stepTo(at);
        if (any) {
            into.history.append(readRequestPath(into.store, at));
        }
        if (at >= nextExpiry) {
            nextExpiry = at + minutes(1);
            into.store.expire(at);
            if (!wanted()) {
                return false;
            }
        }
    }
    stepTo(liveSince);
    return any;
}

/// What is kept lies between what was needed to read it, on pages that can't be given back: a third of the console's
/// memory. Made again, it lies close.
std::unique_ptr<Past> HistoryFill::Shared::compacted(std::unique_ptr<Past> past) {
    return std::make_unique<Past>(*past);
}

/// Hands the past over; false when there is none.
bool HistoryFill::Shared::bringPast() {
    auto made = std::make_unique<Past>();
    made->budget = ErrorBudget(objective);
    if (!replay(*made)) {
        return false;
    }
    made = compacted(std::move(made));
    for (;;) {
        std::vector<Item> items;
        {
            const std::lock_guard lock(mutex);
            if (stopping || followed.size() >= kMost) {
                return false;
            }
            if (followed.size() <= kFew) {
                past = std::move(made);
                ready = true;
                return true;
            }
            items.swap(followed);
        }
        for (const auto& item : items) {
            apply(*made, item);
        }
    }
}

/// What the budget's window holds before the past begins. Instances that were restarted between two samples lose what
/// they answered since the first of them.
void HistoryFill::Shared::bringDay() {
    auto reader = RecordingReader::open(recording);
    if (!reader) {
        return;
    }
    reader->setTimeline(clock);
    ErrorBudget counted(objective);
    const auto until = liveSince - LatencyLog::kKept;
    const auto lastMinute = minuteOf(reader->utcOf(until));
    const auto tells = [](std::string_view source) { return ErrorBudget::isTold(source); };
    auto minute = reader->nextMinute(minuteOf(reader->utcOf(liveSince - counted.kept())));
    for (; minute && *minute && **minute <= lastMinute; minute = reader->nextMinute(**minute + 1)) {
        {
            const std::lock_guard lock(mutex);
            if (stopping) {
                return;
            }
        }
        // The last one to its end, so that nothing is missing between the two.
        const auto events = **minute < lastMinute ? reader->samples(**minute, tells) : reader->minute(**minute);
        for (const auto& event : events ? *events : std::vector<RecordedEvent>()) { // a damaged minute is a silence
            if (event.update && event.at <= until && tells(event.source)) {
                counted.apply(*event.update);
            }
        }
    }
    const std::lock_guard lock(mutex);
    day = std::move(counted);
}

void HistoryFill::Shared::run() {
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice);
    if (bringPast()) {
        bringDay();
    }
}

HistoryFill::HistoryFill(std::filesystem::path recording, SteadyTime liveSince, RecordingRun clock, Objective objective)
    : m_shared(std::make_shared<Shared>()) {
    m_shared->recording = std::move(recording);
    m_shared->liveSince = liveSince;
    m_shared->clock = std::move(clock);
    m_shared->objective = objective;
}

HistoryFill::~HistoryFill() {
    m_shared->requestStop();
}

void HistoryFill::start() {
    startWorker(m_shared);
}

void HistoryFill::follow(const SourceUpdate& update) {
    m_shared->add(update);
}

void HistoryFill::followRemoval(const std::string& source) {
    m_shared->add(source);
}

void HistoryFill::followReading(SteadyTime at) {
    m_shared->add(at);
}

std::unique_ptr<Past> HistoryFill::take() {
    const std::lock_guard lock(m_shared->mutex);
    if (!m_shared->ready || m_shared->given) {
        return nullptr;
    }
    m_shared->given = true;
    for (const auto& item : m_shared->followed) {
        Shared::apply(*m_shared->past, item);
    }
    m_shared->followed.clear();
    return std::move(m_shared->past);
}

std::optional<ErrorBudget> HistoryFill::takeDay() {
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->given ? std::exchange(m_shared->day, std::nullopt) : std::nullopt;
}

bool HistoryFill::dayOver() const {
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->done && !m_shared->day;
}

bool HistoryFill::over() const {
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->given || (m_shared->done && !m_shared->ready);
}

} // namespace binnacle::app
