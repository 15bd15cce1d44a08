// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/tail_panel.h"

#include "app/feed/snapshot_feed.h"
#include "app/models/tail_words.h"
#include "app/pages/panel_of.h"
#include "app/pages/plain_label.h"
#include "widgets/key_button.h"
#include "widgets/situation_sentence.h"
#include "widgets/tip_text.h"

#include <QHBoxLayout>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace binnacle::app {

namespace {

constexpr std::chrono::seconds kAround{10}; ///< of a burst, so that it is seen to begin and end
constexpr int kTwoLines = 36;               ///< px: what is said must not move the charts
constexpr int kTightLines = 31;             ///< px: the same without air

void showText(PlainLabel& label, const QString& text) {
    if (label.text() != text) {
        label.setText(text);
        label.setToolTip(tipText(text));
    }
}

} // namespace

TailPanel::TailPanel(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_head(new SectionHead(tr("What the tail is made of"), {}, this))
    , m_clause(new PlainLabel(Type::BodyStrong, Token::Ink, this))
    , m_detail(new PlainLabel(Type::Label, this))
    , m_only(new KeyButton(tr("Only that"), tr("O"), this))
    , m_burst(new KeyButton(tr("Show the last burst"), tr("B"), this)) {
    m_clause->setObjectName(QStringLiteral("tailClause"));
    m_detail->setObjectName(QStringLiteral("tailDetail"));
    m_only->setObjectName(QStringLiteral("tailOnly"));
    m_burst->setObjectName(QStringLiteral("tailBurst"));
    m_clause->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    m_detail->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    setLow(false);
    m_clause->setMinimumWidth(1);
    m_detail->setMinimumWidth(1);
    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(m_clause, 2);
    row->addWidget(m_detail, 5);
    row->addWidget(m_only, 0, Qt::AlignTop);
    row->addWidget(m_burst, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addLayout(row);

    connect(m_only, &QAbstractButton::clicked, this, &TailPanel::goOnly);
    connect(m_burst, &QAbstractButton::clicked, this, &TailPanel::showBurst);
    auto* only = new QShortcut(QKeySequence(Qt::Key_O), this); // both work while this page is shown
    connect(only, &QShortcut::activated, this, &TailPanel::goOnly);
    auto* burst = new QShortcut(QKeySequence(Qt::Key_B), this);
    connect(burst, &QShortcut::activated, this, &TailPanel::showBurst);
    m_only->hide();
    m_burst->hide();
}

void TailPanel::setLow(bool low) {
    for (auto* label : {m_clause, m_detail}) {
        label->setFixedHeight(low ? kTightLines : kTwoLines);
    }
}

void TailPanel::showReadings(const LatencySelector& selector) {
    const auto now = m_context.feed.now();
    auto window = m_context.time.window();
    window.to = std::min(window.to, now);
    Made made{selector, {LatencyLog::slotStart(window.from), LatencyLog::slotStart(window.to)}, {}};
    made.at = LatencyLog::slotStart(now); // paused: what came late is counted, too
    if (!m_made || *m_made != made) {
        m_shape = tailShape(m_context.feed.store().latency(), selector, window.from, window.to, now);
        m_made = std::move(made);
    }
    showWords();
}

void TailPanel::showWords() {
    if (!m_context.hasReading()) {
        m_shape = {};
        m_made.reset();
        m_head->setSubtitle({});
        showText(*m_clause, nothingThenText());
        showText(*m_detail, {});
    } else {
        const auto words = tailWords(m_shape, m_context.time);
        const auto state = m_context.path().p99.state;
        const bool known = state == SourceState::Live || state == SourceState::Late || state == SourceState::Loading;
        m_head->setSubtitle(words.evidence);
        showText(*m_clause, words.clause);
        showText(*m_detail, known ? words.detail : tr("Nothing comes now; of what came before: %1").arg(words.detail));
    }
    const auto* only = standout();
    m_only->setVisible(only != nullptr);
    if (only != nullptr) {
        constexpr qsizetype kLongest = 26;
        const auto name = labelWords(only->label, only->value);
        const auto text = tr("Only %1").arg(name.size() <= kLongest ? name : name.left(kLongest - 1) + QChar(0x2026));
        if (m_only->text() != text) {
            m_only->setText(text);
            m_only->updateGeometry();
        }
    }
    m_burst->setVisible(place().has_value());
    const auto text = m_shape.timing.kind == TailKind::Plateau ? tr("Show the plateau") : tr("Show the last burst");
    if (m_burst->text() != text) {
        m_burst->setText(text);
        m_burst->updateGeometry();
    }
}

/// What explains most of the excess and is not looked at alone already.
const TailConcentration* TailPanel::standout() const {
    const auto held = [this](const TailConcentration& one) {
        const auto& selector = m_made->selector;
        return one.label == "route"     ? !selector.route.empty()
               : one.label == "version" ? !selector.version.empty()
               : one.label == "role"    ? !selector.role.empty()
                                        : !selector.instance.empty();
    };
    if (!m_made) {
        return nullptr;
    }
    const auto found = std::ranges::find_if_not(m_shape.concentrations, held);
    return found == m_shape.concentrations.end() ? nullptr : &*found;
}

std::optional<TimeSpan> TailPanel::place() const {
    const auto& timing = m_shape.timing;
    if (!timing.bursts.empty()) {
        const auto& last = timing.bursts.back();
        return TimeSpan{last.from - kAround, last.to + kAround};
    }
    if (timing.kind == TailKind::Plateau && timing.since && m_made) {
        return TimeSpan{*timing.since - kAround, m_made->window.to};
    }
    return std::nullopt;
}

void TailPanel::showBurst() {
    if (const auto span = place()) {
        m_context.time.select(*span);
    }
}

void TailPanel::goOnly() {
    if (const auto* only = standout()) {
        const auto label = only->label; // what is shown next is another shape
        const auto value = only->value;
        Q_EMIT onlyRequested(label, value);
    }
}

} // namespace binnacle::app
