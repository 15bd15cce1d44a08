// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace binnacle::app {

/// A call that kept the window's thread asleep in the middle of a turn; or, where that was asked for, a turn that
/// worked for long.
struct BlockingCall {
    std::chrono::nanoseconds
        lasted{};                   ///< as seen from outside, a millisecond or two too short; of work: CPU time so far
    std::vector<std::string> stack; ///< of the thread while it slept or worked, the innermost first
    bool worked = false;
};

/// Notices calls that block the GUI thread, and where they were made.
///
/// A thread of its own looks every millisecond whether the thread that it was made on sleeps though it is handling an
/// event. Sleep is told from work, and from waiting for a processor on a busy machine, by the kernel: the thread is not
/// runnable, and its CPU time stands still. Waiting for the next event is no such sleep. For the stack the thread is
/// interrupted by a signal, so that a system call may return early with EINTR: for tests, and for whoever asks for it.
/// One at a time, made and destroyed on the GUI thread.
class WaitWatch : public QObject {
    Q_OBJECT

public:
    /// Called on the thread that watches, after the call is over.
    using Sink = std::function<void(const BlockingCall&)>;

    /// `longestWork`: also tells turns that take more CPU time than that, once each; zero: none.
    WaitWatch(std::chrono::milliseconds limit, Sink sink, QObject* parent = nullptr,
              std::chrono::milliseconds longestWork = {});
    ~WaitWatch() override;

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Watcher;
    std::unique_ptr<Watcher> m_watcher;
};

/// "the window's thread waited 21 ms in" and the stack, a line each.
[[nodiscard]] std::string textOf(const BlockingCall& call);

} // namespace binnacle::app
