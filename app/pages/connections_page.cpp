// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/connections_page.h"

#include "app/controllers/connections_controller.h"
#include "app/controllers/stack_controller.h"
#include "app/dialogs/confirm_dialog.h"
#include "app/feed/snapshot_feed.h"
#include "app/notice_bar.h"
#include "app/pages/act_button.h"
#include "app/pages/connection_form.h"
#include "app/pages/connection_list.h"
#include "app/pages/connection_words.h"
#include "app/pages/panel_of.h"
#include "app/pages/plain_label.h"
#include "app/pages/probe_panel.h"
#include "app/pages/rule.h"
#include "widgets/situation_sentence.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace binnacle::app {

namespace {

constexpr int kListWidth = 400;
constexpr qint64 kRefreshEveryMs = 2000;

/// The name of the row of a profile that was not saved yet; no file may have it.
QString newName() {
    return QStringLiteral("+");
}

} // namespace

ConnectionsPage::ConnectionsPage(const PageContext& context, QWidget* parent)
    : Page(context, parent)
    , m_connections(context.connections)
    , m_sentence(new SituationSentence(this)) {
    auto* columns = new QHBoxLayout;
    columns->setSpacing(20);
    columns->addWidget(makeLeft());
    columns->addWidget(new Rule(Qt::Vertical, this));
    columns->addWidget(makeRight(), 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 8);
    column->setSpacing(8);
    column->addWidget(m_sentence);
    column->addLayout(columns, 1);

    connect(&m_connections, &ConnectionsController::listChanged, this, &ConnectionsPage::onListChanged);
    connect(&m_connections, &ConnectionsController::testChanged, this, &ConnectionsPage::onTest);
    connect(&m_connections, &ConnectionsController::saved, this, &ConnectionsPage::onSaved);
    connect(&m_connections, &ConnectionsController::said, this, [this](const QString& sentence) {
        m_saving = false;
        m_said->setText(sentence);
        m_said->show();
        showButtons();
    });
    connect(&m_connections.credentials(), &CredentialDesk::changed, this, &ConnectionsPage::onListChanged);
    m_toChoose = m_connections.current();
    onListChanged();
    m_list->choose(m_chosen);
    m_connections.credentials().look();
    onTest();
}

QWidget* ConnectionsPage::makeLeft() {
    auto* left = new QWidget(this);
    left->setFixedWidth(kListWidth);
    auto* head = new SectionHead(tr("Connections"), {}, left);
    m_new = new KeyButton(tr("New\u2026"), tr("Ctrl N"), left); // N alone notes something, on every page
    m_new->setObjectName(QStringLiteral("newProfile"));
    m_new->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_N));
    connect(m_new, &QAbstractButton::clicked, this, [this] { beginNew({}); });
    m_list = new ConnectionList(left);
    m_removed = new NoticeBar(left);
    m_removed->setObjectName(QStringLiteral("removed"));
    m_keychain = new NoticeBar(left);
    m_keychain->setObjectName(QStringLiteral("keychain"));
    connect(m_removed, &NoticeBar::actionRequested, &m_connections, &ConnectionsController::undoRemove);
    connect(m_keychain, &NoticeBar::actionRequested, this, [this] {
        auto& desk = m_connections.credentials();
        desk.state() == CredentialDesk::State::Locked ? desk.unlock() : desk.look();
    });
    connect(m_list, &ConnectionList::chosen, this, &ConnectionsPage::onChosen);
    connect(m_list, &ConnectionList::opened, this, &ConnectionsPage::connectTo);
    auto* top = new QHBoxLayout;
    top->addWidget(head, 1);
    top->addWidget(m_new);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(top);
    column->addWidget(m_list, 1);
    column->addWidget(m_removed);
    column->addWidget(m_keychain);
    return left;
}

