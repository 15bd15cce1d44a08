// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/traffic_page.h"

#include "app/controllers/action_controller.h"
#include "app/feed/snapshot_feed.h"
#include "app/models/page_sentence.h"
#include "app/models/worded.h"
#include "app/pages/act_button.h"
#include "app/pages/page_room.h"
#include "app/pages/panel_of.h"
#include "app/pages/rule.h"
#include "app/pages/signal_lanes.h"
#include "app/pages/signal_tables.h"
#include "app/pages/tabbed_panels.h"
#include "app/pages/table_panel.h"
#include "app/pages/traffic_tables.h"
#include "widgets/situation_sentence.h"

#include <QResizeEvent>
#include <QTableView>
#include <QVBoxLayout>

namespace binnacle::app {

namespace {

enum LaneId : std::size_t { Requests, ClientErrors, ServerErrors, Queue, Retries, Redispatches, Sheds, Sessions, Own };

constexpr const char* kProxy = "haproxy";
constexpr const char* kService = "service/";

using Names = std::set<std::string, std::less<>>;

/// Series of the proxies that clients connect to, of one class of responses where `status` names it.
std::function<bool(const SignalEntry&)> atFrontends(std::shared_ptr<const Names> backends, const char* status) {
    return [backends = std::move(backends), status](const SignalEntry& entry) {
        const auto& labels = entry.key.labels;
        return (status == nullptr || labels.get("class") == status) &&
               backends->find(labels.get("proxy")) == backends->end();
    };
}

// What comes in, how it ends, and what was in its way; the order of LaneId.
std::vector<LaneOf> lanes(const std::shared_ptr<const Names>& backends) {
    using Kind = LineSpec::Kind;
    std::vector<LaneOf> out;
    const auto add = [&out](const QString& title, const QString& subtitle, LineSpec line, Quantity quantity,
                            double leastTop, bool always) -> LaneOf& {
        return out.emplace_back(makeLane(title, subtitle, kProxy, std::move(line), quantity, leastTop, always));
    };
    const auto some = [](double perSecond) { return perSecond > 0 ? Concern::Caution : Concern::Normal; };
    add(TrafficPage::tr("Requests"), TrafficPage::tr("at the frontends"),
        {Kind::Rate, "haproxy.requests", atFrontends(backends, nullptr)}, Quantity::Rate, 10, true);
    add(TrafficPage::tr("Answered 4xx"), TrafficPage::tr("the client's doing"),
        {Kind::Rate, "haproxy.responses", atFrontends(backends, "4xx")}, Quantity::Rate, 1, false);
    add(TrafficPage::tr("Answered 5xx"), TrafficPage::tr("ours"),
        {Kind::Rate, "haproxy.responses", atFrontends(backends, "5xx")}, Quantity::Rate, 1, false)
        .judge = some;
    add(TrafficPage::tr("Queue"), TrafficPage::tr("requests that wait"), {Kind::Sum, "haproxy.queue"}, Quantity::Count,
        5, true)
        .judge = [](double waiting) { return waiting >= 1 ? Concern::Caution : Concern::Normal; };
    add(TrafficPage::tr("Retries"), TrafficPage::tr("tried once more"), {Kind::Rate, "haproxy.retries"}, Quantity::Rate,
        1, true)
        .judge = some;
    add(TrafficPage::tr("Redispatches"), TrafficPage::tr("to another server"), {Kind::Rate, "haproxy.redispatches"},
        Quantity::Rate, 1, false)
        .judge = some;
    out.push_back(makeLane(TrafficPage::tr("Shed"), TrafficPage::tr("turned away unserved"), kService,
                           {Kind::Rate, "service.shed"}, Quantity::Rate, 1, false));
    out.back().judge = some;
    add(TrafficPage::tr("Sessions"), TrafficPage::tr("at the frontends"),
        {Kind::Sum, "haproxy.sessions", atFrontends(backends, nullptr)}, Quantity::Count, 10, true)
        .first = false;
    add(TrafficPage::tr("Own answers"), TrafficPage::tr("no server was asked"),
        {Kind::Rate, "haproxy.own_responses", atFrontends(backends, nullptr)}, Quantity::Rate, 1, false)
        .first = false;
    return out;
}

bool isDown(std::string_view status) {
    return status.starts_with("DOWN");
}

bool isOut(std::string_view status) {
    return status.starts_with("MAINT") || status.starts_with("DRAIN");
}

Mark statusMark(const SnapshotTable& table, std::size_t row) {
    const auto status = table.text(row, "status");
    return isDown(status)                                            ? Mark::Critical
           : isOut(status)                                           ? Mark::Held
           : status.starts_with("NOLB") || status.starts_with("UP ") ? Mark::Caution // on its way up or down
                                                                     : Mark::None;
}

/// A backend without a server in use is down by design while nobody asks it.
Mark sideMark(const SnapshotTable& table, std::size_t row) {
    const bool unused = isDown(table.text(row, "status")) && table.number(row, "request_rate").value_or(0) <= 0;
    return unused ? Mark::Note : statusMark(table, row);
}

Mark pendingMark(const SnapshotTable& table, std::size_t row) {
    return table.text(row, "pending").empty() ? Mark::None : Mark::Note;
}

Mark errorMark(const SnapshotTable& table, std::size_t row) {
    return table.number(row, "server_error_rate").value_or(0) > 0 ? Mark::Caution : Mark::None;
}

Mark shedMark(const SnapshotTable& table, std::size_t row) {
    return table.number(row, "rate").value_or(0) > 0 ? Mark::Caution : Mark::None;
}

std::vector<ShownColumn> columnsOf(const TableSpec& spec) {
    std::vector<ShownColumn> out;
    for (const auto& column : spec.columns) {
        if (column.id == "address") {
            continue; // wide, and never what one looks for; copies have it
        }
        ShownColumn shown{column.id};
        shown.form = column.id == "saturation" ? ColumnForm::Bar
                     : column.id == "queue"    ? ColumnForm::Comb
                                               : ColumnForm::Auto;
        shown.mark = column.id == "status"              ? (&spec == &kProxySides ? &sideMark : &statusMark)
                     : column.id == "pending"           ? &pendingMark
                     : column.id == "server_error_rate" ? &errorMark
                                                        : nullptr;
        shown.leastWidth = column.id == "status"                              ? 72
                           : column.id == "pending"                           ? 72
                           : column.id == "queue" || column.unit == "bytes/s" ? 84
                           : column.id == "check"                             ? 130
                           : column.unit == "s"                               ? 72
                                                                              : 0;
        shown.key = column.id == "server" || (column.id == "proxy" && &spec == &kProxySides);
        out.push_back(shown);
    }
    return out;
}

QString rate(const Figure& figure) {
    return numberText(figure.value, Quantity::Rate).value;
}

} // namespace

TrafficPage::TrafficPage(const PageContext& context, QWidget* parent)
    : LinkedPage(context, parent)
    , m_backends(std::make_shared<Names>())
    , m_sentence(new SituationSentence(this))
    , m_view(new LaneView(this))
    , m_lanes(std::make_unique<SignalLanes>(context, *m_view, lanes(m_backends))) {
    makeTables();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 8);
    column->setSpacing(8);
    column->addWidget(m_sentence);
    column->addWidget(m_view);
    column->addWidget(new Rule(Qt::Horizontal, this));
    column->addWidget(m_servers, 3);
    column->addWidget(new Rule(Qt::Horizontal, this));
    column->addWidget(m_below, 2);
}

