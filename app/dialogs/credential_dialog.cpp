// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dialogs/credential_dialog.h"

#include "app/dialogs/secret_field.h"
#include "app/dialogs/tick_box.h"
#include "app/pages/panel_of.h"
#include "app/pages/plain_label.h"
#include "widgets/key_button.h"
#include "widgets/tip_text.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace binnacle::app {

CredentialDialog::CredentialDialog(CredentialDesk& desk, Environment environment, const QString& profile,
                                   const std::vector<CredentialSlot>& missing, const Theme& theme, QWidget* window)
    : PlaceDialog(environment, profile, window)
    , m_desk(desk)
    , m_keep(new TickBox(tr("Keep them in the keychain"), this))
    , m_unlock(new KeyButton(tr("Unlock the keychain"), {}, this))
    , m_use(new KeyButton(tr("Use them"), tr("Enter"), this)) {
    setObjectName(QStringLiteral("credentialDialog"));
    setTitle(tr("Passwords for %n servers of %1", nullptr, static_cast<int>(missing.size())).arg(profile));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    for (const auto& slot : missing) {
        const int row = grid->rowCount();
        auto* label = new PlainLabel(Type::Label, Token::Ink, this);
        const auto server = plain(slot.id);
        label->setText(slot.account.empty() ? server : tr("%1, as %2").arg(server, plain(slot.account)));
        label->setToolTip(tipText(plain(slot.place)));
        label->setFixedWidth(220);
        auto* field = new SecretField(this);
        field->setObjectName(QStringLiteral("secret.") + QString::fromStdString(slot.id));
        field->setAccessibleName(slot.token ? tr("Token for %1").arg(server) : tr("Password for %1").arg(server));
        field->setPlaceholderText(slot.token ? tr("Token") : tr("Password"));
        grid->addWidget(label, row, 0);
        grid->addWidget(field, row, 1);
        m_rows.push_back({slot.id, field});
        connect(field, &QLineEdit::textChanged, this, &CredentialDialog::showState);
        connect(field, &QLineEdit::returnPressed, this, &CredentialDialog::use);
    }
    body().addLayout(grid);
    body().addWidget(m_keep);
    m_keep->setObjectName(QStringLiteral("keep"));
    m_keep->setChecked(true);
    m_unlock->setObjectName(QStringLiteral("unlock"));
    m_use->setObjectName(QStringLiteral("use"));
    m_use->setRole(KeyButton::Role::Primary);
    auto* later = new KeyButton(tr("Without them"), tr("Esc"), this);
    for (auto* button : {m_unlock, later, m_use}) {
        button->setTall(true);
    }
    buttons().addWidget(m_unlock);
    buttons().addStretch(1);
    buttons().addWidget(later);
    buttons().addWidget(m_use);
    connect(later, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_use, &QAbstractButton::clicked, this, &CredentialDialog::use);
    connect(m_unlock, &QAbstractButton::clicked, &desk, &CredentialDesk::unlock);
    connect(&desk, &CredentialDesk::changed, this, &CredentialDialog::showState);
    binnacle::applyTheme(*this, theme);
    m_keep->setFont(theme.font(Type::Body));
    showState();
    if (!m_rows.empty()) {
        m_rows.front().field->setFocus();
    }
}

void CredentialDialog::showState() {
    using State = CredentialDesk::State;
    const auto state = m_desk.state();
    const auto said = m_desk.sentence();
    setSentence(said.isEmpty() ? tr("The keychain answers and has none for them yet.") : said);
    m_unlock->setVisible(state == State::Locked);
    m_keep->setVisible(state == State::Ready || state == State::Unasked);
    bool any = false;
    for (const auto& row : m_rows) {
        any = any || !row.field->text().isEmpty();
    }
    m_use->setEnabled(any);
    fit();
}

void CredentialDialog::use() {
    CredentialDesk::Secrets secrets;
    for (const auto& row : m_rows) {
        if (auto typed = row.field->secret(); !typed.empty()) {
            secrets[row.id] = std::move(typed);
        }
        row.field->forget();
    }
    if (!secrets.empty()) {
        Q_EMIT entered(secrets, m_keep->isVisibleTo(this) && m_keep->isChecked());
        accept();
    }
}

} // namespace binnacle::app
