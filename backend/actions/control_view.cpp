// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/control_view.h"

#include "backend/actions/json_document.h"

#include <algorithm>
#include <array>

namespace binnacle {

using namespace document;

namespace {

constexpr std::array<std::pair<Effect::State, std::string_view>, 3> effectStates = {
    {{Effect::State::Pending, "pending"}, {Effect::State::Ready, "ready"}, {Effect::State::Missing, "missing"}}};

constexpr std::array<std::pair<EffectRow::Change, std::string_view>, 4> effectChanges = {
    {{EffectRow::Change::None, "none"},
     {EffectRow::Change::Fell, "fell"},
     {EffectRow::Change::Rose, "rose"},
     {EffectRow::Change::TooFew, "too_few"}}};

using Migration = MigrationStatus::State;
constexpr std::array<std::pair<Migration, std::string_view>, 9> migrationStates = {{{Migration::Pending, "pending"},
                                                                                    {Migration::Running, "running"},
                                                                                    {Migration::Waiting, "waiting"},
                                                                                    {Migration::Stopping, "stopping"},
                                                                                    {Migration::Stopped, "stopped"},
                                                                                    {Migration::Failed, "failed"},
                                                                                    {Migration::Applied, "applied"},
                                                                                    {Migration::Reverting, "reverting"},
                                                                                    {Migration::Unknown, "unknown"}}};

template <typename Table, typename Key>
std::string_view nameIn(const Table& table, Key key) {
    return std::ranges::find(table, key, &Table::value_type::first)->second;
}

/// A name of a newer control is read as `otherwise`: a view is for looking, and one word must not blind it.
template <typename Table, typename Key>
Key keyIn(const Table& table, std::string_view name, Key otherwise) {
    const auto found = std::ranges::find(table, name, &Table::value_type::second);
    return found == table.end() ? otherwise : found->first;
}

Json timeJson(const std::optional<UtcTime>& time) {
    return time ? Json(isoTime(*time)) : Json();
}

template <typename T>
Json optionalJson(const std::optional<T>& value) {
    return value ? Json(*value) : Json();
}

template <typename Duration>
Json countJson(const std::optional<Duration>& duration) {
    return duration ? Json(duration->count()) : Json();
}

template <typename T, typename Write>
Json arrayJson(const std::vector<T>& items, const Write& write) {
    Json json = Json::array();
    for (const auto& item : items) {
        json.push_back(write(item));
    }
    return json;
}

Json targetJson(const TargetView& target) {
    Json json = {{"name", target.name}};
    json.update(valuesJson(target.held));
    if (!target.held.empty()) {
        json["generation"] = target.generation;
    }
    json["in_effect"] = target.inEffect;
    if (!target.problem.empty()) {
        json["problem"] = target.problem;
    }
    return json;
}

/// The members that are no part of the value itself are known by name; what remains is the value.
Values heldIn(const Json& json) {
    Values values;
    for (const auto* name : {"level", "percent"}) {
        const auto found = json.find(name);
        if (found == json.end()) {
            continue;
        }
        if (found->is_number_integer()) {
            values.emplace(name, found->get<std::int64_t>());
        } else if (found->is_number()) {
            values.emplace(name, found->get<double>());
        }
    }
    return values;
}

Json resourceJson(const ResourceView& resource) {
    Json json = valuesJson(resource.wanted);
    json["generation"] = resource.generation;
    if (!resource.changedBy.empty()) {
        json["changed_by"] = resource.changedBy;
        json["changed_at"] = timeJson(resource.changedAt);
        json["reason"] = resource.reason;
        json["reference"] = resource.reference;
    }
    if (resource.leaseUntil) {
        json["lease_until"] = isoTime(*resource.leaseUntil);
    }
    if (resource.leaseLeft) {
        json["lease_left_s"] = resource.leaseLeft->count();
    }
    if (!resource.leaseNote.empty()) {
        json["lease_note"] = resource.leaseNote;
    }
    json["observed"] = arrayJson(resource.targets, targetJson);
    if (resource.observedAge) {
        json["observed_age_ms"] = resource.observedAge->count();
    }
    return json;
}

Json holdJson(const HoldView& hold) {
    Json json = {{"kind", hold.kind},
                 {"target", hold.target},
                 {"value", hold.value},
                 {"changed_by", hold.changedBy},
                 {"reference", hold.reference}};
    if (hold.leaseUntil) {
        json["lease_until"] = isoTime(*hold.leaseUntil);
    }
    return json;
}

HoldView readHold(Reader& reader) {
    return {reader.text("kind"),       reader.text("target"),    reader.text("value"),
            reader.text("changed_by"), reader.text("reference"), reader.time("lease_until")};
}

ResourceView readResource(const std::string& name, const Json& json, bool& good) {
    Reader reader(json);
    ResourceView resource;
    resource.name = name;
    resource.generation = reader.integer("generation");
    resource.changedBy = reader.text("changed_by");
    resource.changedAt = reader.time("changed_at");
    resource.reason = reader.text("reason");
    resource.reference = reader.text("reference");
    resource.leaseUntil = reader.time("lease_until");
    if (const auto left = reader.optionalInteger("lease_left_s")) {
        resource.leaseLeft = std::chrono::seconds(*left);
    }
    resource.leaseNote = reader.text("lease_note");
    resource.targets = reader.list<TargetView>("observed", [](Reader& inner) {
        TargetView target;
        target.name = inner.text("name");
        target.held = heldIn(inner.json());
        target.generation = inner.integer("generation");
        target.inEffect = inner.boolean("in_effect");
        target.problem = inner.text("problem");
        return target;
    });
    if (const auto age = reader.optionalInteger("observed_age_ms")) {
        resource.observedAge = std::chrono::milliseconds(*age);
    }
    good = good && reader.ok();
    if (reader.ok()) {
        resource.wanted = heldIn(json);
    }
    return resource;
}

Json featureJson(const FeatureView& feature) {
    return {{"id", feature.id},
            {"title", feature.title},
            {"routes", listJson(feature.routes)},
            {"off_from", optionalJson(feature.offFrom)},
            {"fallback", feature.fallback},
            {"requests_per_s", optionalJson(feature.requestsPerSecond)},
            {"users", optionalJson(feature.users)}};
}

FeatureView readFeature(Reader& reader) {
    FeatureView feature;
    feature.id = reader.text("id");
    feature.title = reader.text("title");
    feature.routes = reader.texts("routes");
    feature.offFrom = reader.optionalInteger("off_from");
    feature.fallback = reader.text("fallback");
    feature.requestsPerSecond = reader.number("requests_per_s");
    feature.users = reader.number("users");
    return feature;
}

Json cohortJson(const CohortView& cohort) {
    return {{"role", cohort.role},
            {"instances", listJson(cohort.instances)},
            {"versions", listJson(cohort.versions)},
            {"users", optionalJson(cohort.users)},
            {"requests", optionalJson(cohort.requests)}};
}

Json cohortsJson(const CohortShares& shares) {
    return {{"window_s", shares.window.count()},
            {"rows", arrayJson(shares.cohorts, cohortJson)},
            {"users", optionalJson(shares.users)},
            {"users_share_percent", optionalJson(shares.usersSharePercent)},
            {"requests_share_percent", optionalJson(shares.requestsSharePercent)},
            {"age_ms", shares.age.count()},
            {"problem", shares.problem}};
}

CohortShares readCohorts(Reader& reader) {
    CohortShares shares;
    shares.window = std::chrono::seconds(reader.integer("window_s"));
    shares.cohorts = reader.list<CohortView>("rows", [](Reader& inner) {
        CohortView cohort;
        cohort.role = inner.text("role");
        cohort.instances = inner.texts("instances");
        cohort.versions = inner.texts("versions");
        cohort.users = inner.number("users");
        cohort.requests = inner.optionalInteger("requests");
        return cohort;
    });
    shares.users = reader.number("users");
    shares.usersSharePercent = reader.number("users_share_percent");
    shares.requestsSharePercent = reader.number("requests_share_percent");
    shares.age = std::chrono::milliseconds(reader.integer("age_ms"));
    shares.problem = reader.text("problem");
    return shares;
}

Json blockerJson(const MigrationBlocker& blocker) {
    return {{"pid", blocker.pid},     {"user", blocker.user},   {"application", blocker.application},
            {"state", blocker.state}, {"query", blocker.query}, {"transaction_age_ms", blocker.transactionAge.count()}};
}

Json migrationJson(const MigrationStatus& row) {
    Json json = {{"id", row.id},
                 {"title", row.title},
                 {"table", row.table},
                 {"statement", row.statement},
                 {"revert_statement", row.revertStatement},
                 {"lock", row.lock},
                 {"state", migrationStateName(row.state)},
                 {"attempt", row.attempt},
                 {"progress", Json()},
                 {"blockers", arrayJson(row.blockers, blockerJson)},
                 {"table_rows", row.tableRows},
                 {"table_bytes", row.tableBytes},
                 {"index_bytes", row.indexBytes},
                 {"started_at", timeJson(row.startedAt)},
                 {"ended_at", timeJson(row.endedAt)},
                 {"message", row.message},
                 {"reference", row.reference}};
    if (row.progress) {
        json["progress"] = {{"phase", row.progress->phase},
                            {"phase_number", row.progress->phaseNumber},
                            {"phase_count", row.progress->phaseCount},
                            {"done", row.progress->done},
                            {"total", row.progress->total},
                            {"unit", row.progress->unit}};
    }
    return json;
}

Json migrationsJson(const MigrationsView& view) {
    return {{"rows", arrayJson(view.rows, migrationJson)}, {"age_ms", countJson(view.age)}, {"problem", view.problem}};
}

MigrationStatus readMigration(Reader& reader) {
    MigrationStatus row;
    row.id = reader.text("id");
    row.title = reader.text("title");
    row.table = reader.text("table");
    row.statement = reader.text("statement");
    row.revertStatement = reader.text("revert_statement");
    row.lock = reader.text("lock");
    row.state = keyIn(migrationStates, reader.text("state"), Migration::Unknown);
    row.attempt = static_cast<int>(reader.integer("attempt"));
    if (const auto* json = reader.object("progress")) {
        Reader inner(*json);
        row.progress = MigrationProgress{inner.text("phase"),
                                         static_cast<int>(inner.integer("phase_number")),
                                         static_cast<int>(inner.integer("phase_count")),
                                         inner.integer("done"),
                                         inner.integer("total"),
                                         inner.text("unit")};
    }
    row.blockers = reader.list<MigrationBlocker>("blockers", [](Reader& inner) {
        return MigrationBlocker{static_cast<int>(inner.integer("pid")),
                                inner.text("user"),
                                inner.text("application"),
                                inner.text("state"),
                                inner.text("query"),
                                std::chrono::milliseconds(inner.integer("transaction_age_ms"))};
    });
    row.tableRows = reader.integer("table_rows");
    row.tableBytes = reader.integer("table_bytes");
    row.indexBytes = reader.integer("index_bytes");
    row.startedAt = reader.time("started_at");
    row.endedAt = reader.time("ended_at");
    row.message = reader.text("message");
    row.reference = reader.text("reference");
    return row;
}

Json effectRowJson(const EffectRow& row) {
    return {{"id", row.id},
            {"label", row.label},
            {"unit", row.unit},
            {"before", optionalJson(row.before)},
            {"after", optionalJson(row.after)},
            {"low", optionalJson(row.low)},
            {"high", optionalJson(row.high)},
            {"count_before", row.countBefore},
            {"count_after", row.countAfter},
            {"change", effectChangeName(row.change)},
            {"lower_is_better", row.lowerIsBetter}};
}

EffectRow readEffectRow(Reader& reader) {
    EffectRow row;
    row.id = reader.text("id");
    row.label = reader.text("label");
    row.unit = reader.text("unit");
    row.before = reader.number("before");
    row.after = reader.number("after");
    row.low = reader.number("low");
    row.high = reader.number("high");
    row.countBefore = reader.integer("count_before");
    row.countAfter = reader.integer("count_after");
    row.change = keyIn(effectChanges, reader.text("change"), EffectRow::Change::None);
    row.lowerIsBetter = reader.boolean("lower_is_better");
    return row;
}

Json effectJson(const Effect& effect) {
    return {{"reference", effect.reference},
            {"state", effectStateName(effect.state)},
            {"observed_at", isoTime(effect.observedAt)},
            {"ready_at", isoTime(effect.readyAt)},
            {"summary", effect.summary},
            {"rows", arrayJson(effect.rows, effectRowJson)},
            {"forecast", forecastsJson(effect.forecast)}};
}

} // namespace

std::string_view effectStateName(Effect::State state) {
    return nameIn(effectStates, state);
}

std::string_view effectChangeName(EffectRow::Change change) {
    return nameIn(effectChanges, change);
}

std::string migrationsDocument(const MigrationsView& view) {
    return dumped(migrationsJson(view));
}

std::string_view migrationStateName(MigrationStatus::State state) {
    return nameIn(migrationStates, state);
}

const ResourceView* ControlView::resource(std::string_view name) const {
    const auto found = std::ranges::find(resources, name, &ResourceView::name);
    return found == resources.end() ? nullptr : &*found;
}

std::string controlViewDocument(const ControlView& view) {
    Json may = Json::object();
    for (const auto& [verb, allowed] : view.may) {
        may[verb] = allowed;
    }
    Json json = {
        {"protocol", 1},
        {"writer_id", view.writerId},
        {"environment", view.environment},
        {"operator", {{"name", view.operatorName}, {"role", view.role}, {"may", std::move(may)}}},
        {"audit", {{"number", view.auditNumber}, {"problem", view.auditProblem}}},
        {"resources", Json::object()},
        {"holds", arrayJson(view.holds, holdJson)},
        {"features", arrayJson(view.features, featureJson)},
        {"forecasts", arrayJson(view.forecasts,
                                [](const LevelForecast& forecast) {
                                    return Json{{"level", forecast.level}, {"rows", forecastsJson(forecast.rows)}};
                                })},
        {"forecast_basis", view.forecastBasis}};
    for (const auto& resource : view.resources) {
        json["resources"][resource.name] = resourceJson(resource);
    }
    if (view.cohorts) {
        json["cohorts"] = cohortsJson(*view.cohorts);
    }
    if (view.migrations) {
        json["migrations"] = migrationsJson(*view.migrations);
    }
    return dumped(json);
}

Result<ControlView> parseControlView(std::string_view text) {
    const auto json = parsed(text);
    Reader reader(json);
    ControlView view;
    view.writerId = reader.text("writer_id");
    view.environment = reader.text("environment");
    bool good = true;
    if (const auto* who = reader.object("operator")) {
        Reader inner(*who);
        view.operatorName = inner.text("name");
        view.role = inner.text("role");
        if (const auto* may = inner.object("may")) {
            for (const auto& [verb, allowed] : may->items()) {
                view.may.emplace(verb, allowed.is_boolean() && allowed.template get<bool>());
            }
        }
        good = good && inner.ok();
    }
    if (const auto* audit = reader.object("audit")) {
        Reader inner(*audit);
        view.auditNumber = inner.integer("number");
        view.auditProblem = inner.text("problem");
        good = good && inner.ok();
    }
    if (const auto* resources = reader.object("resources")) {
        for (const auto& [name, resource] : resources->items()) {
            view.resources.push_back(readResource(name, resource, good));
        }
    }
    view.holds = reader.list<HoldView>("holds", readHold);
    view.features = reader.list<FeatureView>("features", readFeature);
    view.forecasts = reader.list<LevelForecast>("forecasts", [](Reader& inner) {
        return LevelForecast{inner.integer("level"), inner.list<Forecast>("rows", readForecast)};
    });
    view.forecastBasis = reader.text("forecast_basis");
    if (const auto* cohorts = reader.object("cohorts")) {
        Reader inner(*cohorts);
        view.cohorts = readCohorts(inner);
        good = good && inner.ok();
    }
    if (const auto* migrations = reader.object("migrations")) {
        Reader inner(*migrations);
        MigrationsView read;
        read.rows = inner.list<MigrationStatus>("rows", readMigration);
        if (const auto age = inner.optionalInteger("age_ms")) {
            read.age = std::chrono::milliseconds(*age);
        }
        read.problem = inner.text("problem");
        good = good && inner.ok();
        view.migrations = std::move(read);
    }
    if (!reader.ok() || !good || view.writerId.empty()) {
        return fail(ErrorCode::Protocol, "The answer is no state of a control plane");
    }
    return view;
}

std::string effectDocument(const Effect& effect) {
    return dumped(effectJson(effect));
}

std::string effectsDocument(const std::vector<Effect>& effects) {
    return dumped({{"effects", arrayJson(effects, effectJson)}});
}

Result<std::vector<Effect>> parseEffects(std::string_view text) {
    const auto json = parsed(text);
    Reader reader(json);
    auto effects = reader.list<Effect>("effects", [](Reader& inner) {
        Effect effect;
        effect.reference = inner.text("reference");
        effect.state = keyIn(effectStates, inner.text("state"), Effect::State::Missing);
        effect.observedAt = inner.time("observed_at").value_or(UtcTime());
        effect.readyAt = inner.time("ready_at").value_or(UtcTime());
        effect.summary = inner.text("summary");
        effect.rows = inner.list<EffectRow>("rows", readEffectRow);
        effect.forecast = inner.list<Forecast>("forecast", readForecast);
        return effect;
    });
    return reader.ok() ? Result<std::vector<Effect>>(std::move(effects))
                       : fail(ErrorCode::Protocol, "The answer holds no effects");
}

} // namespace binnacle
