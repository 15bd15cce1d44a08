// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/connection_form.h"

#include "app/pages/connection_words.h"
#include "app/pages/field_cell.h"
#include "app/pages/panel_of.h"
#include "app/pages/server_form.h"
#include "backend/collectors/profile_import.h"
#include "widgets/environment_band.h"
#include "widgets/key_button.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace binnacle::app {

namespace {

constexpr std::array kEnvironments = {Environment::Production, Environment::Staging, Environment::Development};
constexpr std::array kKinds = {ServerKind::Postgres, ServerKind::PgBouncer,  ServerKind::Redis,  ServerKind::Haproxy,
                               ServerKind::Service,  ServerKind::Prometheus, ServerKind::Control};

/// A name of that kind that no other server has.
std::string freeName(ServerKind kind, const std::string& wanted, const std::vector<ServerForm*>& servers) {
    const std::string first = !wanted.empty()                ? wanted
                              : kind == ServerKind::Postgres ? "primary"
                              : kind == ServerKind::Service  ? "app-1"
                                                             : "prometheus";
    auto name = first;
    const auto taken = [&](const ServerForm* form) {
        const auto draft = form->draft();
        return draft.kind == kind && draft.name == name;
    };
    for (int i = 2; std::ranges::any_of(servers, taken); ++i) {
        name = first + "-" + std::to_string(i);
    }
    return name;
}

} // namespace

ConnectionForm::ConnectionForm(QWidget* parent)
    : QWidget(parent)
    , m_name(new QLineEdit(this))
    , m_nameCell(new FieldCell(tr("Name"), m_name, {}, this))
    , m_environment(new SegmentedControl(this))
    , m_readOnly(new SegmentedControl(this))
    , m_literals(new SegmentedControl(this))
    , m_paste(new QPlainTextEdit(this))
    , m_pasteSaid(new PlainLabel(Type::Small, Token::Crit, this))
    , m_said(new PlainLabel(Type::Label, Token::Crit, this))
    , m_list(new QVBoxLayout) {
    m_name->setObjectName(QStringLiteral("profileName"));
    m_name->setPlaceholderText(QStringLiteral("orders"));
    m_name->setMaxLength(64);
    m_environment->setObjectName(QStringLiteral("environment"));
    std::vector<SegmentedControl::Segment> segments;
    for (const auto environment : kEnvironments) {
        segments.push_back({environmentWord(environment)});
    }
    m_environment->setSegments(std::move(segments));
    m_readOnly->setObjectName(QStringLiteral("readOnly"));
    m_readOnly->setSegments({{tr("Read only")}, {tr("May act")}});
    auto* who = new QHBoxLayout;
    who->setSpacing(16);
    who->addWidget(m_nameCell, 1);
    who->addWidget(new FieldCell(tr("Environment"), m_environment, {}, this));
    who->addWidget(new FieldCell(tr("Acts"), m_readOnly, {}, this));
    m_literals->setObjectName(QStringLiteral("literals"));
    m_literals->setSegments({{tr("Hidden")}, {tr("Shown")}});
    m_literals->setToolTip(tr("What users wrote into statements. A recording never holds it."));
    who->addWidget(new FieldCell(tr("Values in SQL"), m_literals, {}, this));

    m_paste->setObjectName(QStringLiteral("paste"));
    m_paste->setAccessibleName(tr("Address to add"));
    m_paste->setPlaceholderText(tr("Paste an address (postgresql://\u2026, redis://\u2026), a connection string, or "
                                   "sections of a pg_service.conf"));
    m_paste->setTabChangesFocus(true);
    m_paste->setFixedHeight(46);
    auto* add = new KeyButton(tr("Add it"), {}, this);
    add->setObjectName(QStringLiteral("addPasted"));
    auto* pasting = new QHBoxLayout;
    pasting->setSpacing(8);
    pasting->addWidget(m_paste, 1);
    pasting->addWidget(add, 0, Qt::AlignTop);
    m_pasteSaid->setObjectName(QStringLiteral("pasteSaid"));
    m_pasteSaid->hide();
    auto* kinds = new QHBoxLayout;
    kinds->setSpacing(6);
    auto* or_ = new PlainLabel(Type::Small, Token::Ink3, this);
    or_->setText(tr("or add"));
    or_->setWordWrap(false);
    kinds->addWidget(or_);
    for (const auto kind : kKinds) {
        auto* button = new KeyButton(kindName(kind), {}, this);
        button->setObjectName(QStringLiteral("add.") +
                              QLatin1String(memberOf(kind).data(), static_cast<qsizetype>(memberOf(kind).size())));
        connect(button, &QAbstractButton::clicked, this, [this, kind] { addKind(kind); });
        kinds->addWidget(button);
    }
    kinds->addStretch(1);
    m_said->setObjectName(QStringLiteral("formSaid"));
    m_said->hide();
    m_list->setSpacing(14);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addLayout(who);
    column->addLayout(pasting);
    column->addWidget(m_pasteSaid);
    column->addLayout(kinds);
    column->addWidget(m_said);
    column->addLayout(m_list);
    column->addStretch(1);
    connect(m_name, &QLineEdit::textEdited, this, &ConnectionForm::onChanged);
    connect(m_environment, &SegmentedControl::chosen, this, &ConnectionForm::onChanged);
    connect(m_readOnly, &SegmentedControl::chosen, this, &ConnectionForm::onChanged);
    connect(m_literals, &SegmentedControl::chosen, this, &ConnectionForm::onChanged);
    connect(add, &QAbstractButton::clicked, this, &ConnectionForm::paste);
}

