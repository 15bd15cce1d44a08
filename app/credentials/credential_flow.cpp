// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/credentials/credential_flow.h"

#include "app/dialogs/credential_dialog.h"

#include <algorithm>
#include <utility>

namespace binnacle::app {

CredentialFlow::CredentialFlow(CredentialDesk& desk, Environment environment, QString profile,
                               std::vector<CredentialSlot> slots_, std::shared_ptr<CredentialBox> box, QObject* parent)
    : QObject(parent)
    , m_desk(desk)
    , m_environment(environment)
    , m_profile(std::move(profile))
    , m_slots(std::move(slots_))
    , m_box(std::move(box)) {
    connect(&desk, &CredentialDesk::unlocked, this, &CredentialFlow::lookUp);
    connect(&desk, &CredentialDesk::changed, this, &CredentialFlow::say);
    connect(&desk, &CredentialDesk::kept, this, [this](const QString& of) {
        if (of == m_profile) {
            lookUp();
        }
    });
}

CredentialFlow::~CredentialFlow() {
    *m_alive = false;
    delete m_dialog;
}

CredentialDialog* CredentialFlow::dialog() const {
    return m_dialog;
}

void CredentialFlow::start(QWidget& window, const Theme& theme) {
    m_window = &window;
    m_theme = theme;
    lookUp();
}

void CredentialFlow::lookUp() {
    // The desk outlives the console that this belongs to.
    m_desk.find(m_profile, m_slots, [this, alive = m_alive](const CredentialDesk::Secrets& found) {
        if (*alive) {
            take(found);
        }
    });
}

void CredentialFlow::take(const CredentialDesk::Secrets& found) {
    m_missing.clear();
    for (const auto& slot : m_slots) {
        if (const auto it = found.find(slot.id); it != found.end()) {
            m_box->put(slot.id, it->second);
            continue;
        }
        if (slot.hasFile) {
            continue; // that is read instead
        }
        m_missing.push_back(slot);
        const auto why = m_desk.state() == CredentialDesk::State::Locked
                             ? tr("its password is in the keychain, which is locked: unlock it on Connections")
                         : m_desk.state() == CredentialDesk::State::Absent
                             ? tr("its password was not entered, and no keychain answers here")
                             : tr("the keychain has no password for it: enter it on Connections");
        m_box->miss(slot.id, why.toStdString());
    }
    Q_EMIT supplied();
    say();
    if (m_missing.empty() && m_dialog) {
        m_dialog->reject();
    }
    if (!m_missing.empty() && m_mayAsk && !std::exchange(m_asked, true)) {
        ask(m_missing);
    }
}

void CredentialFlow::ask(const std::vector<CredentialSlot>& missing) {
    if (m_window == nullptr) {
        return;
    }
    m_dialog = new CredentialDialog(m_desk, m_environment, m_profile, missing, m_theme, m_window);
    connect(m_dialog, &CredentialDialog::entered, this, [this](const CredentialDesk::Secrets& secrets, bool keep) {
        for (const auto& [id, secret] : secrets) {
            m_box->put(id, secret);
            std::erase_if(m_missing, [&id = id](const CredentialSlot& slot) { return slot.id == id; });
            if (keep) {
                m_desk.keep(m_profile, id, secret, [](const QString&) {}); // what became of it the desk says
            } else {
                m_desk.keepForSession(m_profile, id, secret);
            }
        }
        Q_EMIT supplied();
        say();
    });
    m_dialog->open();
}

void CredentialFlow::say() {
    const auto sentence = m_desk.sentence();
    if (std::exchange(m_said, sentence) != sentence) {
        Q_EMIT noticed(sentence);
    }
}

} // namespace binnacle::app
