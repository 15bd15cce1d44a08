// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/socket_stream.h"

#include "backend/clients/deadline.h"
#include "backend/clients/host_resolver.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace binnacle {

namespace {

constexpr std::size_t kChunk = 16384;

std::string lastTlsError() {
    const auto code = ERR_get_error();
    ERR_clear_error();
    const char* const reason = ERR_reason_error_string(code);
    return reason != nullptr ? reason : "TLS failed";
}

bool isNumericAddress(const std::string& host) {
    in6_addr address{};
    return ::inet_pton(AF_INET, host.c_str(), &address) == 1 || ::inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

} // namespace

/// OpenSSL between two buffers in memory: the socket stays ours, with our deadlines and without signals.
class SocketStream::Tls {
public:
    Tls() = default;
    ~Tls() {
        SSL_free(m_ssl); // and both buffers with it
        SSL_CTX_free(m_context);
    }
    Tls(const Tls&) = delete;
    Tls& operator=(const Tls&) = delete;

    [[nodiscard]] Result<void> prepare(const std::string& host, const TlsFiles& files, const std::string& what) {
        const auto failed = [&what](const std::string& text) { return fail(ErrorCode::Invalid, what + ": " + text); };
        m_host = host;
        m_context = SSL_CTX_new(TLS_client_method());
        if (m_context == nullptr) {
            return failed(lastTlsError());
        }
        SSL_CTX_set_min_proto_version(m_context, TLS1_2_VERSION);
        SSL_CTX_set_verify(m_context, SSL_VERIFY_PEER, nullptr);
        if (files.caFile.empty()) {
            SSL_CTX_set_default_verify_paths(m_context);
        } else if (SSL_CTX_load_verify_file(m_context, files.caFile.c_str()) != 1) {
            return failed("the CA file " + files.caFile + " can't be used: " + lastTlsError());
        }
        if (!files.certificateFile.empty()) {
            const auto& key = files.keyFile.empty() ? files.certificateFile : files.keyFile;
            if (SSL_CTX_use_certificate_chain_file(m_context, files.certificateFile.c_str()) != 1 ||
                SSL_CTX_use_PrivateKey_file(m_context, key.c_str(), SSL_FILETYPE_PEM) != 1) {
                return failed("our certificate " + files.certificateFile + " can't be used: " + lastTlsError());
            }
        }
        m_ssl = SSL_new(m_context);
        BIO* const in = BIO_new(BIO_s_mem());
        BIO* const out = BIO_new(BIO_s_mem());
        if (m_ssl == nullptr || in == nullptr || out == nullptr) {
            BIO_free(in);
            BIO_free(out);
            return failed("no memory for TLS");
        }
        SSL_set_bio(m_ssl, in, out);
        SSL_set_connect_state(m_ssl);
        if (isNumericAddress(host)) {
            X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(m_ssl), host.c_str());
        } else {
            SSL_set1_host(m_ssl, host.c_str());
            SSL_set_tlsext_host_name(m_ssl, host.c_str());
        }
        return {};
    }

    /// Runs `step` of OpenSSL until it returns more than 0, moving bytes between its buffers and the socket. 0 when the
    /// peer ended the stream.
    template <typename Step>
    [[nodiscard]] Result<std::size_t> run(SocketStream& stream, SteadyTime deadline, const Step& step) {
        for (;;) {
            ERR_clear_error();
            const int done = step(m_ssl);
            const int error = done > 0 ? SSL_ERROR_NONE : SSL_get_error(m_ssl, done);
            if (auto flushed = flush(stream, deadline); !flushed) {
                return std::unexpected(std::move(flushed.error()));
            }
            if (done > 0) {
                return static_cast<std::size_t>(done);
            }
            if (error == SSL_ERROR_ZERO_RETURN) {
                return 0;
            }
            if (error != SSL_ERROR_WANT_READ) {
                return std::unexpected(explain(stream.m_what));
            }
            std::array<char, kChunk> chunk{};
            const auto got = stream.receivePlain(chunk, deadline);
            if (!got || *got == 0) {
                return got;
            }
            BIO_write(SSL_get_rbio(m_ssl), chunk.data(), static_cast<int>(*got));
        }
    }

private:
    [[nodiscard]] Result<void> flush(SocketStream& stream, SteadyTime deadline) {
        std::array<char, kChunk> chunk{};
        for (;;) {
            const int size = BIO_read(SSL_get_wbio(m_ssl), chunk.data(), static_cast<int>(chunk.size()));
            if (size <= 0) {
                return {};
            }
            if (auto sent = stream.sendPlain({chunk.data(), static_cast<std::size_t>(size)}, deadline); !sent) {
                return sent;
            }
        }
    }
    [[nodiscard]] Error explain(const std::string& what) const {
        if (const auto verdict = SSL_get_verify_result(m_ssl); verdict != X509_V_OK) {
            return {ErrorCode::Refused, what + ": the certificate of " + m_host +
                                            " is not accepted: " + X509_verify_cert_error_string(verdict)};
        }
        return {ErrorCode::Protocol, what + ": no TLS connection: " + lastTlsError()};
    }

    std::string m_host;
    SSL_CTX* m_context = nullptr;
    SSL* m_ssl = nullptr;
};

SocketStream::SocketStream(int fd, std::string what)
    : m_fd(fd)
    , m_what(std::move(what)) {}

SocketStream::SocketStream(SocketStream&& other) noexcept
    : m_fd(std::exchange(other.m_fd, -1))
    , m_what(std::move(other.m_what))
    , m_tls(std::move(other.m_tls)) {}

