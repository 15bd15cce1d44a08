// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/action.h"
#include "backend/domain/audit.h"
#include "widgets/mark.h"
#include "widgets/now_after_table.h"

#include <QString>
#include <QTimeZone>

#include <vector>

namespace binnacle::app {

/// One of the three cells below it: what an act touches, how it is taken back, what happens if nobody acts.
struct PreviewCell {
    QString title;
    QString text;
    QString detail;
    Mark mark = Mark::None;
    friend bool operator==(const PreviewCell&, const PreviewCell&) = default;
};

/// A preview in the words of its dialog. Everything is plain text, whatever the names in it hold.
struct PreviewWords {
    QString title;     ///< verb, object and place: "Set degradation level 2 on 3 instances"
    QString target;    ///< "3 instances: app-1, app-2, app-3"
    QString statement; ///< what would run, exactly; for SqlView, which makes it harmless. Empty: no statement
    QString touches;   ///< its lock, and how much it works on
    QString confirm;   ///< the final button: "Set level 2"
    QString keep;      ///< the safe one, named by its effect: "Keep level 0"
    std::vector<NowAfterRow> rows;
    QString basis; ///< what the expected figures among the rows were worked out from, or why there are none
    PreviewCell affects;
    PreviewCell undo;
    PreviewCell otherwise;
    std::vector<QString> warnings;
    friend bool operator==(const PreviewWords&, const PreviewWords&) = default;
};

/// `bypass` is why control is passed by, or empty. `asked` is what was wished for, where that differs from what the
/// preview does.
[[nodiscard]] PreviewWords wordsOf(const ActionPreview& preview, const QString& asked, const QString& bypass,
                                   const QTimeZone& zone);
/// What an entry of the audit did, for marks and receipts: "Level 0 to 2", "Canary share 5 %".
[[nodiscard]] QString actPhrase(const AuditEntry& intent);
/// "level 2", "2.5 %": the part of a document that people look for; empty if it has none.
[[nodiscard]] QString valuePhraseOf(const Values& values);
/// "14:12:08".
[[nodiscard]] QString clockText(UtcTime at, const QTimeZone& zone);

} // namespace binnacle::app
