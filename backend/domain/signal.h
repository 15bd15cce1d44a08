// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace binnacle {

enum class SignalKind { Counter, Gauge, Ratio, Histogram };
/// Which way is good: decides what counts as "moved in the bad direction".
enum class GoodDirection { Up, Down, Neither };

/// Describes one kind of reading. The catalogue below is the one place where a signal gets its title and unit.
struct Signal {
    std::string_view id;
    std::string_view title;
    std::string_view unit; ///< of the value as collected: "s", "bytes", "1", "requests" …
    SignalKind kind = SignalKind::Gauge;
    GoodDirection good = GoodDirection::Neither;
};

/// Every signal that the product knows, sorted by id.
[[nodiscard]] std::span<const Signal> signalCatalogue();
/// The signal with that id, or nullptr.
[[nodiscard]] const Signal* findSignal(std::string_view id);
/// "counter", "gauge", "ratio", "histogram".
[[nodiscard]] std::string_view kindName(SignalKind kind);

} // namespace binnacle
