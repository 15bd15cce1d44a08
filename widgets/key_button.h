// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/mark.h"
#include "widgets/theme.h"

#include <QAbstractButton>
#include <QWidget>

#include <vector>

namespace binnacle {

/// A button with its key printed on it. 26 px high, in dialogs 32; the primary one is inverted ink, Danger is filled
/// with red (the final button of an act that can't be undone, nothing else), Field looks like a text field that opens
/// something (212 px wide).
class KeyButton : public QAbstractButton, public Themed {
    Q_OBJECT

public:
    enum class Role { Default, Primary, Danger, Field };

    explicit KeyButton(const QString& text, const QString& key = {}, QWidget* parent = nullptr);
    void setTheme(const Theme& theme) override;
    void setRole(Role role);
    /// The key as printed ("Space", "Ctrl K"); the shortcut itself belongs to the page.
    void setKey(const QString& key);
    /// Without it where room is short; assistive technology still says it.
    void setKeyPrinted(bool printed);
    /// 32 px high.
    void setTall(bool tall);
    /// A 9 px square or dot before the text.
    enum class Sign { None, Dot, Square };
    void setSign(Sign sign);
    /// Instead of a sign: the shape of a state.
    void setMark(Mark mark);
    [[nodiscard]] Mark mark() const { return m_mark; }
    [[nodiscard]] QSize sizeHint() const override { return {widthWith(m_keyPrinted), heightHint()}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }
    /// How wide it wants to be with its key printed, or without.
    [[nodiscard]] int widthWith(bool key) const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int heightHint() const;

    Theme m_theme;
    QString m_key;
    bool m_keyPrinted = true;
    Role m_role = Role::Default;
    Sign m_sign = Sign::None;
    Mark m_mark = Mark::None;
    bool m_tall = false;
};

/// Segments of which exactly one is chosen. 26 px high, painted as one control; arrow keys move the choice.
class SegmentedControl : public QWidget, public Themed {
    Q_OBJECT

public:
    struct Segment {
        QString text;
        QString key{};
        KeyButton::Sign sign = KeyButton::Sign::None;
    };

    explicit SegmentedControl(QWidget* parent = nullptr);
    void setSegments(std::vector<Segment> segments);
    /// -1: none of them.
    void setCurrent(int index);
    [[nodiscard]] int current() const { return m_current; }
    [[nodiscard]] const std::vector<Segment>& segments() const { return m_segments; }
    /// As if a person chose it: tells chosen() where it is another one.
    void choose(int index);
    /// Without the keys of its segments where room is short.
    void setKeysPrinted(bool printed);
    /// How wide it wants to be with the keys printed, or without.
    [[nodiscard]] int widthWith(bool keys) const;
    /// Where a segment lies.
    [[nodiscard]] QRect segmentRect(int index) const;
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    /// Chosen by the user.
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    [[nodiscard]] int segmentAt(double x) const;
    [[nodiscard]] double segmentWidth(const Segment& segment, bool key) const;
    [[nodiscard]] double segmentWidth(const Segment& segment) const { return segmentWidth(segment, m_keysPrinted); }
    void announce();

    Theme m_theme;
    std::vector<Segment> m_segments;
    int m_current = 0;
    int m_hover = -1;
    bool m_keysPrinted = true;
};

} // namespace binnacle
