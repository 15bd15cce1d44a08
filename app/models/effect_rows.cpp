// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/effect_rows.h"

#include "app/pages/panel_of.h"
#include "widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace binnacle::app {

namespace {

using Change = EffectRow::Change;

QString tr(const char* text) {
    return QCoreApplication::translate("Effect", text);
}

constexpr std::string_view kAllRoutes = "all routes";
constexpr std::string_view kCanary = "canary.";

bool ofCanary(const EffectRow& row) {
    return row.id.starts_with(kCanary);
}

QString nameOf(const EffectRow& row) {
    const auto id = ofCanary(row) ? row.id.substr(kCanary.size()) : row.id;
    const auto name = id == "errors"          ? tr("Errors")
                      : id == "requests"      ? tr("Requests")
                      : id == "database_time" ? tr("Database time")
                      : id == "fallback"      ? tr("Answers by a fallback")
                                              : plain(id);
    return ofCanary(row) ? tr("%1, stable and canary").arg(name) : name;
}

QString valueOf(const EffectRow& row, const std::optional<double>& value, std::int64_t count) {
    if (value) {
        return measureText(row.unit, *value);
    }
    return tr("too few (%1)").arg(count);
}

QString changeOf(const EffectRow& row) {
    if (row.change == Change::TooFew || !row.before || !row.after) {
        return tr("too few to tell");
    }
    if (row.change == Change::None) {
        return tr("none"); // noise alone explains what there is
    }
    const auto text = changeText(*row.after, row.before);
    return text.isEmpty() ? (row.change == Change::Fell ? tr("fell") : tr("rose")) : text;
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
    return unit.empty() ? countText(value) : countText(value) + QChar(0x2009) + plain(unit);
}

std::vector<TableColumn> effectColumns() {
    return {{tr("Reading"), false}, {tr("Before"), true}, {tr("After"), true}, {tr("Change"), true}};
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
                        {{nameOf(*row), Mark::None, Type::Label, Token::Ink2, plain(row->label)},
                         {valueOf(*row, row->before, row->countBefore), Mark::None, Type::Label, Token::Ink, {}},
                         {valueOf(*row, row->after, row->countAfter), Mark::None, Type::LabelStrong, Token::Ink, {}},
                         {changeOf(*row), mark, Type::Label, moved ? Token::Ink : Token::Ink3, {}}}});
    }
    return rows;
}

EffectSentence effectSentence(const Effect* effect, UtcTime now) {
    if (effect == nullptr) {
        return {tr("Nothing was compared yet."), {}};
    }
    const auto windows = tr("60 s before it was in effect, against 30 to 90 s after");
    switch (effect->state) {
    case Effect::State::Ready:
        return {plain(effect->summary), windows};
    case Effect::State::Missing:
        return {plain(effect->summary), {}};
    case Effect::State::Pending:
        break;
    }
    const auto left = std::chrono::ceil<std::chrono::seconds>(effect->readyAt - now);
    return {left.count() > 0 ? tr("The comparison is ready in %1 s.").arg(left.count())
                             : tr("The comparison is being made."),
            windows};
}

} // namespace binnacle::app
