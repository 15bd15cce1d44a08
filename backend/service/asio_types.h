// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/wait_traits.hpp>

#include <chrono>

// The concrete executor is spelt out everywhere: a type-erased one costs an allocation and a virtual call per
// operation.
namespace binnacle::service {

namespace asio = boost::asio;

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;
using Executor = asio::io_context::executor_type;
template <typename T>
using Awaitable = asio::awaitable<T, Executor>;
using UseAwaitable = asio::use_awaitable_t<Executor>;
inline constexpr UseAwaitable useAwaitable{};
using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;
using StreamSocket = asio::basic_stream_socket<asio::generic::stream_protocol, Executor>;

} // namespace binnacle::service
