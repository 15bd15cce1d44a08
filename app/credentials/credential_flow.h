// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/credentials/credential_desk.h"
#include "widgets/theme.h"

#include <QObject>
#include <QPointer>

#include <memory>
#include <vector>

class QWidget;

namespace binnacle::app {

class CredentialDialog;

/// Brings the secrets of the profile that is shown into its box: from the keychain, else by asking for them once. Says
/// in the window where they come from, when that is not the keychain. GUI thread.
class CredentialFlow : public QObject {
    Q_OBJECT

public:
    CredentialFlow(CredentialDesk& desk, Environment environment, QString profile, std::vector<CredentialSlot> slots_,
                   std::shared_ptr<CredentialBox> box, QObject* parent = nullptr);
    ~CredentialFlow() override;

    /// False: what is missing stays missing, and is said.
    void setMayAsk(bool may) { m_mayAsk = may; }
    /// Begins to look; a dialog, if there is one, stands over `window`.
    void start(QWidget& window, const Theme& theme);
    [[nodiscard]] CredentialDialog* dialog() const;

Q_SIGNALS:
    /// Something more is in the box.
    void supplied();
    /// What the window should say about it; empty: nothing.
    void noticed(const QString& sentence);

private:
    void lookUp();
    void take(const CredentialDesk::Secrets& found);
    void ask(const std::vector<CredentialSlot>& missing);
    void say();

    CredentialDesk& m_desk;
    Environment m_environment;
    QString m_profile;
    std::vector<CredentialSlot> m_slots;
    std::shared_ptr<CredentialBox> m_box;
    QString m_said;
    bool m_mayAsk = true;
    bool m_asked = false;
    std::vector<CredentialSlot> m_missing;
    QPointer<QWidget> m_window;
    Theme m_theme;
    QPointer<CredentialDialog> m_dialog;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace binnacle::app
