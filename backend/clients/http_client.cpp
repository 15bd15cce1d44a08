// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/http_client.h"

#include "backend/clients/deadline.h"
#include "backend/clients/secret_file.h"

#include <algorithm>
#include <array>
#include <curl/curl.h>

namespace binnacle {

Result<HttpEndpoint> HttpEndpoint::parse(std::string_view text) {
    if (text.starts_with("unix:/")) {
        return HttpEndpoint{"http://localhost", std::string(text.substr(5))};
    }
    const std::size_t scheme = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : 0;
    if (scheme > 0 && text.size() > scheme) {
        while (text.ends_with('/')) {
            text.remove_suffix(1);
        }
        return HttpEndpoint{std::string(text), {}};
    }
    return fail(ErrorCode::Invalid, "Not an endpoint: \"" + std::string(text) +
                                        "\". Expected http://HOST:PORT, https://HOST:PORT or unix:/ABSOLUTE/PATH.");
}

struct HttpClient::Session {
    HttpEndpoint endpoint;
    std::size_t cap = 0;
    CURL* curl = nullptr;
    std::string body;
    std::string authorization; ///< the whole header line, or empty
    bool overflowed = false;
    std::uint64_t received = 0;                 ///< bytes of all bodies
    std::array<char, CURL_ERROR_SIZE> reason{}; ///< the library's words for what went wrong

    Session(HttpEndpoint where, std::size_t bodyCap)
        : endpoint(std::move(where))
        , cap(bodyCap) {}
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session() {
        close();
        wipe(authorization);
    }

    void close() {
        if (curl != nullptr) {
            curl_easy_cleanup(curl);
            curl = nullptr;
        }
    }

    static std::size_t receive(char* data, std::size_t size, std::size_t count, void* self) {
        auto& session = *static_cast<Session*>(self);
        const std::size_t bytes = size * count;
        if (bytes > session.cap - std::min(session.cap, session.body.size())) {
            session.overflowed = true;
            return 0;
        }
        session.body.append(data, bytes);
        session.received += bytes;
        return bytes;
    }

    [[nodiscard]] Result<void> open() {
        static const bool initialised = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
        if (curl != nullptr) {
            return {};
        }
        std::string password;
        if (!endpoint.password.empty()) {
            password = endpoint.password.view();
        } else if (!endpoint.passwordFile.empty()) {
            auto read = readSecretFile(endpoint.passwordFile);
            if (!read) {
                return std::unexpected(std::move(read.error()));
            }
            password = std::move(*read);
        }
        curl = initialised ? curl_easy_init() : nullptr;
        if (curl == nullptr) {
            return fail(ErrorCode::Io, "The HTTP library could not be started");
        }
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_PROXY, "");
        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        curl_easy_setopt(curl, CURLOPT_MAXCONNECTS, 1L);
        curl_easy_setopt(curl, CURLOPT_TCP_NODELAY, 1L);
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &Session::receive);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, this);
        curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason.data());
        curl_easy_setopt(curl, CURLOPT_USERAGENT, "binnacle/" BINNACLE_VERSION);
        if (!endpoint.unixSocket.empty()) {
            curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, endpoint.unixSocket.c_str());
        }
        if (!endpoint.user.empty()) {
            curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
            curl_easy_setopt(curl, CURLOPT_USERNAME, endpoint.user.c_str());
            curl_easy_setopt(curl, CURLOPT_PASSWORD, password.c_str());
        }
        wipe(password);
        setTls();
        return {};
    }

    /// The server's certificate and name are checked by default: nothing here turns that off.
    void setTls() {
        const auto& files = endpoint.tlsFiles;
        curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        if (!files.caFile.empty()) {
            curl_easy_setopt(curl, CURLOPT_CAINFO, files.caFile.c_str());
            curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
        }
        if (!files.certificateFile.empty()) {
            const auto& key = files.keyFile.empty() ? files.certificateFile : files.keyFile;
            curl_easy_setopt(curl, CURLOPT_SSLCERT, files.certificateFile.c_str());
            curl_easy_setopt(curl, CURLOPT_SSLKEY, key.c_str());
        }
    }

    [[nodiscard]] std::string where() const {
        return endpoint.unixSocket.empty() ? endpoint.baseUrl : endpoint.unixSocket;
    }

    [[nodiscard]] Error explain(CURLcode code) const {
        const auto text = where() + ": ";
        switch (code) {
        case CURLE_OPERATION_TIMEDOUT:
            return {ErrorCode::Timeout, text + "no answer in time"};
        case CURLE_COULDNT_CONNECT:
            return {ErrorCode::Refused, text + "nothing listens there"};
        case CURLE_COULDNT_RESOLVE_HOST:
            return {ErrorCode::NotFound, text + "the host is not known"};
        case CURLE_GOT_NOTHING:
        case CURLE_RECV_ERROR:
        case CURLE_SEND_ERROR:
        case CURLE_PARTIAL_FILE:
            return {ErrorCode::Closed, text + "the connection was closed before the answer was complete"};
        case CURLE_PEER_FAILED_VERIFICATION:
            return {ErrorCode::Refused, text + "its certificate is not accepted: " + why(code)};
        case CURLE_SSL_CACERT_BADFILE:
            return {ErrorCode::Invalid, text + "the CA file " + endpoint.tlsFiles.caFile + " can't be used"};
        case CURLE_SSL_CERTPROBLEM:
            return {ErrorCode::Invalid, text + "our certificate can't be used: " + why(code)};
        case CURLE_WRITE_ERROR:
            if (overflowed) {
                return {ErrorCode::Protocol, text + "the answer is larger than " + std::to_string(cap) + " bytes"};
            }
            break;
        default:
            break;
        }
        return {ErrorCode::Protocol, text + why(code)};
    }

    [[nodiscard]] std::string why(CURLcode code) const {
        return reason[0] != '\0' ? std::string(reason.data()) : std::string(curl_easy_strerror(code));
    }
};

