// SPDX-License-Identifier: GPL-3.0-or-later
// What opens over a page: the palette, the help of keys.
#include "widgets/gallery/sheets.h"
#include "widgets/key_help.h"
#include "widgets/palette_view.h"
#include "widgets/time_ribbon.h"

#include <QVBoxLayout>

namespace binnacle::gallery {

namespace {

/// The overview, with something over it.
class OverlaySheet : public Sheet {
public:
    OverlaySheet() {
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        m_page = makeOverview().release();
        column->addWidget(m_page);
    }
    void feedAll() override { m_page->feedAll(); }

private:
    Sheet* m_page;
};

PaletteRow row(const QString& title, const QString& detail, const QString& keys = {}, int hits = 0) {
    PaletteRow out;
    out.title = title;
    out.detail = detail;
    out.keys = keys;
    for (int i = 0; i < hits; ++i) {
        out.titleHits.push_back(i);
    }
    return out;
}

class PaletteSheet : public OverlaySheet {
public:
    PaletteSheet()
        : m_palette(new PaletteView(this)) {}

    void feedAll() override {
        OverlaySheet::feedAll();
        m_palette->setStage({}, QStringLiteral("Go to, do, find"));
        m_palette->open(findChild<TimeRibbon*>());
        m_palette->setQuery(QStringLiteral("repl"));
        auto act = row(QStringLiteral("Replica 2: cancel the query of session 48213\u2026"),
                       QStringLiteral("reporting, runs for 9:31 min"), QStringLiteral("C"), 4);
        act.facts = {{QStringLiteral("Session"), QStringLiteral("48213, svc_report from 10.4.7.12")},
                     {QStringLiteral("Holds back"), QStringLiteral("replay, 612 MB")},
                     {QStringLiteral("Undo"), QStringLiteral("not possible")}};
        auto refused = row(QStringLiteral("Replica 2: promote\u2026"), QStringLiteral("needs the role admin"), {}, 4);
        refused.may = false;
        m_palette->showSections(
            {{QStringLiteral("Actions"), QStringLiteral("2 of 31"), {act, refused}},
             {QStringLiteral("Pages"),
              QStringLiteral("1 of 25"),
              {row(QStringLiteral("Database: Replication"), QStringLiteral("a part of that page"))}},
             {QStringLiteral("Window and time"),
              {},
              {row(QStringLiteral("Retry what is lost"), QStringLiteral("Window"), QStringLiteral("F5"))}}},
            QString(), false);
        m_palette->setFoot(
            QStringLiteral("\u2191 \u2193 choose    Enter does it    > actions    @ sessions    Esc closes"));
    }

private:
    PaletteView* m_palette;
};

class KeysSheet : public OverlaySheet {
public:
    KeysSheet()
        : m_help(new KeyHelp(this)) {
        const auto pages = QStringLiteral("Pages");
        const auto time = QStringLiteral("Time");
        const auto window = QStringLiteral("Window");
        m_help->setBindings({{QStringLiteral("G O"), QStringLiteral("Overview"), pages},
                             {QStringLiteral("G L"), QStringLiteral("Latency"), pages},
                             {QStringLiteral("G B"), QStringLiteral("Database"), pages},
                             {QStringLiteral("Space"), QStringLiteral("Pause, or go on live"), time},
                             {QStringLiteral("\u2190 \u2192"), QStringLiteral("Move the crosshair"), time},
                             {QStringLiteral("Ctrl Shift P"), QStringLiteral("Panic"), window},
                             {QStringLiteral("F5"), QStringLiteral("Retry what is lost"), window}});
    }

    void feedAll() override {
        OverlaySheet::feedAll();
        m_help->open();
    }

private:
    KeyHelp* m_help;
};

} // namespace

std::unique_ptr<Sheet> makePalette() {
    return std::make_unique<PaletteSheet>();
}

std::unique_ptr<Sheet> makeKeys() {
    return std::make_unique<KeysSheet>();
}

} // namespace binnacle::gallery