SocketStream& SocketStream::operator=(SocketStream&& other) noexcept {
    std::swap(m_fd, other.m_fd);
    std::swap(m_what, other.m_what);
    std::swap(m_tls, other.m_tls);
    return *this;
}

SocketStream::~SocketStream() {
    if (m_fd >= 0) {
        ::close(m_fd);
    }
}

Result<SocketStream> SocketStream::connect(int family, const void* address, unsigned size, std::string what,
                                           SteadyTime deadline) {
    const int fd = ::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return fail(ErrorCode::Io, what + ": " + std::generic_category().message(errno));
    }
    SocketStream stream(fd, std::move(what));
    if (family != AF_UNIX) {
        const int on = 1;
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    int error = ::connect(fd, static_cast<const sockaddr*>(address), size) == 0 ? 0 : errno;
    if (error == EINPROGRESS) {
        if (auto ready = waitForSocket(fd, POLLOUT, deadline, (stream.m_what + ", connecting").c_str()); !ready) {
            return std::unexpected(std::move(ready.error()));
        }
        socklen_t length = sizeof error;
        if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) != 0) {
            error = errno;
        }
    }
    if (error == EAGAIN) { // a Unix socket whose queue is full: somebody listens and does not take
        return fail(ErrorCode::Timeout, stream.m_what + ": it takes no connections");
    }
    if (error != 0) {
        return fail(ErrorCode::Refused, stream.m_what + ": " + std::generic_category().message(error));
    }
    return stream;
}

Result<SocketStream> SocketStream::connectUnix(const std::string& path, std::string what, SteadyTime deadline) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        return fail(ErrorCode::Invalid, what + ": the path of the socket is too long: " + path);
    }
    path.copy(address.sun_path, path.size());
    return connect(AF_UNIX, &address, sizeof address, std::move(what), deadline);
}

Result<SocketStream> SocketStream::connectTcp(const std::string& host, std::uint16_t port, std::string what,
                                              SteadyTime deadline) {
    const auto numeric = resolveHost(host, deadline);
    if (!numeric) {
        return fail(numeric.error().code, what + ": " + numeric.error().text);
    }
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    addrinfo* list = nullptr;
    if (const int error = ::getaddrinfo(numeric->c_str(), std::to_string(port).c_str(), &hints, &list); error != 0) {
        return fail(ErrorCode::Invalid, what + ": not a usable address: " + *numeric);
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(list, &::freeaddrinfo);
    return connect(list->ai_family, list->ai_addr, list->ai_addrlen, std::move(what), deadline);
}

Result<void> SocketStream::startTls(const std::string& host, const TlsFiles& files, SteadyTime deadline) {
    auto tls = std::make_unique<Tls>();
    if (auto prepared = tls->prepare(host, files, m_what); !prepared) {
        return prepared;
    }
    const auto done = tls->run(*this, deadline, [](SSL* ssl) { return SSL_do_handshake(ssl); });
    if (!done) {
        return std::unexpected(done.error());
    }
    if (*done == 0) {
        return fail(ErrorCode::Closed, m_what + ": it ended the connection instead of speaking TLS");
    }
    m_tls = std::move(tls);
    return {};
}

Result<void> SocketStream::send(std::string_view bytes, SteadyTime deadline) {
    if (!m_tls) {
        return sendPlain(bytes, deadline);
    }
    while (!bytes.empty()) {
        const auto size = static_cast<int>(std::min(bytes.size(), kChunk));
        const auto sent = m_tls->run(*this, deadline, [&](SSL* ssl) { return SSL_write(ssl, bytes.data(), size); });
        if (!sent) {
            return std::unexpected(sent.error());
        }
        if (*sent == 0) {
            return fail(ErrorCode::Closed, m_what + ": connection closed");
        }
        bytes.remove_prefix(*sent);
    }
    return {};
}

Result<std::size_t> SocketStream::receive(std::span<char> into, SteadyTime deadline) {
    if (!m_tls) {
        return receivePlain(into, deadline);
    }
    const auto size = static_cast<int>(std::min(into.size(), kChunk));
    return m_tls->run(*this, deadline, [&](SSL* ssl) { return SSL_read(ssl, into.data(), size); });
}

Result<void> SocketStream::sendPlain(std::string_view bytes, SteadyTime deadline) {
    while (!bytes.empty()) {
        const auto sent = ::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (auto ready = waitForSocket(m_fd, POLLOUT, deadline, m_what.c_str()); !ready) {
                return ready;
            }
        } else if (errno != EINTR) {
            return fail(ErrorCode::Closed, m_what + ": " + std::generic_category().message(errno));
        }
    }
    return {};
}

Result<std::size_t> SocketStream::receivePlain(std::span<char> into, SteadyTime deadline) {
    for (;;) {
        if (std::chrono::steady_clock::now() >= deadline) { // a peer that drips without end meets it, too
            return fail(ErrorCode::Timeout, m_what + ": no answer in time");
        }
        if (auto ready = waitForSocket(m_fd, POLLIN, deadline, m_what.c_str()); !ready) {
            return std::unexpected(std::move(ready.error()));
        }
        const auto got = ::recv(m_fd, into.data(), into.size(), 0);
        if (got >= 0) {
            return static_cast<std::size_t>(got);
        }
        if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
            return fail(ErrorCode::Closed, m_what + ": " + std::generic_category().message(errno));
        }
    }
}

} // namespace binnacle
