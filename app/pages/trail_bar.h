// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/trail.h"

#include <QWidget>

namespace binnacle {
class KeyButton;
}

namespace binnacle::app {

class PlainLabel;

/// "From GET /v1/tasks > task_by_id > here": where one came from on the way to a cause; each step leads back to it,
/// U goes back one. Hidden where there is no way. The key works while the page around it is shown.
class TrailBar : public QWidget {
    Q_OBJECT

public:
    explicit TrailBar(QWidget* parent = nullptr);

    /// `here` is what this page shows of it, in words.
    void showTrail(const Trail& trail, const QString& here);
    [[nodiscard]] const Trail& trail() const { return m_trail; }

Q_SIGNALS:
    /// As LinkedPage::pageRequested.
    void pageRequested(const QString& id, const QString& target);

private:
    void goToRoute();
    void goToStatement();

    Trail m_trail;
    PlainLabel* m_from;
    KeyButton* m_route;
    KeyButton* m_statement;
    PlainLabel* m_here;
};

} // namespace binnacle::app
