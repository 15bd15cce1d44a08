// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/feed/plan_source.h"

#include <QObject>

#include <memory>
#include <optional>

namespace binnacle::app {

/// Asks for the plan of one statement on a thread of its own, which ends by its deadline. While one is asked, only the
/// newest other question waits. GUI thread; nothing here waits.
class PlanAsker : public QObject {
    Q_OBJECT

public:
    /// `source` may be null: then nobody can be asked (a replay).
    explicit PlanAsker(std::shared_ptr<PlanSource> source, QObject* parent = nullptr);
    ~PlanAsker() override;

    [[nodiscard]] bool canAsk() const;
    void ask(PlanQuestion question);
    /// Takes what was answered; call it at every step of the display.
    void tick();

    /// What was asked last.
    [[nodiscard]] const std::optional<PlanQuestion>& question() const { return m_question; }
    /// Its answer; nothing while it is asked.
    [[nodiscard]] const std::optional<Result<std::string>>& answer() const { return m_answer; }

Q_SIGNALS:
    void changed();

private:
    struct Shared;
    void start();

    std::shared_ptr<Shared> m_shared;
    std::optional<PlanQuestion> m_question;
    std::optional<PlanQuestion> m_asked; ///< by the thread that runs
    std::optional<Result<std::string>> m_answer;
};

} // namespace binnacle::app