QWidget* ConnectionsPage::makeRight() {
    auto* right = new QWidget(this);
    m_head = new SectionHead({}, {}, right);
    m_said = new PlainLabel(Type::Label, Token::Caut, right);
    m_said->setObjectName(QStringLiteral("said"));
    m_said->hide();
    auto* content = new QWidget(right);
    m_about = new PlainLabel(Type::Body, Token::Ink2, content);
    m_about->setObjectName(QStringLiteral("about"));
    m_about->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_probes = new ProbePanel(content);
    m_probes->hide();
    m_form = new ConnectionForm(content);
    connect(m_form, &ConnectionForm::changed, this, [this] {
        m_said->hide();
        showButtons();
    });
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 12, 0);
    inner->setSpacing(14);
    inner->addWidget(m_about);
    inner->addWidget(m_probes);
    inner->addWidget(m_form);
    inner->addStretch(1);
    m_scroll = new QScrollArea(right);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(content);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    makeActions();
    auto* actions = new QHBoxLayout;
    actions->setSpacing(8);
    for (auto* button : {m_connect, m_test, m_save}) {
        actions->addWidget(button);
    }
    actions->addStretch(1);
    for (auto* button : {m_copy, m_remove}) {
        actions->addWidget(button);
    }
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_head);
    column->addLayout(actions);
    column->addWidget(m_said);
    column->addWidget(m_scroll, 1);
    return right;
}

void ConnectionsPage::makeActions() {
    const auto button = [this](const char* name, const QString& key, void (ConnectionsPage::*act)()) {
        auto* made = new KeyButton({}, key, this);
        made->setObjectName(QLatin1String(name));
        connect(made, &QAbstractButton::clicked, this, act);
        return made;
    };
    m_connect = button("connect", tr("Enter"), &ConnectionsPage::connectTo);
    m_connect->setRole(KeyButton::Role::Primary);
    m_test = button("test", {}, &ConnectionsPage::test);
    m_save = button("save", tr("Ctrl S"), &ConnectionsPage::save);
    // A button forgets its own shortcut with each new text.
    auto* saves = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_S), this);
    connect(saves, &QShortcut::activated, this, &ConnectionsPage::save);
    m_copy = button("copy", {}, &ConnectionsPage::copy);
    m_remove = button("remove", {}, &ConnectionsPage::remove);
}

void ConnectionsPage::showReadings() {
    if (!m_refreshed.isValid() || m_refreshed.elapsed() >= kRefreshEveryMs) {
        m_refreshed.restart();
        m_connections.refresh();
    }
    showSentence();
}

void ConnectionsPage::onListChanged() {
    std::vector<ConnectionRow> rows;
    const auto& current = m_connections.current();
    ConnectionRow bundled;
    bundled.title = tr("Bundled stack");
    bundled.first = tr("everything on this machine, with demo traffic");
    bundled.second = tr("on this machine \u00b7 may act");
    bundled.shown = current.isEmpty();
    rows.push_back(std::move(bundled));
    for (const auto& shelved : m_connections.profiles()) {
        ConnectionRow row;
        row.name = QString::fromStdString(shelved.name);
        row.title = row.name;
        row.shown = row.name == current;
        if (!shelved.profile) {
            row.damaged = true;
            row.first = plain(shelved.profile.error().text, 300);
            row.second = QString::fromStdString(shelved.file.string());
        } else {
            row.environment = environmentOf(shelved.profile->environment);
            row.first = reachSummary(*shelved.profile);
            row.second = transportSummary(*shelved.profile, row.exposed) + QStringLiteral(" \u00b7 ") +
                         (shelved.profile->readOnly ? tr("read only") : tr("may act"));
        }
        rows.push_back(std::move(row));
    }
    if (m_creating) {
        ConnectionRow row;
        row.name = newName();
        row.title = tr("New profile");
        row.environment = environmentOf(m_form->draft().environment);
        row.first = tr("not saved yet");
        rows.push_back(std::move(row));
    }
    const bool gone = !m_chosen.isEmpty() && std::ranges::find(rows, m_chosen, &ConnectionRow::name) == rows.end();
    m_list->setRows(std::move(rows));
    if (!m_toChoose.isEmpty() && m_connections.find(m_toChoose) != nullptr) {
        m_list->choose(std::exchange(m_toChoose, {}));
    } else if (gone && m_toChoose.isEmpty()) {
        m_list->choose({});
        onChosen({});
    }
    const auto& removed = m_connections.removed();
    m_removed->showNotice(removed.isEmpty() ? QString() : tr("%1 was removed.").arg(removed), tr("Undo"));
    const auto& desk = m_connections.credentials();
    m_keychain->showNotice(desk.sentence(),
                           desk.state() == CredentialDesk::State::Locked ? tr("Unlock") : tr("Look again"));
    showDetail();
    showSentence();
}

