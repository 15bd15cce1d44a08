// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/plan_panel.h"

#include "app/controllers/stack_controller.h"
#include "app/feed/snapshot_feed.h"
#include "app/pages/panel_of.h"
#include "app/pages/plain_label.h"
#include "app/pages/table_reading.h"
#include "widgets/key_button.h"
#include "widgets/situation_sentence.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace binnacle::app {

namespace {

constexpr qsizetype kMostLines = 14;

/// Lines of a plan, as they are: indentation tells the tree.
class PlanText : public QPlainTextEdit, public Themed {
public:
    explicit PlanText(QWidget* parent)
        : QPlainTextEdit(parent) {
        setReadOnly(true);
        setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        setTabChangesFocus(true);
        setLineWrapMode(QPlainTextEdit::NoWrap);
        setLayoutDirection(Qt::LeftToRight); // as the server writes it
        setFrameShape(QFrame::NoFrame);
    }
    void setTheme(const Theme& theme) override {
        setFont(theme.font(Type::Mono));
        auto colors = theme.palette();
        colors.setColor(QPalette::Base, theme.color(Token::Rail));
        colors.setColor(QPalette::Text, theme.color(Token::Ink));
        setPalette(colors);
    }
};

} // namespace

PlanPanel::PlanPanel(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_asker(new PlanAsker(context.stack.plans(), this))
    , m_head(new SectionHead(tr("Plan"), {}, this))
    , m_text(new PlanText(this))
    , m_words(new PlainLabel(Type::Body, Token::Ink, this))
    , m_copy(new KeyButton({}, {}, this)) {
    m_text->setObjectName(QStringLiteral("planText"));
    m_text->setAccessibleName(tr("Plan of the selected statement"));
    m_words->setObjectName(QStringLiteral("planWords"));
    m_copy->setObjectName(QStringLiteral("planCopy"));
    auto* words = new QHBoxLayout;
    words->setSpacing(12);
    words->addWidget(m_words, 1);
    words->addWidget(m_copy);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_head);
    column->addLayout(words);
    column->addWidget(m_text);
    hide();
    connect(m_asker, &PlanAsker::changed, this, &PlanPanel::showAnswer);
    connect(&context.feed, &SnapshotFeed::ticked, m_asker, &PlanAsker::tick);
    connect(m_copy, &QAbstractButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_remedy); });
}

QString PlanPanel::whyNot() const {
    return m_asker->canAsk() ? QString() : tr("a recording has no server to ask");
}

void PlanPanel::ask(const PlanQuestion& question) {
    m_asker->ask(question);
}

void PlanPanel::keepFor(const std::string& statement) {
    const auto& question = m_asker->question();
    setVisible(question && question->statement == statement);
}

void PlanPanel::showAnswer() {
    const auto& question = m_asker->question();
    const auto& answer = m_asker->answer();
    if (!question) {
        return;
    }
    const bool told = answer && *answer;
    m_head->setSubtitle(
        tr("%1, by EXPLAIN, which runs nothing; for any values of its parameters").arg(shownName(question->source)));
    m_text->setVisible(told);
    m_words->setVisible(!told);
    m_remedy.clear();
    if (told) {
        const auto plan = QString::fromUtf8((*answer)->data(), static_cast<qsizetype>((*answer)->size()));
        m_text->setPlainText(plan);
        // As high as its lines; of many some scroll. A line that is too long scrolls, too.
        const auto lines = std::min<qsizetype>(plan.count(QLatin1Char('\n')) + 1, kMostLines);
        m_text->setFixedHeight((static_cast<int>(lines) + 1) * m_text->fontMetrics().lineSpacing() + 8);
    } else if (!answer) {
        m_words->setText(tr("Asking the server\u2026"));
    } else {
        const auto& error = answer->error();
        const auto reason = plain(error.text, 600);
        m_words->setText(error.code == ErrorCode::Denied    ? tr("Denied. %1").arg(reason)
                         : error.code == ErrorCode::Invalid ? tr("Not asked. %1").arg(reason)
                                                            : tr("No plan. %1").arg(reason));
        m_remedy = remedyIn(reason);
    }
    m_copy->setVisible(!m_remedy.isEmpty());
    m_copy->setText(tr("Copy %1").arg(m_remedy.section(QLatin1Char(' '), 0, 0)));
    show();
}

} // namespace binnacle::app