HttpClient::HttpClient(HttpEndpoint endpoint, std::size_t bodyCapBytes)
    : m_session(std::make_unique<Session>(std::move(endpoint), bodyCapBytes)) {}
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;

void HttpClient::setBearerToken(std::string token) {
    wipe(m_session->authorization);
    if (!token.empty()) {
        m_session->authorization = "Authorization: Bearer " + token;
    }
    wipe(token);
}

std::uint64_t HttpClient::receivedBytes() const {
    return m_session->received;
}

void HttpClient::disconnect() {
    m_session->close();
}

Result<HttpResponse> HttpClient::get(std::string_view path, SteadyTime deadline) {
    return send("GET", path, {}, deadline);
}

Result<HttpResponse> HttpClient::send(const char* method, std::string_view path, std::string_view body,
                                      SteadyTime deadline) {
    auto& session = *m_session;
    const int left = millisecondsUntil(deadline);
    if (left == 0) {
        return fail(ErrorCode::Timeout, session.where() + ": no time left to ask");
    }
    if (auto opened = session.open(); !opened) {
        return std::unexpected(std::move(opened.error()));
    }
    session.reason[0] = '\0';
    session.body.clear();
    session.overflowed = false;
    const auto url = session.endpoint.baseUrl + std::string(path);
    CURL* const curl = session.curl;
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(left));
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(left));
    curl_slist* headers = nullptr;
    if (std::string_view(method) == "GET") {
        curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, nullptr);
    } else {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
        curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, body.data() == nullptr ? "" : body.data());
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
        headers = curl_slist_append(headers, "Content-Type: application/json");
        headers = curl_slist_append(headers, "Expect:");
    }
    if (!session.authorization.empty()) {
        headers = curl_slist_append(headers, session.authorization.c_str());
    }
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    const auto code = curl_easy_perform(curl);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, nullptr);
    curl_slist_free_all(headers);
    if (code != CURLE_OK) {
        auto error = session.explain(code);
        session.close(); // never reuse a connection whose state is unknown
        return std::unexpected(std::move(error));
    }
    HttpResponse response;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &response.status);
    response.body = std::move(session.body);
    session.body = {};
    return response;
}

Result<std::string> HttpClient::getBody(std::string_view path, SteadyTime deadline) {
    auto response = get(path, deadline);
    if (!response) {
        return std::unexpected(std::move(response.error()));
    }
    if (response->status == 200) {
        return std::move(response->body);
    }
    const auto text =
        m_session->where() + ": " + std::string(path) + " answered status " + std::to_string(response->status);
    switch (response->status) {
    case 401:
    case 403:
        disconnect(); // so that the next call reads the password anew
        return fail(ErrorCode::Denied, text);
    case 404:
        return fail(ErrorCode::NotFound, text);
    default:
        return fail(ErrorCode::Protocol, text);
    }
}

} // namespace binnacle
