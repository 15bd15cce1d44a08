// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>

namespace binnacle::app {

class MainWindow;
class StackController;

/// Writes the window as PNG once it was watched for long enough. While the stack still starts the time does not run,
/// for at most a minute, so that the picture shows live data.
class Screenshot : public QObject {
    Q_OBJECT

public:
    Screenshot(MainWindow& window, StackController& stack, QString file, std::chrono::milliseconds after,
               QObject* parent = nullptr);

Q_SIGNALS:
    /// Empty when it was written, else why not.
    void finished(const QString& error);

private:
    void check();

    MainWindow& m_window;
    StackController& m_stack;
    QString m_file;
    std::chrono::milliseconds m_after;
    QTimer m_timer;
    QElapsedTimer m_all;
    QElapsedTimer m_watched;
};

} // namespace binnacle::app
