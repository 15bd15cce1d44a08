// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/likely_cause.h"
#include "app/pages/page.h"

#include <optional>

class QBoxLayout;

namespace binnacle {
class KeyButton;
class MarkGlyph;
class SectionHead;
} // namespace binnacle

namespace binnacle::app {

class CauseLine;
class PlainLabel;

/// The hop to look at first: what is wrong there, what shows it, since when, and one button for what is done next. It
/// opens the preview of an act, or a page; nothing is done here. Hidden while all is calm.
class LikelyCausePanel : public QWidget {
    Q_OBJECT

public:
    explicit LikelyCausePanel(const PageContext& context, QWidget* parent = nullptr);
    void showReadings(const PathReading& path, const PathVerdict& verdict);
    /// In one line, where there is no room for a column.
    void setFolded(bool folded);

Q_SIGNALS:
    /// As LinkedPage::pageRequested.
    void pageRequested(const QString& id, const QString& target);

private:
    [[nodiscard]] CauseFacts facts(const PathReading& path, const PathVerdict& verdict) const;
    [[nodiscard]] QString since(const HopVerdict& hop, const PathReading& path) const;
    void showTexts(const QString& since);
    void showButtons();
    void goOn();

    PageContext m_context;
    std::optional<LikelyCause> m_cause;
    bool m_folded = false;
    QBoxLayout* m_layout;
    SectionHead* m_head;
    PlainLabel* m_clause;
    PlainLabel* m_evidence;
    PlainLabel* m_since;
    CauseLine* m_line;
    KeyButton* m_step;
    KeyButton* m_page;
};

} // namespace binnacle::app
