// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console.h"
#include "app/state_dir.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace binnacle::app {

/// What stays when a console makes way for another one: how the program was called, the profiles and what was typed in
/// this session. Makes the console of a place, and the next one when it is asked for. GUI thread.
class ConsoleHost : public QObject {
    Q_OBJECT

public:
    struct Setup {
        LaunchOptions options;
        QString program; ///< binnacle-stack
        FontFamilies fonts;
        bool systemIsDark = true;
        QString settingsFile;                    ///< empty: the user's own
        std::filesystem::path profiles;          ///< folder of the profiles; may be empty
        std::unique_ptr<Keychain> keychain;      ///< may be null
        std::shared_ptr<AlertNotifier> notifier; ///< may be null
        bool mayStart = true;                    ///< the bundled stack, where none runs
    };
    explicit ConsoleHost(Setup setup, QObject* parent = nullptr);
    ~ConsoleHost() override;

    /// Shows the console of that place, or a recording instead of it.
    void open(StackPlace place, std::optional<Replay> replay = std::nullopt);
    [[nodiscard]] Console& console() { return *m_console; }
    [[nodiscard]] ConnectionsController& connections() { return m_connections; }
    /// Ends all threads, for about a second altogether, and the keychain; false if one was still busy.
    bool shutDown();

public Q_SLOTS:
    void quitNow();

Q_SIGNALS:
    void finished(int exitCode);

private:
    [[nodiscard]] ConsoleParts partsOf(const StackPlace& place);
    void onFinished(int exitCode);
    void dropEnded();

    Setup m_setup;
    // Read here, before the first window: it needs the theme, the page and its size from them. All columns of all
    // tables are 16 kB, a fifth of a millisecond beside the program's own files. A change of place reads nothing again.
    Settings m_settings;
    std::shared_ptr<BackgroundJobs> m_disk = std::make_shared<BackgroundJobs>(1); ///< one for all: their order is kept
    ConnectionsController m_connections;
    std::unique_ptr<Console> m_console;
    StackPlace m_place;                           ///< that is shown, or whose recording is
    bool m_startedStack = false;                  ///< by a console that made way for its recording
    std::vector<std::unique_ptr<Console>> m_left; ///< made way for others; some thread of theirs may still be busy
    QTimer m_drop;
};

} // namespace binnacle::app
