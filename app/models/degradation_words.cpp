// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/degradation_words.h"

#include "app/dialogs/action_words.h"
#include "app/models/effect_rows.h"
#include "app/models/worded.h"
#include "app/pages/panel_of.h"
#include "backend/actions/action_catalogue.h"
#include "widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace binnacle::app {

namespace {

using std::chrono::seconds;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Degradation)
};

bool isOff(const FeatureView& feature, std::int64_t level) {
    return feature.offFrom && *feature.offFrom <= level;
}

/// Titles of what is off at a level.
QStringList offAt(const ControlView& view, std::int64_t level) {
    QStringList out;
    for (const auto& feature : view.features) {
        if (isOff(feature, level)) {
            out << worded(feature.title);
        }
    }
    return out;
}

QString minutesText(seconds length) {
    return Words::tr("%1 min").arg(std::chrono::round<std::chrono::minutes>(length).count());
}

QString countdown(seconds left) {
    const auto total = std::abs(left.count());
    const auto text = QStringLiteral("%1:%2").arg(total / 60).arg(total % 60, 2, 10, QLatin1Char('0'));
    return left.count() < 0 ? QChar(0x2212) + text : text;
}

/// What a forecast says of one figure, in the few words that a card has room for; empty where it stays.
QString forecastPhrase(const Forecast& row) {
    if (row.now == row.then) {
        return {};
    }
    if (row.id == "database_time") {
        const auto change = changeText(row.then, row.now);
        return change == changeText(1, 1) ? QString()
                                          : Words::tr("%1 database time").arg(change); // within noise: nothing
    }
    if (row.id == "fallback") {
        return row.then == 0 ? Words::tr("no fallback any more")
                             : Words::tr("%1 by a fallback").arg(measureText(row.unit, row.then));
    }
    if (row.id == "users") {
        return row.then == 0 ? QString() : Words::tr("%1 users").arg(countText(std::round(row.then)));
    }
    return QStringLiteral("%1 %2").arg(worded(row.title), measureText(row.unit, row.then));
}

QString forecastOf(const ControlView& view, int level, std::optional<std::int64_t> now) {
    const auto found = std::ranges::find(view.forecasts, level, &LevelForecast::level);
    if (found == view.forecasts.end() || now == level || found->rows.empty()) {
        return {};
    }
    QStringList out;
    for (const auto& row : found->rows) {
        if (const auto phrase = forecastPhrase(row); !phrase.isEmpty()) {
            out << phrase;
        }
    }
    return out.isEmpty() ? Words::tr("no change expected") : out.join(QStringLiteral(", "));
}

QString turnsOff(const ControlView& view, int level) {
    if (view.features.empty()) {
        return {};
    }
    const auto off = offAt(view, level);
    if (level > 0 && off == offAt(view, level - 1)) {
        return Words::tr("turns off nothing more than level %1").arg(level - 1);
    }
    return off.isEmpty() ? Words::tr("all features on") : Words::tr("without %1").arg(off.join(QStringLiteral(", ")));
}

TableRow instanceRow(const std::string& name, const QString& level, const QString& generation, const TableCell& state) {
    return {plain(name),
            {{plain(name), Mark::None, Type::LabelStrong, Token::Ink, {}},
             {level, Mark::None, Type::Label, Token::Ink, {}},
             {generation, Mark::None, Type::Label, Token::Ink2, {}},
             state}};
}

} // namespace

std::optional<std::int64_t> levelNow(const ResourceView* resource, const PathReading& path) {
    if (resource != nullptr) {
        return integerOf(resource->wanted, "level");
    }
    const auto& level = path.degradationLevel;
    return level.value ? std::optional(std::llround(*level.value)) : std::nullopt;
}

QString levelName(std::int64_t level) {
    switch (level) {
    case 0:
        return Words::tr("Everything on");
    case 1:
        return Words::tr("Shed the optional");
    case 2:
        return Words::tr("Shed the deferrable");
    default:
        return Words::tr("Emergency");
    }
}

