// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"
#include "backend/stack/event_loop.h"
#include "backend/stack/unique_fd.h"

#include <sys/types.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace binnacle::stack {

struct HttpRequest {
    std::string method;
    std::string path; ///< without the query
    std::string body;
    uid_t peer = 0; ///< who asks, from the kernel
};

struct HttpResponse {
    int status = 200;
    std::string json;
};

/// Takes one whole request off the front of `buffer`. Nothing while it is incomplete; an error when it can never
/// become a request that this server takes (malformed, too large, chunked).
[[nodiscard]] Result<std::optional<HttpRequest>> takeRequest(std::string& buffer, bool& keepAlive);

/// A small HTTP/1.1 server on a Unix socket of mode 0600, for a handful of local clients. Every size and count is
/// bounded. Belongs to the loop's thread.
class HttpServer {
public:
    using Respond = std::function<void(HttpResponse)>;
    /// May answer at once or later; `respond` may outlive the connection and then does nothing.
    using Handler = std::function<void(const HttpRequest& request, Respond respond)>;

    static constexpr std::size_t maxConnections = 32;
    static constexpr std::size_t maxHeadBytes = 8192;
    static constexpr std::size_t maxBodyBytes = 65536;
    static constexpr std::chrono::seconds idleLimit{60};

    HttpServer(EventLoop& loop, Handler handler)
        : m_loop(loop)
        , m_handler(std::move(handler)) {}
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    /// Replaces a socket that a killed predecessor left behind: the caller holds the stack's lock.
    [[nodiscard]] Result<void> listen(const std::string& path);

private:
    struct Connection {
        UniqueFd fd;
        uid_t peer = 0;
        std::string input;
        std::string output;
        bool busy = false; ///< a request is being answered; the next one waits
        bool keepAlive = true;
        EventLoop::TimerId idleTimer = 0;
    };
    using Id = std::uint64_t;

    void acceptAll();
    void onEvents(Id id, short events);
    void serveNext(Id id);
    void respond(Id id, const HttpResponse& response);
    void flush(Id id);
    void restartIdleTimer(Id id);
    void close(Id id);

    EventLoop& m_loop;
    Handler m_handler;
    UniqueFd m_listener;
    std::string m_path;
    Id m_nextId = 1;
    std::map<Id, Connection> m_connections;
    std::shared_ptr<HttpServer*> m_self = std::make_shared<HttpServer*>(this);
};

} // namespace binnacle::stack
