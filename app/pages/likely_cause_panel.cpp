// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/likely_cause_panel.h"

#include "app/controllers/action_controller.h"
#include "app/feed/snapshot_feed.h"
#include "app/pages/act_button.h"
#include "app/pages/plain_label.h"
#include "app/pages/table_reading.h"
#include "backend/history/trouble_since.h"
#include "widgets/draw.h"
#include "widgets/painted_widget.h"
#include "widgets/situation_sentence.h"
#include "widgets/time_context.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace binnacle::app {

namespace {

constexpr int kSideWidth = 276;
constexpr int kLineHeight = 30;
constexpr double kBetween = 8;
constexpr qsizetype kLongestReason = 24; ///< of a button's text: it stands in a narrow column

QString titleOf(const QString& page) {
    for (const auto& entry : pageCatalogue()) {
        if (page == QLatin1String(entry.id)) {
            return QCoreApplication::translate("Page", entry.title);
        }
    }
    return page;
}

} // namespace

/// The cause in one line, cut at its end.
class CauseLine : public PaintedWidget {
public:
    explicit CauseLine(QWidget* parent)
        : PaintedWidget(parent) {
        setFocusPolicy(Qt::NoFocus);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setAccessibleName(LikelyCausePanel::tr("Likely cause"));
    }
    void showCause(const QString& clause, const QString& rest, Severity severity) {
        assign(m_shown, Shown{clause, rest, severity});
    }
    [[nodiscard]] QString spokenValue() const override { return m_shown.clause + QLatin1Char(' ') + m_shown.rest; }
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::StaticText; }
    [[nodiscard]] QSize sizeHint() const override { return {600, kLineHeight}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, kLineHeight}; }

protected:
    void paint(QPainter& painter) override {
        const auto start = isMirrored() ? Qt::AlignRight : Qt::AlignLeft;
        drawMark(painter, visual({0, (kLineHeight - 12) / 2.0, 12, 12}), markOf(m_shown.severity), theme());
        double left = 18;
        const auto put = [&](const QString& text, Type type, Token ink) {
            if (width() - left > 24) {
                left += draw::text(painter, visual({left, 0, width() - left, double(kLineHeight)}), text,
                                   theme().font(type), theme().color(ink), start) +
                        kBetween;
            }
        };
        put(m_shown.clause, Type::BodyStrong, Token::Ink);
        put(m_shown.rest, Type::Label, Token::Ink2);
    }

private:
    struct Shown {
        QString clause;
        QString rest;
        Severity severity = Severity::Caution;
        friend bool operator==(const Shown&, const Shown&) = default;
    };
    Shown m_shown;
};

LikelyCausePanel::LikelyCausePanel(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_layout(new QBoxLayout(QBoxLayout::TopToBottom, this))
    , m_head(new SectionHead(tr("Likely cause"), {}, this))
    , m_clause(new PlainLabel(Type::Label, Token::Ink, this))
    , m_evidence(new PlainLabel(Type::Label, Token::Ink2, this))
    , m_since(new PlainLabel(Type::Small, Token::Ink3, this))
    , m_line(new CauseLine(this))
    , m_step(new KeyButton({}, {}, this))
    , m_page(new KeyButton(tr("Evidence"), {}, this)) {
    setObjectName(QStringLiteral("likelyCause"));
    m_clause->setObjectName(QStringLiteral("causeClause"));
    m_evidence->setObjectName(QStringLiteral("causeEvidence"));
    m_since->setObjectName(QStringLiteral("causeSince"));
    m_step->setObjectName(QStringLiteral("causeStep"));
    m_page->setObjectName(QStringLiteral("causePage"));
    m_step->setRole(KeyButton::Role::Primary);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_step);
    buttons->addWidget(m_page);
    buttons->addStretch(1);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(2);
    m_layout->addWidget(m_head);
    m_layout->addWidget(m_clause);
    m_layout->addWidget(m_evidence);
    m_layout->addWidget(m_since);
    m_layout->addWidget(m_line, 1);
    m_layout->addSpacing(6);
    m_layout->addLayout(buttons);
    m_layout->addSpacing(10);
    connect(m_step, &QAbstractButton::clicked, this, &LikelyCausePanel::goOn);
    connect(m_page, &QAbstractButton::clicked, this, [this] {
        if (m_cause) {
            Q_EMIT pageRequested(m_cause->page.page, m_cause->page.target);
        }
    });
    connect(&context.actions, &ActionController::changed, this, [this] {
        if (m_cause) {
            showButtons();
        }
    });
    setFixedWidth(kSideWidth);
    m_line->hide();
    hide();
}

