// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/exposition_text.h"

#include <charconv>
#include <cmath>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace binnacle {

namespace {

bool isSpace(char c) {
    return c == ' ' || c == '\t';
}

bool isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
}

bool isNamePart(char c) {
    return isNameStart(c) || (c >= '0' && c <= '9');
}

/// One line, read from its front. Every step tells whether the text was as it must be.
class Line {
public:
    explicit Line(std::string_view text)
        : m_left(text) {}

    void skipSpaces() {
        while (!m_left.empty() && isSpace(m_left.front())) {
            m_left.remove_prefix(1);
        }
    }
    [[nodiscard]] bool atEnd() const { return m_left.empty(); }
    [[nodiscard]] bool startsWith(char c) const { return !m_left.empty() && m_left.front() == c; }
    bool take(char c) {
        if (!startsWith(c)) {
            return false;
        }
        m_left.remove_prefix(1);
        return true;
    }
    /// A name of a metric or of a label; empty when there is none.
    std::string_view name() {
        std::size_t length = 0;
        while (length < m_left.size() && (length == 0 ? isNameStart(m_left[0]) : isNamePart(m_left[length]))) {
            ++length;
        }
        return cut(length);
    }
    /// What stands before the next space.
    std::string_view word() {
        std::size_t length = 0;
        while (length < m_left.size() && !isSpace(m_left[length])) {
            ++length;
        }
        return cut(length);
    }
    /// A value in quotes, unescaped into `room` where it has escapes.
    std::optional<std::string_view> quoted(std::deque<std::string>& room) {
        if (!take('"')) {
            return std::nullopt;
        }
        const auto end = m_left.find_first_of("\"\\");
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        if (m_left[end] == '"') {
            const auto plain = cut(end);
            m_left.remove_prefix(1);
            return plain;
        }
        std::string out;
        while (!m_left.empty()) {
            const char c = m_left.front();
            m_left.remove_prefix(1);
            if (c == '"') {
                return room.emplace_back(std::move(out));
            }
            if (c != '\\') {
                out.push_back(c);
                continue;
            }
            if (m_left.empty()) {
                return std::nullopt;
            }
            out.push_back(m_left.front() == 'n' ? '\n' : m_left.front()); // others stand for themselves
            m_left.remove_prefix(1);
        }
        return std::nullopt;
    }

private:
    std::string_view cut(std::size_t length) {
        const auto out = m_left.substr(0, length);
        m_left.remove_prefix(length);
        return out;
    }
    std::string_view m_left;
};

/// A number as Go writes it: also "+Inf", "-Inf", "NaN".
std::optional<double> numberOf(std::string_view word) {
    if (word.starts_with('+')) {
        word.remove_prefix(1);
    }
    double value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (end != word.data() + word.size() || word.empty()) {
        return std::nullopt;
    }
    return error == std::errc::result_out_of_range ? HUGE_VAL : value; // told, and left out for not being finite
}

using LabelViews = std::vector<std::pair<std::string_view, std::string_view>>;

/// What is wrong with the line; empty: nothing.
const char* readSample(std::string_view text, LabelViews& labels, std::deque<std::string>& room,
                       const PrometheusVisit& visit) {
    labels.clear();
    room.clear();
    Line line(text);
    const auto metric = line.name();
    if (metric.empty()) {
        return "does not begin with the name of a metric";
    }
    labels.emplace_back("__name__", metric);
    line.skipSpaces();
    if (line.take('{')) {
        line.skipSpaces();
        while (!line.take('}')) {
            const auto name = line.name();
            line.skipSpaces();
            if (name.empty() || !line.take('=')) {
                return "has a label without a name or a value";
            }
            line.skipSpaces();
            const auto value = line.quoted(room);
            if (!value) {
                return "has a label whose value does not end";
            }
            if (labels.size() > kExpositionLabelCap) {
                return "has too many labels";
            }
            labels.emplace_back(name, *value);
            line.skipSpaces();
            if (line.take(',')) {
                line.skipSpaces();
            } else if (!line.startsWith('}')) {
                return "has labels that no comma parts";
            }
        }
    }
    line.skipSpaces();
    const auto value = numberOf(line.word());
    if (!value) {
        return "has no number";
    }
    line.skipSpaces();
    std::optional<double> at = 0.0;
    if (!line.atEnd() && !line.startsWith('#')) {
        at = numberOf(line.word());
        line.skipSpaces();
    }
    if (!at || (!line.atEnd() && !line.startsWith('#'))) {
        return "has more behind its number than a time";
    }
    if (std::isfinite(*value)) {
        visit(PrometheusSample{labels, std::isfinite(*at) ? *at / 1000 : 0, *value});
    }
    return nullptr;
}

} // namespace

Result<void> readExpositionText(std::string_view text, const PrometheusVisit& visit) {
    LabelViews labels;
    std::deque<std::string> room;
    std::size_t samples = 0;
    std::size_t number = 0;
    while (!text.empty()) {
        ++number;
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        while (!line.empty() && isSpace(line.front())) {
            line.remove_prefix(1);
        }
        if (line.empty() || line.front() == '#') {
            continue;
        }
        if (++samples > PrometheusClient::kSampleCap) {
            return fail(ErrorCode::Protocol,
                        "the metrics page has more than " + std::to_string(PrometheusClient::kSampleCap) + " samples");
        }
        if (const auto* const problem = readSample(line, labels, room, visit)) {
            return fail(ErrorCode::Protocol, "line " + std::to_string(number) + " of the metrics page " + problem);
        }
    }
    return {};
}

} // namespace binnacle
