// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/service/asio_types.h"

#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <hiredis/async.h>

#include <memory>

namespace binnacle::service {

/// Lets hiredis's asynchronous context live in an Asio loop. hiredis owns the socket and calls cleanup when it ends.
class RedisLoop : public std::enable_shared_from_this<RedisLoop> {
public:
    RedisLoop(asio::io_context& io, redisAsyncContext* context);
    RedisLoop(const RedisLoop&) = delete;
    RedisLoop& operator=(const RedisLoop&) = delete;

private:
    static RedisLoop& from(void* self) { return *static_cast<RedisLoop*>(self); }
    void addRead();
    void addWrite();
    void cleanup();
    void armRead();
    void write();

    asio::io_context& m_io;
    redisAsyncContext* m_context; ///< null once hiredis has let go
    asio::posix::basic_stream_descriptor<Executor> m_watched;
    bool m_wantsRead = false;
    bool m_readArmed = false;
    bool m_writeArmed = false;
    bool m_writing = false;
};

} // namespace binnacle::service
