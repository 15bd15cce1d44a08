// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/http/http_session.h"

#include "backend/service/http/request_parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstring>
#include <memory>
#include <netinet/in.h>
#include <optional>

namespace binnacle::service {
namespace {

using ErrorCodeOf = boost::system::error_code;
namespace http = boost::beast::http;

/// The peer's address in figures, without port; empty on a Unix socket and of a peer that has gone.
std::string addressOf(const StreamSocket& socket) {
    ErrorCodeOf error;
    const auto peer = socket.remote_endpoint(error);
    std::array<char, INET6_ADDRSTRLEN> text{};
    const sockaddr* address = error ? nullptr : peer.data();
    if (address != nullptr && address->sa_family == AF_INET) {
        ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, text.data(), text.size());
    } else if (address != nullptr && address->sa_family == AF_INET6) {
        ::inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, text.data(), text.size());
    }
    return text.data();
}

/// One connection: reads into one buffer, parses in place, answers from one string.
class HttpSession final : public Reapable {
public:
    HttpSession(SessionHost& host, StreamSocket socket)
        : m_host(host)
        , m_socket(std::move(socket)) {
        m_exchange.peer = addressOf(m_socket);
        m_host.connections.add(*this);
    }
    ~HttpSession() override { m_host.connections.remove(*this); }
    HttpSession(const HttpSession&) = delete;
    HttpSession& operator=(const HttpSession&) = delete;

    Awaitable<void> run();

    [[nodiscard]] TimePoint reapAt() const override { return m_reapAt; }
    void reap() override {
        if (m_phase == Phase::Reading) {
            m_timedOut = true; // the session answers 408
            ErrorCodeOf ignored;
            m_socket.cancel(ignored);
        } else {
            closeNow();
        }
    }
    void closeIfIdle() override {
        // A request that has arrived but was not read yet is still answered.
        ErrorCodeOf error;
        if (m_phase == Phase::Idle && m_socket.available(error) == 0) {
            closeNow();
        }
    }
    void closeNow() override {
        ErrorCodeOf ignored;
        m_socket.close(ignored);
    }

private:
    enum class Phase { Idle, Reading, Handling, Writing };
    enum class Step { NeedMore, Head, Complete, Failed };

    void enter(Phase phase, TimePoint reapAt) {
        m_phase = phase;
        m_reapAt = reapAt;
    }
    void beginRequest();
    Step advance();
    void onHead();
    void onFailure();
    [[nodiscard]] asio::mutable_buffer freeSpace();
    void answer408();
    [[nodiscard]] bool keepsAlive() const;

    SessionHost& m_host;
    StreamSocket m_socket;
    std::optional<RequestParser> m_parser;
    Exchange m_exchange;
    std::string m_out;
    std::unique_ptr<char[]> m_buffer;
    std::size_t m_capacity = 0;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    std::size_t m_headBytes = 0;
    ErrorCodeOf m_failure;
    TimePoint m_reapAt = TimePoint::max();
    Phase m_phase = Phase::Idle;
    Admission m_admission = Admission::Proceed;
    bool m_identified = false;
    bool m_failed = false;
    bool m_timedOut = false;
};

void HttpSession::beginRequest() {
    m_exchange.clear();
    m_parser.emplace(m_exchange.request, m_host.limits);
    m_headBytes = 0;
    m_admission = Admission::Proceed;
    m_identified = false;
    m_failed = false;
    m_timedOut = false;
    m_exchange.startedAt = TimePoint();
}

