// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

namespace binnacle::app {

/// Tells when the first live graph stands in a window: a chart on the time axis that draws a line of a source that is
/// live has painted it, and the event that did so is over. GUI thread.
class FirstGraph : public QObject {
    Q_OBJECT

public:
    explicit FirstGraph(QObject* parent = nullptr);
    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void shown();
};

/// Reports of the program on itself, on standard error, as the environment's BINNACLE_REPORT asks for them, separated
/// by commas: "start", when the first live graph was shown, and "waits", each call over 5 ms that blocked the window's
/// thread, with its stack. They end with `parent`.
void reportOnSelf(const QString& asked, QObject& parent);

} // namespace binnacle::app
