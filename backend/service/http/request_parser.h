// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/service/http/exchange.h"
#include "backend/service/service_config.h"

#include <boost/beast/http/basic_parser.hpp>

namespace binnacle::service {

/// Beast's HTTP/1.1 grammar with our limits, writing straight into a Request: no field container, no allocation.
///
/// Stricter than Beast where framing could be read in two ways: exactly one Host in HTTP/1.1, no Transfer-Encoding but
/// `chunked`, none in HTTP/1.0.
class RequestParser final : public boost::beast::http::basic_parser<true> {
public:
    RequestParser(Request& request, const HttpLimits& limits);

    /// Status that answers a parse error: 400, 413, 414, 431, 501 or 505.
    [[nodiscard]] int failureStatus(const boost::system::error_code& error) const;

private:
    using Error = boost::beast::error_code;
    using Text = boost::beast::string_view;
    using Verb = boost::beast::http::verb;
    using Field = boost::beast::http::field;

    void on_request_impl(Verb method, Text methodText, Text target, int version, Error& error) override;
    void on_response_impl(int, Text, int, Error&) override {}
    void on_field_impl(Field name, Text nameText, Text value, Error& error) override;
    void on_header_impl(Error& error) override;
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, Error& error) override;
    std::size_t on_body_impl(Text body, Error& error) override;
    void on_chunk_header_impl(std::uint64_t, Text, Error&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t remain, Text body, Error& error) override;
    void on_finish_impl(Error&) override {}

    Request& m_request;
    const HttpLimits& m_limits;
    int m_failureStatus = 0;
    bool m_headDone = false;
};

} // namespace binnacle::service
