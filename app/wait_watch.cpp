// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wait_watch.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cxxabi.h>
#include <dlfcn.h>
#include <execinfo.h>
#include <fcntl.h>
#include <pthread.h>
#include <stop_token>
#include <thread>
#include <unistd.h>

namespace binnacle::app {

using std::chrono::nanoseconds;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds kLook{1};
/// Going back to sleep when a stack was taken is work of the thread, too, and does not end the call that it sleeps in.
constexpr nanoseconds kInterruption = std::chrono::microseconds(500);

/// Filled by the thread that is interrupted.
struct Frames {
    std::array<void*, 64> at{};
    std::atomic<std::int64_t> spentNs{0}; ///< CPU time that taking them took
    std::atomic<int> count{-1};
};

std::int64_t threadCpuNs() {
    timespec spent{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return std::int64_t{spent.tv_sec} * 1'000'000'000 + spent.tv_nsec;
}

int askSignal() {
    return SIGRTMIN + 6;
}

extern "C" void onAsked(int, siginfo_t* info, void*) {
    const int before = errno;
    const auto began = threadCpuNs();
    auto* frames = static_cast<Frames*>(info->si_value.sival_ptr);
    const int count = ::backtrace(frames->at.data(), static_cast<int>(frames->at.size()));
    frames->spentNs.store(threadCpuNs() - began, std::memory_order_relaxed);
    frames->count.store(count, std::memory_order_release);
    errno = before;
}

std::string hex(std::uintptr_t number) {
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "0x%jx", static_cast<std::uintmax_t>(number));
    return text.data();
}

std::string nameOf(void* address) {
    const auto number = reinterpret_cast<std::uintptr_t>(address);
    Dl_info where{};
    if (::dladdr(address, &where) == 0 || where.dli_fname == nullptr) {
        return hex(number);
    }
    const std::string_view file(where.dli_fname);
    const std::string module(file.substr(file.rfind('/') + 1));
    if (where.dli_sname == nullptr) { // addr2line -Cfe MODULE OFFSET tells it
        return module + '+' + hex(number - reinterpret_cast<std::uintptr_t>(where.dli_fbase));
    }
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> plain(
        abi::__cxa_demangle(where.dli_sname, nullptr, nullptr, &status), &std::free);
    return std::string(plain ? plain.get() : where.dli_sname) + " (" + module + ')';
}

/// What the kernel tells of one thread of this process.
class ThreadState {
public:
    ThreadState()
        : m_thread(::pthread_self())
        , m_stat(::open(("/proc/self/task/" + std::to_string(::gettid()) + "/stat").c_str(), O_RDONLY | O_CLOEXEC)) {
        ::pthread_getcpuclockid(m_thread, &m_clock);
    }
    ~ThreadState() { ::close(m_stat); }
    ThreadState(const ThreadState&) = delete;
    ThreadState& operator=(const ThreadState&) = delete;

    [[nodiscard]] pthread_t thread() const { return m_thread; }
    [[nodiscard]] nanoseconds cpu() const {
        timespec spent{};
        ::clock_gettime(m_clock, &spent);
        return std::chrono::seconds(spent.tv_sec) + nanoseconds(spent.tv_nsec);
    }
    /// Neither running nor waiting for a processor: it waits for something else, a disk included.
    [[nodiscard]] bool sleeps() const {
        std::array<char, 128> text{};
        const auto length = ::pread(m_stat, text.data(), text.size(), 0);
        const std::string_view stat(text.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
        const auto name = stat.rfind(") "); // a name may hold anything, but not here: ours are short
        return name != std::string_view::npos && name + 2 < stat.size() &&
               (stat[name + 2] == 'S' || stat[name + 2] == 'D');
    }

private:
    pthread_t m_thread;
    clockid_t m_clock{};
    int m_stat;
};

} // namespace

struct WaitWatch::Watcher {
    Watcher(nanoseconds longest, nanoseconds work, Sink tell)
        : limit(longest)
        , longestWork(work)
        , sink(std::move(tell))
        , thread([this](const std::stop_token& stop) { run(stop); }) {}

    ThreadState state; ///< of the GUI thread, which makes it
    nanoseconds limit;
    nanoseconds longestWork;
    Sink sink;
    std::atomic<std::uint64_t> turn = 0;
    std::uint64_t seenTurn = 0;
    nanoseconds turnBegan{}; ///< CPU time of the GUI thread
    bool toldWork = false;
    std::atomic<bool> handling = false; ///< an event was delivered since the loop last was about to wait
    Frames frames;
    bool asked = false;   ///< for the stack of this sleep
    bool answered = true; ///< no signal is on its way
    bool asleep = false;
    nanoseconds cpu{}; ///< of the GUI thread when it fell asleep
    Clock::time_point since;
    Clock::time_point seen;
    std::jthread thread; ///< last: it uses all of the above

