// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/painted_widget.h"

namespace binnacle {

/// The sentence that opens a page: a strong clause, then the detail. One line, elided at the end.
class SituationSentence : public PaintedWidget {
    Q_OBJECT

public:
    explicit SituationSentence(QWidget* parent = nullptr);
    void setSentence(const QString& clause, const QString& detail, Severity severity = Severity::Normal);
    /// Small text at the end of the line, where there is room for it: who, when, how old.
    void setAside(const QString& aside);
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::StaticText; }
    [[nodiscard]] QSize sizeHint() const override { return {900, 30}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 30}; }

protected:
    void paint(QPainter& painter) override;

private:
    struct Shown {
        QString clause;
        QString detail;
        QString aside;
        Severity severity = Severity::Normal;
        friend bool operator==(const Shown&, const Shown&) = default;
    };
    Shown m_shown;
};

/// Heading of a section with its subtitle, and a rule above where wanted. 28 px high.
class SectionHead : public PaintedWidget {
    Q_OBJECT

public:
    explicit SectionHead(const QString& title, const QString& subtitle = {}, QWidget* parent = nullptr);
    void setTitle(const QString& title);
    void setSubtitle(const QString& subtitle);
    /// Text at the right end, in ink.
    void setAside(const QString& aside);
    void setRule(bool visible);
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::Heading; }
    [[nodiscard]] QSize sizeHint() const override { return {400, 28}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {80, 28}; }

protected:
    void paint(QPainter& painter) override;

private:
    struct Shown {
        QString title;
        QString subtitle;
        QString aside;
        bool rule = false;
        friend bool operator==(const Shown&, const Shown&) = default;
    };
    Shown m_shown;
};

} // namespace binnacle
