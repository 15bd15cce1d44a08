// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/table_reading.h"

namespace binnacle::app {

/// The pools of the application, one row an instance, made of its signals.
extern const TableSpec kAppPools;
[[nodiscard]] TableReading readAppPools(const PageContext& context, const std::string& source);

/// The pools of pgBouncer as it lists them, with what is known of their databases, and how full they are.
extern const TableSpec kBouncerPools;
[[nodiscard]] TableReading readBouncerPools(const PageContext& context, const std::string& source);

/// What the pools carry, as measured: by pgBouncer's transactions, else by the slots that the application takes.
struct MeasuredLoad {
    bool bouncer = false;                ///< measured at pgBouncer
    std::optional<double> perSecond{};   ///< times a second that a connection is taken
    std::optional<double> holdSeconds{}; ///< mean time that it is kept
    std::optional<double> size{};        ///< of the pools together
};
[[nodiscard]] MeasuredLoad measureLoad(const PageContext& context);

} // namespace binnacle::app
