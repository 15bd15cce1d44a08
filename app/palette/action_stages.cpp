// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/palette/action_stages.h"

#include "app/controllers/action_controller.h"
#include "app/feed/snapshot_feed.h"
#include "app/models/worded.h"
#include "app/pages/panel_of.h"
#include "app/pages/session_acts.h"
#include "app/pages/table_reading.h"
#include "app/palette/row_source.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <set>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Palette)
};

constexpr std::size_t kMostChoices = 200;
constexpr std::array<double, 7> kShares = {0, 1, 5, 10, 25, 50, 100};

/// One thing that may stand for a parameter.
struct Choice {
    QString title;
    QString detail;
    Values values;
    QString whyNot;
};

void forecastLevel(Choice& choice, const ControlView& view, std::int64_t level) {
    for (const auto& feature : view.features) {
        if (feature.offFrom && *feature.offFrom == level) {
            choice.detail += (choice.detail.isEmpty() ? QString() : QStringLiteral(", ")) +
                             Words::tr("without %1").arg(plain(feature.title));
        }
    }
}

std::vector<Choice> levels(const PaletteHost& host) {
    std::vector<Choice> out;
    const std::array words = {Words::tr("normal"), QString(), QString(), Words::tr("emergency")};
    for (std::int64_t level = 0; level <= maximumLevel; ++level) {
        Choice choice{Words::tr("level %1").arg(level), words[static_cast<std::size_t>(level)], {{"level", level}}, {}};
        if (host.context.control.hasView()) {
            forecastLevel(choice, host.context.control.view(), level);
        }
        out.push_back(std::move(choice));
    }
    return out;
}

std::vector<Choice> shares() {
    std::vector<Choice> out;
    for (const double percent : kShares) {
        out.push_back({QStringLiteral("%1\u202f%").arg(percent),
                       percent == 0 ? Words::tr("no user to the canary") : Words::tr("of all users"),
                       {{"percent", static_cast<std::int64_t>(percent)}},
                       {}});
    }
    return out;
}

QString whyNotMigration(const std::string& action, MigrationStatus::State state) {
    using State = MigrationStatus::State;
    const bool runs =
        state == State::Running || state == State::Waiting || state == State::Stopping || state == State::Reverting;
    if (state == State::Unknown) {
        return Words::tr("Its state is not known now");
    }
    if (action == "stop_migration") {
        return runs ? QString() : Words::tr("It does not run");
    }
    if (runs) {
        return Words::tr("It runs just now");
    }
    const bool applied = state == State::Applied;
    return action == "apply_migration" ? (applied ? Words::tr("It is applied already") : QString())
                                       : (applied ? QString() : Words::tr("It is not applied"));
}

std::vector<Choice> migrations(const PaletteHost& host, const std::string& action) {
    std::vector<Choice> out;
    const auto& control = host.context.control;
    if (!control.hasView() || !control.view().migrations) {
        return out;
    }
    for (const auto& row : control.view().migrations->rows) {
        out.push_back({plain(row.id), plain(row.title), {{"id", row.id}}, whyNotMigration(action, row.state)});
    }
    return out;
}

QString whyNotRotate(const PaletteHost& host, const std::string& action, std::string_view name) {
    for (const auto& hop : host.context.path().instances) {
        if (hop.name == name && hop.inRotation) {
            return action == "drain_instance" && !*hop.inRotation  ? Words::tr("It is out of rotation already")
                   : action == "ready_instance" && *hop.inRotation ? Words::tr("It is in rotation already")
                                                                   : QString();
        }
    }
    return {};
}

std::vector<Choice> instances(const PaletteHost& host, const std::string& action) {
    std::set<std::string, std::less<>> seen;
    std::vector<Choice> out;
    const auto add = [&](std::string_view name, const QString& detail) {
        if (!name.empty() && out.size() < kMostChoices && seen.emplace(name).second) {
            out.push_back({plain(name), detail, {{"instance", std::string(name)}}, whyNotRotate(host, action, name)});
        }
    };
    for (const auto& source : sourcesOf(host.context, "haproxy")) {
        const auto table = readTable(host.context, source, "haproxy.servers").table;
        for (std::size_t row = 0; table && row < table->rowCount(); ++row) {
            add(table->text(row, "server"), lineOf(table->text(row, "status"), 60));
        }
    }
    for (const auto& hop : host.context.path().instances) {
        add(hop.name, plain(hop.role));
    }
    return out;
}

std::vector<Choice> pools(const PaletteHost& host) {
    std::set<std::string, std::less<>> seen;
    std::vector<Choice> out;
    for (const auto& source : sourcesOf(host.context, "pgbouncer")) {
        const auto table = readTable(host.context, source, "pgbouncer.pools").table;
        for (std::size_t row = 0; table && row < table->rowCount() && out.size() < kMostChoices; ++row) {
            if (const auto name = table->text(row, "database"); !name.empty() && seen.emplace(name).second) {
                out.push_back({plain(name), shownName(source), {{"pool", std::string(name)}}, {}});
            }
        }
    }
    return out;
}

