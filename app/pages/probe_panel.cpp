// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/probe_panel.h"

#include "app/pages/connection_words.h"
#include "app/pages/panel_of.h"
#include "app/pages/plain_label.h"
#include "widgets/key_button.h"
#include "widgets/situation_sentence.h"
#include "widgets/tip_text.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QPainter>
#include <QVBoxLayout>

namespace binnacle::app {

namespace {

constexpr int kNameWidth = 148;

/// One of the state shapes on a line of its own.
class MarkBox : public QWidget, public Themed {
public:
    explicit MarkBox(Mark mark, QWidget* parent)
        : QWidget(parent)
        , m_mark(mark) {
        setFixedSize(14, 18);
        setAccessibleName(markWord(mark));
    }
    void setTheme(const Theme& theme) override {
        m_theme = theme;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        drawMark(painter, {1, 3, 12, 12}, m_mark, m_theme);
    }

private:
    Mark m_mark;
    Theme m_theme;
};

} // namespace

ProbePanel::ProbePanel(QWidget* parent)
    : QWidget(parent)
    , m_head(new SectionHead(tr("Test"), {}, this)) {
    setObjectName(QStringLiteral("probePanel"));
    m_head->setRule(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_head);
}

void ProbePanel::showTest(const ConnectionsController::Test& test) {
    delete m_rows;
    m_rows = new QWidget(this);
    m_grid = new QGridLayout(m_rows);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(5);
    m_grid->setColumnStretch(2, 1);
    m_lines.clear();
    layout()->addWidget(m_rows);

    const auto total = static_cast<int>(test.done.size());
    int troubled = 0;
    for (std::size_t i = 0; i < test.reports.size(); ++i) {
        const bool bad = test.done[i] && test.reports[i].error.has_value();
        troubled += bad ? 1 : 0;
        addReport(test.reports[i], test.done[i], test.cancelled);
    }
    if (!test.problem.isEmpty()) {
        addDetail(test.problem, true, {});
    }
    m_head->setTitle(tr("Test of %1").arg(plain(test.profile.toStdString())));
    m_head->setSubtitle(test.running     ? tr("%1 of %2 have answered").arg(test.ended()).arg(total)
                        : test.cancelled ? tr("cancelled after %1 of %2").arg(test.ended()).arg(total)
                        : !test.problem.isEmpty() || total == 0 ? QString()
                        : troubled == 0                         ? tr("all %n servers can be read", nullptr, total)
                                        : tr("%1 of %2 can't be read").arg(troubled).arg(total));
    setAccessibleName(m_head->spokenValue());
    setAccessibleDescription(text());
    binnacle::applyTheme(*m_rows, m_theme);
    m_rows->show();
    updateGeometry();
}

void ProbePanel::addReport(const ProbeReport& report, bool done, bool cancelled) {
    const int row = m_grid->rowCount();
    const auto mark = done ? probeMark(report) : cancelled ? Mark::Normal : Mark::Late;
    const auto line = done ? probeLine(report) : cancelled ? tr("not asked to the end") : tr("asking\u2026");
    m_grid->addWidget(new MarkBox(mark, m_rows), row, 0, Qt::AlignTop);
    auto* name = new PlainLabel(Type::LabelStrong, Token::Ink, m_rows);
    name->setText(plain(report.source, 80));
    name->setToolTip(tipText(plain(report.place)));
    name->setFixedWidth(kNameWidth);
    m_grid->addWidget(name, row, 1, Qt::AlignTop);
    auto* said = new PlainLabel(Type::Label, done ? Token::Ink : Token::Ink3, m_rows);
    said->setText(line);
    said->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_grid->addWidget(said, row, 2, 1, 2);
    m_lines << plain(report.source, 80) + QStringLiteral(": ") + line;
    if (!done) {
        return;
    }
    if (report.error) {
        addDetail(plain(report.error->text, 400), true, {});
        if (const auto step = nextStep(*report.error); !step.isEmpty()) {
            addDetail(step, false, {});
        }
    }
    if (isExposed(report.transport)) {
        addDetail(tr("What is read here, and the password, can be read or changed on the way: use TLS with a verified "
                     "host name."),
                  false, {});
    }
    for (const auto& missing : report.missing) {
        addDetail(plain(missing, 400), false, statementIn(missing));
    }
    for (const auto& note : report.notes) {
        addDetail(plain(note, 400), false, {});
    }
}

void ProbePanel::addDetail(const QString& text, bool isError, const QString& statement) {
    const int row = m_grid->rowCount();
    auto* label = new PlainLabel(Type::Label, isError ? Token::Crit : Token::Ink2, m_rows);
    label->setText(text);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_grid->addWidget(label, row, 2, 1, statement.isEmpty() ? 2 : 1);
    m_lines << QStringLiteral("  ") + text;
    if (!statement.isEmpty()) {
        auto* copy = new KeyButton(tr("Copy"), {}, m_rows);
        copy->setToolTip(tipText(statement));
        copy->setAccessibleDescription(statement);
        connect(copy, &QAbstractButton::clicked, this,
                [statement] { QGuiApplication::clipboard()->setText(statement); });
        m_grid->addWidget(copy, row, 3, Qt::AlignTop);
    }
}

} // namespace binnacle::app
