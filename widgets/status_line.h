// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/painted_widget.h"
#include "widgets/panel_status.h"

#include <chrono>
#include <vector>

namespace binnacle {

/// One source with its age.
struct SourceAge {
    QString name{}; ///< "primary", "app 3/3"
    PanelState state = PanelState::Loading;
    std::optional<std::chrono::nanoseconds> age{};
    friend bool operator==(const SourceAge&, const SourceAge&) = default;
};

/// A pair at the right: grey word, ink figures, and a glyph where they crossed a limit.
struct StatusFact {
    QString name{}; ///< "This console"
    QString text{}; ///< "3.1 % CPU, 84 MB"
    Mark mark = Mark::None;
    friend bool operator==(const StatusFact&, const StatusFact&) = default;
};

/// The bottom line: age of each source with its glyph, and what the console itself costs. 24 px high.
class StatusLine : public PaintedWidget {
    Q_OBJECT

public:
    explicit StatusLine(QWidget* parent = nullptr);
    void showSources(const std::vector<SourceAge>& sources);
    void showFacts(std::vector<StatusFact> facts);
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] std::vector<SpokenPart> spokenParts() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::StatusBar; }
    [[nodiscard]] QSize sizeHint() const override { return {1280, 24}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 24}; }

protected:
    void paint(QPainter& painter) override;

private:
    struct ShownSource {
        QString name;
        QString age;
        PanelState state = PanelState::Loading;
        friend bool operator==(const ShownSource&, const ShownSource&) = default;
    };
    std::vector<ShownSource> m_sources;
    std::vector<StatusFact> m_facts;
};

} // namespace binnacle
