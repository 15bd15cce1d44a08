// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dialogs/confirm_dialog.h"

#include "app/pages/plain_label.h"
#include "widgets/key_button.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace binnacle::app {

ConfirmDialog::ConfirmDialog(Environment environment, const QString& place, const Words& words, const Theme& theme,
                             QWidget* window)
    : PlaceDialog(environment, place, window)
    , m_typed(new QLineEdit(this))
    , m_act(new KeyButton(words.act, {}, this)) {
    setObjectName(QStringLiteral("confirmDialog"));
    setTitle(words.title);
    setSentence(words.sentence);
    auto* label = new PlainLabel(Type::Label, Token::Ink2, this);
    label->setText(tr("Type %1 to confirm").arg(words.typed));
    m_typed->setObjectName(QStringLiteral("typed"));
    m_typed->setAccessibleName(label->text());
    m_typed->setMaxLength(64);
    m_act->setObjectName(QStringLiteral("act"));
    m_act->setRole(KeyButton::Role::Primary);
    m_act->setEnabled(false);
    auto* keep = new KeyButton(words.keep, tr("Esc"), this);
    keep->setObjectName(QStringLiteral("keep"));
    for (auto* button : {keep, m_act}) {
        button->setTall(true);
    }
    body().addWidget(label);
    body().addWidget(m_typed);
    buttons().addStretch(1);
    buttons().addWidget(keep);
    buttons().addWidget(m_act);
    connect(m_typed, &QLineEdit::textChanged, this,
            [this, wanted = words.typed](const QString& text) { m_act->setEnabled(text == wanted); });
    connect(m_act, &QAbstractButton::clicked, this, &QDialog::accept);
    connect(keep, &QAbstractButton::clicked, this, &QDialog::reject);
    binnacle::applyTheme(*this, theme);
    m_typed->setFocus();
}

} // namespace binnacle::app
