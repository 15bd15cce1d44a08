// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "backend/domain/action.h"
#include "backend/domain/snapshot_table.h"

#include <cstdint>
#include <optional>
#include <string>

namespace binnacle {
class KeyButton;
}

namespace binnacle::app {

class PlainLabel;

/// A session of a server, as the acts name it: a pid alone is given to another one in time.
struct SessionRef {
    std::string server; ///< "primary"
    std::int64_t pid = 0;
    std::string backendStart;
    std::string xactStart; ///< empty: it has no transaction
    bool runs = false;     ///< a statement that could be cancelled
    friend bool operator==(const SessionRef&, const SessionRef&) = default;
};

/// The session in a row of postgres.sessions or postgres.blocking of `source`.
[[nodiscard]] std::optional<SessionRef> sessionOf(const std::string& source, const SnapshotTable& table,
                                                  std::size_t row);

/// The session as the acts on sessions take it.
[[nodiscard]] Values parametersOf(const SessionRef& session);

/// What may be done with the chosen session: "41907 selected", cancel its query (C), terminate it (T), each with a
/// preview. A button that can't says why. The keys work while the page around it is shown.
class SessionActs : public QWidget {
    Q_OBJECT

public:
    SessionActs(const PageContext& context, QWidget* parent = nullptr);

    void showSession(std::optional<SessionRef> session);

private:
    void refresh();
    void act(const char* action);

    PageContext m_context;
    std::optional<SessionRef> m_session;
    PlainLabel* m_chosen;
    KeyButton* m_cancel;
    KeyButton* m_terminate;
};

} // namespace binnacle::app
