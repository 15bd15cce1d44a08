// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace binnacle::app {

class PaletteSource;

/// What is asked next: a choice of its own, for which `title` stands before the field.
struct PaletteStage {
    QString title; ///< "Drain an instance"
    QString hint;  ///< in the empty field: "Which instance"
    std::shared_ptr<const PaletteSource> source;
};

/// One thing that the palette offers. All texts are plain, and of one line.
struct PaletteItem {
    QString id{}; ///< names it in the list of recent ones; empty: it is not remembered
    QString title{};
    QString detail{}; ///< what it is
    QString keys{};   ///< that do the same
    QString whyNot{}; ///< why it can't be done now; empty: it can
    std::vector<std::pair<QString, QString>> facts{};
    std::function<void()> run{};
    std::function<PaletteStage()> next{}; ///< instead of `run`: asks further
};

using PaletteItems = std::vector<PaletteItem>;

/// What is searched of an item.
struct PaletteText {
    QString title{};
    QString detail{};
    QString id{}; ///< as in PaletteItem; empty: it is not remembered
};

/// Things of one kind, as they stood when the palette opened. It is asked for texts a few at a time, and for whole
/// items only of what is shown, so that thousands of rows cost nothing before they are looked for. GUI thread.
class PaletteSource {
public:
    virtual ~PaletteSource() = default;
    [[nodiscard]] virtual std::size_t count() const = 0;
    [[nodiscard]] virtual PaletteText text(std::size_t index) const = 0;
    [[nodiscard]] virtual PaletteItem item(std::size_t index) const = 0;
    /// Offered without being looked for; others appear only when words match them.
    [[nodiscard]] virtual std::size_t offered() const { return count(); }
    /// Its items have ids that mean the same tomorrow.
    [[nodiscard]] virtual bool lasting() const { return false; }
    /// What the words themselves stand for, where they may be anything: a key, a number.
    [[nodiscard]] virtual std::optional<PaletteItem> typed(const QString& words) const {
        static_cast<void>(words);
        return std::nullopt;
    }
};

/// A source of few things that are known at once. Those after `offered` must be looked for.
class PaletteList : public PaletteSource {
public:
    explicit PaletteList(std::vector<PaletteItem> items, std::optional<std::size_t> offered = std::nullopt)
        : m_items(std::move(items))
        , m_offered(offered.value_or(m_items.size())) {}
    [[nodiscard]] std::size_t count() const override { return m_items.size(); }
    [[nodiscard]] PaletteText text(std::size_t index) const override {
        const auto& item = m_items[index];
        return {item.title, item.whyNot.isEmpty() ? item.detail : item.whyNot, item.id};
    }
    [[nodiscard]] PaletteItem item(std::size_t index) const override { return m_items[index]; }
    [[nodiscard]] std::size_t offered() const override { return m_offered; }
    [[nodiscard]] bool lasting() const override { return true; }

private:
    std::vector<PaletteItem> m_items;
    std::size_t m_offered;
};

} // namespace binnacle::app