DegradationSentence degradationSentence(const ControlView* view, const PathReading& path, const Effect* effect) {
    DegradationSentence sentence;
    const auto* resource = view != nullptr ? view->resource("degradation_level") : nullptr;
    const auto level = levelNow(resource, path);
    if (!level) {
        sentence.clause = Words::tr("No instance tells its degradation level.");
        return sentence;
    }
    std::size_t there = 0;
    std::size_t all = 0;
    if (resource != nullptr) {
        all = resource->targets.size();
        there = static_cast<std::size_t>(std::ranges::count(resource->targets, true, &TargetView::inEffect));
    } else {
        all = path.instances.size();
        there = static_cast<std::size_t>(std::ranges::count_if(path.instances, [&](const auto& instance) {
            return instance.level && std::llround(*instance.level) == *level;
        }));
    }
    sentence.caution = *level > 0 || there < all;
    sentence.clause = Words::tr("Level %1 is in force on %2 of %3 instances.").arg(*level).arg(there).arg(all);
    if (resource == nullptr) {
        sentence.detail =
            Words::tr("As the instances tell it themselves, age %1.").arg(ageText(path.degradationLevel.age));
        return sentence;
    }
    QStringList behind;
    for (const auto& target : resource->targets) {
        if (!target.inEffect) {
            behind << plain(target.name);
        }
    }
    const auto off = offAt(*view, *level).join(QStringLiteral(", "));
    if (!behind.isEmpty()) {
        sentence.detail = Words::tr("Behind: %1.").arg(behind.join(QStringLiteral(", ")));
    } else if (effect != nullptr && effect->state == Effect::State::Ready) {
        sentence.detail = worded(effect->summary, 300);
    } else {
        sentence.detail = *level == 0     ? Words::tr("Everything is on.")
                          : off.isEmpty() ? QString()
                                          : Words::tr("Without %1.").arg(off);
    }
    if (!resource->changedBy.empty()) {
        sentence.aside =
            Words::tr("set by %1, \"%2\", #%3")
                .arg(plain(resource->changedBy, 40), plain(resource->reason, 60), plain(resource->reference, 60));
    }
    return sentence;
}

LevelReading levelReading(int level, const ControlView* view, std::optional<std::int64_t> now, const QTimeZone& zone) {
    LevelReading reading;
    reading.level = level;
    reading.name = levelName(level);
    reading.current = now == level;
    const auto* resource = view != nullptr ? view->resource("degradation_level") : nullptr;
    if (reading.current && resource != nullptr && resource->changedAt) {
        reading.state = Words::tr("in force since %1").arg(clockText(*resource->changedAt, zone));
    } else if (reading.current) {
        reading.state = Words::tr("in force");
    } else {
        const auto lease = defaultLease(Resource::DegradationLevel, level);
        reading.state = lease.count() > 0 ? Words::tr("lease %1").arg(minutesText(lease)) : Words::tr("normal");
    }
    if (view != nullptr) {
        reading.turnsOff = turnsOff(*view, level);
        reading.forecast = forecastOf(*view, level, now);
    }
    return reading;
}

QString levelButton(int level, std::optional<std::int64_t> now) {
    if (now == level) {
        return level == 0 ? Words::tr("In force") : Words::tr("Extend lease\u2026");
    }
    return level == 0 ? Words::tr("Release to 0\u2026") : Words::tr("Set level %1\u2026").arg(level);
}

std::optional<LeaseReading> leaseReading(const ResourceView& resource, UtcTime now, std::chrono::nanoseconds age,
                                         bool controlLost, const QTimeZone& zone) {
    const auto level = integerOf(resource.wanted, "level");
    if (!resource.leaseUntil || !level || *level == 0) {
        return std::nullopt;
    }
    // While control is away nobody counts its steady clock: the wall clock has to do.
    const auto left = !controlLost && resource.leaseLeft ? *resource.leaseLeft - std::chrono::floor<seconds>(age)
                                                         : std::chrono::floor<seconds>(*resource.leaseUntil - now);
    const auto whole = resource.changedAt
                           ? std::chrono::duration_cast<seconds>(*resource.leaseUntil - *resource.changedAt)
                           : defaultLease(Resource::DegradationLevel, *level);
    LeaseReading reading;
    reading.title = Words::tr("level %1, %2").arg(*level).arg(minutesText(whole));
    reading.overdue = left.count() < 0;
    reading.left = countdown(left);
    reading.leftNote = reading.overdue ? Words::tr("overdue") : Words::tr("left");
    reading.nowClock = Words::tr("now %1").arg(clockText(now, zone));
    reading.endClock = clockText(*resource.leaseUntil, zone);
    reading.elapsed = whole.count() > 0 ? 1 - toSeconds(left) / toSeconds(whole) : 1;
    reading.after = controlLost                   ? Words::tr("no lease ends without control")
                    : !resource.leaseNote.empty() ? worded(resource.leaseNote, 60)
                                                  : Words::tr("level %1, if healthy").arg(*level - 1);
    return reading;
}

