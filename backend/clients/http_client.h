// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/secret.h"
#include "backend/clients/tls_files.h"
#include "backend/domain/error.h"
#include "backend/domain/time.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace binnacle {

/// Where an HTTP server listens: "http://HOST:PORT", "https://HOST:PORT" or "unix:/ABSOLUTE/PATH".
struct HttpEndpoint {
    std::string baseUrl;    ///< without a trailing slash
    std::string unixSocket; ///< empty for TCP
    TlsFiles tlsFiles = {}; ///< for https
    /// For basic authentication; empty: none. The password is read at each connect, so that a rotated one is found.
    std::string user = {};
    std::string passwordFile = {};
    Secret password = {}; ///< instead of the file's

    [[nodiscard]] static Result<HttpEndpoint> parse(std::string_view text);
};

struct HttpResponse {
    long status = 0;
    std::string body;
};

/// HTTP/1.1 over one kept connection. Every call ends by its deadline, redirects are not followed, proxies of the
/// environment are ignored, and a body over the cap is an error. Blocking; one thread at a time.
class HttpClient {
public:
    static constexpr std::size_t kDefaultBodyCap = 4U << 20;

    explicit HttpClient(HttpEndpoint endpoint, std::size_t bodyCapBytes = kDefaultBodyCap);
    ~HttpClient();
    HttpClient(HttpClient&&) noexcept;
    HttpClient& operator=(HttpClient&&) noexcept;

    /// Sends `Authorization: Bearer TOKEN` with every further request; an empty token sends none.
    void setBearerToken(std::string token);

    /// Any status is an answer; errors are about getting one. `path` begins with a slash.
    [[nodiscard]] Result<HttpResponse> get(std::string_view path, SteadyTime deadline);
    [[nodiscard]] Result<HttpResponse> send(const char* method, std::string_view path, std::string_view body,
                                            SteadyTime deadline);
    /// As get(), where only 200 is success: 401 and 403 are Denied, 404 NotFound, the rest Protocol.
    [[nodiscard]] Result<std::string> getBody(std::string_view path, SteadyTime deadline);
    /// Closes the connection; the next call opens another.
    void disconnect();
    /// Of all answers' bodies, also of those that were not used.
    [[nodiscard]] std::uint64_t receivedBytes() const;

private:
    struct Session;
    std::unique_ptr<Session> m_session;
};

} // namespace binnacle