/// Keys that readings hold: those of slow commands.
std::vector<Choice> slowKeys(const PaletteHost& host) {
    std::set<std::string, std::less<>> seen;
    std::vector<Choice> out;
    for (const auto& source : sourcesOf(host.context, "redis")) {
        const auto table = readTable(host.context, source, "redis.slowlog").table;
        for (std::size_t row = 0; table && row < table->rowCount() && out.size() < kMostChoices; ++row) {
            if (const auto key = table->text(row, "key"); !key.empty() && seen.emplace(key).second) {
                out.push_back({plain(key),
                               Words::tr("key of the slow command %1").arg(lineOf(table->text(row, "command"), 40)),
                               {{"key", std::string(key)}},
                               {}});
            }
        }
    }
    return out;
}

const ParameterSpec* missing(const CatalogueEntry& entry, const Values& given) {
    for (const auto& spec : entry.spec.parameters) {
        if (spec.required && !given.contains(spec.name)) {
            return &spec;
        }
    }
    // One of its two, though none of them is required alone.
    if (entry.spec.id == "invalidate_cache" && !given.contains("key") && !given.contains("tag")) {
        return &entry.spec.parameters.front();
    }
    return nullptr;
}

bool asksSession(const CatalogueEntry& entry, const Values& given) {
    const auto named = [&](std::string_view name) {
        return std::ranges::any_of(entry.spec.parameters, [&](const auto& spec) { return spec.name == name; });
    };
    return named("pid") && named("backend_start") && !given.contains("pid");
}

std::vector<Choice> choicesOf(const PaletteHost& host, const CatalogueEntry& entry, const std::string& parameter) {
    if (parameter == "level") {
        return levels(host);
    }
    if (parameter == "percent") {
        return shares();
    }
    if (parameter == "id") {
        return migrations(host, entry.spec.id);
    }
    if (parameter == "instance") {
        return instances(host, entry.spec.id);
    }
    if (parameter == "pool") {
        return pools(host);
    }
    return parameter == "key" ? slowKeys(host) : std::vector<Choice>();
}

Values merged(Values given, const Values& more) {
    for (const auto& [name, value] : more) {
        given[name] = value;
    }
    return given;
}

/// The item of one choice: the preview, or the next question.
PaletteItem itemOf(const PaletteHost& host, const CatalogueEntry& entry, const Values& given, const Choice& choice) {
    auto item = actItem(host, entry, merged(given, choice.values));
    item.id.clear();
    item.title = choice.title;
    item.detail = choice.detail;
    if (item.whyNot.isEmpty()) {
        item.whyNot = choice.whyNot;
    }
    return item;
}

/// What can be chosen for a parameter, and whatever may be typed for it.
class ParameterSource : public PaletteList {
public:
    ParameterSource(const PaletteHost& host, const CatalogueEntry& entry, Values given, std::string parameter,
                    std::vector<PaletteItem> items)
        : PaletteList(std::move(items))
        , m_host(host)
        , m_entry(entry)
        , m_given(std::move(given))
        , m_parameter(std::move(parameter)) {}

    [[nodiscard]] std::optional<PaletteItem> typed(const QString& words) const override {
        if (m_parameter == "key") {
            // "tag organisation:7" names a tag; anything else is a key.
            const bool tag = words.startsWith(QLatin1String("tag "));
            const auto name = tag ? words.mid(4).trimmed() : words;
            return itemOf(m_host, m_entry, m_given,
                          {name,
                           tag ? Words::tr("as a tag") : Words::tr("as a key; a tag is written \u201ctag NAME\u201d"),
                           {{tag ? "tag" : "key", name.toStdString()}},
                           {}});
        }
        const std::array texts = {m_parameter + "=" + words.toStdString()};
        const auto values = parseParameters(texts);
        if (!values) {
            return std::nullopt;
        }
        return itemOf(m_host, m_entry, m_given, {words, plain(m_parameter), *values, {}});
    }

private:
    const PaletteHost& m_host;
    const CatalogueEntry& m_entry;
    Values m_given;
    std::string m_parameter;
};

std::shared_ptr<const PaletteSource> sessionsFor(const PaletteHost& host, const CatalogueEntry& entry) {
    const bool cancels = entry.spec.id == "cancel_query";
    return std::make_shared<RowSource>(
        host, "postgres/", "postgres.sessions", &sessionText,
        [&host, &entry, cancels](const TableRowRef& row) {
            const auto text = sessionText(row);
            const auto session = sessionOf(row.source, *row.table, row.row);
            auto item =
                itemOf(host, entry, {}, {text.title, text.detail, session ? parametersOf(*session) : Values(), {}});
            if (cancels && session && !session->runs) {
                item.whyNot = Words::tr("No query runs in it");
            }
            item.facts = sessionFacts(row);
            return item;
        },
        [](const SnapshotTable& table, std::size_t row) { return !table.text(row, "backend_start").empty(); });
}