std::vector<TableColumn> featureColumns(std::optional<std::int64_t> now) {
    std::vector<TableColumn> columns = {
        {Words::tr("Feature"), false}, {Words::tr("req/s, 5 min"), true}, {Words::tr("Users, 5 min"), true}};
    for (int level = 0; level < kLevelCount; ++level) {
        columns.push_back({now == level ? Words::tr("%1 now").arg(level) : QString::number(level), false});
    }
    columns.push_back({Words::tr("Instead"), false});
    return columns;
}

std::vector<TableRow> featureRows(const ControlView& view, std::optional<std::int64_t> now) {
    std::vector<TableRow> rows;
    for (const auto& feature : view.features) {
        QStringList routes;
        for (const auto& route : feature.routes) {
            routes << plain(route);
        }
        TableRow row{plain(feature.id), {}};
        row.cells.push_back(
            {worded(feature.title), Mark::None, Type::LabelStrong, Token::Ink, routes.join(QLatin1Char('\n'))});
        row.cells.push_back(
            {feature.requestsPerSecond ? numberText(*feature.requestsPerSecond, Quantity::Rate).value : absentText(),
             Mark::None,
             Type::Label,
             Token::Ink,
             {}});
        row.cells.push_back({feature.users ? countText(std::round(*feature.users)) : absentText(),
                             Mark::None,
                             Type::Label,
                             Token::Ink,
                             {}});
        for (int level = 0; level < kLevelCount; ++level) {
            const bool off = isOff(feature, level);
            row.cells.push_back({off ? Words::tr("\u2013 off") : Words::tr("on"),
                                 Mark::None,
                                 off && now == level ? Type::LabelStrong : Type::Label,
                                 off ? Token::Ink : Token::Ink3,
                                 {}});
        }
        row.cells.push_back({feature.fallback.empty() ? absentText() : worded(feature.fallback), Mark::None,
                             Type::Label, Token::Ink2, worded(feature.fallback)});
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<TableColumn> instanceColumns() {
    return {{Words::tr("Instance"), false},
            {Words::tr("Level"), true},
            {Words::tr("Generation"), true},
            {Words::tr("Observed"), false}};
}

std::vector<TableRow> instanceRows(const ResourceView& resource) {
    std::vector<TableRow> rows;
    for (const auto& target : resource.targets) {
        const auto held = integerOf(target.held, "level");
        TableCell state{Words::tr("in effect"), Mark::Proof, Type::Label, Token::Ink, {}};
        if (!target.problem.empty()) {
            state = {worded(target.problem), held ? Mark::Caution : Mark::Lost, Type::Label, Token::Ink,
                     worded(target.problem)};
        } else if (!target.inEffect) {
            state = {Words::tr("still holds the old value"), Mark::Caution, Type::Label, Token::Ink, {}};
        }
        rows.push_back(instanceRow(target.name, held ? QString::number(*held) : absentText(),
                                   held ? QString::number(target.generation) : absentText(), state));
    }
    return rows;
}

std::vector<TableRow> instanceRows(const PathReading& path) {
    std::vector<TableRow> rows;
    for (const auto& instance : path.instances) {
        const TableCell state{Words::tr("as it tells itself"), Mark::None, Type::Label, Token::Ink2, {}};
        rows.push_back(instanceRow(instance.name, instance.level ? countText(*instance.level) : absentText(),
                                   instance.generation ? countText(*instance.generation) : absentText(), state));
    }
    return rows;
}

std::vector<PredictionRow> predictionRows(const Effect& effect) {
    std::vector<PredictionRow> rows;
    for (const auto& forecast : effect.forecast) {
        const auto measured = std::ranges::find_if(effect.rows, [&](const EffectRow& row) {
            return row.id == forecast.id && row.label == "all routes" && row.before && row.after;
        });
        if (measured == effect.rows.end()) {
            continue;
        }
        PredictionRow row;
        row.title = worded(forecast.title);
        row.predicted = forecast.then - forecast.now;
        row.measured = *measured->after - *measured->before;
        const auto text = [&](double value) {
            return (value < 0 ? QString(QChar(0x2212)) : QString()) + measureText(forecast.unit, std::abs(value));
        };
        row.predictedText = text(row.predicted);
        row.measuredText = text(row.measured);
        // A share of the predicted size says nothing of a figure that went up instead of down.
        row.offBy = row.predicted == 0                 ? absentText()
                    : row.predicted * row.measured < 0 ? Words::tr("other way")
                                                       : changeText(std::abs(row.measured), std::abs(row.predicted));
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace binnacle::app
