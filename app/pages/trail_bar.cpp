// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/trail_bar.h"

#include "app/pages/plain_label.h"
#include "widgets/key_button.h"

#include <QHBoxLayout>
#include <QShortcut>

namespace binnacle::app {

namespace {
constexpr qsizetype kLongestStep = 60;

QString shortened(const QString& text) {
    return text.size() <= kLongestStep ? text : text.left(kLongestStep - 1) + QChar(0x2026);
}
} // namespace

TrailBar::TrailBar(QWidget* parent)
    : QWidget(parent)
    , m_from(new PlainLabel(Type::Label, this))
    , m_route(new KeyButton({}, {}, this))
    , m_statement(new KeyButton({}, {}, this))
    , m_here(new PlainLabel(Type::LabelStrong, Token::Ink, this)) {
    m_from->setText(tr("From"));
    m_route->setObjectName(QStringLiteral("trailRoute"));
    m_statement->setObjectName(QStringLiteral("trailStatement"));
    m_here->setObjectName(QStringLiteral("trailHere"));
    m_from->setWordWrap(false);
    m_here->setWordWrap(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_from);
    row->addWidget(m_route);
    row->addWidget(m_statement);
    row->addWidget(m_here, 1);
    hide();
    connect(m_route, &QAbstractButton::clicked, this, &TrailBar::goToRoute);
    connect(m_statement, &QAbstractButton::clicked, this, &TrailBar::goToStatement);
    auto* back = new QShortcut(QKeySequence(Qt::Key_U), this);
    connect(back, &QShortcut::activated, this, [this] {
        if (!m_statement->isHidden()) {
            goToStatement();
        } else if (!m_route->isHidden()) {
            goToRoute();
        }
    });
}

void TrailBar::showTrail(const Trail& trail, const QString& here) {
    m_trail = trail;
    const bool statementLeads = !trail.session.isEmpty() && !trail.shape.isEmpty();
    m_from->setVisible(!trail.route.isEmpty() || statementLeads);
    m_route->setVisible(!trail.route.isEmpty());
    m_route->setText(shortened(trail.route));
    m_route->setKey(statementLeads ? QString() : tr("U"));
    m_route->setAccessibleDescription(tr("Back to the statements of this route"));
    m_statement->setVisible(statementLeads);
    m_statement->setText(shortened(trail.statement.isEmpty() ? tr("its statement") : trail.statement));
    m_statement->setKey(tr("U"));
    m_statement->setAccessibleDescription(tr("Back to the sessions that run this statement"));
    m_here->setText(here.isEmpty() ? QString() : QChar(0x203a) + QLatin1Char(' ') + here);
    m_route->updateGeometry();
    m_statement->updateGeometry();
    setVisible(!trail.empty());
}

void TrailBar::goToRoute() {
    Q_EMIT pageRequested(QStringLiteral("latency"), withTrail(QStringLiteral("statements ") + m_trail.route,
                                                              {m_trail.route, m_trail.statement, {}, {}}));
}

void TrailBar::goToStatement() {
    auto trail = m_trail;
    trail.session.clear();
    Q_EMIT pageRequested(QStringLiteral("database"), withTrail(QStringLiteral("running ") + trail.shape, trail));
}

} // namespace binnacle::app
