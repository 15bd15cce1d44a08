// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/api/query_string.h"

#include <simdjson.h>

namespace binnacle::service {
namespace {

int hexDigit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// Appends the decoded text; false if an escape is broken.
bool decode(std::string_view encoded, std::string& out) {
    for (std::size_t i = 0; i < encoded.size(); ++i) {
        if (encoded[i] == '+') {
            out.push_back(' ');
        } else if (encoded[i] != '%') {
            out.push_back(encoded[i]);
        } else {
            const int high = i + 2 < encoded.size() ? hexDigit(encoded[i + 1]) : -1;
            const int low = i + 2 < encoded.size() ? hexDigit(encoded[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return false;
            }
            out.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        }
    }
    return true;
}

} // namespace

QueryParameter findParameter(std::string_view query, std::string_view name) {
    QueryParameter found;
    while (!query.empty()) {
        const auto end = query.find('&');
        const std::string_view pair = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
        const auto equals = pair.find('=');
        if (pair.substr(0, equals) != name) {
            continue;
        }
        if (found.present) {
            found.wellFormed = false;
            return found;
        }
        found.present = true;
        if (equals != std::string_view::npos) {
            found.wellFormed = decode(pair.substr(equals + 1), found.value);
        }
    }
    found.wellFormed = found.wellFormed && countCharacters(found.value) && !hasControlCharacters(found.value);
    return found;
}

std::optional<std::size_t> countCharacters(std::string_view text) {
    if (!simdjson::validate_utf8(text.data(), text.size())) {
        return std::nullopt;
    }
    std::size_t count = 0;
    for (const char c : text) {
        count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    }
    return count;
}

bool hasControlCharacters(std::string_view text, bool multiline) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool allowed = multiline && (c == '\n' || c == '\t' || c == '\r');
        if ((byte < 0x20 || byte == 0x7F) && !allowed) {
            return true;
        }
    }
    return false;
}

} // namespace binnacle::service
