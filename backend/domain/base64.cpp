// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/base64.h"

namespace binnacle {
namespace {

constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

} // namespace

void appendBase64(std::string& out, std::span<const std::uint8_t> bytes) {
    out.reserve(out.size() + (bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto at = [&](std::size_t offset) -> unsigned {
            return i + offset < bytes.size() ? bytes[i + offset] : 0U;
        };
        const unsigned group = at(0) << 16 | at(1) << 8 | at(2);
        out.push_back(kDigits[group >> 18]);
        out.push_back(kDigits[group >> 12 & 63U]);
        out.push_back(i + 1 < bytes.size() ? kDigits[group >> 6 & 63U] : '=');
        out.push_back(i + 2 < bytes.size() ? kDigits[group & 63U] : '=');
    }
}

std::optional<std::vector<std::uint8_t>> decodeBase64(std::string_view text) {
    if (text.size() % 4 != 0) {
        return std::nullopt;
    }
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    std::vector<std::uint8_t> bytes;
    bytes.reserve(text.size() / 4 * 3);
    unsigned group = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool padded = i + padding >= text.size();
        const auto digit = padded ? 0 : kDigits.find(text[i]);
        if (digit == std::string_view::npos) {
            return std::nullopt;
        }
        group = group << 6 | static_cast<unsigned>(digit);
        if (i % 4 == 3) {
            bytes.push_back(static_cast<std::uint8_t>(group >> 16));
            bytes.push_back(static_cast<std::uint8_t>(group >> 8));
            bytes.push_back(static_cast<std::uint8_t>(group));
            group = 0;
        }
    }
    bytes.resize(bytes.size() - padding);
    return bytes;
}

} // namespace binnacle
