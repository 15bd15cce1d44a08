// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/alerts/alert_desk.h"
#include "widgets/theme.h"

#include <QDialog>

#include <optional>

class QStackedWidget;
class QTableView;

namespace binnacle {
class KeyButton;
class SegmentedControl;
class StateOverlay;
} // namespace binnacle

namespace binnacle::app {

class DimOverlay;
class KeyedTable;
class PlainLabel;
class TickBox;

/// All alerts of a place, what calls first, and all rules with their limits: acknowledge, silence, open the page that
/// shows more; and whether they are told outside of the window. open() it. The desk must outlive it.
class AlertsDialog : public QDialog {
    Q_OBJECT

public:
    AlertsDialog(AlertDesk& desk, const Theme& theme, QWidget* parent);
    ~AlertsDialog() override;
    void setTheme(const Theme& theme);

Q_SIGNALS:
    void pageRequested(const QString& id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    [[nodiscard]] QTableView* makeTable(KeyedTable* model, const char* name, const Theme& theme);
    void makeButtons();
    /// Within its window, with the columns that there is room for.
    void fit();
    void showAlerts();
    void showRules();
    void refresh();
    void offer();
    [[nodiscard]] bool rulesShown() const;
    /// The alert or the rule that is chosen; nothing: none.
    [[nodiscard]] std::optional<AlertKey> chosen() const;
    void acknowledge();
    void silence();
    void unsilence();
    void openPage();

    AlertDesk& m_desk;
    Theme m_theme;
    DimOverlay* m_overlay;
    SegmentedControl* m_which;
    KeyedTable* m_alerts;
    KeyedTable* m_rules;
    QTableView* m_alertTable = nullptr;
    QTableView* m_ruleTable = nullptr;
    StateOverlay* m_empty = nullptr;
    QStackedWidget* m_tables;
    PlainLabel* m_about;
    PlainLabel* m_detail;
    TickBox* m_notices;
    TickBox* m_sound;
    KeyButton* m_open;
    KeyButton* m_acknowledge;
    KeyButton* m_silence;
    KeyButton* m_unsilence;
};

} // namespace binnacle::app
