// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dialogs/action_words.h"

#include "app/dialogs/act_names.h"
#include "app/dialogs/member_words.h"
#include "app/models/effect_rows.h"
#include "app/models/worded.h"
#include "app/pages/panel_of.h"
#include "backend/actions/action_catalogue.h"
#include "backend/actions/planning.h"
#include "widgets/number_text.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Action)
};

constexpr std::size_t kMostText = 800; ///< of a sentence of control: it may hold a whole key
constexpr std::size_t kMostNames = 6;  ///< a dialog is no list: the number says the rest

/// A name of any length may be broken between two lines: a label breaks at spaces alone and would cut it.
QString breakable(const QString& text) {
    constexpr qsizetype kRun = 24;
    QString out;
    qsizetype run = 0;
    for (const auto c : text) {
        if (run >= kRun && !c.isSpace() && !c.isLowSurrogate() && !c.isMark()) {
            out += QChar(0x200B);
            run = 0;
        }
        run = c.isSpace() ? 0 : run + 1;
        out += c;
    }
    return out;
}

/// What is touched, by name; `all` are more than are named.
QString namesOf(const std::vector<std::string>& names, std::size_t all) {
    QStringList out;
    const auto shown = std::min(names.size(), kMostNames);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto said = worded(names[i]);
        out << (said.size() > kLongName ? named(names[i], kLongName) : said);
    }
    if (all > shown) {
        out << Words::tr("%1 more").arg(countText(static_cast<double>(all - shown)));
    }
    return out.join(QStringLiteral(", "));
}

/// The sort of action, as far as its words differ.
enum class Sort { Level, Share, Panic, Other };

Sort sortOf(const std::string& action) {
    return action == "set_degradation_level" ? Sort::Level
           : action == "set_canary_share"    ? Sort::Share
           : action == "panic"               ? Sort::Panic
                                             : Sort::Other;
}

bool isSession(const ActionPreview& preview) {
    return preview.parameters.contains("pid");
}

/// A lease is a member that may be missing: none then.
bool isLease(std::string_view name) {
    return name == "lease_until" || name == "lease_s";
}

NowAfterRow rowOf(const std::string& name, const ActionPreview& preview, const QTimeZone& zone) {
    const auto text = [&](const Values& values) {
        const auto found = values.find(name);
        return found != values.end() ? memberText(name, found->second, zone)
               : isLease(name)       ? Words::tr("none")
                                     : absentText();
    };
    NowAfterRow row{memberName(name), text(preview.before), text(preview.after)};
    if (row.now != row.after && isExpectedMember(name)) {
        row.after = Words::tr("%1 expected").arg(row.after);
    }
    return row;
}

/// What the act changes, and what it is about though it stays. What only the state before has is no change:
/// contextOf().
std::vector<NowAfterRow> rowsOf(const ActionPreview& preview, const QTimeZone& zone) {
    std::vector<std::string> names;
    for (const auto& [name, value] : preview.after) {
        if (!isObjectMember(name)) {
            names.push_back(name);
        }
    }
    for (const auto& [name, value] : preview.before) {
        if (isLease(name) && !preview.after.empty() && !preview.after.contains(name)) {
            names.push_back(name); // it ends
        }
    }
    // What the act is about comes first; the generation is for who looks closer.
    const auto rank = [](const std::string& name) {
        return name == "level" || name == "percent" || name == "state" || name == "size" ? 0
               : isLease(name)                                                           ? 1
               : name == "generation"                                                    ? 3
                                                                                         : 2;
    };
    std::ranges::stable_sort(names, {}, rank);
    std::vector<NowAfterRow> rows;
    rows.reserve(names.size());
    for (const auto& name : names) {
        rows.push_back(rowOf(name, preview, zone));
    }
    return rows;
}

