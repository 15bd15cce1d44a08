// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/cache/redis_loop.h"

#include <boost/asio/post.hpp>

namespace binnacle::service {

RedisLoop::RedisLoop(asio::io_context& io, redisAsyncContext* context)
    : m_io(io)
    , m_context(context)
    , m_watched(io, context->c.fd) {
    context->ev.data = this;
    context->ev.addRead = [](void* self) { from(self).addRead(); };
    context->ev.delRead = [](void* self) { from(self).m_wantsRead = false; };
    context->ev.addWrite = [](void* self) { from(self).addWrite(); };
    context->ev.delWrite = [](void*) {};
    context->ev.cleanup = [](void* self) { from(self).cleanup(); };
}

void RedisLoop::cleanup() {
    m_context->ev.data = nullptr;
    m_context = nullptr;
    m_watched.release(); // hiredis closes it
}

void RedisLoop::addRead() {
    m_wantsRead = true;
    armRead();
}

void RedisLoop::armRead() {
    if (m_readArmed) {
        return;
    }
    m_readArmed = true;
    m_watched.async_wait(asio::posix::descriptor_base::wait_read,
                         [self = shared_from_this()](const boost::system::error_code& error) {
                             self->m_readArmed = false;
                             if (error || self->m_context == nullptr || !self->m_wantsRead) {
                                 return;
                             }
                             redisAsyncHandleRead(self->m_context); // may end the context
                             if (self->m_context != nullptr && self->m_wantsRead) {
                                 self->armRead();
                             }
                         });
}

void RedisLoop::addWrite() {
    if (m_writeArmed) {
        return;
    }
    m_writeArmed = true;
    if (m_writing) {
        // hiredis could not send all: only now is it worth waiting for the socket.
        m_watched.async_wait(asio::posix::descriptor_base::wait_write,
                             [self = shared_from_this()](const boost::system::error_code& error) {
                                 self->m_writeArmed = false;
                                 if (!error) {
                                     self->write();
                                 }
                             });
    } else {
        // Posted, not sent at once: the commands of one turn of the loop leave in one system call.
        asio::post(m_io, [self = shared_from_this()] {
            self->m_writeArmed = false;
            self->write();
        });
    }
}

void RedisLoop::write() {
    if (m_context == nullptr) {
        return;
    }
    m_writing = true;
    redisAsyncHandleWrite(m_context);
    m_writing = false;
}

} // namespace binnacle::service
