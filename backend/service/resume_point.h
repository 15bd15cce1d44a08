// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/service/asio_types.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>

#include <memory>
#include <utility>

namespace binnacle::service {

/// The place where one coroutine waits until somebody on the same thread calls resume().
///
/// resume() never runs the coroutine inside the caller (a libpq or hiredis callback): it posts. Resuming before the
/// wait is remembered; resuming twice is once. The object must outlive the wait.
class ResumePoint {
public:
    explicit ResumePoint(Executor executor)
        : m_executor(executor) {}
    ResumePoint(const ResumePoint&) = delete;
    ResumePoint& operator=(const ResumePoint&) = delete;

    [[nodiscard]] Awaitable<void> wait() {
        return asio::async_initiate<const UseAwaitable&, void()>(Initiation{this}, useAwaitable);
    }

    void resume() {
        if (m_waiting) {
            post(std::move(m_waiting));
        } else {
            m_signalled = true;
        }
    }

private:
    struct Waiting {
        virtual ~Waiting() = default;
        virtual void run() = 0;
    };
    template <typename Handler>
    struct WaitingFor final : Waiting {
        explicit WaitingFor(Handler&& handler)
            : m_handler(std::move(handler)) {}
        void run() override { m_handler(); }
        Handler m_handler;
    };
    struct Initiation {
        ResumePoint* point;
        template <typename Handler>
        void operator()(Handler&& handler) const {
            auto waiting = std::make_unique<WaitingFor<std::decay_t<Handler>>>(std::forward<Handler>(handler));
            if (point->m_signalled) {
                point->m_signalled = false;
                point->post(std::move(waiting));
            } else {
                point->m_waiting = std::move(waiting);
            }
        }
    };
    void post(std::unique_ptr<Waiting> waiting) {
        asio::post(m_executor, [waiting = std::move(waiting)] { waiting->run(); });
    }

    Executor m_executor;
    std::unique_ptr<Waiting> m_waiting;
    bool m_signalled = false;
};

} // namespace binnacle::service