void ConnectionsPage::keepEdits() {
    if (m_form->isVisibleTo(this) && m_form->isChanged()) {
        m_edits[m_chosen] = m_form->draft();
    } else {
        m_edits.erase(m_chosen);
    }
    m_form->forgetSecrets();
}

void ConnectionsPage::onChosen(const QString& name) {
    if (name == m_chosen) {
        return;
    }
    keepEdits();
    m_chosen = name;
    m_shownDocument.reset();
    m_said->hide();
    showDetail();
    m_scroll->ensureVisible(0, 0);
}

void ConnectionsPage::choose(const QString& name) {
    m_list->choose(name);
}

void ConnectionsPage::showDetail() {
    const auto* const shelved = m_connections.find(m_chosen);
    const bool creating = m_creating && m_chosen == newName();
    const bool usable = creating || (shelved != nullptr && shelved->profile);
    m_form->setVisible(usable);
    m_about->setVisible(!usable);
    if (m_chosen.isEmpty()) {
        m_head->setTitle(tr("Bundled stack"));
        m_head->setSubtitle({});
        m_about->setText(
            tr("HAProxy, service instances, pgBouncer, PostgreSQL with two replicas and Redis, started on this "
               "machine by one command, with traffic to watch and to rehearse on. Its passwords are made when "
               "it is and lie in files of its own. It can't be changed here nor removed."));
    } else if (shelved != nullptr && !shelved->profile) {
        m_head->setTitle(m_chosen);
        m_head->setSubtitle(tr("not readable"));
        m_about->setText(
            tr("%1\n\nThe file stays as it is:\n%2\n\nCorrect it there; the list follows by itself. Or remove "
               "it, which can be undone.")
                .arg(plain(shelved->profile.error().text, 500), QString::fromStdString(shelved->file.string())));
    } else if (usable) {
        m_head->setTitle(creating ? tr("New profile") : m_chosen);
        m_head->setSubtitle(creating ? m_connections.folder() : QString::fromStdString(shelved->file.string()));
        const auto document = creating ? std::string() : shelved->document;
        if (creating && !m_shownDocument) {
            const auto edited = m_edits.extract(m_chosen);
            m_form->setDraft({}, edited.empty() ? ProfileDraft{} : edited.mapped());
            m_shownDocument = document;
        } else if (m_shownDocument != document) {
            auto before = draftOf(document, shelved->name).value_or(ProfileDraft{});
            const auto edited = m_edits.extract(m_chosen);
            const bool conflicts = m_shownDocument && m_form->isChanged();
            if (conflicts) {
                m_said->setText(
                    tr("The file was changed by somebody else. Saving will not replace it: copy this one, or "
                       "choose another profile and come back to see what it says."));
                m_said->show();
            } else {
                auto now = edited.empty() ? before : edited.mapped();
                m_form->setDraft(std::move(before), std::move(now));
            }
            m_shownDocument = document;
        }
    }
    showProbes();
    showButtons();
}

