// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/state_step.h"

#include "app/controllers/stack_controller.h"
#include "app/feed/snapshot_feed.h"
#include "app/pages/linked_page.h"
#include "widgets/time_context.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDateTime>
#include <QGuiApplication>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StateStep)
};

/// For whoever looks after the source, or after this program; in no language but its own, as logs are.
QString reportOf(const TableReading& reading, const PageContext& context) {
    const auto utc = std::chrono::duration_cast<std::chrono::milliseconds>(context.feed.utcNow().time_since_epoch());
    return QStringLiteral("binnacle %1\ntime: %2\nsource: %3\nsaid: %4\n")
        .arg(QStringLiteral(BINNACLE_VERSION),
             QDateTime::fromMSecsSinceEpoch(utc.count(), Qt::UTC).toString(Qt::ISODate),
             QString::fromStdString(reading.source), reading.status.detail);
}

} // namespace

StateStep stepOf(const TableReading& reading, const PageContext& context) {
    using Kind = StateStep::Kind;
    if (reading.table != nullptr) {
        return {};
    }
    const auto& recorded = context.stack.recording();
    if (!context.live() && reading.status.state == PanelState::Empty && recorded.open && recorded.from &&
        context.time.utcOf(context.time.end()) >= *recorded.from) {
        return {Kind::Replay, Words::tr("Replay from here (Shift+R)"), {}};
    }
    if (!reading.remedy.isEmpty()) {
        return {Kind::Copy, Words::tr("Copy %1").arg(reading.remedy.section(QLatin1Char(' '), 0, 0)), reading.remedy};
    }
    switch (reading.status.state) {
    case PanelState::Lost:
        return {Kind::Retry, Words::tr("Retry now"), {}};
    case PanelState::Denied:
        return {Kind::Connections, Words::tr("Connections\u2026"), {}};
    case PanelState::Error:
        return {Kind::Copy, Words::tr("Copy report"), reportOf(reading, context)};
    default:
        break;
    }
    return {};
}

bool takeStep(const StateStep& step, const PageContext& context, QWidget& from) {
    switch (step.kind) {
    case StateStep::Kind::Copy:
        QGuiApplication::clipboard()->setText(step.text);
        return true;
    case StateStep::Kind::Retry:
        context.stack.retry();
        break;
    case StateStep::Kind::Connections:
        for (auto* around = &from; around != nullptr; around = around->parentWidget()) {
            if (auto* page = qobject_cast<LinkedPage*>(around)) {
                Q_EMIT page->pageRequested(QStringLiteral("connections"), {});
                break;
            }
        }
        break;
    case StateStep::Kind::Replay:
        context.stack.recording().open();
        break;
    case StateStep::Kind::None:
        break;
    }
    return false;
}

} // namespace binnacle::app
