// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/service/asio_types.h"
#include "backend/service/deadline_ticker.h"
#include "backend/service/resume_point.h"

#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <libpq-fe.h>
#include <sys/socket.h>

namespace binnacle::service {

/// One libpq connection and its socket in the event loop. libpq owns the socket; the loop only watches it.
class PgConnection final : public Deadline {
public:
    enum class State { Connecting, Idle, InUse, Broken };

    explicit PgConnection(asio::io_context& io)
        : watched(io)
        , pause(io)
        , broken(io.get_executor()) {}
    ~PgConnection() override { close(); }

    /// Ends whatever waits for this socket; the waiter sees `timedOut`.
    void expired() override {
        timedOut = true;
        boost::system::error_code ignored;
        watched.cancel(ignored);
    }
    void watch() {
        boost::system::error_code ignored;
        watched.assign(PQsocket(connection), ignored);
    }
    void unwatch() {
        if (watched.is_open()) {
            watched.release();
        }
    }
    void close() {
        disarm();
        unwatch();
        if (connection != nullptr) {
            PQfinish(connection);
            connection = nullptr;
        }
    }
    /// Whether the peer closed it, or said something, while it lay idle.
    [[nodiscard]] bool diedIdle() const {
        char byte = 0;
        const auto got = ::recv(PQsocket(connection), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        return got >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
    }

    PGconn* connection = nullptr;
    asio::posix::basic_stream_descriptor<Executor> watched;
    Timer pause;
    ResumePoint broken;
    State state = State::Connecting;
    bool timedOut = false;
    bool lastConnectFailed = false;
};

} // namespace binnacle::service
