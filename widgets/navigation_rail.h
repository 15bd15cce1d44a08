// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/mark.h"

#include <QListView>

#include <vector>

class QStandardItemModel;

namespace binnacle {

/// One page in the rail.
struct RailEntry {
    QString id{}; ///< "latency"
    QString title{};
    QString icon{};  ///< name of an icon in resources/icons
    QString group{}; ///< "Observe", "Steer", "Understand"
};

/// The pages, in groups, each with its live value and state glyph: one sees the sick page without opening it.
class NavigationRail : public QListView, public Themed {
    Q_OBJECT

public:
    static constexpr int kWidth = 184;
    static constexpr int kCollapsedWidth = 48;

    explicit NavigationRail(QWidget* parent = nullptr);

    void setEntries(const std::vector<RailEntry>& entries);
    /// Live value and glyph of a page; changes nothing when they are the same.
    void setReading(const QString& id, const QString& value, Mark mark = Mark::None);
    void setCurrentPage(const QString& id);
    [[nodiscard]] QString currentPage() const;
    /// Icons and glyphs only (windows under 1440 px).
    void setCollapsed(bool collapsed);
    [[nodiscard]] bool isCollapsed() const { return m_collapsed; }
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override { return {m_collapsed ? kCollapsedWidth : kWidth, 400}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {m_collapsed ? kCollapsedWidth : kWidth, 100}; }

Q_SIGNALS:
    void pageChosen(const QString& id);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    class Delegate;
    QStandardItemModel* m_model;
    Delegate* m_delegate;
    bool m_collapsed = false;
};

} // namespace binnacle
