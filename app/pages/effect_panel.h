// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"

#include <string>

class QTableView;

namespace binnacle::app {

class KeyedTable;
class PlainLabel;

/// What the last act on something changed: one sentence, what was compared, and the readings before and after. An act
/// that changed nothing measurable says that.
class EffectPanel : public QWidget {
    Q_OBJECT

public:
    explicit EffectPanel(const PageContext& context, const QString& title, QWidget* parent = nullptr);
    /// `reference` is that of the act, empty when there was none.
    void showEffectOf(const std::string& reference);

private:
    PageContext m_context;
    PlainLabel* m_sentence;
    PlainLabel* m_basis;
    KeyedTable* m_rows;
    QTableView* m_table;
};

} // namespace binnacle::app