HttpSession::Step HttpSession::advance() {
    if (m_headBytes == 0) {
        // A lenient client may end its previous body with an empty line too many.
        while (m_begin != m_end && (m_buffer[m_begin] == '\r' || m_buffer[m_begin] == '\n')) {
            ++m_begin;
        }
    }
    for (;;) {
        if (m_parser->is_done()) {
            return Step::Complete;
        }
        if (m_begin == m_end) {
            return Step::NeedMore;
        }
        if (m_phase == Phase::Idle) {
            m_exchange.startedAt = Clock::now();
            m_exchange.deadline = m_exchange.startedAt + m_host.limits.requestTime;
            enter(Phase::Reading, m_exchange.startedAt + m_host.limits.headerTime);
        }
        const bool headWasDone = m_parser->is_header_done();
        m_failure.clear();
        const std::size_t used = m_parser->put(asio::const_buffer(&m_buffer[m_begin], m_end - m_begin), m_failure);
        m_begin += used;
        if (!headWasDone) {
            m_headBytes += used;
            // Beast limits each contiguous piece; what drips in field by field is limited here.
            if (m_headBytes > m_host.limits.headerBytes) {
                m_failure = http::error::header_limit;
                return Step::Failed;
            }
        }
        if (m_failure == http::error::need_more) {
            return Step::NeedMore;
        }
        if (m_failure) {
            return Step::Failed;
        }
        if (!headWasDone && m_parser->is_header_done()) {
            return Step::Head;
        }
    }
}

void HttpSession::onHead() {
    m_identified = true;
    m_host.handler.identify(m_exchange);
    m_admission = m_host.handler.begin(m_exchange);
    if (!m_parser->is_done()) {
        enter(Phase::Reading, Clock::now() + m_host.limits.bodyTime);
    }
}

void HttpSession::onFailure() {
    m_failed = true;
    const int status = m_parser->failureStatus(m_failure);
    if (!m_identified) {
        m_identified = true;
        m_host.handler.identify(m_exchange);
        // The head of a request whose announced body is too large is good: it can be told apart by route.
        if (status == 413) {
            m_admission = m_host.handler.begin(m_exchange);
        }
    }
    if (m_admission != Admission::Proceed) {
        return; // a better reason stands already
    }
    switch (status) {
    case 413:
        setProblem(m_exchange, 413, "body_too_large", "The request body is larger than 65536 bytes.");
        break;
    case 414:
        setProblem(m_exchange, 414, "uri_too_long", "The request target is too long.");
        break;
    case 417:
        setProblem(m_exchange, 417, "expectation_failed", "The only expectation served is 100-continue.", "Expect");
        break;
    case 431:
        setProblem(m_exchange, 431, "headers_too_large", "The request headers are larger than 16384 bytes.");
        break;
    case 501:
        setProblem(m_exchange, 501, "transfer_encoding_unsupported", "The only transfer encoding served is chunked.",
                   "Transfer-Encoding");
        break;
    case 505:
        setProblem(m_exchange, 505, "http_version_unsupported", "Only HTTP/1.0 and HTTP/1.1 are served.");
        break;
    default:
        setProblem(m_exchange, 400, "malformed_request", "The request is not well-formed HTTP/1.1.");
    }
}

void HttpSession::answer408() {
    m_failed = true;
    if (!m_identified) {
        m_identified = true;
        m_host.handler.identify(m_exchange);
    }
    setProblem(m_exchange, 408, "request_timeout", "The request did not arrive in time.");
}

asio::mutable_buffer HttpSession::freeSpace() {
    constexpr std::size_t kFirst = std::size_t{4} * 1024;
    if (m_begin == m_end) {
        m_begin = m_end = 0;
    } else if (m_begin > 0 && m_end == m_capacity) {
        std::memmove(m_buffer.get(), &m_buffer[m_begin], m_end - m_begin);
        m_end -= m_begin;
        m_begin = 0;
    }
    if (m_end == m_capacity) {
        const std::size_t capacity = std::min(std::max(kFirst, 2 * m_capacity), m_host.limits.headerBytes + kFirst);
        auto larger = std::make_unique_for_overwrite<char[]>(capacity);
        if (m_end != 0) {
            std::memcpy(larger.get(), m_buffer.get(), m_end);
        }
        m_buffer = std::move(larger);
        m_capacity = capacity;
    }
    return {&m_buffer[m_end], m_capacity - m_end};
}

