// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dialogs/act_names.h"

#include "app/models/worded.h"
#include "app/pages/panel_of.h"
#include "backend/actions/action_catalogue.h"
#include "widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Action)
};

constexpr std::size_t kMostBytes = 4096; ///< of a name that are looked at
constexpr qsizetype kServerName = 24;

constexpr auto kSpeech = std::to_array<ActSpeech>({
    {"cancel_query", QT_TRANSLATE_NOOP("Action", "Cancel query of %1"), QT_TRANSLATE_NOOP("Action", "Keep it running"),
     QT_TRANSLATE_NOOP("Action", "It is final"),
     QT_TRANSLATE_NOOP("Action", "The query has ended, its session stays connected.")},
    {"terminate_session", QT_TRANSLATE_NOOP("Action", "Terminate session %1"),
     QT_TRANSLATE_NOOP("Action", "Keep the session"), QT_TRANSLATE_NOOP("Action", "It is final"),
     QT_TRANSLATE_NOOP("Action", "nothing brings it back")},
    {"invalidate_cache", QT_TRANSLATE_NOOP("Action", "Invalidate %1"), QT_TRANSLATE_NOOP("Action", "Keep it cached"),
     QT_TRANSLATE_NOOP("Action", "It fills again"), QT_TRANSLATE_NOOP("Action", "by itself, with the next reads")},
    {"drain_instance", QT_TRANSLATE_NOOP("Action", "Take %1 out of rotation"),
     QT_TRANSLATE_NOOP("Action", "Leave %1 as it is"), QT_TRANSLATE_NOOP("Action", "It stays out"),
     QT_TRANSLATE_NOOP("Action", "until somebody puts it back; no lease ends it")},
    {"ready_instance", QT_TRANSLATE_NOOP("Action", "Put %1 back into rotation"),
     QT_TRANSLATE_NOOP("Action", "Leave %1 as it is"), QT_TRANSLATE_NOOP("Action", "It stays in rotation"),
     QT_TRANSLATE_NOOP("Action", "as long as HAProxy finds it well")},
    {"pause_pool", QT_TRANSLATE_NOOP("Action", "Pause %1"), QT_TRANSLATE_NOOP("Action", "Change nothing"),
     QT_TRANSLATE_NOOP("Action", "It stays paused"), QT_TRANSLATE_NOOP("Action", "until somebody resumes it")},
    {"resume_pool", QT_TRANSLATE_NOOP("Action", "Resume %1"), QT_TRANSLATE_NOOP("Action", "Change nothing"),
     QT_TRANSLATE_NOOP("Action", "It stays active"), QT_TRANSLATE_NOOP("Action", "until somebody pauses it")},
    {"resize_pool", QT_TRANSLATE_NOOP("Action", "Resize %1"), QT_TRANSLATE_NOOP("Action", "Change nothing"),
     QT_TRANSLATE_NOOP("Action", "It keeps that size"),
     QT_TRANSLATE_NOOP("Action", "also when pgBouncer starts again; no lease ends it")},
    {"apply_migration", QT_TRANSLATE_NOOP("Action", "Apply %1"), QT_TRANSLATE_NOOP("Action", "Change nothing"),
     QT_TRANSLATE_NOOP("Action", "It stays applied"), QT_TRANSLATE_NOOP("Action", "until somebody takes it back")},
    {"revert_migration", QT_TRANSLATE_NOOP("Action", "Take %1 back"), QT_TRANSLATE_NOOP("Action", "Change nothing"),
     QT_TRANSLATE_NOOP("Action", "It stays taken back"),
     QT_TRANSLATE_NOOP("Action", "until somebody applies it again")},
    {"stop_migration", QT_TRANSLATE_NOOP("Action", "Stop %1"), QT_TRANSLATE_NOOP("Action", "Keep it running"),
     QT_TRANSLATE_NOOP("Action", "It is final"),
     QT_TRANSLATE_NOOP("Action", "What was built so far is dropped, and it runs no more.")},
});

