// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dialogs/action_words.h"

#include "app/models/effect_rows.h"
#include "app/models/worded.h"
#include "app/pages/panel_of.h"
#include "widgets/number_text.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <map>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Action)
};

QString namesOf(const std::vector<std::string>& names) {
    constexpr std::size_t kMost = 6; // a dialog is no list: the number says the rest
    QStringList out;
    for (std::size_t i = 0; i < std::min(names.size(), kMost); ++i) {
        out << plain(names[i]);
    }
    if (names.size() > kMost) {
        out << Words::tr("%1 more").arg(names.size() - kMost);
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

/// The word for one member of a document.
QString memberName(const std::string& name) {
    static const std::map<std::string, const char*, std::less<>> known = {
        {"level", QT_TRANSLATE_NOOP("Action", "Degradation level")},
        {"percent", QT_TRANSLATE_NOOP("Action", "Canary share")},
        {"generation", QT_TRANSLATE_NOOP("Action", "Generation")},
        {"lease_until", QT_TRANSLATE_NOOP("Action", "Lease until")},
        {"state", QT_TRANSLATE_NOOP("Action", "State")},
        {"index", QT_TRANSLATE_NOOP("Action", "Index")},
        {"table", QT_TRANSLATE_NOOP("Action", "Table")},
        {"migration", QT_TRANSLATE_NOOP("Action", "Migration")},
    };
    const auto found = known.find(name);
    if (found != known.end()) {
        return Words::tr(found->second);
    }
    auto text = plain(name).replace(QLatin1Char('_'), QLatin1Char(' '));
    if (!text.isEmpty()) {
        text[0] = text[0].toUpper();
    }
    return text;
}

QString memberText(const std::string& name, const Values& values, const QTimeZone& zone) {
    const auto found = values.find(name);
    if (found == values.end()) {
        return name == "lease_until" ? Words::tr("none") : absentText();
    }
    if (const auto at = parseIsoTime(valueText(found->second))) {
        return clockText(*at, zone);
    }
    if (name == "percent") {
        return numberText(numberOf(values, name).value_or(0) / 100, Quantity::Share).joined();
    }
    return worded(valueText(found->second));
}

std::vector<NowAfterRow> rowsOf(const ActionPreview& preview, const QTimeZone& zone) {
    // What the act is about comes first; the generation is for who looks closer.
    std::vector<std::string> names;
    const auto note = [&](const Values& values) {
        for (const auto& [name, value] : values) {
            if (std::ranges::find(names, name) == names.end()) {
                names.push_back(name);
            }
        }
    };
    note(preview.before);
    note(preview.after);
    const auto rank = [](const std::string& name) {
        return name == "level" || name == "percent" ? 0 : name == "lease_until" ? 1 : name == "generation" ? 3 : 2;
    };
    std::ranges::stable_sort(names, {}, rank);
    std::vector<NowAfterRow> rows;
    for (const auto& name : names) {
        rows.push_back(
            {memberName(name), memberText(name, preview.before, zone), memberText(name, preview.after, zone)});
    }
    return rows;
}

/// The lock of a statement, and the size of what it works on; what control does not know is left out.
QString touchesOf(const Values& details) {
    QStringList parts;
    if (const auto lock = textOf(details, "lock"); !lock.empty()) {
        parts << Words::tr("Lock: %1").arg(worded(lock));
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

PreviewCell affectsOf(const ActionPreview& preview) {
    PreviewCell cell{Words::tr("Affects"), {}, namesOf(preview.affected), Mark::None};
    const auto count = preview.affected.size();
    if (sortOf(preview.action) == Sort::Level) {
        cell.text = count == 1 ? Words::tr("1 instance") : Words::tr("%1 instances").arg(count);
    } else {
        cell.text = count == 0   ? Words::tr("Nothing that runs")
                    : count == 1 ? Words::tr("1 target")
                                 : Words::tr("%1 targets").arg(count);
    }
    if (sortOf(preview.action) == Sort::Share) {
        const auto percent = numberOf(preview.after, "percent").value_or(0);
        cell.detail +=
            (cell.detail.isEmpty() ? QString() : QStringLiteral(": ")) +
            Words::tr("%1 of all users meet the canary").arg(numberText(percent / 100, Quantity::Share).joined());
    }
    return cell;
}

PreviewCell undoOf(const ActionPreview& preview) {
    switch (preview.reversibility) {
    case Reversibility::Undo:
        return {Words::tr("Undo"), Words::tr("Possible"),
                preview.before.empty()
                    ? Words::tr("by one more act, previewed like this one")
                    : Words::tr("back to %1, while nobody changed it since").arg(valuePhraseOf(preview.before)),
                Mark::None};
    case Reversibility::Forward:
        return {Words::tr("Undo"), Words::tr("Not possible"), Words::tr("Its effect ends by itself."), Mark::Caution};
    case Reversibility::Permanent:
        break;
    }
    return {Words::tr("Undo"), Words::tr("Not possible"), Words::tr("What it did stays done."), Mark::Caution};
}

PreviewCell otherwiseOf(const ActionPreview& preview, bool bypassed, const QTimeZone& zone) {
    const auto until = parseIsoTime(textOf(preview.after, "lease_until"));
    if (!until) {
        return {Words::tr("If nobody acts"), Words::tr("It stays"), Words::tr("no lease ends it"), Mark::None};
    }
    return {Words::tr("If nobody acts"), Words::tr("Ends at %1").arg(clockText(*until, zone)),
            bypassed ? Words::tr("once control is back: without it no lease ends")
                     : Words::tr("then one level down a minute, while the instances bear it"),
            Mark::None};
}

void nameAct(PreviewWords& words, const ActionPreview& preview) {
    const auto now = valuePhraseOf(preview.before);
    const auto then = valuePhraseOf(preview.after);
    const auto count = preview.affected.size();
    const auto place = count == 1 ? plain(preview.affected.front()) : Words::tr("%1 instances").arg(count);
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
        const auto object = plain(textOf(preview.parameters, "id"));
        const auto title = worded(preview.title);
        words.title = object.isEmpty() ? title : QStringLiteral("%1: %2").arg(title, object);
        words.confirm = title;
        words.keep = Words::tr("Change nothing");
        break;
    }
    }
    if (!preview.reverses.empty()) {
        words.title = Words::tr("Take back #%1: %2").arg(plain(preview.reverses), words.title);
        words.confirm = Words::tr("Undo #%1").arg(plain(preview.reverses));
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
    return plain(textOf(values, "state"));
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
    const auto object = plain(textOf(intent.parameters, "id"));
    const auto action = memberName(intent.action);
    return object.isEmpty() ? action : QStringLiteral("%1 %2").arg(action, object);
}

PreviewWords wordsOf(const ActionPreview& preview, const QString& asked, const QString& bypass, const QTimeZone& zone) {
    PreviewWords words;
    nameAct(words, preview);
    words.target = worded(preview.target);
    words.statement = QString::fromStdString(textOf(preview.details, "statement"));
    words.touches = touchesOf(preview.details);
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
    for (const auto& warning : preview.warnings) {
        words.warnings.push_back(worded(warning, 400));
    }
    return words;
}

} // namespace binnacle::app
