// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dialogs/quit_dialog.h"

#include "app/dialogs/tick_box.h"
#include "widgets/key_button.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace binnacle::app {

QuitDialog::QuitDialog(const QString& stateDir, const Theme& theme, QWidget* parent)
    : QDialog(parent)
    , m_remember(new TickBox(tr("Do this every time"), this)) {
    setWindowTitle(tr("Quit Binnacle"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_remember->setObjectName(QStringLiteral("remember"));
    auto* title = new QLabel(tr("Keep the bundled stack running?"), this);
    title->setFont(theme.font(Type::Title));
    auto* text = new QLabel(tr("This console started the stack in %1. Running, it costs some memory and is there at "
                               "once the next time; binnacle-stack down stops it later.")
                                .arg(stateDir),
                            this);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setFont(theme.font(Type::Body));

    auto* keep = new KeyButton(tr("Keep it running"), {}, this);
    keep->setRole(KeyButton::Role::Primary);
    keep->setObjectName(QStringLiteral("keep"));
    auto* stop = new KeyButton(tr("Stop it"), {}, this);
    stop->setObjectName(QStringLiteral("stop"));
    auto* cancel = new KeyButton(tr("Do not quit"), tr("Esc"), this);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(cancel);
    buttons->addStretch(1);
    buttons->addWidget(stop);
    buttons->addWidget(keep);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(16);
    column->addWidget(title);
    column->addWidget(text);
    column->addWidget(m_remember);
    column->addLayout(buttons);
    setFixedWidth(560);
    connect(keep, &QAbstractButton::clicked, this, [this] { choose(QuitChoice::KeepRunning); });
    connect(stop, &QAbstractButton::clicked, this, [this] { choose(QuitChoice::Stop); });
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    binnacle::applyTheme(*this, theme);
    keep->setFocus();
}

void QuitDialog::choose(QuitChoice choice) {
    Q_EMIT chosen(choice, m_remember->isChecked());
    accept();
}

} // namespace binnacle::app
