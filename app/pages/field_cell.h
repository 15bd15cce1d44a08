// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/plain_label.h"
#include "widgets/console_style.h"

#include <QVBoxLayout>
#include <QWidget>

namespace binnacle::app {

/// A control of a form with its label above, and below what it is for or what is wrong with it.
class FieldCell : public QWidget {
public:
    FieldCell(const QString& label, QWidget* control, const QString& hint, QWidget* parent = nullptr)
        : QWidget(parent)
        , m_control(control)
        , m_label(new PlainLabel(Type::Small, Token::Ink3, this))
        , m_below(new PlainLabel(Type::Small, Token::Ink3, this))
        , m_hint(hint) {
        m_label->setText(label);
        m_label->setBuddy(control);
        if (control->accessibleName().isEmpty()) {
            control->setAccessibleName(label);
        }
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(3);
        column->addWidget(m_label);
        const bool stretches = control->sizePolicy().horizontalPolicy() == QSizePolicy::Expanding;
        column->addWidget(control, 0, stretches ? Qt::Alignment() : Qt::AlignLeft);
        column->addWidget(m_below);
        column->addStretch(1);
        setFault({});
    }
    /// Says below the control what to do; empty: nothing is wrong.
    void setFault(const QString& fault) {
        m_fault = fault;
        m_below->setText(fault.isEmpty() ? m_hint : fault);
        m_below->setVisible(!m_below->text().isEmpty());
        m_below->setInk(fault.isEmpty() ? Token::Ink3 : Token::Crit);
        m_control->setAccessibleDescription(fault);
        showEdge();
    }
    [[nodiscard]] const QString& fault() const { return m_fault; }

private:
    void showEdge() {
        m_control->setProperty(ConsoleStyle::kFaultProperty, !m_fault.isEmpty());
        m_control->update();
    }

    QWidget* m_control;
    PlainLabel* m_label;
    PlainLabel* m_below;
    QString m_hint;
    QString m_fault;
};

} // namespace binnacle::app
