// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/sizing_panel.h"

#include "app/models/pool_sizing.h"
#include "app/pages/plain_label.h"
#include "widgets/decimal_text.h"
#include "widgets/key_button.h"
#include "widgets/number_text.h"
#include "widgets/situation_sentence.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QLocale>
#include <QThread>
#include <QVBoxLayout>

#include <cmath>

namespace binnacle::app {

namespace {

constexpr double kMost = 1e7; ///< of any input: beyond it nothing is meant

/// A number as people type it in their own language or with a point; nothing for what is none, or not above zero.
std::optional<double> readNumber(const QString& text) {
    bool ok = false;
    auto value = QLocale().toDouble(text.trimmed(), &ok);
    if (!ok) {
        value = QLocale::c().toDouble(text.trimmed(), &ok);
    }
    return ok && std::isfinite(value) && value > 0 && value <= kMost ? std::optional(value) : std::nullopt;
}

QString figure(double value) {
    return value < 9.95 && std::abs(value - std::round(value)) > 0.05 ? decimalText(value, 1)
                                                                      : countText(std::round(value));
}

} // namespace

SizingPanel::SizingPanel(QWidget* parent)
    : QWidget(parent)
    , m_head(new SectionHead(tr("What if"), {}, this))
    , m_asMeasured(new KeyButton(tr("As measured"), {}, this))
    , m_busy(new PlainLabel(Type::LaneValue, Token::Ink, this))
    , m_bursts(new PlainLabel(Type::LaneValue, Token::Ink, this))
    , m_useful(new PlainLabel(Type::LaneValue, Token::Ink, this))
    , m_sentence(new PlainLabel(Type::Body, Token::Ink, this)) {
    const std::array labels = {tr("Connections taken, per second"), tr("Held on average, ms"),
                               tr("Cores of the database server"), tr("Disks that seek (SSD: 1)")};
    const std::array names = {"sizing.rate", "sizing.hold", "sizing.cores", "sizing.spindles"};
    auto* grid = new QGridLayout;
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(0, 1);
    int row = 0;
    for (std::size_t i = 0; i < m_fields.size(); ++i, ++row) {
        auto* label = new PlainLabel(Type::Label, this);
        label->setText(labels[i]);
        m_fields[i] = new QLineEdit(this);
        m_fields[i]->setObjectName(QLatin1String(names[i]));
        m_fields[i]->setAccessibleName(labels[i]);
        m_fields[i]->setFixedWidth(96);
        m_fields[i]->setMaxLength(12);
        m_fields[i]->setAlignment(Qt::AlignRight);
        grid->addWidget(label, row, 0);
        grid->addWidget(m_fields[i], row, 1);
        connect(m_fields[i], &QLineEdit::textEdited, this, [this] { showResult(); });
    }
    m_fields[Cores]->setPlaceholderText(QString::number(QThread::idealThreadCount()));
    m_fields[Cores]->setToolTip(tr("No server tells its cores. The number stands for this machine."));
    m_fields[Spindles]->setPlaceholderText(QStringLiteral("1"));
    const auto result = [&](const QString& text, QLabel* value, const char* name) {
        auto* label = new PlainLabel(Type::Label, this);
        label->setText(text);
        value->setObjectName(QLatin1String(name));
        value->setAccessibleName(text);
        value->setWordWrap(false);
        value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        grid->addWidget(label, row, 0);
        grid->addWidget(value, row++, 1);
    };
    result(tr("Busy on average: per second \u00d7 held (Little)"), m_busy, "sizing.busy");
    result(tr("With bursts: that and 2\u202f\u221a of it"), m_bursts, "sizing.bursts");
    result(tr("Useful at once: cores \u00d7 2 + disks"), m_useful, "sizing.useful");
    m_sentence->setObjectName(QStringLiteral("sizing.sentence"));
    m_asMeasured->setObjectName(QStringLiteral("sizing.measured"));
    m_asMeasured->setEnabled(false);
    auto* head = new QHBoxLayout;
    head->addWidget(m_head, 1);
    head->addWidget(m_asMeasured);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(head);
    column->addLayout(grid);
    column->addWidget(m_sentence);
    column->addStretch(1);
    connect(m_asMeasured, &QAbstractButton::clicked, this, [this] {
        for (auto* field : m_fields) {
            field->clear();
        }
        showResult();
    });
}

void SizingPanel::showLoad(const MeasuredLoad& load) {
    m_load = load;
    const auto place = [](QLineEdit& field, std::optional<double> value) {
        const auto text = value ? figure(*value) : absentText();
        if (field.placeholderText() != text) {
            field.setPlaceholderText(text);
        }
    };
    place(*m_fields[Rate], load.perSecond);
    place(*m_fields[HoldMs], load.holdSeconds ? std::optional(*load.holdSeconds * 1000) : std::nullopt);
    showResult();
}

std::optional<double> SizingPanel::input(Input which) const {
    if (const auto typed = m_fields[which]->text(); !typed.trimmed().isEmpty()) {
        return readNumber(typed);
    }
    switch (which) {
    case Rate:
        return m_load.perSecond;
    case HoldMs:
        return m_load.holdSeconds ? std::optional(*m_load.holdSeconds * 1000) : std::nullopt;
    case Cores:
        return QThread::idealThreadCount();
    default:
        return 1;
    }
}

void SizingPanel::showResult() {
    const bool typed = std::ranges::any_of(m_fields, [](const auto* field) { return !field->text().isEmpty(); });
    m_asMeasured->setEnabled(typed);
    m_head->setSubtitle(typed            ? tr("with what was typed")
                        : m_load.bouncer ? tr("as measured at pgBouncer")
                                         : tr("as measured in app pools"));
    const auto rate = input(Rate);
    const auto hold = input(HoldMs);
    const auto cores = input(Cores);
    const auto spindles = input(Spindles);
    const auto put = [](QLabel& label, const QString& text) {
        if (label.text() != text) {
            label.setText(text);
        }
    };
    const bool load = rate && hold;
    PoolLoad given;
    given.perSecond = rate.value_or(0);
    given.holdSeconds = hold.value_or(0) / 1000;
    given.cores = cores.value_or(0);
    given.spindles = spindles.value_or(0);
    given.size = m_load.size;
    const auto sizing = sizingOf(given);
    put(*m_busy, load ? figure(sizing.busy) : absentText());
    put(*m_bursts, load ? figure(sizing.withBursts) : absentText());
    put(*m_useful, cores && spindles ? figure(sizing.useful) : absentText());
    put(*m_sentence, load && cores && spindles ? sizingSentence(given)
                     : typed && ((!rate && !m_fields[Rate]->text().isEmpty()) ||
                                 (!hold && !m_fields[HoldMs]->text().isEmpty()) || !cores || !spindles)
                         ? tr("A number above zero is needed in each field.")
                         : tr("Nothing takes connections now; type a load to see what it would need."));
}

QString SizingPanel::sentence() const {
    return m_sentence->text();
}

} // namespace binnacle::app
