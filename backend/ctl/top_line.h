// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/ctl/plain_text.h"
#include "backend/ctl/top_frame.h"

#include <string>
#include <utility>

namespace binnacle::ctl {

/// Builds lines that never exceed the frame.
class Line {
public:
    explicit Line(std::size_t columns)
        : m_left(columns) {}

    Line& add(const std::string& text, Style style = Style::Plain) {
        auto shown = cut(asciiSpaces(text), m_left);
        m_left -= columnsOf(shown);
        if (!shown.empty()) {
            m_spans.push_back({std::move(shown), style});
        }
        return *this;
    }
    Line& cell(const std::string& text, std::size_t columns, Style style = Style::Plain) {
        return add(padded(cut(asciiSpaces(text), columns - 1), columns), style);
    }
    /// At the right edge, after the spaces that it takes.
    Line& right(const std::string& text, Style style = Style::Plain) {
        const auto shown = asciiSpaces(text);
        const auto width = columnsOf(shown);
        if (width < m_left) {
            add(std::string(m_left - width, ' '));
        }
        return add(shown, style);
    }
    [[nodiscard]] std::size_t left() const { return m_left; }
    [[nodiscard]] FrameLine take() { return std::move(m_spans); }

private:
    std::size_t m_left;
    FrameLine m_spans;
};

} // namespace binnacle::ctl