/// What is known of the object and stays as it is: who it is, and what goes on there now.
QString contextOf(const ActionPreview& preview, const QTimeZone& zone) {
    Values facts;
    for (const auto& [name, value] : preview.before) {
        if (!preview.after.contains(name) && !isObjectMember(name) && !(isLease(name) && !preview.after.empty())) {
            facts.emplace(name, value);
        }
    }
    if (sortOf(preview.action) == Sort::Other && !preview.details.contains("lock")) {
        facts.insert(preview.details.begin(), preview.details.end()); // those of a migration have a line of their own
        facts.erase("statement");
    }
    std::vector<std::string> names;
    for (const auto& [name, value] : facts) {
        names.push_back(name);
    }
    std::ranges::stable_sort(names, {}, &memberRank);
    QStringList parts;
    for (const auto& name : names) {
        if (const auto text = memberText(name, facts.at(name), zone); !text.isEmpty()) {
            parts << QStringLiteral("%1: %2").arg(memberName(name), text);
        }
    }
    return parts.join(QStringLiteral(" \u00b7 "));
}

/// The lock of a statement, and the size of what it works on; what control does not know is left out.
QString touchesOf(const Values& details) {
    QStringList parts;
    if (const auto lock = textOf(details, "lock"); !lock.empty()) {
        auto text = worded(lock);
        while (text.endsWith(QLatin1Char('.'))) {
            text.chop(1); // it may be a sentence, and the list goes on
        }
        parts << Words::tr("Lock: %1").arg(text);
    }
    const auto measure = [&](const char* name, Quantity quantity, const QString& text) {
        if (const auto value = numberOf(details, name); value && *value >= 0) {
            parts << text.arg(numberText(*value, quantity).joined());
        }
    };
    measure("rows", Quantity::Count, Words::tr("about %1 rows"));
    measure("table_bytes", Quantity::Bytes, Words::tr("table %1"));
    measure("index_bytes", Quantity::Bytes, Words::tr("indexes %1"));
    return parts.join(QStringLiteral(", "));
}

/// How many of what it is about, and how many more it touches.
QString blastOf(const ActionPreview& preview) {
    const auto count = static_cast<int>(preview.affected.size());
    if (sortOf(preview.action) == Sort::Level) {
        return count == 1 ? Words::tr("1 instance") : Words::tr("%1 instances").arg(count);
    }
    if (isSession(preview)) {
        const auto waiters = static_cast<int>(integerOf(preview.before, "waiters").value_or(0));
        return waiters == 0 ? Words::tr("1 session") : Words::tr("1 session, and %n that wait(s)", nullptr, waiters);
    }
    if (preview.action == "invalidate_cache") {
        const auto keys = static_cast<int>(integerOf(preview.before, "keys").value_or(count));
        return keys == 0 ? Words::tr("Nothing cached") : Words::tr("%n cached value(s)", nullptr, keys);
    }
    if (preview.parameters.contains("pool")) {
        return Words::tr("%n pool(s)", nullptr, std::max(1, count));
    }
    if (preview.parameters.contains("instance")) {
        return Words::tr("1 instance");
    }
    if (preview.parameters.contains("id")) {
        return Words::tr("1 table"); // a migration is of one
    }
    return count == 0   ? Words::tr("Nothing that runs")
           : count == 1 ? Words::tr("1 target")
                        : Words::tr("%1 targets").arg(count);
}

PreviewCell affectsOf(const ActionPreview& preview) {
    // Of many keys and waiters the first alone are named.
    auto all = preview.affected.size();
    for (const auto* name : {"keys", "waiters"}) {
        const auto more = integerOf(preview.before, name).value_or(0) + (isSession(preview) ? 1 : 0);
        all = std::max(all, static_cast<std::size_t>(std::max<std::int64_t>(0, more)));
    }
    PreviewCell cell{Words::tr("Affects"), blastOf(preview),
                     preview.affected.empty() ? QString() : namesOf(preview.affected, all), Mark::None};
    if (sortOf(preview.action) == Sort::Share) {
        const auto percent = numberOf(preview.after, "percent").value_or(0);
        cell.detail +=
            (cell.detail.isEmpty() ? QString() : QStringLiteral(": ")) +
            Words::tr("%1 of all users meet the canary").arg(numberText(percent / 100, Quantity::Share).joined());
    }
    return cell;
}

