// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/mark.h"

#include <QString>
#include <QWidget>

#include <memory>
#include <span>
#include <vector>

namespace binnacle {
class TimeContext;
struct ControlView;
struct PathReading;
} // namespace binnacle

namespace binnacle::app {

class ActionController;
class ConnectionsController;
class ControlFeed;
class SnapshotFeed;
class StackController;

/// The reading of a selection, kept for as long as it is shown: see PageContext::path().
struct SelectedReading;

/// What every page reads from. Outlives the pages.
struct PageContext {
    const SnapshotFeed& feed;
    TimeContext& time;
    StackController& stack;
    ControlFeed& control;
    ActionController& actions;
    ConnectionsController& connections;
    std::shared_ptr<SelectedReading> selected = makeSelected(); ///< shared by all copies

    /// The request path at the right edge of the window: now while live, then while paused; of a span that was
    /// selected, what is counted over a while is counted over all of it. Without hops, sources and values, and with
    /// `at` at the epoch, when nothing is kept of that time.
    [[nodiscard]] const PathReading& path() const;
    /// False: paused at a time of which nothing is kept.
    [[nodiscard]] bool hasReading() const;
    [[nodiscard]] bool live() const;
    /// What control said at the right edge of the window: now while live, then while paused. Nullptr when it has never
    /// answered, or nothing is kept of that time.
    [[nodiscard]] std::shared_ptr<const ControlView> controlView() const;
    /// "last 30 s", or from when to when something was selected.
    [[nodiscard]] QString countedOver() const;

private:
    [[nodiscard]] static std::shared_ptr<SelectedReading> makeSelected();
};

/// One page of the console. It is asked to show only while it is visible, so that a hidden page costs nothing; a page
/// that becomes visible is asked for both at once. GUI thread.
class Page : public QWidget {
    Q_OBJECT

public:
    explicit Page(const PageContext& context, QWidget* parent = nullptr);

    /// Numbers and words: twice a second, or when the window of time moved.
    virtual void showReadings() = 0;
    /// Whatever moves with time: ten times a second.
    virtual void showTick() = 0;
    /// Whether there is something to show before anything was read.
    [[nodiscard]] virtual bool showsWithoutReadings() const { return false; }
    /// Brings that one of PageEntry::parts into view, with the focus. The page is shown already.
    virtual void openPart(int part) { static_cast<void>(part); }

    /// Windows below that width fold the rail, and pages their side columns.
    static constexpr int kWideWindow = 1440;

protected:
    [[nodiscard]] const PageContext& context() const { return m_context; }
    [[nodiscard]] bool narrow() const { return window()->width() < kWideWindow; }

private:
    PageContext m_context;
};

/// What the rail says beside a page's name.
struct RailReading {
    QString value;
    Mark mark = Mark::None;
};

/// How a page is listed: one line in page_catalogue.cpp.
struct PageEntry {
    const char* id;    ///< as in --page
    const char* title; ///< translated in context "Page"
    const char* icon;  ///< in resources/icons
    const char* group; ///< translated in context "Page"
    char key;          ///< G, then this letter, opens it
    Page* (*make)(const PageContext& context, QWidget* parent);
    RailReading (*rail)(const PageContext& context); ///< always of now, whatever the window of time shows
    QStringList (*parts)() = nullptr; ///< titles of the tables of which it shows one at a time; null: it has none
};

/// All pages in the order of the rail.
[[nodiscard]] std::span<const PageEntry> pageCatalogue();
[[nodiscard]] QStringList pageIds();

} // namespace binnacle::app
