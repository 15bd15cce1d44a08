// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/mark.h"
#include "widgets/theme.h"

#include <QListView>

#include <vector>

class QStandardItemModel;

namespace binnacle::app {

/// One row of the list of connections.
struct ConnectionRow {
    QString name; ///< of the profile; empty: the bundled stack
    QString title;
    bool damaged = false; ///< no profile: `first` says what is wrong
    Environment environment = Environment::Development;
    QString first;  ///< what is reached
    QString second; ///< how, and whether it may act
    bool exposed = false;
    bool shown = false; ///< this console shows it now

    friend bool operator==(const ConnectionRow&, const ConnectionRow&) = default;
};

/// The connections by name, with their environment by colour and word. Arrow keys choose.
class ConnectionList : public QListView, public Themed {
    Q_OBJECT

public:
    explicit ConnectionList(QWidget* parent = nullptr);
    /// Keeps the choice where its row is still there.
    void setRows(std::vector<ConnectionRow> rows);
    void choose(const QString& name);
    [[nodiscard]] QString chosenName() const;
    void setTheme(const Theme& theme) override;

Q_SIGNALS:
    void chosen(const QString& name);
    void opened(const QString& name); ///< Enter, or a double click

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    class Delegate;
    QStandardItemModel* m_model;
    Delegate* m_delegate;
    std::vector<ConnectionRow> m_rows;
    bool m_filling = false;
};

} // namespace binnacle::app
