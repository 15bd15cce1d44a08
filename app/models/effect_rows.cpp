// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/effect_rows.h"

#include "app/models/worded.h"
#include "app/pages/panel_of.h"
#include "widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace binnacle::app {

namespace {

using Change = EffectRow::Change;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Effect)
};

constexpr std::string_view kAllRoutes = "all routes";
constexpr std::string_view kCanary = "canary.";

bool ofCanary(const EffectRow& row) {
    return row.id.starts_with(kCanary);
}

QString nameOf(const EffectRow& row) {
    const auto id = ofCanary(row) ? row.id.substr(kCanary.size()) : row.id;
    const auto name = id == "errors"          ? Words::tr("Errors")
                      : id == "requests"      ? Words::tr("Requests")
                      : id == "database_time" ? Words::tr("Database time")
                      : id == "fallback"      ? Words::tr("Answers by a fallback")
                                              : plain(id);
    return ofCanary(row) ? Words::tr("%1, stable and canary").arg(name) : name;
}

QString valueOf(const EffectRow& row, const std::optional<double>& value, std::int64_t count) {
    if (value) {
        return measureText(row.unit, *value);
    }
    return Words::tr("too few (%1)").arg(count);
}

QString changeOf(const EffectRow& row) {
    if (row.change == Change::TooFew || !row.before || !row.after) {
        return Words::tr("too few to tell");
    }
    if (row.change == Change::None) {
        return Words::tr("none"); // noise alone explains what there is
    }
    const auto text = changeText(*row.after, row.before);
    return text.isEmpty() ? (row.change == Change::Fell ? Words::tr("fell") : Words::tr("rose")) : text;
}

} // namespace

QString measureText(const std::string& unit, double value) {
    if (unit == "s") {
        return numberText(value, Quantity::Duration).joined();
    }
    if (unit == "1/s") {
        return numberText(value, Quantity::Rate).joined();
    }
    if (unit == "1") {
        return numberText(value, Quantity::Share).joined();
    }
    if (unit == "s/s") {
        return numberText(value, Quantity::Duration).joined() + QStringLiteral("/s");
    }
    return unit.empty() ? countText(value) : countText(value) + QChar(0x2009) + worded(unit);
}

std::vector<TableColumn> effectColumns() {
    return {{Words::tr("Reading"), false},
            {Words::tr("Before"), true},
            {Words::tr("After"), true},
            {Words::tr("Change"), true}};
}

std::vector<TableRow> effectRows(const Effect& effect) {
    std::vector<const EffectRow*> shown;
    constexpr std::size_t kMostRows = 40;
    for (const auto& row : effect.rows) {
        if ((row.label == kAllRoutes || ofCanary(row)) && shown.size() < kMostRows) {
            shown.push_back(&row);
        }
    }
    std::ranges::stable_sort(shown, {}, [](const EffectRow* row) {
        return row->change == Change::Fell || row->change == Change::Rose ? 0 : 1;
    });
    std::vector<TableRow> rows;
    for (const auto* row : shown) {
        const bool moved = row->change == Change::Fell || row->change == Change::Rose;
        const bool better = moved && ((row->change == Change::Fell) == row->lowerIsBetter);
        // Traffic is nobody's merit: more or fewer requests are neither proof nor caution.
        const bool judged = moved && row->id != "requests";
        const auto mark = !judged ? Mark::None : better ? Mark::Proof : Mark::Caution;
        rows.push_back({plain(row->id + '|' + row->label),
                        {{nameOf(*row), Mark::None, Type::Label, Token::Ink2, worded(row->label)},
                         {valueOf(*row, row->before, row->countBefore), Mark::None, Type::Label, Token::Ink, {}},
                         {valueOf(*row, row->after, row->countAfter), Mark::None, Type::LabelStrong, Token::Ink, {}},
                         {changeOf(*row), mark, Type::Label, moved ? Token::Ink : Token::Ink3, {}}}});
    }
    return rows;
}

EffectSentence effectSentence(const Effect* effect, UtcTime now) {
    if (effect == nullptr) {
        return {Words::tr("Nothing was compared yet."), {}};
    }
    const auto windows = Words::tr("60 s before it was in effect, against 30 to 90 s after");
    switch (effect->state) {
    case Effect::State::Ready:
        return {worded(effect->summary), windows};
    case Effect::State::Missing:
        return {worded(effect->summary), {}};
    case Effect::State::Pending:
        break;
    }
    const auto left = std::chrono::ceil<std::chrono::seconds>(effect->readyAt - now);
    return {left.count() > 0 ? Words::tr("The comparison is ready in %1 s.").arg(left.count())
                             : Words::tr("The comparison is being made."),
            windows};
}

} // namespace binnacle::app
