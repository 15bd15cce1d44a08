// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stack_panel.h"

#include "app/controllers/stack_controller.h"
#include "widgets/key_button.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace binnacle::app {

StackPanel::StackPanel(StackController& stack, QWidget* parent)
    : QWidget(parent)
    , m_stack(stack)
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_start(new KeyButton(tr("Start the stack"), {}, this))
    , m_retry(new KeyButton(tr("Retry now"), tr("F5"), this))
    , m_cancel(new KeyButton(tr("Cancel the start"), {}, this)) {
    for (auto* label : {m_title, m_text}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setMaximumWidth(760);
        label->setMinimumWidth(300);
    }
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_start->setRole(KeyButton::Role::Primary);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_start);
    buttons->addWidget(m_retry);
    buttons->addWidget(m_cancel);
    buttons->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 12, 0, 0);
    column->setSpacing(12);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addLayout(buttons);
    column->addStretch(1);
    connect(m_start, &QAbstractButton::clicked, &stack, &StackController::startStack);
    connect(m_retry, &QAbstractButton::clicked, &stack, &StackController::retry);
    m_cancel->setObjectName(QStringLiteral("cancelStart"));
    connect(m_cancel, &QAbstractButton::clicked, &stack, &StackController::cancelStart);
    connect(&stack, &StackController::changed, this, &StackPanel::showPhase);
    showPhase();
}

void StackPanel::setTheme(const Theme& theme) {
    m_title->setFont(theme.font(Type::Title));
    m_text->setFont(theme.font(Type::Body));
    auto dim = palette();
    dim.setColor(QPalette::WindowText, theme.color(Token::Ink2));
    m_text->setPalette(dim);
}

void StackPanel::showPhase() {
    using Phase = StackController::Phase;
    const auto phase = m_stack.phase();
    QString title;
    QString text = m_stack.text();
    switch (phase) {
    case Phase::Looking:
        title = tr("Looking for the stack");
        text = m_stack.stateDir();
        break;
    case Phase::Starting:
        title = tr("The stack is starting");
        break;
    case Phase::Attached:
        title = tr("Waiting for the first readings");
        text = tr("Rates need two of them: about a second.");
        break;
    case Phase::Absent:
        title = tr("No stack to watch");
        break;
    case Phase::Unanswered:
        title = tr("The stack does not answer");
        break;
    case Phase::Failed:
        title = tr("The stack could not be started");
        break;
    case Phase::Stopping:
        title = tr("The stack is stopping");
        break;
    }
    m_title->setText(title);
    m_text->setText(text);
    m_start->setVisible(phase == Phase::Absent);
    m_retry->setVisible(phase == Phase::Absent || phase == Phase::Unanswered || phase == Phase::Failed);
    m_cancel->setVisible(phase == Phase::Starting && m_stack.startedByUs());
    setAccessibleName(title);
    setAccessibleDescription(text);
}

} // namespace binnacle::app
