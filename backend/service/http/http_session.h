// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/service/asio_types.h"
#include "backend/service/http/connection_list.h"
#include "backend/service/http/http_date.h"
#include "backend/service/http/request_handler.h"
#include "backend/service/service_config.h"

#include <atomic>

namespace binnacle::service {

/// What the sessions of one listener on one io_context share; outlives them all.
struct SessionHost {
    asio::io_context& io;
    ConnectionList& connections;
    RequestHandler& handler;
    const HttpLimits& limits;
    const ResponseHead& head;
    HttpDate& date;
    const std::atomic<bool>& draining; ///< answers then carry Connection: close
};

/// Serves one connection until it ends; call on the thread of `host.io`.
void startSession(SessionHost& host, StreamSocket socket);

} // namespace binnacle::service