void LikelyCausePanel::setFolded(bool folded) {
    if (m_folded == folded) {
        return;
    }
    m_folded = folded;
    m_layout->setDirection(folded ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_head->setVisible(!folded);
    m_clause->setVisible(!folded);
    m_evidence->setVisible(!folded && !m_evidence->text().isEmpty());
    m_since->setVisible(!folded && !m_since->text().isEmpty());
    m_line->setVisible(folded);
    setMinimumWidth(folded ? 0 : kSideWidth);
    setMaximumWidth(folded ? QWIDGETSIZE_MAX : kSideWidth);
    setSizePolicy(QSizePolicy::Preferred, folded ? QSizePolicy::Fixed : QSizePolicy::Preferred);
}

CauseFacts LikelyCausePanel::facts(const PathReading& path, const PathVerdict& verdict) const {
    CauseFacts out;
    const auto sessions = sessionsWantedOf(verdict);
    if (!sessions.empty()) {
        out.sessions = readTable(m_context, sessions, "postgres.sessions").table;
        out.blocking = readTable(m_context, path.primary.source, "postgres.blocking").table;
    }
    out.canaryPercent = path.canarySharePercent.value.value_or(0);
    out.level = static_cast<std::int64_t>(path.degradationLevel.value.value_or(0));
    return out;
}

QString LikelyCausePanel::since(const HopVerdict& hop, const PathReading& path) const {
    const auto began = troubleSince(hop, path, m_context.feed.history(), m_context.feed.store());
    if (!began) {
        return {};
    }
    const auto clock = m_context.time.clock(began->at);
    return began->earliest ? tr("since %1 or earlier").arg(clock)
                           : tr("since %1, for %2").arg(clock, ageText(path.at - began->at));
}

void LikelyCausePanel::showReadings(const PathReading& path, const PathVerdict& verdict) {
    m_cause.reset();
    if (m_context.hasReading() && !verdict.worst.empty()) {
        m_cause = likelyCause(path, verdict, facts(path, verdict));
    }
    if (m_cause) {
        if (!m_context.live()) {
            m_cause->action.clear(); // what was to be done then may be wrong now
        }
        showTexts(since(*verdict.hop(verdict.worst), path));
        showButtons();
    }
    setVisible(m_cause.has_value());
}

void LikelyCausePanel::showTexts(const QString& since) {
    const auto set = [](PlainLabel& label, const QString& text) {
        if (label.text() != text) {
            label.setText(text);
        }
    };
    set(*m_clause, m_cause->clause);
    set(*m_evidence, m_cause->evidence);
    m_evidence->setVisible(!m_folded && !m_cause->evidence.isEmpty());
    set(*m_since, since);
    m_since->setVisible(!m_folded && !since.isEmpty());
    QStringList rest{since, m_cause->evidence};
    rest.removeAll(QString());
    m_line->showCause(m_cause->clause, rest.join(QStringLiteral(". ")), m_cause->severity);
}

void LikelyCausePanel::showButtons() {
    const bool acts = !m_cause->action.isEmpty();
    const auto title = titleOf(m_cause->page.page);
    showActButton(*m_step, acts ? m_cause->button : tr("Open %1").arg(title), m_cause->verb,
                  acts ? m_context.actions.whyNot(m_cause->right) : QString(), kLongestReason);
    m_page->setVisible(acts);
}

void LikelyCausePanel::goOn() {
    if (!m_cause) {
        return;
    }
    const auto cause = *m_cause;
    if (cause.action.isEmpty()) {
        Q_EMIT pageRequested(cause.page.page, cause.page.target);
    } else if (m_context.actions.whyNot(cause.right).isEmpty()) {
        m_context.actions.request(cause.action, cause.parameters);
    }
}

} // namespace binnacle::app