void ConnectionsPage::showButtons() {
    const auto* const shelved = m_connections.find(m_chosen);
    const bool bundled = m_chosen.isEmpty();
    const bool creating = m_creating && m_chosen == newName();
    const bool usable = creating || (shelved != nullptr && shelved->profile);
    const bool changed = usable && (creating || m_form->isChanged());
    const bool here = m_chosen == m_connections.current() && !creating;
    const auto no = [](bool is, const QString& why) { return is ? why : QString(); };
    showActButton(*m_connect, tr("Connect"), tr("Connect"),
                  here                  ? tr("is shown here")
                  : !bundled && !usable ? tr("it can't be read")
                                        : no(changed, tr("save first")));
    const bool runs = m_connections.test().running;
    showActButton(*m_test, runs ? tr("Cancel the test") : tr("Test"), tr("Test"),
                  bundled ? tr("the pages show it") : no(!usable, tr("it can't be read")));
    showActButton(*m_save, tr("Save"), tr("Save"),
                  m_saving ? tr("on its way") : no(!changed, tr("nothing was changed")));
    showActButton(*m_copy, tr("Copy\u2026"), tr("Copy"),
                  bundled ? tr("no profile") : no(!usable, tr("it can't be read")));
    showActButton(*m_remove, creating ? tr("Discard") : tr("Remove"), tr("Remove"),
                  bundled ? tr("is part of Binnacle") : no(here, tr("is shown here")));
    m_save->setVisible(!bundled);
    m_test->setVisible(!bundled);
    m_copy->setVisible(!bundled);
}

void ConnectionsPage::showSentence() {
    const auto& profiles = m_connections.profiles();
    const auto damaged = std::ranges::count_if(profiles, [](const auto& one) { return !one.profile.has_value(); });
    const auto current = m_connections.current();
    const auto clause = current.isEmpty() ? tr("This console shows the bundled stack.")
                                          : tr("This console shows %1.").arg(plain(current.toStdString()));
    auto detail = !m_connections.listed() ? tr("Reading the profiles\u2026")
                  : profiles.empty()
                      ? tr("There are no profiles yet: New makes one, for any PostgreSQL, Redis, pgBouncer or HAProxy.")
                      : tr("%n profiles to choose from.", nullptr,
                           static_cast<int>(profiles.size()) - static_cast<int>(damaged));
    if (damaged > 0) {
        detail = tr("%n files of profiles can't be read.", nullptr, static_cast<int>(damaged)) + QLatin1Char(' ') +
                 detail;
    }
    m_sentence->setSentence(clause, detail, damaged > 0 ? Severity::Caution : Severity::Normal);
}

void ConnectionsPage::beginNew(ProfileDraft draft) {
    keepEdits();
    m_creating = true;
    m_chosen = newName();
    m_shownDocument = std::string();
    m_form->setDraft({}, std::move(draft));
    m_said->hide();
    onListChanged();
    m_list->choose(newName());
    m_form->focusName();
}

void ConnectionsPage::save() {
    if (!m_save->isEnabled() || !m_form->check()) {
        return;
    }
    const auto draft = m_form->draft();
    const auto* const before = m_connections.find(m_chosen);
    const bool wasSafe = before == nullptr || !before->profile || before->profile->readOnly ||
                         before->profile->environment != ProfileEnvironment::Production;
    const bool grants = draft.environment == ProfileEnvironment::Production && !draft.readOnly && wasSafe;
    asked(grants, tr("Let this console act on %1").arg(plain(draft.name)),
          tr("Whoever opens this profile may then change degradation, canary, sessions and pools in production, as far "
             "as "
             "its control plane lets them."),
          tr("Save it so"), [this, draft] {
              m_saving = true;
              showButtons();
              m_connections.save(draft, m_chosen == newName() ? QString() : m_chosen, m_form->typedSecrets());
          });
}

void ConnectionsPage::onSaved(const QString& name) {
    if (std::exchange(m_saving, false)) {
        m_creating = m_creating && m_chosen != newName();
        m_edits.erase(m_chosen);
        m_form->forgetSecrets();
        m_tested = m_tested == m_chosen ? name : m_tested;
        m_chosen = name;
        m_shownDocument.reset();
        m_said->hide();
        m_toChoose = name;
    }
}