/// The act that would take this one back; empty where that is not told.
QString wayBackOf(const ActionPreview& preview) {
    if (sortOf(preview.action) != Sort::Other) {
        const auto value = valuePhraseOf(preview.before);
        return value.isEmpty() ? QString() : Words::tr("back to %1, while nobody changed it since").arg(value);
    }
    AuditEntry intent;
    intent.action = preview.action;
    intent.parameters = preview.parameters;
    intent.before = preview.before;
    const auto reversal = inverseOf(intent);
    if (!reversal) {
        return {};
    }
    // A migration's name is long, and stands in the title.
    const auto known = findAction(reversal->action);
    const auto deed = known && reversal->parameters.contains("id")
                          ? worded((*known)->spec.title)
                          : deedOf({reversal->action, reversal->parameters, {}, {}});
    return Words::tr("%1, while nobody changed it since").arg(deed);
}

/// Why there is no way back, as the catalogue says it.
QString noWayBackOf(const ActionPreview& preview) {
    const auto known = findAction(preview.action);
    return known && !(*known)->noUndo.empty()                ? worded((*known)->noUndo, kMostText)
           : preview.reversibility == Reversibility::Forward ? Words::tr("Its effect ends by itself.")
                                                             : Words::tr("What it did stays done.");
}

PreviewCell undoOf(const ActionPreview& preview) {
    if (preview.reversibility != Reversibility::Undo) {
        return {Words::tr("Undo"), Words::tr("Not possible"), noWayBackOf(preview), Mark::Caution};
    }
    const auto way = wayBackOf(preview);
    return {Words::tr("Undo"), Words::tr("Possible"),
            way.isEmpty() ? Words::tr("by one more act, previewed like this one") : way, Mark::None};
}

PreviewCell otherwiseOf(const ActionPreview& preview, bool bypassed, const QTimeZone& zone) {
    const auto title = Words::tr("If nobody acts");
    if (const auto until = parseIsoTime(textOf(preview.after, "lease_until"))) {
        return {title, Words::tr("Ends at %1").arg(clockText(*until, zone)),
                bypassed ? Words::tr("once control is back: without it no lease ends")
                         : Words::tr("then one level down a minute, while the instances bear it"),
                Mark::None};
    }
    if (const auto lease = integerOf(preview.after, "lease_s")) {
        return {title,
                preview.action == "pause_pool" ? Words::tr("Resumed after %1").arg(leaseText(*lease))
                                               : Words::tr("Ends after %1").arg(leaseText(*lease)),
                Words::tr("by itself, when its lease ends"), Mark::None};
    }
    if (const auto* speech = speechOf(preview.action)) {
        return {title, Words::tr(speech->fate), Words::tr(speech->fateDetail), Mark::None};
    }
    if (preview.reversibility != Reversibility::Undo) {
        return {title, Words::tr("It is final"), noWayBackOf(preview), Mark::None};
    }
    return {title, Words::tr("It stays"), Words::tr("no lease ends it"), Mark::None};
}

QString withObject(const char* text, const ActionPreview& preview) {
    const auto said = Words::tr(text);
    return said.contains(QLatin1String("%1")) ? said.arg(objectOf(preview.parameters)) : said;
}

void nameAct(PreviewWords& words, const ActionPreview& preview) {
    const auto now = valuePhraseOf(preview.before);
    const auto then = valuePhraseOf(preview.after);
    const auto count = preview.affected.size();
    const auto place = count == 1 ? named(preview.affected.front(), kShortName) : Words::tr("%1 instances").arg(count);
    switch (sortOf(preview.action)) {
    case Sort::Level: {
        const auto level = integerOf(preview.after, "level").value_or(0);
        const bool same = level == integerOf(preview.before, "level");
        words.title = (same         ? Words::tr("Extend degradation %1 on %2")
                       : level == 0 ? Words::tr("Release to degradation %1 on %2")
                                    : Words::tr("Set degradation %1 on %2"))
                          .arg(then, place);
        words.confirm = (same         ? Words::tr("Extend %1")
                         : level == 0 ? Words::tr("Release to %1")
                                      : Words::tr("Set %1"))
                            .arg(then);
        words.keep = same ? Words::tr("Keep the lease") : Words::tr("Keep %1").arg(now);
        break;
    }
    case Sort::Share:
        words.title = Words::tr("Set the canary share to %1 in HAProxy").arg(then);
        words.confirm = Words::tr("Set share to %1").arg(then);
        words.keep = Words::tr("Keep %1").arg(now);
        break;
    case Sort::Panic:
        words.title = Words::tr("Panic: canary share 0 %, a running migration ends cleanly, the level stays");
        words.confirm = Words::tr("Panic now");
        words.keep = Words::tr("Change nothing");
        break;
    case Sort::Other: {
        const auto* speech = speechOf(preview.action);
        const ActDocuments act{preview.action, preview.parameters, preview.before, preview.after};
        const auto size = preview.action == "resize_pool" ? integerOf(preview.before, "size") : std::nullopt;
        words.title = deedOf(act, kLongName);
        words.confirm = deedOf(act, kShortName);
        words.keep = size                ? Words::tr("Keep size %1").arg(countText(static_cast<double>(*size)))
                     : speech != nullptr ? withObject(speech->keep, preview)
                                         : Words::tr("Change nothing");
        break;
    }
    }
    if (!preview.reverses.empty()) {
        const auto reference = named(preview.reverses, kShortName);
        words.title = Words::tr("Take back #%1: %2").arg(reference, words.title);
        words.confirm = Words::tr("Undo #%1: %2").arg(reference, words.confirm);
    }
}

} // namespace

