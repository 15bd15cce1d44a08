// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/http/request_parser.h"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>

namespace binnacle::service {
namespace {

namespace http = boost::beast::http;
using boost::beast::iequals;

/// The path and query of a request target; empty if it is in no form that we serve.
std::string_view originForm(std::string_view target) {
    if (target.starts_with('/')) {
        return target;
    }
    // Absolute form: a server must accept it, although only proxies are sent it.
    if (const auto scheme = target.find("://"); scheme != std::string_view::npos) {
        const auto path = target.find('/', scheme + 3);
        return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
    }
    return {};
}

} // namespace

RequestParser::RequestParser(Request& request, const HttpLimits& limits)
    : m_request(request)
    , m_limits(limits) {
    header_limit(static_cast<std::uint32_t>(limits.headerBytes));
    body_limit(limits.bodyBytes);
}

int RequestParser::failureStatus(const boost::system::error_code& error) const {
    if (m_failureStatus != 0) {
        return m_failureStatus;
    }
    if (error == http::error::body_limit) {
        return 413;
    }
    if (error == http::error::header_limit) {
        return m_request.target.empty() ? 414 : 431;
    }
    if (error == http::error::bad_version) {
        return 505;
    }
    return 400;
}

void RequestParser::on_request_impl(Verb method, Text, Text target, int version, Error& error) {
    m_request.method = method == Verb::get    ? Method::Get
                       : method == Verb::post ? Method::Post
                       : method == Verb::put  ? Method::Put
                                              : Method::Other;
    m_request.http11 = version == 11;
    const std::string_view path = originForm({target.data(), target.size()});
    if (path.size() > m_limits.targetBytes) {
        m_failureStatus = 414;
        error = http::error::bad_target;
    } else if (path.empty() || path.find('#') != std::string_view::npos) {
        error = http::error::bad_target;
    } else {
        m_request.target.assign(path);
    }
}

void RequestParser::on_field_impl(Field name, Text nameText, Text value, Error& error) {
    if (m_headDone) {
        return; // trailers say nothing that we believe
    }
    switch (name) {
    case Field::authorization:
        m_request.authorization.assign(value.data(), value.size());
        break;
    case Field::content_type:
        m_request.contentType.assign(value.data(), value.size());
        break;
    case Field::host:
        m_request.host.assign(value.data(), value.size());
        ++m_request.hostCount;
        break;
    case Field::origin:
        m_request.originPresent = true;
        break;
    case Field::expect:
        m_request.expectsContinue = iequals(value, "100-continue");
        if (!m_request.expectsContinue) {
            m_failureStatus = 417;
            error = http::error::bad_value;
        }
        break;
    case Field::transfer_encoding:
        if (!m_request.http11 || !iequals(value, "chunked")) {
            m_failureStatus = m_request.http11 ? 501 : 400;
            error = http::error::bad_transfer_encoding;
        }
        break;
    case Field::unknown:
        if (iequals(nameText, "X-Request-Id")) {
            m_request.requestId.assign(value.data(), value.size());
        } else if (iequals(nameText, "X-User")) {
            m_request.user.assign(value.data(), value.size());
            ++m_request.userCount;
        }
        break;
    default:
        break;
    }
}

void RequestParser::on_header_impl(Error& error) {
    m_headDone = true;
    if (m_request.hostCount > 1 || (m_limits.hostRequired && m_request.http11 && m_request.hostCount == 0)) {
        error = http::error::bad_field;
    }
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, Error&) {
    if (length && *length > 0) {
        m_request.body.reserve(static_cast<std::size_t>(*length) + 64); // simdjson reads up to 64 bytes beyond
    }
}

std::size_t RequestParser::on_body_impl(Text body, Error&) {
    m_request.body.append(body.data(), body.size());
    return body.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, Text body, Error&) {
    m_request.body.append(body.data(), body.size());
    return body.size();
}

} // namespace binnacle::service
