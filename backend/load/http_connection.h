// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/time.h"
#include "backend/load/endpoint.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>

namespace binnacle::load {

/// How an exchange ended without an answer.
enum class Failure : std::uint8_t {
    None,
    Connect,   ///< no connection: nothing was written
    Closed,    ///< the peer ended the connection before its answer was whole
    Malformed, ///< what came back is not HTTP
    Timeout,   ///< written, and no whole answer within the deadline
    Abandoned, ///< written, and the run ended before the answer
};

/// The end of one exchange; `body` lives as long as the call of the handler.
struct Answer {
    Failure failure = Failure::None;
    int status = 0;
    std::string body;
    std::string reason; ///< the system's or parser's word on a failure
};

/// One keep-alive client connection with at most one exchange at a time. It connects when needed, notices a peer
/// that closed while idle before it writes, and never sends a request twice. Lives on its io_context's thread.
class HttpConnection {
public:
    using Handler = std::function<void(const Answer&)>;

    HttpConnection(boost::asio::io_context& io, const Endpoint& endpoint);
    ~HttpConnection();
    HttpConnection(const HttpConnection&) = delete;
    HttpConnection& operator=(const HttpConnection&) = delete;

    /// Sends `request`; `handler` is called once, never from within this call. Not to be called while busy.
    void exchange(std::string_view request, SteadyTime deadline, Handler handler);
    /// Ends an exchange past its deadline, and a connection that was idle for longer than servers keep one.
    void expire(SteadyTime now);
    /// Ends a running exchange now, as Failure::Abandoned (or Connect, when nothing was written).
    void abandon();

    [[nodiscard]] bool busy() const { return m_busy; }

private:
    using Protocol = boost::asio::generic::stream_protocol;
    using Socket = boost::asio::basic_stream_socket<Protocol, boost::asio::io_context::executor_type>;
    struct Parser;

    void connect();
    void write();
    void armRead();
    void onRead(const boost::system::error_code& error, std::size_t size);
    void complete();
    void finish(Failure failure, std::string reason);
    [[nodiscard]] bool peerStillThere();
    void close();

    boost::asio::io_context& m_io;
    const Endpoint& m_endpoint;
    Socket m_socket;
    Handler m_handler;
    std::string m_request;
    std::size_t m_written = 0;
    std::array<char, 16 * 1024> m_buffer{};
    std::size_t m_filled = 0;
    std::unique_ptr<Parser> m_parser;
    SteadyTime m_deadline;
    SteadyTime m_idleSince;
    std::uint64_t m_generation = 0; ///< completions of an earlier socket or exchange are told by it
    bool m_open = false;
    bool m_busy = false;
    bool m_reused = false;
};

} // namespace binnacle::load