QString clockText(UtcTime at, const QTimeZone& zone) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(ms, zone).toString(QStringLiteral("HH:mm:ss"));
}

QString valuePhraseOf(const Values& values) {
    if (const auto level = integerOf(values, "level")) {
        return Words::tr("level %1").arg(*level);
    }
    if (const auto percent = numberOf(values, "percent")) {
        return numberText(*percent / 100, Quantity::Share).joined();
    }
    return worded(textOf(values, "state"));
}

QString actPhrase(const AuditEntry& intent) {
    const auto now = valuePhraseOf(intent.before);
    const auto then = valuePhraseOf(intent.after);
    switch (sortOf(intent.action)) {
    case Sort::Level: {
        const auto from = integerOf(intent.before, "level");
        const auto to = integerOf(intent.after, "level").value_or(0);
        return !from || *from == to ? Words::tr("Level %1 extended").arg(to)
                                    : Words::tr("Level %1 to %2").arg(*from).arg(to);
    }
    case Sort::Share:
        return Words::tr("Canary share %1 to %2").arg(now, then);
    case Sort::Panic:
        return Words::tr("Panic");
    case Sort::Other:
        break;
    }
    return deedOf({intent.action, intent.parameters, intent.before, intent.after});
}

PreviewWords wordsOf(const ActionPreview& preview, const QString& asked, const QString& bypass, const QTimeZone& zone) {
    PreviewWords words;
    nameAct(words, preview);
    words.target = breakable(worded(preview.target, kMostText));
    words.statement = QString::fromStdString(textOf(preview.details, "statement"));
    const auto touches = touchesOf(preview.details);
    const auto context = contextOf(preview, zone);
    words.touches = touches.isEmpty() ? context : context.isEmpty() ? touches : touches + QLatin1Char('\n') + context;
    words.rows = rowsOf(preview, zone);
    for (const auto& row : preview.forecast) {
        words.rows.push_back({worded(row.title), measureText(row.unit, row.now),
                              row.now == row.then ? measureText(row.unit, row.then)
                                                  : Words::tr("about %1").arg(measureText(row.unit, row.then))});
    }
    words.basis = preview.forecastBasis.empty() ? QString()
                  : preview.forecast.empty()
                      ? worded(preview.forecastBasis)
                      : Words::tr("Expected figures are worked out from %1.").arg(worded(preview.forecastBasis));
    words.affects = affectsOf(preview);
    words.undo = undoOf(preview);
    words.otherwise = otherwiseOf(preview, !bypass.isEmpty(), zone);
    if (!bypass.isEmpty()) {
        words.warnings.push_back(
            Words::tr("Control does not answer (%1). This goes past it, by break-glass.").arg(bypass));
        if (asked == QStringLiteral("panic")) {
            words.title = Words::tr("Panic, without control: canary share 0 % in HAProxy");
            words.warnings.push_back(
                Words::tr("A running migration can't be reached without control and is not ended."));
        }
    }
    const auto known = findAction(preview.action);
    for (const auto& warning : preview.warnings) {
        if (!known || warning != (*known)->noUndo) { // which stands under "Undo"
            words.warnings.push_back(breakable(worded(warning, kMostText)));
        }
    }
    return words;
}

} // namespace binnacle::app
