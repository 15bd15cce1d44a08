// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/table_reading.h"

#include "app/controllers/stack_controller.h"
#include "app/feed/snapshot_feed.h"
#include "app/models/worded.h"
#include "app/pages/panel_of.h"
#include "widgets/time_context.h"

#include <QCoreApplication>

#include <algorithm>

namespace binnacle::app {

namespace {

constexpr std::size_t kMostReason = 500;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TableReading)
};

/// The source answers, but told no rows, and why.
void refuse(TableReading& reading, const std::string& reason) {
    reading.remedy = remedyIn(plain(reason, kMostReason));
    reading.status.state = PanelState::Denied;
    reading.status.title = Words::tr("Not available here");
    reading.status.detail = worded(reason, kMostReason);
}

void judge(TableReading& reading, const SourceUpdate& update, const PageContext& context) {
    auto& status = reading.status;
    const auto now = context.feed.now();
    status = panelStatus(update, now);
    if (status.state == PanelState::Denied || status.state == PanelState::Error) {
        const auto reason = update.failure ? update.failure->error.text : std::string();
        status.detail = worded(reason, kMostReason);
        reading.remedy = remedyIn(plain(reason, kMostReason));
        return;
    }
    if (status.state == PanelState::Lost && update.failure && update.failure->nextTryAt > now) {
        status.detail =
            Words::tr("try %1 in %2").arg(update.failure->attempts + 1).arg(ageText(update.failure->nextTryAt - now));
    }
    if (!reading.table) {
        if (status.hasValue()) {
            status.state = PanelState::Loading;
            status.title = Words::tr("Not read yet");
            status.detail = Words::tr("The server answers, but has not told this since it is watched.");
        }
        return;
    }
    const auto age = now - reading.table->readAt;
    status.age = age;
    status.lastAt = reading.table->readAt;
    // A table that is read every minute is not late because its source answers every second, nor the other way round.
    if (status.state == PanelState::Lost || age > lostAfter(reading.table->interval)) {
        status.state = PanelState::Lost;
        status.title = Words::tr("No data since %1").arg(context.time.clock(reading.table->readAt));
    } else if (age > lateAfter(reading.table->interval)) {
        status.state = PanelState::Late;
    }
    if (status.hasValue() && !reading.table->absentReason.empty()) {
        refuse(reading, reading.table->absentReason);
    }
}

/// Why there is nothing of that time, and where there may be more; empty where a table is kept for as long.
QString whyNothing(const PageContext& context) {
    const auto end = context.time.end();
    if (context.feed.now() - end <= TableLog::kKept) {
        return {};
    }
    const auto kept = TableLog::kKept.count();
    const auto& recorded = context.stack.recording();
    if (recorded.isReplay) {
        return Words::tr("Rows are kept for %1 min; a click on the time line above plays from there.").arg(kept);
    }
    if (!recorded.from) {
        return Words::tr("Rows are kept for %1 min, and nothing records this place; binnaclectl record run does.")
            .arg(kept);
    }
    if (context.time.utcOf(end) < *recorded.from) {
        const auto ago = std::chrono::duration_cast<SteadyTime::duration>(context.feed.utcNow() - *recorded.from);
        return Words::tr("Rows are kept for %1 min, and the recording begins at %2.")
            .arg(kept)
            .arg(context.time.clock(context.feed.now() - ago));
    }
    return Words::tr("Rows are kept for %1 min; the recording has them for longer.").arg(kept);
}

} // namespace

TableReading readTable(const PageContext& context, const std::string& source, std::string_view table) {
    TableReading reading;
    reading.source = source;
    if (!context.live()) {
        const auto end = context.time.end();
        reading.table = context.feed.tables().at(source, table, end);
        reading.status.state = PanelState::Paused;
        reading.status.lastAt = end;
        if (!reading.table) {
            reading.status.state = PanelState::Empty;
            reading.status.title = nothingThenText();
            reading.status.detail = whyNothing(context);
        } else if (!reading.table->absentReason.empty()) {
            refuse(reading, reading.table->absentReason);
        } else {
            reading.status.age = end - reading.table->readAt;
        }
    } else if (const auto* update = context.feed.store().source(source)) {
        reading.table = update->snapshot ? update->snapshot->table(table) : nullptr;
        judge(reading, *update, context);
    } else {
        reading.status.state = PanelState::Empty;
        reading.status.title = Words::tr("No such source");
        reading.status.detail = Words::tr("Nothing of the name %1 is watched.").arg(plain(source));
    }
    if (!reading.status.hasValue()) {
        reading.table = nullptr;
    }
    return reading;
}

QString shownName(const std::string& source) {
    if (source.ends_with('*')) {
        return worded(displayName(source));
    }
    const auto slash = source.rfind('/');
    if (slash == std::string::npos) {
        return worded(displayName(source));
    }
    auto name = source.substr(slash + 1);
    std::ranges::replace(name, '-', ' ');
    return worded(name);
}

QString withinWords(const QString& title) {
    return title.left(1).toLower() + title.mid(1);
}

std::vector<std::string> sourcesOf(const PageContext& context, std::string_view prefix) {
    auto sources = context.feed.store().sources();
    std::erase_if(sources, [&](const std::string& name) { return !name.starts_with(prefix); });
    return sources;
}

QString remedyIn(const QString& reason) {
    qsizetype from = -1;
    for (const auto* verb : {"GRANT ", "CREATE EXTENSION", "ALTER EXTENSION", "ALTER SYSTEM", "ACL SETUSER"}) {
        const auto at = reason.indexOf(QLatin1String(verb));
        from = at >= 0 && (from < 0 || at < from) ? at : from;
    }
    return from < 0 ? QString()
                    : reason.mid(from)
                          .section(QLatin1Char(';'), 0, 0)
                          .section(QStringLiteral(" would bring"), 0, 0)
                          .trimmed();
}

} // namespace binnacle::app
