// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"

namespace binnacle {
class KeyButton;
} // namespace binnacle

namespace binnacle::app {

class MarkGlyph;
class PlainLabel;

/// The receipt of the newest act of a person: what, by whom, under which number, how long until it was seen in effect,
/// what it changed, and the way back.
class LastActionPanel : public QWidget {
    Q_OBJECT

public:
    explicit LastActionPanel(const PageContext& context, QWidget* parent = nullptr);
    void showReadings();

private:
    void setUndo(const QString& reference);

    PageContext m_context;
    PlainLabel* m_what;
    PlainLabel* m_course;
    MarkGlyph* m_mark;
    PlainLabel* m_effect;
    KeyButton* m_undo;
    QString m_reference;
};

} // namespace binnacle::app
