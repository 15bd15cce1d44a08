// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/last_action_panel.h"

#include "app/controllers/action_controller.h"
#include "app/dialogs/action_words.h"
#include "app/dialogs/preview_parts.h"
#include "app/feed/control_feed.h"
#include "app/feed/snapshot_feed.h"
#include "app/models/effect_rows.h"
#include "app/models/worded.h"
#include "app/pages/act_button.h"
#include "app/pages/panel_of.h"
#include "app/pages/plain_label.h"
#include "widgets/key_button.h"
#include "widgets/number_text.h"
#include "widgets/situation_sentence.h"
#include "widgets/time_context.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace binnacle::app {

namespace {

/// The newest thing that a person asked for and that was not refused.
const AuditEntry* newestAct(const ControlFeed& control) {
    const auto& entries = control.entries();
    const auto found = std::find_if(entries.rbegin(), entries.rend(), [](const AuditEntry& entry) {
        return entry.phase == AuditPhase::Intent && entry.operatorName != "control";
    });
    return found == entries.rend() ? nullptr : &*found;
}

QString courseOf(const AuditEntry& intent, const AuditEntry* outcome) {
    if (outcome == nullptr || !outcome->result) {
        return LastActionPanel::tr("accepted, not yet ended");
    }
    const auto took = numberText(toSeconds(outcome->at - intent.at), Quantity::Duration).joined();
    switch (outcome->result->verdict) {
    case Verdict::Applied:
        return LastActionPanel::tr("accepted, observed %1 later").arg(took);
    case Verdict::InDoubt:
        return LastActionPanel::tr("in doubt: not seen in effect everywhere");
    case Verdict::Refused:
        return LastActionPanel::tr("refused");
    case Verdict::Failed:
        break;
    }
    return LastActionPanel::tr("failed: %1").arg(worded(outcome->result->message));
}

/// Proof is green only where something got better beyond noise.
Mark markOf(const Effect& effect) {
    const auto better = [](const EffectRow& row) {
        return row.id != "requests" && (row.change == EffectRow::Change::Fell) == row.lowerIsBetter &&
               (row.change == EffectRow::Change::Fell || row.change == EffectRow::Change::Rose);
    };
    return effect.state == Effect::State::Ready && std::ranges::any_of(effect.rows, better) ? Mark::Proof : Mark::None;
}

void setText(PlainLabel& label, const QString& text) {
    if (label.text() != text) {
        label.setText(text);
    }
    label.setVisible(!text.isEmpty());
}

} // namespace

LastActionPanel::LastActionPanel(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_what(new PlainLabel(Type::Label, Token::Ink, this))
    , m_course(new PlainLabel(Type::Label, Token::Ink2, this))
    , m_mark(new MarkGlyph(this))
    , m_effect(new PlainLabel(Type::Label, Token::Ink2, this))
    , m_undo(new KeyButton(tr("Undo\u2026"), tr("Ctrl Z"), this)) {
    m_undo->setObjectName(QStringLiteral("undoLast"));
    m_what->setObjectName(QStringLiteral("lastAction"));
    m_effect->setObjectName(QStringLiteral("lastEffect"));
    auto* effect = new QHBoxLayout;
    effect->setSpacing(6);
    effect->addWidget(m_mark, 0, Qt::AlignTop);
    effect->addWidget(m_effect, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(new SectionHead(tr("Last action"), {}, this));
    column->addWidget(m_what);
    column->addWidget(m_course);
    column->addLayout(effect);
    column->addSpacing(6);
    column->addWidget(m_undo, 0, Qt::AlignLeft);
    connect(m_undo, &QAbstractButton::clicked, this, [this] { m_context.actions.requestUndo(m_reference); });
    hide();
}

void LastActionPanel::setUndo(const QString& reference) {
    m_reference = reference;
    m_undo->setVisible(!reference.isEmpty());
    showActButton(*m_undo, tr("Undo\u2026"), tr("Undo"), m_context.actions.refusalOfAll());
}

void LastActionPanel::showReadings() {
    const auto* intent = newestAct(m_context.control);
    setVisible(intent != nullptr);
    if (intent == nullptr) {
        return;
    }
    const auto reference = m_context.control.referenceOf(*intent);
    setText(*m_what, tr("%1  %2, %3, #%4")
                         .arg(clockText(intent->at, m_context.time.zone()), actPhrase(*intent),
                              plain(intent->operatorName, 40), plain(reference)));
    setText(*m_course, courseOf(*intent, m_context.control.outcomeOf(*intent)));
    const auto* effect = m_context.control.effectOf(reference);
    m_mark->showMark(effect != nullptr ? markOf(*effect) : Mark::None);
    setText(*m_effect, effect != nullptr ? effectSentence(effect, m_context.feed.utcNow()).text : QString());
    const auto undoable = m_context.actions.lastUndoable();
    setUndo(undoable.toStdString() == reference ? undoable : QString());
}

} // namespace binnacle::app
