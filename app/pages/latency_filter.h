// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "backend/history/latency_log.h"

#include <array>
#include <string>

class QMenu;

namespace binnacle {
class KeyButton;
}

namespace binnacle::app {

/// Which latencies a page shows: of one route, of one version or cohort, of one instance, or of all. Three buttons
/// that open a list of what was seen (F, V, I), and one that takes all again (Shift+F). GUI thread.
class LatencyFilter : public QWidget {
    Q_OBJECT

public:
    explicit LatencyFilter(const PageContext& context, QWidget* parent = nullptr);

    [[nodiscard]] const LatencySelector& selector() const { return m_selector; }
    [[nodiscard]] bool takesAll() const { return m_selector == LatencySelector(); }
    /// "GET /v1/projects, version 1.1.0, app-2"; of all: "all routes and instances".
    [[nodiscard]] QString words() const;
    /// Takes only what has that value of "route", "version", "role" or "instance"; empty: all of them.
    void choose(std::string_view label, std::string_view value);
    void takeAll();
    /// Shorter: without the keys, and little of long names.
    void setBrief(bool brief);

Q_SIGNALS:
    /// Something else is to be shown.
    void changed();

private:
    enum Part { Route, Version, Instance, PartCount };
    void open(Part part);
    void fill(QMenu& menu, Part part);
    void addChoice(QMenu& menu, const QString& text, std::string_view label, const std::string& value);
    [[nodiscard]] std::string* valueOf(std::string_view label);
    void showChoice();

    PageContext m_context;
    LatencySelector m_selector;
    std::array<KeyButton*, PartCount> m_buttons{};
    KeyButton* m_all;
    bool m_brief = false;
};

} // namespace binnacle::app
