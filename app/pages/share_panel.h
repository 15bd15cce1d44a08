// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/number_text.h"
#include "widgets/panel_status.h"
#include "widgets/stop_line.h"

#include <QString>
#include <QWidget>

#include <optional>

class QLineEdit;

namespace binnacle {
class KeyButton;
class KpiTile;
class StopLine;
} // namespace binnacle

namespace binnacle::app {

class PlainLabel;

/// What the share control shows.
struct ShareShown {
    std::optional<double> wantedPercent;  ///< absent: not known now
    std::optional<double> currentPercent; ///< in force now, whatever time is shown
    std::optional<double> seenPercent;    ///< as HAProxy itself tells it
    QString seenText;                     ///< "HAProxy has it, 0.4 s", below the mark
    PanelStatus status;                   ///< of who wants it
    std::optional<double> requestsPerSecond;
    QString whyNot;      ///< empty: the operator may set it
    QString whyNotAbort; ///< empty: the way out is open; else nothing at all can be done
};

/// The share of users that goes to the canary, and every way to change it: the usual steps, any other share, and none.
/// Each way opens a preview; what sets nothing sets nothing.
class SharePanel : public QWidget {
    Q_OBJECT

public:
    explicit SharePanel(QWidget* parent = nullptr);
    void showShare(const ShareShown& shown);

Q_SIGNALS:
    void shareAsked(double percent);
    /// To 0, whatever the share and the rights: it's the way out.
    void abortAsked();

private:
    void readField();

    KpiTile* m_tile;
    StopLine* m_line;
    QLineEdit* m_field;
    KeyButton* m_preview;
    PlainLabel* m_wrong;
    KeyButton* m_abort;
};

} // namespace binnacle::app