TrafficPage::~TrafficPage() = default;

void TrafficPage::makeTables() {
    TableLook servers;
    servers.title = tr("Servers");
    servers.table = kProxyServers.id;
    servers.columns = columnsOf(kProxyServers);
    servers.none = tr("No server is in use");
    servers.sortBy = "server";
    servers.order = Qt::AscendingOrder;
    servers.spec = &kProxyServers;
    servers.read = &readProxyServers;
    m_servers = new TablePanel(context(), std::move(servers), this);
    m_servers->setSources({kProxy});
    m_drain = new KeyButton(tr("Drain\u2026"), {}, m_servers);
    m_drain->setObjectName(QStringLiteral("drain"));
    m_servers->addTool(m_drain);
    connect(m_drain, &QAbstractButton::clicked, this, &TrafficPage::ask);
    connect(m_servers, &TablePanel::selectionShown, this, &TrafficPage::showActs);

    TableLook proxies;
    proxies.title = tr("Frontends and backends");
    proxies.table = kProxySides.id;
    proxies.columns = columnsOf(kProxySides);
    proxies.none = tr("No proxy is configured");
    proxies.sortBy = "side";
    proxies.spec = &kProxySides;
    proxies.read = &readProxySides;
    proxies.filter = false;
    m_below = new TabbedPanels(tr("Tables of proxies and of what is shed"), this);
    auto* sides = new TablePanel(context(), std::move(proxies), m_below);
    sides->setSources({kProxy});
    const auto titles = parts();
    m_below->addPanel(titles.at(0), sides);

    TableLook sheds;
    sheds.title = tr("Requests turned away");
    sheds.table = kSheds.id;
    for (const auto& column : kSheds.columns) {
        ShownColumn shown{column.id};
        shown.form = column.id == "share" ? ColumnForm::Share : ColumnForm::Auto;
        shown.mark = column.id == "rate" ? &shedMark : nullptr;
        shown.key = column.id == "reason";
        sheds.columns.push_back(shown);
    }
    sheds.none = tr("No instance turned a request away in the last 5 minutes");
    sheds.sortBy = "rate";
    sheds.filter = false;
    sheds.spec = &kSheds;
    sheds.read = &readSheds;
    auto* shed = new TablePanel(context(), std::move(sheds), m_below);
    shed->setSources({kAllInstances});
    m_below->addPanel(titles.at(1), shed);
}

