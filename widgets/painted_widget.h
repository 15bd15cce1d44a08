// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/accessible/spoken_part.h"
#include "widgets/theme.h"

#include <QAccessible>
#include <QWidget>

#include <optional>
#include <utility>
#include <vector>

class QMenu;

namespace binnacle {

/// Base of everything that is painted by hand: theme, focus ring, and a voice for screen readers.
///
/// A painted widget is a function of the values handed to its setters. It keeps what it shows as a comparable value
/// and repaints only when that value changed.
class PaintedWidget : public QWidget, public Themed {
    Q_OBJECT

public:
    explicit PaintedWidget(QWidget* parent = nullptr);

    void setTheme(const Theme& theme) override;
    [[nodiscard]] const Theme& theme() const { return m_theme; }

    /// What a screen reader says as the value: number, unit, state word, age.
    [[nodiscard]] virtual QString spokenValue() const { return {}; }
    [[nodiscard]] virtual QAccessible::Role spokenRole() const { return QAccessible::Chart; }
    /// What inside it has a voice of its own, in the order of reading. Asked only by assistive technology.
    [[nodiscard]] virtual std::vector<SpokenPart> spokenParts() const { return {}; }
    /// Where it stands between two ends, for bars and sliders; `setSpokenRange` moves what has a step.
    [[nodiscard]] virtual std::optional<SpokenRange> spokenRange() const { return {}; }
    virtual void setSpokenRange(double) {}
    /// Whether something happens when it is pressed, and that.
    [[nodiscard]] virtual bool pressable() const { return false; }
    virtual void press() {}

    /// Paints so far; tests and the benchmark watch it.
    [[nodiscard]] int paintCount() const { return m_paints; }

protected:
    virtual void paint(QPainter& painter) = 0;
    virtual void themeChanged() {}

    /// Takes over `next` and asks for a repaint if it differs; true if it did.
    template <typename T>
    bool assign(T& held, T next) {
        if (held == next) {
            return false;
        }
        held = std::move(next);
        changed();
        return true;
    }
    /// Asks for a repaint and tells screen readers.
    void changed();

    bool event(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) final;
    /// What else the menu of a chart has.
    virtual void extendMenu(QMenu& /*menu*/, const QContextMenuEvent& /*event*/) {}
    void paintEvent(QPaintEvent* event) final;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    /// `rect` as it lies for the widget's direction of writing.
    [[nodiscard]] QRectF visual(const QRectF& rect) const;
    [[nodiscard]] bool isMirrored() const { return layoutDirection() == Qt::RightToLeft; }

private:
    Theme m_theme;
    int m_paints = 0;
    QString m_told; ///< what screen readers were told last
};

} // namespace binnacle
