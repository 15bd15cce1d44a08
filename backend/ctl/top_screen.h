// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/ctl/top_frame.h"

#include <memory>

namespace binnacle::ctl {

/// The terminal, taken over for the life of this object and left as it was, also when a signal ends the program.
class TopScreen {
public:
    enum class Key { None, Quit, Pause, Retry, Resized, Back, Forward, Slower, Faster };

    /// Null when the terminal can't show a full-screen view (its type is unknown).
    [[nodiscard]] static std::unique_ptr<TopScreen> open(bool colour);
    ~TopScreen();
    TopScreen(const TopScreen&) = delete;
    TopScreen& operator=(const TopScreen&) = delete;

    [[nodiscard]] std::size_t columns() const;
    [[nodiscard]] std::size_t rows() const;
    void show(const std::vector<FrameLine>& frame);
    /// Waits for a key for at most `patience`.
    [[nodiscard]] Key waitForKey(std::chrono::milliseconds patience);

private:
    TopScreen() = default;
    struct Terminal;
    std::unique_ptr<Terminal> m_terminal;
};

} // namespace binnacle::ctl
