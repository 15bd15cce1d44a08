// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/audit.h"

#include <algorithm>

namespace binnacle {
namespace {

void appendText(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte == 0x7f) {
            out += "\\u00";
            out += hex[byte >> 4];
            out += hex[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

void appendValue(std::string& out, const Value& value) {
    if (std::holds_alternative<std::string>(value)) {
        appendText(out, std::get<std::string>(value));
    } else {
        out += valueText(value);
    }
}

void appendValues(std::string& out, const Values& values) {
    out += '{';
    bool first = true;
    for (const auto& [name, value] : values) {
        if (!first) {
            out += ',';
        }
        first = false;
        appendText(out, name);
        out += ':';
        appendValue(out, value);
    }
    out += '}';
}

void appendResult(std::string& out, const AuditResult& result) {
    out += R"({"verdict":)";
    appendText(out, verdictName(result.verdict));
    out += R"(,"observed_after":)";
    appendValues(out, result.observedAfter);
    out += R"(,"stragglers":[)";
    for (std::size_t i = 0; i < result.stragglers.size(); ++i) {
        if (i > 0) {
            out += ',';
        }
        appendText(out, result.stragglers[i]);
    }
    out += R"(],"message":)";
    appendText(out, result.message);
    out += '}';
}

} // namespace

std::string canonicalText(const AuditEntry& entry) {
    std::string out = R"({"writer_id":)";
    const auto text = [&out](std::string_view key, std::string_view value) {
        out += ",\"";
        out += key;
        out += "\":";
        appendText(out, value);
    };
    appendText(out, entry.writerId);
    out += R"(,"number":)" + std::to_string(entry.number);
    text("at", isoTime(entry.at));
    text("operator", entry.operatorName);
    text("phase", entry.phase == AuditPhase::Intent ? "intent" : "outcome");
    text("request_id", entry.requestId);
    text("action", entry.action);
    out += R"(,"parameters":)";
    appendValues(out, entry.parameters);
    text("reason", entry.reason);
    out += R"(,"before":)";
    appendValues(out, entry.before);
    out += R"(,"after":)";
    appendValues(out, entry.after);
    if (entry.intent) {
        out += R"(,"intent":)" + std::to_string(*entry.intent);
    }
    if (entry.result) {
        out += R"(,"outcome":)";
        appendResult(out, *entry.result);
    }
    if (entry.reverses) {
        text("reverses", *entry.reverses);
    }
    text("previous_digest", entry.previousDigest);
    out += '}';
    return out;
}

SealedEntry seal(AuditEntry entry, const ChainHead& head, const DigestFunction& digest) {
    entry.writerId = head.writerId;
    entry.number = head.number + 1;
    entry.previousDigest = head.digest;
    entry.at = wholeMilliseconds(entry.at);
    SealedEntry sealed;
    sealed.text = canonicalText(entry);
    sealed.digest = digest(sealed.text);
    sealed.entry = std::move(entry);
    return sealed;
}

ChainHead headOf(const SealedEntry& sealed) {
    return {sealed.entry.writerId, sealed.entry.number, sealed.digest};
}

std::vector<AuditEntry> entriesOf(std::span<const SealedEntry> sealed) {
    std::vector<AuditEntry> entries;
    entries.reserve(sealed.size());
    for (const auto& one : sealed) {
        entries.push_back(one.entry);
    }
    return entries;
}

std::optional<ChainFault> verifyChain(std::string_view writerId, std::span<const SealedEntry> entries,
                                      std::span<const ChainHead> seen, const DigestFunction& digest) {
    ChainHead head{std::string(writerId), 0, {}};
    const auto fault = [&](std::int64_t number, std::string text) {
        return ChainFault{head.writerId, number, std::move(text)};
    };
    for (const auto& sealed : entries) {
        const auto expected = head.number + 1;
        const auto name = "Entry " + std::to_string(expected);
        if (digest(sealed.text) != sealed.digest || canonicalText(sealed.entry) != sealed.text) {
            return fault(expected, name + " was changed after it was written");
        }
        if (sealed.entry.writerId != head.writerId) {
            return fault(expected, name + " belongs to another writer");
        }
        if (sealed.entry.number != expected) {
            return fault(expected,
                         name + " is missing: " + std::to_string(sealed.entry.number) + " stands in its place");
        }
        if (sealed.entry.previousDigest != head.digest) {
            return fault(expected, name + " does not follow the entry that stands before it");
        }
        head = headOf(sealed);
    }
    for (const auto& known : seen) {
        if (known.writerId != head.writerId || known.number < 1) {
            continue;
        }
        if (known.number > head.number) {
            return fault(head.number + 1, "Entry " + std::to_string(known.number) +
                                              " was seen before and is gone: the end was cut off behind " +
                                              std::to_string(head.number));
        }
        if (entries[static_cast<std::size_t>(known.number - 1)].digest != known.digest) {
            return fault(known.number,
                         "Entry " + std::to_string(known.number) + " is not the one that was seen before");
        }
    }
    return std::nullopt;
}

} // namespace binnacle
