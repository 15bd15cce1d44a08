// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/action_documents.h"
#include "backend/clients/system_clock.h"
#include "backend/ctl/action_access.h"
#include "backend/ctl/action_commands.h"
#include "backend/ctl/plain_text.h"
#include "backend/domain/format.h"

#include <algorithm>
#include <cstdio>
#include <thread>

namespace binnacle::ctl {

namespace {

constexpr std::chrono::seconds kPatience{5};
/// How much later than announced a comparison may be told.
constexpr std::chrono::seconds kGrace{30};

int failed(const Error& error, const Options& options) {
    std::fprintf(stderr, "binnaclectl: %s\n", plainText(error.text).c_str());
    if (options.json) {
        std::printf("%s\n", errorDocument(error.code, error.text).c_str());
    }
    return error.code == ErrorCode::Invalid || error.code == ErrorCode::NotFound ? kUsage : kFailed;
}

std::string shown(const std::string& unit, const std::optional<double>& value) {
    constexpr std::size_t kColumns = 12;
    return padded(value ? formatMeasure(unit, *value).text(" ") : std::string(kNoValue), kColumns, true);
}

std::string_view changeText(const EffectRow& row) {
    switch (row.change) {
    case EffectRow::Change::Fell:
        return row.id.starts_with("canary.") ? "less" : "fell";
    case EffectRow::Change::Rose:
        return row.id.starts_with("canary.") ? "more" : "rose";
    case EffectRow::Change::TooFew:
        return "can't tell";
    case EffectRow::Change::None:
        break;
    }
    return "no change";
}

void print(const Effect& effect, UtcTime now) {
    std::printf("#%s, in effect at %s\n%s\n", plainText(effect.reference).c_str(), isoTime(effect.observedAt).c_str(),
                plainText(effect.summary).c_str());
    if (effect.state == Effect::State::Pending) {
        const auto left = std::max(effect.readyAt - now, UtcTime::duration::zero());
        std::printf("The comparison is due at %s, in %lld s.\n", isoTime(effect.readyAt).c_str(),
                    static_cast<long long>(std::chrono::ceil<std::chrono::seconds>(left).count()));
    }
    for (const auto& row : effect.forecast) {
        std::printf("  %-32s %s -> %s  expected\n", plainText(row.title).c_str(), shown(row.unit, row.now).c_str(),
                    shown(row.unit, row.then).c_str());
    }
    for (const auto& row : effect.rows) {
        std::printf("  %-32s %s -> %s  %-10s %s\n", plainText(row.id).c_str(), shown(row.unit, row.before).c_str(),
                    shown(row.unit, row.after).c_str(), std::string(changeText(row)).c_str(),
                    plainText(row.label).c_str());
    }
}

} // namespace

int runEffect(const Options& options) {
    const auto place = findStack(options);
    if (!place) {
        return failed(place.error(), options);
    }
    auto through = options;
    through.mayBreakGlass = false; // control alone measures
    const auto gateway = chooseGateway(*place, through);
    if (!gateway) {
        return failed({ErrorCode::Io, gateway.error().text}, options);
    }
    const SystemClock clock;
    auto effect = gateway->control()->effect(options.reference, kPatience);
    while (options.wait && effect && effect->state == Effect::State::Pending &&
           clock.utcNow() < effect->readyAt + kGrace) {
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        effect = gateway->control()->effect(options.reference, kPatience);
    }
    if (!effect) {
        return failed(effect.error(), options);
    }
    if (options.json) {
        std::printf("%s\n", effectDocument(*effect).c_str());
    } else {
        print(*effect, clock.utcNow());
    }
    switch (effect->state) {
    case Effect::State::Ready:
        return kDone;
    case Effect::State::Pending:
        return kInDoubt;
    case Effect::State::Missing:
        break;
    }
    return kFailed;
}

} // namespace binnacle::ctl
