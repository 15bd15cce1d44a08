// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/credentials/credential_desk.h"
#include "backend/collectors/profile_draft.h"
#include "widgets/theme.h"

#include <QWidget>

#include <vector>

class QLineEdit;
class QPlainTextEdit;
class QVBoxLayout;

namespace binnacle {
class KeyButton;
class SegmentedControl;
} // namespace binnacle

namespace binnacle::app {

class FieldCell;
class PlainLabel;
class ServerForm;

/// A profile as fields: who it is, what it reaches, how. Says beside each field what is wrong with it.
class ConnectionForm : public QWidget, public Themed {
    Q_OBJECT

public:
    explicit ConnectionForm(QWidget* parent = nullptr);

    /// `before` is what it is compared with, `now` what it shows.
    void setDraft(ProfileDraft before, ProfileDraft now);
    [[nodiscard]] ProfileDraft draft() const;
    [[nodiscard]] CredentialDesk::Secrets typedSecrets() const;
    void forgetSecrets();
    /// Something differs from what setDraft() got, or a secret was typed.
    [[nodiscard]] bool isChanged() const;
    /// Shows all that is wrong; true when nothing is. The first fault gets the focus.
    [[nodiscard]] bool check();
    void focusName();
    void setTheme(const Theme& theme) override;

Q_SIGNALS:
    void changed();

private:
    ServerForm* addServer(const ServerDraft& draft);
    void addKind(ServerKind kind);
    void paste();
    void showFaults();
    void onChanged();

    Theme m_theme;
    ProfileDraft m_before;
    std::string m_rest; ///< members of the document that no field shows
    bool m_showAll = false;
    QLineEdit* m_name;
    FieldCell* m_nameCell;
    SegmentedControl* m_environment;
    SegmentedControl* m_readOnly;
    SegmentedControl* m_literals;
    QPlainTextEdit* m_paste;
    PlainLabel* m_pasteSaid;
    PlainLabel* m_said; ///< what is wrong with the profile as a whole
    QVBoxLayout* m_list;
    std::vector<ServerForm*> m_servers;
};

} // namespace binnacle::app