/// One with its size or its time, as far as the documents tell them.
QString poolDeed(const ActDocuments& act, const QString& object) {
    if (act.action == "pause_pool") {
        const auto lease = integerOf(act.after.contains("lease_s") ? act.after : act.parameters, "lease_s");
        return lease ? Words::tr("Pause %1 for %2").arg(object, leaseText(*lease)) : QString();
    }
    if (act.action == "resize_pool") {
        const auto size = integerOf(act.parameters, "size");
        const auto now = integerOf(act.before, "size");
        return !size ? QString()
               : now && now != size
                   ? Words::tr("Resize %1 from %2 to %3").arg(object, countText(*now), countText(*size))
                   : Words::tr("Resize %1 to %2").arg(object, countText(*size));
    }
    return {};
}

QString levelOrShareDeed(const ActDocuments& act) {
    if (act.action == "set_degradation_level") {
        return Words::tr("Set degradation level %1").arg(named(textOf(act.parameters, "level"), kShortName));
    }
    const auto percent = numberOf(act.parameters, "percent");
    return Words::tr("Set the canary share to %1").arg(numberText(percent.value_or(0) / 100, Quantity::Share).joined());
}

} // namespace

QString named(std::string_view name, qsizetype most) {
    const auto text = plain(name, kMostBytes);
    if (text.size() <= most) {
        return text;
    }
    auto head = (most - 1) / 2;
    auto tail = most - 1 - head;
    // No half of a character.
    head -= text.at(head - 1).isHighSurrogate() ? 1 : 0;
    tail -= text.at(text.size() - tail).isLowSurrogate() ? 1 : 0;
    return text.first(head) + QChar(0x2026) + text.last(tail);
}

QString objectOf(const Values& parameters, qsizetype most) {
    const auto of = [&](const char* name) { return named(textOf(parameters, name), most); };
    if (parameters.contains("pid")) {
        const auto server = named(textOf(parameters, "server"), kServerName);
        return server.isEmpty() ? of("pid") : QStringLiteral("%1@%2").arg(of("pid"), server);
    }
    if (const auto instance = of("instance"); !instance.isEmpty()) {
        return instance;
    }
    if (const auto pool = of("pool"); !pool.isEmpty()) {
        return Words::tr("pool %1").arg(pool);
    }
    if (const auto key = of("key"); !key.isEmpty()) {
        return Words::tr("key %1").arg(key);
    }
    if (const auto tag = of("tag"); !tag.isEmpty()) {
        return Words::tr("tag %1").arg(tag);
    }
    const auto migration = of("id");
    return migration.isEmpty() ? QString() : Words::tr("migration %1").arg(migration);
}

QString deedOf(const ActDocuments& act, qsizetype most) {
    const auto object = objectOf(act.parameters, most);
    if (const auto* speech = speechOf(act.action); speech != nullptr && !object.isEmpty()) {
        const auto whole = poolDeed(act, object);
        return whole.isEmpty() ? Words::tr(speech->deed).arg(object) : whole;
    }
    if (act.parameters.contains("level") || act.parameters.contains("percent")) {
        return levelOrShareDeed(act);
    }
    if (act.action == "panic") {
        return Words::tr("Panic");
    }
    const auto known = findAction(act.action);
    const auto title =
        known ? worded((*known)->spec.title) : named(act.action, most).replace(QLatin1Char('_'), QLatin1Char(' '));
    return object.isEmpty() ? title : QStringLiteral("%1: %2").arg(title, object);
}

const ActSpeech* speechOf(std::string_view action) {
    const auto* const found =
        std::ranges::find_if(kSpeech, [&](const ActSpeech& speech) { return action == speech.action; });
    return found == kSpeech.end() ? nullptr : found;
}

QString leaseText(std::int64_t seconds) {
    constexpr std::int64_t kMinute = 60;
    return seconds < kMinute ? countText(static_cast<double>(seconds)) + QChar(0x2009) + QLatin1Char('s')
                             : numberText(static_cast<double>(seconds), Quantity::Duration).joined();
}

} // namespace binnacle::app