void ConnectionForm::setTheme(const Theme& theme) {
    m_theme = theme;
    m_paste->setStyleSheet(QStringLiteral("QPlainTextEdit{border:1px solid %1;border-radius:2px;padding:2px 4px}"
                                          "QPlainTextEdit:focus{border:2px solid %2;padding:1px 3px}")
                               .arg(theme.color(Token::Ink3).name(), theme.color(Token::Ink).name()));
}

void ConnectionForm::setDraft(ProfileDraft before, ProfileDraft now) {
    m_before = std::move(before);
    m_rest = now.rest;
    m_showAll = false;
    for (auto* server : std::exchange(m_servers, {})) {
        delete server;
    }
    m_name->setText(QString::fromStdString(now.name));
    const auto* const environment = std::ranges::find(kEnvironments, environmentOf(now.environment));
    m_environment->setCurrent(static_cast<int>(environment - kEnvironments.begin()));
    m_readOnly->setCurrent(now.readOnly ? 0 : 1);
    m_literals->setCurrent(now.showLiterals ? 1 : 0);
    m_paste->clear();
    m_pasteSaid->hide();
    for (const auto& server : now.servers) {
        addServer(server);
    }
    showFaults();
}

ProfileDraft ConnectionForm::draft() const {
    ProfileDraft draft;
    draft.rest = m_rest;
    draft.name = m_name->text().trimmed().toStdString();
    draft.environment = profileEnvironmentOf(kEnvironments[static_cast<std::size_t>(m_environment->current())]);
    draft.readOnly = m_readOnly->current() == 0;
    draft.showLiterals = m_literals->current() == 1;
    draft.servers.clear();
    for (const auto* server : m_servers) {
        draft.servers.push_back(server->draft());
    }
    return draft;
}

CredentialDesk::Secrets ConnectionForm::typedSecrets() const {
    CredentialDesk::Secrets typed;
    for (const auto* server : m_servers) {
        if (auto secret = server->typedSecret(); !secret.empty()) {
            typed[server->draft().credentialId()] = std::move(secret);
        }
    }
    return typed;
}

void ConnectionForm::forgetSecrets() {
    for (auto* server : m_servers) {
        server->forgetSecret();
    }
}

bool ConnectionForm::isChanged() const {
    return draft() != m_before || !typedSecrets().empty();
}

