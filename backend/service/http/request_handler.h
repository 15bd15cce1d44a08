// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/service/asio_types.h"
#include "backend/service/http/exchange.h"

namespace binnacle::service {

/// What the head of a request leads to.
enum class Admission : std::uint8_t {
    Proceed,         ///< read the body, then handle
    RefuseAfterBody, ///< the problem is set; read the body away so that the connection stays usable
    RefuseNow,       ///< the problem is set; do not spend anything on the body
};

/// The application behind a listener. All calls come from the connection's own thread.
class RequestHandler {
public:
    virtual ~RequestHandler() = default;

    /// Gives the exchange its request id; called once, also for requests that could not be parsed.
    virtual void identify(Exchange& exchange) = 0;
    /// The head is there: route, authenticate, shed.
    [[nodiscard]] virtual Admission begin(Exchange& exchange) = 0;
    /// Answers at once what needs no waiting; false hands over to handle().
    [[nodiscard]] virtual bool handleNow(Exchange& exchange) = 0;
    [[nodiscard]] virtual Awaitable<void> handle(Exchange& exchange) = 0;
    /// The answer is handed to the kernel, or the connection is gone. Called exactly once per identified request.
    virtual void finished(Exchange& exchange) noexcept = 0;
    /// A defect: handle() threw. The client gets a 500 without the text.
    virtual void failed(const Exchange& exchange, const char* what) noexcept = 0;
};

} // namespace binnacle::service
