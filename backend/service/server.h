// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"
#include "backend/service/service_config.h"

#include <cstdint>
#include <memory>

namespace binnacle::service {

/// One instance: its listeners, its shards, and the order in which they end.
///
/// create() binds everything, run() serves until requestDrain(), and returns when the last request is answered or the
/// hard limit (drain grace and 5 s) has passed.
class Server {
public:
    /// Errors: Conflict (an address is taken), Invalid, Io.
    [[nodiscard]] static Result<std::unique_ptr<Server>> create(ServiceConfig config);
    ~Server();

    /// Serves on this thread and the shards' until drained. With `withSignals`, SIGTERM and SIGINT drain.
    void run(bool withSignals);
    /// Any thread. A second call ends at once.
    void requestDrain();

    [[nodiscard]] std::uint16_t publicPort() const;
    [[nodiscard]] std::uint16_t metricsPort() const;

private:
    class Impl;
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace binnacle::service
