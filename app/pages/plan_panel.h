// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/plan_asker.h"
#include "app/pages/page.h"

class QPlainTextEdit;

namespace binnacle {
class KeyButton;
class SectionHead;
} // namespace binnacle

namespace binnacle::app {

class PlainLabel;

/// The plan of one statement, asked for when the operator wants it: the server's own indented lines, or why there is
/// none and the grant that would bring it. Hidden until something was asked.
class PlanPanel : public QWidget {
    Q_OBJECT

public:
    explicit PlanPanel(const PageContext& context, QWidget* parent = nullptr);

    /// Empty: a plan can be asked for. Else why not.
    [[nodiscard]] QString whyNot() const;
    /// Asks, and shows that it is asked.
    void ask(const PlanQuestion& question);
    /// Another statement is looked at: the plan of one that is not this goes.
    void keepFor(const std::string& statement);

private:
    void showAnswer();

    PageContext m_context;
    PlanAsker* m_asker;
    SectionHead* m_head;
    QPlainTextEdit* m_text;
    PlainLabel* m_words;
    KeyButton* m_copy;
    QString m_remedy;
};

} // namespace binnacle::app
