// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quit_signals.h"

#include <QSocketNotifier>

#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace binnacle::app {

namespace {

// A signal handler can reach nothing but statics.
std::atomic<int> writeEnd{-1};

extern "C" void onSignal(int) {
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(writeEnd.load(), &byte, 1);
}

constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP};

} // namespace

QuitSignals::QuitSignals(QObject* parent)
    : QObject(parent) {
    if (::pipe2(m_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        return; // the default then ends the program, which loses nothing but the window's place
    }
    writeEnd = m_pipe[1];
    m_notifier = new QSocketNotifier(m_pipe[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        while (::read(m_pipe[0], &byte, 1) > 0) {
        }
        Q_EMIT raised();
    });
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    for (const int number : kSignals) {
        ::sigaction(number, &action, nullptr);
    }
}

QuitSignals::~QuitSignals() {
    for (const int number : kSignals) {
        std::signal(number, SIG_DFL);
    }
    writeEnd = -1;
    for (const int end : m_pipe) {
        if (end >= 0) {
            ::close(end);
        }
    }
}

} // namespace binnacle::app