bool HttpSession::keepsAlive() const {
    return !m_failed && !m_exchange.response.closeConnection && m_parser->is_done() && m_parser->keep_alive() &&
           !m_host.draining.load(std::memory_order_relaxed);
}

// One coroutine for the whole connection, and one suspension per request that is answered without waiting: every
// further coroutine level would cost a frame per request.
Awaitable<void> HttpSession::run() {
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    ErrorCodeOf error;
    for (;;) {
        beginRequest();
        enter(Phase::Idle, Clock::now() + m_host.limits.idleTime);
        for (;;) {
            const Step step = advance();
            if (step == Step::Complete) {
                break;
            }
            if (step == Step::Failed) {
                onFailure();
                break;
            }
            if (step == Step::Head) {
                onHead();
                if (m_admission == Admission::RefuseNow) {
                    break;
                }
                if (m_exchange.request.expectsContinue && !m_parser->is_done()) {
                    if (m_admission != Admission::Proceed) {
                        break;
                    }
                    co_await asio::async_write(m_socket, asio::buffer(kContinue),
                                               asio::redirect_error(useAwaitable, error));
                }
                continue;
            }
            const asio::mutable_buffer space = freeSpace();
            if (space.size() == 0) { // a chunk header or field that never ends
                m_failure = http::error::header_limit;
                onFailure();
                break;
            }
            m_end += co_await m_socket.async_read_some(space, asio::redirect_error(useAwaitable, error));
            if (error) {
                if (m_timedOut) {
                    answer408();
                    break;
                }
                if (m_identified) {
                    if (m_admission == Admission::Proceed) {
                        m_exchange.response.status = 400; // hung up in its body: it was never handled
                    }
                    m_host.handler.finished(m_exchange);
                }
                co_return;
            }
        }

        if (!m_failed && m_admission == Admission::Proceed) {
            enter(Phase::Handling, TimePoint::max());
            if (!m_host.handler.handleNow(m_exchange)) {
                try {
                    co_await m_host.handler.handle(m_exchange);
                } catch (const std::exception& defect) {
                    m_host.handler.failed(m_exchange, defect.what());
                    setProblem(m_exchange, 500, "internal_error", "The request failed inside the service.");
                }
            }
        }

        const bool keepAlive = keepsAlive();
        m_out.clear();
        appendResponse(m_out, m_exchange, m_host.head, m_host.date.now(), keepAlive);
        const std::size_t written = m_socket.write_some(asio::buffer(m_out), error); // nearly always all of it
        if (error == asio::error::would_block || (!error && written < m_out.size())) {
            enter(Phase::Writing, Clock::now() + m_host.limits.writeTime);
            co_await asio::async_write(m_socket, asio::buffer(m_out) + written,
                                       asio::redirect_error(useAwaitable, error));
        }
        m_host.handler.finished(m_exchange);
        if (m_out.capacity() > std::size_t{64} * 1024) {
            m_out = std::string();
        }
        if (error) {
            co_return;
        }
        if (!keepAlive) {
            break;
        }
    }

    // Closing with unread input makes the kernel send a reset that can overtake the answer: read the rest away first.
    m_socket.shutdown(asio::socket_base::shutdown_send, error);
    enter(Phase::Writing, Clock::now() + m_host.limits.lingerTime);
    std::size_t discarded = 0;
    while (!error && discarded < std::size_t{1} << 20) {
        m_begin = m_end = 0;
        discarded += co_await m_socket.async_read_some(freeSpace(), asio::redirect_error(useAwaitable, error));
    }
}

} // namespace

void startSession(SessionHost& host, StreamSocket socket) {
    boost::system::error_code error;
    socket.non_blocking(true, error);
    if (error) {
        return;
    }
    auto session = std::make_unique<HttpSession>(host, std::move(socket));
    HttpSession* running = session.get();
    asio::co_spawn(host.io, running->run(), [session = std::move(session)](const std::exception_ptr&) {});
}

} // namespace binnacle::service
