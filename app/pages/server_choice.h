// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"

#include <string>
#include <vector>

namespace binnacle {
class SegmentedControl;
}

namespace binnacle::app {

/// Which PostgreSQL server a page is about: the primary, until another one is chosen. Hidden where there is only one.
class ServerChoice : public QWidget {
    Q_OBJECT

public:
    explicit ServerChoice(const PageContext& context, QWidget* parent = nullptr);

    /// Takes over which servers there are now.
    void showServers();
    /// "postgres/primary"; empty: there is none.
    [[nodiscard]] std::string source() const;
    /// The primary first.
    [[nodiscard]] const std::vector<std::string>& sources() const { return m_sources; }
    /// Chooses one of sources(); others change nothing.
    void choose(const std::string& source);

Q_SIGNALS:
    void chosen();

private:
    PageContext m_context;
    SegmentedControl* m_segments;
    std::vector<std::string> m_sources;
    std::string m_chosen;
};

} // namespace binnacle::app