    void run(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            std::this_thread::sleep_for(kLook);
            look();
        }
        endSleep();
    }

    /// The stack of a turn that has worked for long by now.
    void lookAtWork() {
        const auto now = state.cpu();
        if (const auto at = turn.load(std::memory_order_acquire); at != seenTurn) {
            seenTurn = at;
            turnBegan = now;
            toldWork = false;
        }
        if (toldWork || asked || !answered || now - turnBegan < longestWork) {
            return;
        }
        toldWork = true;
        ask();
        for (int i = 0; i < 100 && frames.count.load(std::memory_order_acquire) < 0; ++i) {
            std::this_thread::sleep_for(kLook);
        }
        answered = frames.count.load(std::memory_order_acquire) >= 0;
        sink({now - turnBegan, stack(), true});
    }

    void ask() {
        answered = false;
        frames.count.store(-1, std::memory_order_relaxed);
        sigval value{};
        value.sival_ptr = &frames;
        ::pthread_sigqueue(state.thread(), askSignal(), value);
    }

    [[nodiscard]] std::vector<std::string> stack() const {
        std::vector<std::string> out;
        const int count = frames.count.load(std::memory_order_acquire);
        for (int i = 2; i < count; ++i) { // without the handler and the kernel's way into it
            out.push_back(nameOf(frames.at[static_cast<std::size_t>(i)]));
        }
        return out;
    }

    /// What the thread may have worked in a sleep without having ended it: the signal's own handler.
    [[nodiscard]] nanoseconds interruption() const {
        if (!asked) {
            return nanoseconds(0);
        }
        return frames.count.load(std::memory_order_acquire) < 0
                   ? nanoseconds::max() // it is at it
                   : kInterruption + nanoseconds(frames.spentNs.load(std::memory_order_relaxed));
    }

    void look() {
        if (longestWork > nanoseconds(0)) {
            lookAtWork();
        }
        const auto before = state.cpu();
        const auto now = Clock::now();
        // In this order: a thread that is found asleep and did not run before or after slept all the time.
        const bool sleeps = handling.load(std::memory_order_acquire) && state.sleeps() && state.cpu() == before &&
                            handling.load(std::memory_order_acquire);
        if (!sleeps) {
            // The signal's own handler shows as work for a moment.
            if (before - cpu > interruption() || !asked || !handling.load(std::memory_order_acquire)) {
                endSleep();
            }
            return;
        }
        if (!asleep || before - cpu > interruption()) {
            endSleep();
            asleep = true;
            cpu = before;
            since = now;
        }
        seen = now;
        if (!asked && answered && now - since >= limit) {
            asked = true;
            ask();
        }
    }

    void endSleep() {
        // One that waits for a disk is interrupted only when that is over; its stack then is of just after.
        answered = answered || frames.count.load(std::memory_order_acquire) >= 0;
        if (std::exchange(asleep, false) && asked) {
            sink({seen - since, stack()});
        }
        asked = false;
    }
};

WaitWatch::WaitWatch(std::chrono::milliseconds limit, Sink sink, QObject* parent, std::chrono::milliseconds longestWork)
    : QObject(parent) {
    std::array<void*, 2> first{};
    ::backtrace(first.data(), 2); // loads what it needs, which a signal handler must not
    struct sigaction action = {};
    action.sa_sigaction = onAsked;
    action.sa_flags = SA_RESTART | SA_SIGINFO;
    ::sigaction(askSignal(), &action, nullptr);
    m_watcher = std::make_unique<Watcher>(limit, longestWork, std::move(sink));
    QCoreApplication::instance()->installEventFilter(this);
    connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, this, [this] {
        m_watcher->handling.store(false, std::memory_order_release);
        m_watcher->turn.fetch_add(1, std::memory_order_release);
    });
}

WaitWatch::~WaitWatch() {
    QCoreApplication::instance()->removeEventFilter(this);
    m_watcher->thread.request_stop();
    m_watcher->thread.join(); // after it no signal is sent, and one that was has reached this thread
    m_watcher.reset();
    ::signal(askSignal(), SIG_DFL);
}

bool WaitWatch::eventFilter(QObject*, QEvent*) {
    m_watcher->handling.store(true, std::memory_order_release);
    return false;
}

std::string textOf(const BlockingCall& call) {
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(call.lasted).count();
    std::array<char, 64> head{};
    std::snprintf(head.data(), head.size(), "the window's thread waited %.1f ms in\n",
                  static_cast<double>(micros) / 1000);
    std::string text = head.data();
    for (const auto& frame : call.stack) {
        text += "  " + frame + '\n';
    }
    return text;
}

} // namespace binnacle::app
