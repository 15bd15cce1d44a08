// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"

namespace binnacle::app {

/// Where something leads: a page of the catalogue, and what is to be brought into view there, in that page's own words.
struct PageTarget {
    QString page{};
    QString target{};
    friend bool operator==(const PageTarget&, const PageTarget&) = default;
};

/// A page that leads to others and is led to: from a statement to its sessions, from a session to the lock it waits
/// for.
class LinkedPage : public Page {
    Q_OBJECT

public:
    using Page::Page;
    /// Brings into view what another page wants to be seen; the words are this page's own. It is shown already.
    virtual void showTarget(const QString& target) = 0;

Q_SIGNALS:
    /// The operator wants to see `target` on the page of that id.
    void pageRequested(const QString& id, const QString& target);
};

} // namespace binnacle::app
