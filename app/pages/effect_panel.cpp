// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/effect_panel.h"

#include "app/feed/control_feed.h"
#include "app/feed/snapshot_feed.h"
#include "app/models/effect_rows.h"
#include "app/pages/plain_label.h"
#include "widgets/situation_sentence.h"
#include "widgets/table_delegate.h"

#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace binnacle::app {

namespace {

void setText(QLabel& label, const QString& text) {
    if (label.text() != text) {
        label.setText(text);
    }
    label.setVisible(!text.isEmpty());
}

} // namespace

EffectPanel::EffectPanel(const PageContext& context, const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_sentence(new PlainLabel(Type::BodyStrong, Token::Ink, this))
    , m_basis(new PlainLabel(Type::Small, Token::Ink3, this))
    , m_rows(new KeyedTable(this))
    , m_table(new QTableView(this)) {
    m_rows->setColumns(effectColumns());
    m_table->setModel(m_rows);
    m_table->setAccessibleName(title);
    setUpTable(m_table, Theme());
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    auto* heads = m_table->horizontalHeader();
    constexpr std::array kWidths = {100, 78, 78, 96}; // fixed: figures that come and go must not move the columns
    for (std::size_t i = 0; i < kWidths.size(); ++i) {
        heads->resizeSection(static_cast<int>(i), kWidths[i]);
    }
    heads->setSectionResizeMode(0, QHeaderView::Stretch);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(new SectionHead(title, {}, this));
    column->addWidget(m_sentence);
    column->addWidget(m_basis);
    column->addWidget(m_table);
    column->addStretch(1);
}

void EffectPanel::showEffectOf(const std::string& reference) {
    const auto* effect = reference.empty() ? nullptr : m_context.control.effectOf(reference);
    const auto words = effectSentence(effect, m_context.feed.utcNow());
    setText(*m_sentence, words.text);
    setText(*m_basis, words.basis);
    auto rows =
        effect != nullptr && effect->state == Effect::State::Ready ? effectRows(*effect) : std::vector<TableRow>();
    constexpr std::size_t kMostRows = 8; // the rest scrolls
    m_table->setFixedHeight(22 + 26 * static_cast<int>(std::clamp<std::size_t>(rows.size(), 1, kMostRows)) + 2);
    m_table->setVisible(!rows.empty());
    m_rows->showRows(std::move(rows));
}

} // namespace binnacle::app
