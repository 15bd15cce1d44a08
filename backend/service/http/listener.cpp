// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/http/listener.h"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <sys/stat.h>

namespace binnacle::service {
namespace {

template <typename Protocol>
class SocketListener final : public Listener {
public:
    using Acceptor = asio::basic_socket_acceptor<Protocol, Executor>;
    using Socket = asio::basic_stream_socket<Protocol, Executor>;

    explicit SocketListener(asio::io_context& io)
        : m_acceptor(io)
        , m_pause(io) {}
    ~SocketListener() override { close(); }

    Result<void> open(const typename Protocol::endpoint& endpoint, const std::string& name) {
        boost::system::error_code error;
        m_acceptor.open(endpoint.protocol(), error);
        if constexpr (std::is_same_v<Protocol, asio::ip::tcp>) {
            // Leftovers of earlier connections may not block a restart; SO_REUSEPORT would let two servers share it.
            m_acceptor.set_option(asio::socket_base::reuse_address(true), error);
        }
        if (!error) {
            m_acceptor.bind(endpoint, error);
        }
        if (!error) {
            m_acceptor.listen(1024, error);
        }
        if (error) {
            const bool taken = error == asio::error::address_in_use;
            return fail(taken ? ErrorCode::Conflict : ErrorCode::Io,
                        "cannot listen on " + name + ": " + error.message());
        }
        return {};
    }
    void start(Place place, Accepted accepted) override {
        m_place = std::move(place);
        m_accepted = std::move(accepted);
        acceptNext();
    }
    void close() override {
        boost::system::error_code ignored;
        m_acceptor.close(ignored);
        m_pause.cancel();
        if (!m_file.empty()) {
            std::error_code absent;
            std::filesystem::remove(m_file, absent);
            m_file.clear();
        }
    }
    [[nodiscard]] std::uint16_t port() const override {
        if constexpr (std::is_same_v<Protocol, asio::ip::tcp>) {
            boost::system::error_code ignored;
            return m_acceptor.local_endpoint(ignored).port();
        } else {
            return 0;
        }
    }
    void removeOnClose(const std::filesystem::path& file) { m_file = file; }

private:
    void acceptNext() {
        m_acceptor.async_accept(m_place(), [this](const boost::system::error_code& error, Socket socket) {
            if (!m_acceptor.is_open()) {
                return;
            }
            if (error) {
                // Out of descriptors: trying again at once would spin.
                m_pause.expires_after(std::chrono::milliseconds(50));
                m_pause.async_wait([this](const boost::system::error_code& cancelled) {
                    if (!cancelled && m_acceptor.is_open()) {
                        acceptNext();
                    }
                });
                return;
            }
            if constexpr (std::is_same_v<Protocol, asio::ip::tcp>) {
                boost::system::error_code ignored;
                socket.set_option(asio::ip::tcp::no_delay(true), ignored);
            }
            m_accepted(StreamSocket(std::move(socket)));
            acceptNext();
        });
    }

    Acceptor m_acceptor;
    Timer m_pause;
    Place m_place;
    Accepted m_accepted;
    std::filesystem::path m_file;
};

} // namespace

Result<std::unique_ptr<Listener>> listenTcp(asio::io_context& io, const TcpEndpoint& endpoint) {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(endpoint.host, error);
    if (error) {
        return fail(ErrorCode::Invalid, endpoint.host + " is no numeric address");
    }
    auto listener = std::make_unique<SocketListener<asio::ip::tcp>>(io);
    if (auto opened = listener->open({address, endpoint.port}, endpoint.host + ":" + std::to_string(endpoint.port));
        !opened) {
        return std::unexpected(opened.error());
    }
    return listener;
}

Result<std::unique_ptr<Listener>> listenUnix(asio::io_context& io, const std::filesystem::path& path) {
    if (path.native().size() > 107) {
        return fail(ErrorCode::Invalid, "the socket path " + path.string() + " is longer than 107 bytes");
    }
    std::error_code absent;
    std::filesystem::remove(path, absent);
    auto listener = std::make_unique<SocketListener<asio::local::stream_protocol>>(io);
    const mode_t before = ::umask(0177);
    auto opened = listener->open(asio::local::stream_protocol::endpoint(path.native()), path.string());
    ::umask(before);
    if (!opened) {
        return std::unexpected(opened.error());
    }
    listener->removeOnClose(path);
    return listener;
}

} // namespace binnacle::service
