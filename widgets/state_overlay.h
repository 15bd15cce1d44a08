// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/painted_widget.h"
#include "widgets/panel_status.h"

#include <QRectF>

class QPainter;
class QPushButton;

namespace binnacle {

class TimeContext;

/// The state's own sentence ("Waiting for the first two samples") and its second line.
struct StateWords {
    QString title;
    QString detail;
};
[[nodiscard]] StateWords stateWords(const PanelStatus& status, const TimeContext* context = nullptr);
/// Title and detail centred on `area`; for painted charts.
void drawStateWords(QPainter& painter, const QRectF& area, const StateWords& words, const Theme& theme);

/// The same as a widget for pages and tables: words and the next step as a button. Hidden while the state is live.
class StateOverlay : public PaintedWidget {
    Q_OBJECT

public:
    explicit StateOverlay(QWidget* parent = nullptr);
    /// `action` is the next step ("Retry now"); empty for none.
    void showStatus(const PanelStatus& status, const QString& action = {});
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::AlertMessage; }
    [[nodiscard]] QSize sizeHint() const override { return {320, 96}; }

Q_SIGNALS:
    void actionRequested();

protected:
    void paint(QPainter& painter) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] bool isLow() const;
    void place();
    PanelStatus m_status;
    QPushButton* m_button;
};

} // namespace binnacle
