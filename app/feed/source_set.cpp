// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/feed/source_set.h"

#include "backend/collectors/collector_runner.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace binnacle::app {

using std::chrono::milliseconds;

namespace {
constexpr milliseconds kPoll{2000};
constexpr milliseconds kHurriedPoll{200};
constexpr milliseconds kStatusDeadline{500};
constexpr milliseconds kCommandDeadline{900};
} // namespace

// Outlives the set while a thread is still busy at the end: the thread holds a share of it, and of nothing else.
struct SourceSet::Shared {
    enum class Verb { Start, Stop, Down };
    struct Command {
        Verb verb;
        std::string component;
    };

    std::unique_ptr<StackLink> link;
    std::shared_ptr<UpdateMailbox> mailbox = std::make_shared<UpdateMailbox>();
    ConflatedSlot<StackReport> report;

    std::mutex mutex;
    std::condition_variable wake;
    std::condition_variable ended;
    bool started = false;
    bool stopping = false;
    bool done = false;
    bool hurry = false;
    bool retry = false;
    std::deque<Command> commands;
    std::vector<StackAnswer> answers;

    void run();
    void poll(CollectorRunner& runner);
    void obey(const Command& command);
};

void SourceSet::Shared::poll(CollectorRunner& runner) {
    auto status = link->status(std::chrono::steady_clock::now() + kStatusDeadline);
    StackReport out{std::move(status), {}};
    // A supervisor that does not answer tells nothing about its parts: they go on being read and speak for themselves.
    if (out.status && (out.status->state == "running" || out.status->state == "failed")) {
        auto collectors = link->collectors(*out.status);
        for (const auto& collector : collectors) {
            out.sources.push_back(collector->source());
        }
        runner.run(std::move(collectors));
    }
    report.publish(std::move(out));
}

void SourceSet::Shared::obey(const Command& command) {
    const auto deadline = std::chrono::steady_clock::now() + kCommandDeadline;
    StackAnswer answer;
    switch (command.verb) {
    case Verb::Start:
        answer = {"start " + command.component, link->startComponent(command.component, deadline)};
        break;
    case Verb::Stop:
        answer = {"stop " + command.component, link->stopComponent(command.component, deadline)};
        break;
    case Verb::Down:
        answer = {"down", link->down(deadline)};
        break;
    }
    const std::lock_guard lock(mutex);
    answers.push_back(std::move(answer));
}

void SourceSet::Shared::run() {
    {
        CollectorRunner runner([box = mailbox](SourceUpdate update) { box->publish(std::move(update)); });
        std::unique_lock lock(mutex);
        for (;;) {
            const auto began = std::chrono::steady_clock::now();
            while (!commands.empty()) {
                const auto command = commands.front();
                commands.pop_front();
                // Somebody who quits with "stop the stack" is not here to ask again: that one is sent even at the end.
                if (stopping && command.verb != Verb::Down) {
                    continue;
                }
                lock.unlock();
                obey(command);
                lock.lock();
            }
            if (stopping) {
                break;
            }
            const bool again = std::exchange(retry, false);
            lock.unlock();
            if (again) {
                runner.retryNow();
            }
            poll(runner);
            lock.lock();
            wake.wait_until(lock, began + (hurry ? kHurriedPoll : kPoll),
                            [this] { return stopping || retry || !commands.empty(); });
        }
        lock.unlock();
        runner.stop();
    }
    const std::lock_guard lock(mutex);
    done = true;
    ended.notify_all();
}

SourceSet::SourceSet(std::unique_ptr<StackLink> link)
    : m_shared(std::make_shared<Shared>())
    , m_plans(link ? link->plans() : nullptr) {
    m_shared->link = std::move(link);
}

SourceSet::~SourceSet() {
    stop();
}

void SourceSet::start() {
    {
        const std::lock_guard lock(m_shared->mutex);
        if (std::exchange(m_shared->started, true)) {
            return;
        }
    }
    std::thread([shared = m_shared] { shared->run(); }).detach();
}

bool SourceSet::stop(milliseconds patience) {
    std::unique_lock lock(m_shared->mutex);
    m_shared->stopping = true;
    m_shared->wake.notify_all();
    return !m_shared->started || m_shared->ended.wait_for(lock, patience, [this] { return m_shared->done; });
}

void SourceSet::retryNow() {
    const std::lock_guard lock(m_shared->mutex);
    m_shared->retry = true;
    m_shared->wake.notify_all();
}

void SourceSet::setHurry(bool hurry) {
    const std::lock_guard lock(m_shared->mutex);
    if (std::exchange(m_shared->hurry, hurry) != hurry) {
        m_shared->wake.notify_all();
    }
}

void SourceSet::startComponent(std::string name) {
    const std::lock_guard lock(m_shared->mutex);
    m_shared->commands.push_back({Shared::Verb::Start, std::move(name)});
    m_shared->wake.notify_all();
}

void SourceSet::stopComponent(std::string name) {
    const std::lock_guard lock(m_shared->mutex);
    m_shared->commands.push_back({Shared::Verb::Stop, std::move(name)});
    m_shared->wake.notify_all();
}

void SourceSet::down() {
    const std::lock_guard lock(m_shared->mutex);
    m_shared->commands.clear(); // whatever else was asked for is over with the stack, and must not hold this up
    m_shared->commands.push_back({Shared::Verb::Down, {}});
    m_shared->wake.notify_all();
}

std::vector<SourceUpdate> SourceSet::takeUpdates() {
    return m_shared->mailbox->takeAll();
}

std::optional<StackReport> SourceSet::takeReport() {
    return m_shared->report.take();
}

std::vector<StackAnswer> SourceSet::takeAnswers() {
    const std::unique_lock lock(m_shared->mutex, std::try_to_lock); // the display waits for no other thread
    return lock ? std::exchange(m_shared->answers, {}) : std::vector<StackAnswer>();
}

} // namespace binnacle::app
