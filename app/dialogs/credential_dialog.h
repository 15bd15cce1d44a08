// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/credentials/credential_desk.h"
#include "app/dialogs/place_dialog.h"

#include <vector>

namespace binnacle {
class KeyButton;
}

namespace binnacle::app {

class SecretField;
class TickBox;

/// Asks for the passwords of a profile that are not to be had: each for its server, and where they will be kept.
class CredentialDialog : public PlaceDialog {
    Q_OBJECT

public:
    CredentialDialog(CredentialDesk& desk, Environment environment, const QString& profile,
                     const std::vector<CredentialSlot>& missing, const Theme& theme, QWidget* window);

Q_SIGNALS:
    /// Typed by the person; `keep`: in the keychain as well.
    void entered(const binnacle::app::CredentialDesk::Secrets& secrets, bool keep);

private:
    void showState();
    void use();

    struct Row {
        std::string id;
        SecretField* field;
    };
    CredentialDesk& m_desk;
    std::vector<Row> m_rows;
    TickBox* m_keep;
    KeyButton* m_unlock;
    KeyButton* m_use;
};

} // namespace binnacle::app