void ConnectionsPage::test() {
    if (m_connections.test().running) {
        m_connections.cancelTest();
    } else if (m_form->check()) {
        m_tested = m_chosen;
        m_connections.startTest(m_form->draft(), m_form->typedSecrets());
        m_scroll->ensureVisible(0, 0);
    }
}

void ConnectionsPage::onTest() {
    m_probes->showTest(m_connections.test());
    showButtons();
    showProbes();
}

/// The last test stays with the profile that it was of.
void ConnectionsPage::showProbes() {
    const auto& test = m_connections.test();
    const bool any = test.running || !test.done.empty() || !test.problem.isEmpty();
    m_probes->setVisible(any && m_tested == m_chosen && m_form->isVisibleTo(this));
}

void ConnectionsPage::copy() {
    auto draft = m_form->draft();
    const auto taken = [&] { return m_connections.find(QString::fromStdString(draft.name)) != nullptr; };
    const auto first = draft.name.substr(0, 56);
    draft.name = first + "-copy";
    for (int i = 2; taken(); ++i) {
        draft.name = first + "-copy" + std::to_string(i);
    }
    const bool keychain = std::ranges::any_of(draft.servers, &ServerDraft::keychain);
    beginNew(std::move(draft));
    if (keychain) {
        m_said->setText(tr("Passwords in the keychain are not copied: type them here, or when it is connected to."));
        m_said->show();
    }
}

void ConnectionsPage::remove() {
    if (m_creating && m_chosen == newName()) {
        m_creating = false;
        m_form->forgetSecrets();
        m_edits.erase(newName());
        m_chosen.clear();
        onListChanged();
        m_list->choose({});
        return;
    }
    const auto name = m_chosen;
    const auto* const shelved = m_connections.find(name);
    const bool production =
        shelved != nullptr && shelved->profile && shelved->profile->environment == ProfileEnvironment::Production;
    asked(
        production, tr("Remove %1").arg(name),
        tr("Its servers are not touched. Its passwords leave the keychain. Undo brings both back until another profile "
           "is removed or the console ends."),
        tr("Remove %1").arg(name), [this, name] {
            m_edits.erase(name);
            m_form->forgetSecrets();
            m_connections.remove(name);
        });
}

void ConnectionsPage::connectTo() {
    if (!m_connect->isEnabled()) {
        return;
    }
    const auto name = m_chosen;
    const auto* const shelved = m_connections.find(name);
    const bool acts = shelved != nullptr && shelved->profile && !shelved->profile->readOnly &&
                      shelved->profile->environment == ProfileEnvironment::Production;
    asked(acts, tr("Open %1 with the right to act").arg(name),
          tr("This is production, and its profile is not read only: what is done here is done there. To look only, set "
             "it to read only first."),
          tr("Open %1").arg(name), [this, name] { m_connections.connectTo(name); });
}

void ConnectionsPage::asked(bool ask, const QString& title, const QString& sentence, const QString& act,
                            std::function<void()> then) {
    if (!ask) {
        then();
        return;
    }
    const auto name = m_chosen == newName() ? QString::fromStdString(m_form->draft().name) : m_chosen;
    auto* dialog = new ConfirmDialog(Environment::Production, name, {title, sentence, name, tr("Leave it"), act},
                                     m_theme, window());
    connect(dialog, &QDialog::accepted, this, std::move(then));
    dialog->open();
}

RailReading ConnectionsPage::railReading(const PageContext& context) {
    RailReading reading;
    const auto& sources = context.feed.path().sources;
    const auto live = std::ranges::count_if(sources, [](const auto& one) { return one.state == SourceState::Live; });
    const bool lost = std::ranges::any_of(sources, [](const auto& one) {
        return one.state == SourceState::Lost || one.state == SourceState::Denied || one.state == SourceState::Error;
    });
    if (!sources.empty()) {
        reading.value = QStringLiteral("%1/%2").arg(live).arg(sources.size());
        reading.mark = lost ? Mark::Caution : Mark::None;
    }
    return reading;
}

} // namespace binnacle::app
