// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/screenshot.h"

#include "app/controllers/stack_controller.h"
#include "app/main_window.h"

#include <QImageWriter>
#include <QPixmap>

namespace binnacle::app {

namespace {
constexpr std::chrono::milliseconds kCheck{20};
constexpr std::chrono::seconds kLongestStart{60};
} // namespace

Screenshot::Screenshot(MainWindow& window, StackController& stack, QString file, std::chrono::milliseconds after,
                       QObject* parent)
    : QObject(parent)
    , m_window(window)
    , m_stack(stack)
    , m_file(std::move(file))
    , m_after(after) {
    m_all.start();
    m_watched.start();
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Screenshot::check);
    m_timer.start(kCheck);
}

void Screenshot::check() {
    const auto phase = m_stack.phase();
    const bool onItsWay = phase == StackController::Phase::Looking || phase == StackController::Phase::Starting;
    if (onItsWay && !m_all.hasExpired(std::chrono::milliseconds(kLongestStart).count())) {
        m_watched.restart();
    }
    if (!m_watched.hasExpired(m_after.count())) {
        return;
    }
    m_timer.stop();
    QImageWriter writer(m_file, "png");
    const bool written = writer.write(m_window.grab().toImage());
    Q_EMIT finished(written ? QString() : tr("%1 could not be written: %2").arg(m_file, writer.errorString()));
}

} // namespace binnacle::app
