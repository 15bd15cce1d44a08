// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/palette/palette_host.h"
#include "app/palette/palette_item.h"
#include "app/palette/palette_search.h"
#include "widgets/theme.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <vector>

namespace binnacle {
class PaletteView;
struct PaletteSection;
} // namespace binnacle

namespace binnacle::app {

class Settings;

/// Goes everywhere and does everything by typing (Ctrl+K). It looks at the sources as they are when it opens, a few
/// milliseconds at a time, so that the window goes on whatever their size. GUI thread.
class Palette : public QObject, public Themed {
    Q_OBJECT

public:
    /// The longest that one slice of a search takes on the GUI thread.
    static constexpr std::chrono::milliseconds kSlice{3};

    Palette(PaletteHost host, Settings& settings, QWidget* window);
    ~Palette() override;

    /// Opens it, or closes it when it is open.
    void toggle();
    void close(bool giveBack = true);
    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] PaletteView& view() { return *m_view; }
    /// Everything has been looked at.
    [[nodiscard]] bool settled() const { return !m_slices.isActive(); }
    void setTheme(const Theme& theme) override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Shown {
        QString kind;
        std::vector<PaletteItem> items;
    };
    void takeSources();
    void showStage();
    void ask(PaletteStage stage);
    void back();
    void search();
    void slice();
    void show(bool keepChosen);
    void addTyped(std::vector<PaletteSection>& sections, const QString& query);
    void addFound(std::vector<PaletteSection>& sections);
    void addRecent(std::vector<PaletteSection>& sections);
    void addSection(std::vector<PaletteSection>& sections, Shown shown, const QString& count,
                    const std::vector<QueryMatch>& matches);
    void activate(int section, int row);
    void remember(const PaletteItem& item);
    [[nodiscard]] const struct PaletteKind* kindOf(QChar prefix) const;

    PaletteHost m_host;
    Settings& m_settings;
    QWidget* m_window;
    PaletteView* m_view;
    std::vector<std::shared_ptr<const PaletteSource>> m_sources; ///< one for each kind of the catalogue
    std::vector<PaletteStage> m_stages;                          ///< what has been asked; empty: everything
    PaletteSearch m_search;
    bool m_narrow = false;            ///< only one source is looked at
    std::vector<std::size_t> m_kinds; ///< of the sources that are looked at
    QTimer m_slices;
    std::vector<Shown> m_shown;
    QStringList m_recent; ///< ids, the newest first
};

} // namespace binnacle::app