QStringList TrafficPage::parts() {
    return {tr("Frontends and backends"), tr("Shed")};
}

void TrafficPage::openPart(int part) {
    m_below->open(part);
}

void TrafficPage::readBackends() {
    for (const auto* entry : context().feed.store().byId("haproxy.server.up")) {
        m_backends->emplace(entry->key.labels.get("proxy"));
    }
}

PageSentence TrafficPage::sentence() const {
    if (!context().hasReading()) {
        return {nothingThenText()};
    }
    if (auto silence = silenceOf(context().path(), kProxy, tr("Requests may not reach the instances."))) {
        return *silence;
    }
    const auto servers = readTable(context(), kProxy, "haproxy.servers").table;
    QStringList down;
    QStringList out;
    std::size_t all = 0;
    for (std::size_t row = 0; servers && row < servers->rowCount(); ++row, ++all) {
        const auto status = servers->text(row, "status");
        if (isDown(status)) {
            down << plain(servers->text(row, "server"), 40);
        } else if (isOut(status)) {
            out << plain(servers->text(row, "server"), 40);
        }
    }
    const auto& requests = m_lanes->figure(Requests);
    const auto& errors = m_lanes->figure(ServerErrors);
    const auto& queue = m_lanes->figure(Queue);
    const auto& retries = m_lanes->figure(Retries);
    const auto share = errors.value && requests.value && *requests.value > 0
                           ? std::optional(std::min(1.0, *errors.value / *requests.value))
                           : std::nullopt;
    auto detail =
        !servers ? QString()
                 : tr("%1 of %2 servers in rotation").arg(static_cast<int>(all) - down.size() - out.size()).arg(all);
    if (!out.isEmpty()) {
        detail += tr(", %1 taken out").arg(out.join(QStringLiteral(", ")));
    }
    if (share) {
        detail += (detail.isEmpty() ? QString() : QStringLiteral("; ")) +
                  (*share > 0 ? tr("%1 answered 5xx").arg(numberText(share, Quantity::Share).joined())
                              : tr("none answered 5xx"));
    }
    detail += detail.isEmpty() ? QString() : QStringLiteral(".");
    if (!down.isEmpty()) {
        return {tr("HAProxy has ejected %1.").arg(down.join(QStringLiteral(", "))), detail, Severity::Critical};
    }
    if (queue.concern != Concern::Normal) {
        const auto waiting = static_cast<int>(*queue.value);
        return {waiting == 1 ? tr("1 request queues at HAProxy.")
                             : tr("%n requests queue at HAProxy.", nullptr, waiting),
                detail, Severity::Caution};
    }
    if (share && *share > PathLimits{}.errorShareCaution) {
        return {tr("%1 of requests are answered 5xx.").arg(numberText(share, Quantity::Share).joined()), detail,
                *share > PathLimits{}.errorShareCritical ? Severity::Critical : Severity::Caution};
    }
    if (const auto& sheds = m_lanes->figure(Sheds); sheds.value.value_or(0) >= 1) {
        return {tr("The instances turn away %1 requests per second.").arg(rate(sheds)), detail, Severity::Caution};
    }
    if (retries.value.value_or(0) >= 1) {
        return {tr("HAProxy tries %1 requests per second once more.").arg(rate(retries)), detail, Severity::Caution};
    }
    if (!requests.value) {
        return {tr("Waiting for the first two readings of HAProxy."), detail};
    }
    return {*requests.value > 0 ? tr("%1 requests per second, none queued.").arg(rate(requests)) : tr("No requests."),
            detail};
}

