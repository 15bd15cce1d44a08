// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/session_acts.h"

#include "app/controllers/action_controller.h"
#include "app/pages/act_button.h"
#include "app/pages/plain_label.h"

#include <QHBoxLayout>
#include <QShortcut>

namespace binnacle::app {

namespace {
constexpr qsizetype kMostReason = 28;
} // namespace

std::optional<SessionRef> sessionOf(const std::string& source, const SnapshotTable& table, std::size_t row) {
    const auto pid = table.number(row, "pid");
    const auto start = table.text(row, "backend_start");
    if (!pid || start.empty()) {
        return std::nullopt;
    }
    SessionRef out;
    out.server = source.substr(source.rfind('/') + 1);
    out.pid = static_cast<std::int64_t>(*pid);
    out.backendStart = start;
    out.xactStart = table.text(row, "xact_start");
    const auto state = table.text(row, "state");
    out.runs = state == "active" || state.starts_with("fastpath");
    return out;
}

Values parametersOf(const SessionRef& session) {
    Values out{{"server", session.server}, {"pid", session.pid}, {"backend_start", session.backendStart}};
    if (!session.xactStart.empty()) {
        out.emplace("xact_start", session.xactStart);
    }
    return out;
}

SessionActs::SessionActs(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_chosen(new PlainLabel(Type::Label, this))
    , m_cancel(new KeyButton(tr("Cancel query\u2026"), tr("C"), this))
    , m_terminate(new KeyButton(tr("Terminate session\u2026"), tr("T"), this)) {
    m_chosen->setWordWrap(false);
    m_cancel->setObjectName(QStringLiteral("cancelQuery"));
    m_terminate->setObjectName(QStringLiteral("terminateSession"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_chosen);
    row->addWidget(m_cancel);
    row->addWidget(m_terminate);
    connect(m_cancel, &QAbstractButton::clicked, this, [this] { act("cancel_query"); });
    connect(m_terminate, &QAbstractButton::clicked, this, [this] { act("terminate_session"); });
    const auto key = [this](Qt::Key code, KeyButton* button) {
        auto* shortcut = new QShortcut(QKeySequence(code), this);
        connect(shortcut, &QShortcut::activated, button, [button] {
            if (button->isEnabled()) {
                button->click();
            }
        });
    };
    key(Qt::Key_C, m_cancel);
    key(Qt::Key_T, m_terminate);
    connect(&context.actions, &ActionController::changed, this, [this] {
        if (isVisible()) {
            refresh();
        }
    });
    refresh();
}

void SessionActs::showSession(std::optional<SessionRef> session) {
    m_session = std::move(session);
    refresh();
}

void SessionActs::refresh() {
    QString nobody = m_session ? QString() : tr("no session selected");
    auto whyNotCancel = nobody;
    auto whyNotTerminate = nobody;
    if (m_session) {
        whyNotTerminate = m_context.actions.whyNot("terminate_session");
        whyNotCancel = m_session->runs ? m_context.actions.whyNot("cancel_query") : tr("no query runs");
    }
    const auto chosen = m_session ? tr("%1 selected").arg(m_session->pid) : QString();
    if (m_chosen->text() != chosen) {
        m_chosen->setText(chosen);
    }
    showActButton(*m_cancel, tr("Cancel query\u2026"), tr("Cancel"), whyNotCancel, kMostReason);
    showActButton(*m_terminate, tr("Terminate session\u2026"), tr("Terminate"), whyNotTerminate, kMostReason);
}

void SessionActs::act(const char* action) {
    if (m_session) {
        m_context.actions.request(QLatin1String(action), parametersOf(*m_session));
    }
}

} // namespace binnacle::app