void ConnectionForm::focusName() {
    m_name->setFocus();
    m_name->selectAll();
}

ServerForm* ConnectionForm::addServer(const ServerDraft& draft) {
    auto* server = new ServerForm(draft, this);
    m_servers.push_back(server);
    m_list->addWidget(server);
    binnacle::applyTheme(*server, m_theme);
    server->show();
    connect(server, &ServerForm::changed, this, &ConnectionForm::onChanged);
    connect(server, &ServerForm::removeRequested, this, [this, server] {
        std::erase(m_servers, server);
        server->hide();
        server->deleteLater();
        onChanged();
    });
    return server;
}

void ConnectionForm::addKind(ServerKind kind) {
    const auto same = std::ranges::find(m_servers, kind, [](const ServerForm* form) { return form->draft().kind; });
    if (!isNamed(kind) && same != m_servers.end()) {
        m_pasteSaid->setText(tr("A profile has one %1; it is below.").arg(kindName(kind)));
        m_pasteSaid->show();
        return;
    }
    ServerDraft draft;
    draft.kind = kind;
    if (isNamed(kind)) {
        draft.name = freeName(kind, {}, m_servers);
    }
    if (kind == ServerKind::Postgres || kind == ServerKind::PgBouncer) {
        draft.values["sslmode"] = "verify-full";
        draft.values["dbname"] = kind == ServerKind::Postgres ? "postgres" : "pgbouncer";
    }
    m_pasteSaid->hide();
    addServer(draft);
    onChanged();
}

void ConnectionForm::paste() {
    auto text = m_paste->toPlainText().toStdString();
    auto imported = importServers(text);
    wipe(text);
    if (!imported) {
        m_pasteSaid->setText(plain(imported.error().text, 300));
        m_pasteSaid->show();
        return;
    }
    for (auto& one : *imported) {
        auto& draft = one.server;
        const auto same =
            std::ranges::find(m_servers, draft.kind, [](const ServerForm* form) { return form->draft().kind; });
        if (!isNamed(draft.kind) && same != m_servers.end()) {
            m_pasteSaid->setText(tr("A profile has one %1: take the one below out first.").arg(kindName(draft.kind)));
            m_pasteSaid->show();
            return;
        }
        if (isNamed(draft.kind)) {
            draft.name = freeName(draft.kind, draft.name, m_servers);
        }
        addServer(draft)->setSecret(std::move(one.secret));
    }
    m_paste->clear(); // and with it a password that may have stood there
    m_pasteSaid->hide();
    onChanged();
}

void ConnectionForm::onChanged() {
    showFaults();
    Q_EMIT changed();
}

void ConnectionForm::showFaults() {
    const auto faults = faultsOf(draft());
    QString whole;
    QString name;
    for (const auto& fault : faults) {
        if (fault.server == DraftFault::kOfProfile) {
            (fault.field == "name" ? name : whole) = faultText(fault);
        }
    }
    m_nameCell->setFault(m_showAll || !m_name->text().isEmpty() ? name : QString());
    m_said->setText(m_showAll ? whole : QString());
    m_said->setVisible(!m_said->text().isEmpty());
    for (std::size_t i = 0; i < m_servers.size(); ++i) {
        std::vector<DraftFault> own;
        std::ranges::copy_if(faults, std::back_inserter(own), [i](const DraftFault& f) { return f.server == i; });
        m_servers[i]->setFaults(own, m_showAll);
    }
}

bool ConnectionForm::check() {
    m_showAll = true;
    showFaults();
    if (faultsOf(draft()).empty()) {
        return true;
    }
    if (!m_nameCell->fault().isEmpty()) {
        m_name->setFocus();
        return false;
    }
    for (const auto* server : m_servers) {
        if (auto* cell = server->firstFault()) {
            if (auto* field = cell->findChild<QLineEdit*>()) {
                field->setFocus();
            }
            break;
        }
    }
    return false;
}

} // namespace binnacle::app
