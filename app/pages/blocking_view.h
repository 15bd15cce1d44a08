// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme.h"

#include <QTreeView>

namespace binnacle {
class TableDelegate;
} // namespace binnacle

namespace binnacle::app {

/// A tree in the look of the tables: always open, with lines from each session to the one that it waits for.
class BlockingView : public QTreeView, public Themed {
    Q_OBJECT

public:
    explicit BlockingView(QWidget* parent = nullptr);
    void setModel(QAbstractItemModel* model) override;
    void setTheme(const Theme& theme) override;

protected:
    void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override;

private:
    Theme m_theme;
    TableDelegate* m_delegate;
};

} // namespace binnacle::app
