// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/http_connection.h"

#include <cstring>
#include <optional>
#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <sys/socket.h>

namespace binnacle::load {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

constexpr std::uint64_t kMaxBodyBytes = 8U << 20U;
// Servers close an idle connection after some seconds. Leaving first keeps their close from crossing our write.
constexpr auto kMaxIdle = std::chrono::seconds(2);

} // namespace

struct HttpConnection::Parser {
    std::optional<http::response_parser<http::string_body>> response;

    void reset() {
        response.emplace();
        response->eager(true);
        response->body_limit(kMaxBodyBytes);
    }
};

HttpConnection::HttpConnection(asio::io_context& io, const Endpoint& endpoint)
    : m_io(io)
    , m_endpoint(endpoint)
    , m_socket(io.get_executor())
    , m_parser(std::make_unique<Parser>()) {}

HttpConnection::~HttpConnection() = default;

void HttpConnection::exchange(std::string_view request, SteadyTime deadline, Handler handler) {
    m_request = request;
    m_written = 0;
    m_deadline = deadline;
    m_handler = std::move(handler);
    m_busy = true;
    m_parser->reset();
    if (m_open && !peerStillThere()) {
        close();
    }
    m_reused = m_open;
    if (m_open) {
        write();
    } else {
        connect();
    }
}

void HttpConnection::connect() {
    const Protocol::endpoint address(&m_endpoint.address, m_endpoint.addressLength);
    const auto generation = ++m_generation;
    error_code error;
    m_socket.open(address.protocol(), error);
    if (error) {
        asio::post(m_io, [this, generation, error] {
            if (generation == m_generation) {
                finish(Failure::Connect, error.message());
            }
        });
        return;
    }
    m_socket.async_connect(address, [this, generation](const error_code& failed) {
        if (generation != m_generation) {
            return;
        }
        if (failed) {
            finish(Failure::Connect, failed.message());
            return;
        }
        error_code ignored;
        if (m_endpoint.address.ss_family != AF_UNIX) {
            m_socket.set_option(asio::ip::tcp::no_delay(true), ignored);
        }
        m_socket.non_blocking(true, ignored);
        m_open = true;
        armRead();
        write();
    });
}

void HttpConnection::write() {
    error_code error;
    // Requests are small: the kernel nearly always takes one whole, without a turn of the loop.
    m_written = m_socket.write_some(asio::buffer(m_request), error);
    if (error == asio::error::would_block) {
        error.clear();
    }
    const auto generation = m_generation;
    if (error) {
        if (m_reused && m_written == 0) {
            m_reused = false; // the peer left between look and write: nothing of the request has gone out
            close();
            connect();
            return;
        }
        asio::post(m_io, [this, generation, error] {
            if (generation == m_generation && m_busy) {
                finish(m_written == 0 ? Failure::Connect : Failure::Closed, error.message());
            }
        });
        return;
    }
    if (m_written == m_request.size()) {
        return;
    }
    asio::async_write(m_socket, asio::buffer(m_request) + m_written,
                      [this, generation](const error_code& failed, std::size_t size) {
                          if (generation != m_generation) {
                              return;
                          }
                          m_written += size;
                          if (failed) {
                              finish(Failure::Closed, failed.message());
                          }
                      });
}

// One read is always under way while the connection is open: busy it brings the answer, idle the peer's farewell.
void HttpConnection::armRead() {
    m_socket.async_read_some(asio::buffer(m_buffer.data() + m_filled, m_buffer.size() - m_filled),
                             [this, generation = m_generation](const error_code& error, std::size_t size) {
                                 if (generation == m_generation) {
                                     onRead(error, size);
                                 }
                             });
}

void HttpConnection::onRead(const error_code& error, std::size_t size) {
    if (!m_busy) {
        close(); // closed while idle, or bytes that nobody asked for
        return;
    }
    auto& response = *m_parser->response;
    if (error) {
        error_code atEnd;
        if (error == asio::error::eof && response.got_some()) {
            response.put_eof(atEnd);
            if (!atEnd && response.is_done()) {
                complete();
                return;
            }
        }
        finish(Failure::Closed, error.message());
        return;
    }
    m_filled += size;
    std::size_t used = 0;
    error_code parsing;
    while (used < m_filled && !response.is_done()) {
        const auto taken = response.put(asio::buffer(m_buffer.data() + used, m_filled - used), parsing);
        used += taken;
        if (parsing && parsing != http::error::need_more) {
            finish(Failure::Malformed, parsing.message());
            return;
        }
        if (response.is_done() && response.get().result_int() < 200) {
            m_parser->reset(); // an interim answer announces the real one
        } else if (parsing == http::error::need_more || taken == 0) {
            break;
        }
    }
    m_filled -= used;
    std::memmove(m_buffer.data(), m_buffer.data() + used, m_filled);
    if (response.is_done()) {
        complete();
    } else if (m_filled == m_buffer.size()) {
        finish(Failure::Malformed, "a header of over 16 KB");
    } else {
        armRead();
    }
}

void HttpConnection::complete() {
    auto& response = *m_parser->response;
    Answer answer{Failure::None, static_cast<int>(response.get().result_int()), std::move(response.get().body()), {}};
    if (response.keep_alive() && m_filled == 0 && m_written == m_request.size()) {
        m_idleSince = std::chrono::steady_clock::now();
        m_busy = false;
        armRead();
    } else {
        close();
        m_busy = false;
    }
    const Handler handler = std::exchange(m_handler, nullptr);
    handler(answer);
}

void HttpConnection::finish(Failure failure, std::string reason) {
    close();
    m_busy = false;
    const Handler handler = std::exchange(m_handler, nullptr);
    handler(Answer{failure, 0, {}, std::move(reason)});
}

void HttpConnection::expire(SteadyTime now) {
    if (m_busy && now >= m_deadline) {
        const bool connecting = !m_open;
        finish(connecting ? Failure::Connect : Failure::Timeout,
               connecting ? "no connection in time" : "no answer in time");
    } else if (!m_busy && m_open && now - m_idleSince > kMaxIdle) {
        close();
    }
}

void HttpConnection::abandon() {
    if (m_busy) {
        finish(m_open ? Failure::Abandoned : Failure::Connect, "the run ended first");
    }
}

bool HttpConnection::peerStillThere() {
    char byte = 0;
    const auto got = ::recv(m_socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

void HttpConnection::close() {
    ++m_generation;
    error_code ignored;
    m_socket.close(ignored);
    m_open = false;
    m_filled = 0;
}

} // namespace binnacle::load