PaletteStage stageOf(const PaletteHost& host, const CatalogueEntry& entry, const Values& given) {
    PaletteStage stage;
    stage.title = actTitle(entry);
    if (asksSession(entry, given)) {
        stage.hint = Words::tr("Which session");
        stage.source = sessionsFor(host, entry);
        return stage;
    }
    const auto* parameter = missing(entry, given);
    const auto& name = parameter->name;
    stage.hint = name == "key"        ? Words::tr("Key, or tag NAME")
                 : name == "instance" ? Words::tr("Which instance")
                 : name == "pool"     ? Words::tr("Which pool")
                 : name == "id"       ? Words::tr("Which migration")
                 : name == "level"    ? Words::tr("Which level")
                 : name == "percent"  ? Words::tr("Share of users, in percent")
                 : name == "size"     ? Words::tr("Connections, 1 to 1000")
                                      : plain(name);
    stage.source = std::make_shared<ParameterSource>(host, entry, given, name, actChoices(host, entry, given));
    return stage;
}

QString reversalWords(const CatalogueEntry& entry) {
    switch (entry.spec.reversibility) {
    case Reversibility::Undo:
        return Words::tr("can be taken back");
    case Reversibility::Forward:
        return Words::tr("its effect ends by itself");
    case Reversibility::Permanent:
        break;
    }
    return Words::tr("can't be taken back");
}

QString riskWords(Risk risk) {
    return risk == Risk::Low ? Words::tr("low") : risk == Risk::Medium ? Words::tr("medium") : Words::tr("high");
}

} // namespace

QString whyNotAct(const PaletteHost& host, const CatalogueEntry& entry, const Values& parameters) {
    const auto& actions = host.context.actions;
    const bool whole = missing(entry, parameters) == nullptr && !asksSession(entry, parameters);
    if (entry.undertaking) {
        const auto why = actions.whyNot(ruleOf(*entry.undertaking).name);
        if (!why.isEmpty() || !whole) {
            return why;
        }
    }
    if (whole) {
        const auto change = planAction(entry.spec.id, parameters);
        if (!change) {
            return worded(change.error().text, 400);
        }
        std::int64_t level = 0;
        if (host.context.control.hasView()) {
            const auto* held = host.context.control.view().resource(resourceName(Resource::DegradationLevel));
            level = held == nullptr ? 0 : integerOf(held->wanted, "level").value_or(0);
        }
        return actions.whyNot(ruleOf(verbOf(*change, level)).name);
    }
    return entry.spec.id == "set_degradation_level" ? actions.whyNot("set_level")
           : entry.spec.id == "set_canary_share"    ? actions.whyNot("set_share")
                                                    : QString();
}

PaletteItem actItem(const PaletteHost& host, const CatalogueEntry& entry, const Values& given) {
    const auto& spec = entry.spec;
    PaletteItem item;
    item.id = QStringLiteral("action/") + QString::fromStdString(spec.id);
    item.title = actTitle(entry) + QChar(0x2026);
    item.detail = Words::tr("risk %1, %2").arg(riskWords(spec.risk), reversalWords(entry));
    item.whyNot = whyNotAct(host, entry, given);
    item.facts = {{Words::tr("Risk"), riskWords(spec.risk)},
                  {Words::tr("Undo"), reversalWords(entry)},
                  {Words::tr("Role"), plain(entry.roleText)}};
    if (missing(entry, given) != nullptr || asksSession(entry, given)) {
        item.facts.emplace_back(Words::tr("Enter"), Words::tr("asks what it is about"));
        item.next = [&host, &entry, given] { return stageOf(host, entry, given); };
        return item;
    }
    item.facts.emplace_back(Words::tr("Enter"), Words::tr("opens the preview; nothing is done before it is confirmed"));
    item.run = [&host, &entry, given] {
        if (entry.spec.id == "panic") {
            host.context.actions.panic();
        } else {
            host.context.actions.request(QString::fromStdString(entry.spec.id), given);
        }
    };
    return item;
}

std::vector<PaletteItem> actChoices(const PaletteHost& host, const CatalogueEntry& entry, const Values& given) {
    std::vector<PaletteItem> items;
    const auto* parameter = missing(entry, given);
    if (parameter == nullptr || asksSession(entry, given)) {
        return items;
    }
    for (const auto& choice : choicesOf(host, entry, parameter->name)) {
        items.push_back(itemOf(host, entry, given, choice));
    }
    return items;
}

} // namespace binnacle::app
