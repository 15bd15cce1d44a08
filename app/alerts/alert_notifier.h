// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>

namespace binnacle::app {

/// What is told outside of the window. Plain texts, of one line each line; whoever shows them escapes what he must.
struct AlertNotice {
    QString title{};
    QString body{};
    bool critical = false;
    friend bool operator==(const AlertNotice&, const AlertNotice&) = default;
};

/// Who tells a person that something is raised while the window is not looked at. No call waits for anything. GUI
/// thread.
class AlertNotifier {
public:
    virtual ~AlertNotifier() = default;
    /// On the desktop. The newest takes the place of the one before.
    virtual void notify(const AlertNotice& notice) = 0;
    virtual void sound() = 0;
    /// Nothing is told from now on; false when a thread is still busy and knows nothing of ours.
    virtual bool end() { return true; }
};

/// The desktop's own notifications (org.freedesktop.Notifications on the session bus), on a thread of its own that
/// begins with the first notice; without a bus, or when nobody answers there, the window asks for attention by the
/// task bar alone. The sound is the system's beep.
[[nodiscard]] std::shared_ptr<AlertNotifier> desktopNotifier();

} // namespace binnacle::app