void TrafficPage::showActs() {
    const auto row = m_servers->selected();
    const auto name = row ? plain(row->text("server"), 24) : QString();
    const bool back = row && isOut(row->text("status"));
    auto why = context().actions.whyNot(back ? "ready_instance" : "drain_instance");
    if (why.isEmpty() && !row) {
        why = tr("choose a server");
    }
    showActButton(*m_drain, back ? tr("Back to rotation: %1\u2026").arg(name) : tr("Drain %1\u2026").arg(name),
                  back ? tr("Back to rotation") : tr("Drain"), why);
}

void TrafficPage::ask() {
    const auto row = m_servers->selected();
    const auto* action = row && isOut(row->text("status")) ? "ready_instance" : "drain_instance";
    if (row && context().actions.whyNot(action).isEmpty()) {
        context().actions.request(QLatin1String(action), {{"instance", std::string(row->text("server"))}});
    }
}

void TrafficPage::showReadings() {
    readBackends();
    m_lanes->showReadings();
    const auto words = sentence();
    m_sentence->setSentence(words.clause, words.detail, words.severity);
    m_servers->showReadings();
    m_below->showReadings();
    showActs();
}

void TrafficPage::showTick() {
    m_lanes->showTick();
}

void TrafficPage::showTarget(const QString& target) {
    const auto name = target.section(QLatin1Char(' '), 1);
    if (m_servers->selectWhere([&name](const SnapshotTable& table, std::size_t row) {
            return plain(table.text(row, "server")) == name;
        })) {
        m_servers->view()->setFocus(Qt::OtherFocusReason);
    }
}

void TrafficPage::resizeEvent(QResizeEvent* event) {
    LinkedPage::resizeEvent(event);
    const auto height = roomOf(*this);
    m_lanes->setRoom(height >= 720, height >= 820 ? 40 : 34);
}

RailReading TrafficPage::railReading(const PageContext& context) {
    const auto& path = context.feed.path();
    const auto& proxy = path.proxy;
    if (proxy.state != SourceState::Live) {
        return {{}, proxy.state == SourceState::Loading ? Mark::None : markOf(panelStateOf(proxy.state))};
    }
    const bool out = std::ranges::any_of(path.instances, [](const InstanceHop& hop) {
        return hop.inRotation && !*hop.inRotation && hop.state == SourceState::Live;
    });
    return {proxy.requestsPerSecond ? numberText(proxy.requestsPerSecond, Quantity::Rate).joined() : QString(),
            out || proxy.concern != Concern::Normal ? Mark::Caution : Mark::None};
}

} // namespace binnacle::app
