// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/latency_filter.h"

#include "app/feed/snapshot_feed.h"
#include "app/models/tail_words.h"
#include "widgets/key_button.h"
#include "widgets/tip_text.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QShortcut>

#include <set>

namespace binnacle::app {

namespace {

constexpr std::size_t kMostChoices = 100;
constexpr qsizetype kLongestChoice = 34; ///< on a button
constexpr qsizetype kLongestBrief = 14;  ///< the same where room is short

/// In a menu an ampersand would mark a letter.
QString menuText(QString text) {
    return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace

LatencyFilter::LatencyFilter(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_all(new KeyButton(tr("Show all"), tr("Shift+F"), this)) {
    constexpr std::array kNames = {"routeFilter", "versionFilter", "instanceFilter"};
    constexpr std::array kKeys = {Qt::Key_F, Qt::Key_V, Qt::Key_I};
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (int i = 0; i < PartCount; ++i) {
        const auto part = static_cast<Part>(i);
        const auto at = static_cast<std::size_t>(i);
        const QKeySequence key(kKeys[at]);
        auto* button = new KeyButton({}, key.toString(), this);
        button->setObjectName(QLatin1String(kNames[at]));
        connect(button, &QAbstractButton::clicked, this, [this, part] { open(part); });
        auto* shortcut = new QShortcut(key, this); // works while this page is shown
        connect(shortcut, &QShortcut::activated, this, [this, part] { open(part); });
        m_buttons[at] = button;
        row->addWidget(button);
    }
    m_all->setObjectName(QStringLiteral("filterAll"));
    connect(m_all, &QAbstractButton::clicked, this, &LatencyFilter::takeAll);
    auto* all = new QShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F), this);
    connect(all, &QShortcut::activated, this, &LatencyFilter::takeAll);
    row->addWidget(m_all);
    row->addStretch(1);
    showChoice();
}

std::string* LatencyFilter::valueOf(std::string_view label) {
    return label == "route"      ? &m_selector.route
           : label == "version"  ? &m_selector.version
           : label == "role"     ? &m_selector.role
           : label == "instance" ? &m_selector.instance
                                 : nullptr;
}

void LatencyFilter::choose(std::string_view label, std::string_view value) {
    auto* held = valueOf(label);
    if (held == nullptr || *held == value) {
        return;
    }
    *held = std::string(value);
    showChoice();
    Q_EMIT changed();
}

void LatencyFilter::takeAll() {
    if (!takesAll()) {
        m_selector = {};
        showChoice();
        Q_EMIT changed();
    }
}

void LatencyFilter::setBrief(bool brief) {
    if (m_brief != brief) {
        m_brief = brief;
        for (auto* button : m_buttons) {
            button->setKeyPrinted(!brief);
        }
        m_all->setKeyPrinted(!brief);
        showChoice();
    }
}

QString LatencyFilter::words() const {
    QStringList out;
    const auto add = [&out](std::string_view label, const std::string& value) {
        if (!value.empty()) {
            out << labelWords(label, value);
        }
    };
    add("route", m_selector.route);
    add("role", m_selector.role);
    add("version", m_selector.version);
    add("instance", m_selector.instance);
    return out.isEmpty() ? tr("all routes and instances") : tr("only %1").arg(out.join(QStringLiteral(", ")));
}

void LatencyFilter::showChoice() {
    const auto say = [this](Part part, const QString& all, const QString& chosen) {
        auto& button = *m_buttons[part];
        const auto longest = m_brief ? kLongestBrief : kLongestChoice;
        const auto text = chosen.isEmpty()           ? all
                          : chosen.size() <= longest ? chosen
                                                     : chosen.left(longest - 1) + QChar(0x2026);
        if (button.text() != text) {
            button.setText(text);
            button.setToolTip(chosen.size() > longest ? tipText(chosen) : QString());
            button.setRole(chosen.isEmpty() ? KeyButton::Role::Default : KeyButton::Role::Primary);
            button.updateGeometry();
        }
    };
    const auto named = [](std::string_view label, const std::string& value) {
        return value.empty() ? QString() : labelWords(label, value);
    };
    auto version = named("version", m_selector.version);
    if (const auto role = named("role", m_selector.role); !role.isEmpty()) {
        version = version.isEmpty() ? role : role + QStringLiteral(", ") + version;
    }
    say(Route, tr("All routes"), named("route", m_selector.route));
    say(Version, tr("All versions"), version);
    say(Instance, tr("All instances"), named("instance", m_selector.instance));
    m_all->setVisible(!takesAll());
}

void LatencyFilter::open(Part part) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("filterMenu"));
    fill(*menu, part);
    const auto& button = *m_buttons[part];
    menu->popup(button.mapToGlobal(QPoint(0, button.height())));
}

void LatencyFilter::addChoice(QMenu& menu, const QString& text, std::string_view label, const std::string& value) {
    auto* action =
        menu.addAction(menuText(text), this, [this, name = std::string(label), value] { choose(name, value); });
    action->setCheckable(true);
    action->setChecked(*valueOf(label) == value);
    if (action->isChecked()) {
        menu.setActiveAction(action);
    }
}

void LatencyFilter::fill(QMenu& menu, Part part) {
    constexpr std::array<std::string_view, PartCount> kLabels = {"route", "version", "instance"};
    std::set<std::string> values;
    std::set<std::string> roles;
    for (const auto& labels : m_context.feed.store().latency().series()) {
        const auto value = labels.get(kLabels[part]);
        // Probes are the load balancer's traffic, and nobody's requests.
        if (!value.empty() && !labels.get("route").starts_with("GET /healthz") && values.size() < kMostChoices) {
            values.emplace(value);
        }
        if (const auto role = labels.get("role"); !role.empty()) {
            roles.emplace(role);
        }
    }
    if (part == Version) {
        menu.addAction(tr("All versions"), this, [this] {
            m_selector.role.clear();
            m_selector.version.clear();
            showChoice();
            Q_EMIT changed();
        });
        menu.addSeparator();
        for (const auto& role : roles) {
            addChoice(menu, labelWords("role", role), "role", role);
        }
        menu.addSeparator();
    } else {
        addChoice(menu, part == Route ? tr("All routes") : tr("All instances"), kLabels[part], {});
        menu.addSeparator();
    }
    for (const auto& value : values) {
        addChoice(menu, labelWords(kLabels[part], value), kLabels[part], value);
    }
}

} // namespace binnacle::app
