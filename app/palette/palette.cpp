// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/palette/palette.h"

#include "app/palette/palette_catalogue.h"
#include "app/settings.h"
#include "widgets/key_text.h"
#include "widgets/number_text.h"
#include "widgets/palette_view.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QWidget>

#include <algorithm>

namespace binnacle::app {

namespace {

constexpr std::size_t kMostAlone = 100;          ///< rows of a kind that is looked at alone
constexpr qsizetype kMostRecent = 12;
constexpr qsizetype kRecentShown = 5;
constexpr int kRecentBonus = 24; ///< for the newest; a letter counts 16

bool isPaletteKey(const QKeyEvent& key) {
    return key.key() == Qt::Key_K && key.modifiers() == Qt::ControlModifier;
}

} // namespace

Palette::Palette(PaletteHost host, Settings& settings, QWidget* window)
    : QObject(window)
    , m_host(std::move(host))
    , m_settings(settings)
    , m_window(window)
    , m_view(new PaletteView(window)) {
    connect(m_view, &PaletteView::queryChanged, this, &Palette::search);
    connect(m_view, &PaletteView::activated, this, &Palette::activate);
    connect(m_view, &PaletteView::backRequested, this, &Palette::back);
    connect(m_view, &PaletteView::left, this, [this] { close(false); });
    m_slices.setInterval(0);
    connect(&m_slices, &QTimer::timeout, this, &Palette::slice);
    // A field that is typed in takes Ctrl+K for "delete to the end": here it always means this.
    QCoreApplication::instance()->installEventFilter(this);
}

Palette::~Palette() = default;

bool Palette::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && isPaletteKey(static_cast<QKeyEvent&>(*event))) {
        const auto* target = qobject_cast<QWidget*>(watched);
        return target != nullptr && target->window() == m_window;
    }
    return false;
}

bool Palette::isOpen() const {
    return m_view->isOpen();
}

void Palette::toggle() {
    if (isOpen()) {
        close();
        return;
    }
    m_recent = m_settings.recentCommands();
    takeSources();
    m_stages.clear();
    showStage();
    m_view->open(m_host.timeAxis);
    search();
}

void Palette::close(bool giveBack) {
    if (!isOpen()) {
        return;
    }
    m_slices.stop();
    m_view->dismiss(giveBack);
    m_shown.clear();
    m_stages.clear();
    m_sources.clear();
    m_search.begin({}, {}, 0);
}

/// As everything is now: what is chosen must not become another while one types.
void Palette::takeSources() {
    m_sources.clear();
    for (const auto& kind : paletteCatalogue()) {
        m_sources.push_back(kind.make(m_host));
    }
}

void Palette::showStage() {
    if (m_stages.empty()) {
        m_view->setStage({}, tr("Go to, do, find"));
        m_view->setFoot(tr("\u2191 \u2193 choose    Enter does it    > actions    @ sessions    / routes    "
                           "$ statements    : keys    # acts to take back    Esc closes"));
    } else {
        m_view->setStage(m_stages.back().title, m_stages.back().hint);
        m_view->setFoot(tr("\u2191 \u2193 choose    Enter takes it; nothing is done before its preview is confirmed    "
                           "Esc goes back"));
    }
}

void Palette::ask(PaletteStage stage) {
    m_stages.push_back(std::move(stage));
    showStage();
    m_view->setQuery({});
    search();
}

void Palette::back() {
    if (m_stages.empty()) {
        close();
        return;
    }
    m_stages.pop_back();
    showStage();
    m_view->setQuery({});
    search();
}

const PaletteKind* Palette::kindOf(QChar prefix) const {
    const auto kinds = paletteCatalogue();
    const auto found = std::ranges::find_if(
        kinds, [&](const PaletteKind& kind) { return kind.prefix != 0 && QLatin1Char(kind.prefix) == prefix; });
    return found == kinds.end() ? nullptr : &*found;
}

void Palette::search() {
    if (!isOpen()) {
        return;
    }
    auto query = m_view->query().trimmed();
    std::vector<std::shared_ptr<const PaletteSource>> sources;
    m_kinds.clear();
    if (!m_stages.empty()) {
        sources.push_back(m_stages.back().source);
        m_kinds.push_back(0);
    } else if (const auto* kind = query.isEmpty() ? nullptr : kindOf(query.front())) {
        m_kinds.push_back(static_cast<std::size_t>(kind - paletteCatalogue().data()));
        sources.push_back(m_sources[m_kinds.front()]);
        query.remove(0, 1);
    } else {
        sources = m_sources;
        for (std::size_t i = 0; i < sources.size(); ++i) {
            m_kinds.push_back(i);
        }
    }
    m_narrow = sources.size() == 1;
    const auto most = m_narrow ? kMostAlone : std::size_t{16};
    m_search.setBonus([this](std::size_t, const PaletteText& text) {
        const auto at = text.id.isEmpty() ? -1 : m_recent.indexOf(text.id);
        return at < 0 ? 0 : kRecentBonus - 2 * static_cast<int>(at);
    });
    m_search.begin(std::move(sources), query, most);
    // The first slice at once: what was typed is answered before the next frame.
    QElapsedTimer since;
    since.start();
    if (m_search.step([&] { return since.elapsed() < kSlice.count(); })) {
        m_slices.start();
    } else {
        m_slices.stop();
    }
    show(false);
}

void Palette::slice() {
    QElapsedTimer since;
    since.start();
    if (!m_search.step([&] { return since.elapsed() < kSlice.count(); })) {
        m_slices.stop();
    }
    show(true);
}

void Palette::addSection(std::vector<PaletteSection>& sections, Shown shown, const QString& count,
                         const std::vector<QueryMatch>& matches) {
    PaletteSection section{shown.kind, count, {}};
    for (std::size_t i = 0; i < shown.items.size(); ++i) {
        const auto& item = shown.items[i];
        PaletteRow row;
        row.title = item.title;
        row.may = item.whyNot.isEmpty();
        row.detail = row.may ? item.detail : item.whyNot;
        row.keys = keyText(QString(item.keys).remove(u','));
        row.facts = item.facts;
        if (i < matches.size()) {
            row.titleHits = matches[i].inTitle;
            row.detailHits = matches[i].inDetail;
        }
        section.rows.push_back(std::move(row));
    }
    sections.push_back(std::move(section));
    m_shown.push_back(std::move(shown));
}

/// Before anything is typed: what was done last, as it stands now.
void Palette::addRecent(std::vector<PaletteSection>& sections) {
    Shown recent{tr("Recent"), {}};
    for (const auto& id : m_recent) {
        for (std::size_t kind = 0; kind < m_sources.size() && recent.items.size() < kRecentShown; ++kind) {
            const auto& source = *m_sources[kind];
            for (std::size_t i = source.lasting() ? 0 : source.count();
                 i < std::min<std::size_t>(source.count(), kMostAlone); ++i) {
                if (source.text(i).id == id) {
                    recent.items.push_back(source.item(i));
                    break;
                }
            }
        }
    }
    if (!recent.items.empty()) {
        addSection(sections, std::move(recent), {}, {});
    }
}

void Palette::addFound(std::vector<PaletteSection>& sections) {
    const auto kinds = paletteCatalogue();
    for (const auto& group : m_search.groups()) {
        const auto& kind = kinds[m_kinds[group.source]];
        const auto& source = m_stages.empty() ? *m_sources[m_kinds[group.source]] : *m_stages.back().source;
        Shown shown{m_stages.empty() ? QCoreApplication::translate("Palette", kind.title) : m_stages.back().hint, {}};
        std::vector<QueryMatch> matches;
        const auto most = m_narrow ? kMostAlone : kind.beside;
        for (std::size_t i = 0; i < std::min(group.hits.size(), most); ++i) {
            shown.items.push_back(source.item(group.hits[i].index));
            matches.push_back(group.hits[i].match);
        }
        const auto all = static_cast<double>(source.count());
        const auto count = shown.items.size() < source.count()
                               ? tr("%1 of %2").arg(countText(static_cast<double>(shown.items.size())), countText(all))
                               : QString();
        addSection(sections, std::move(shown), count, matches);
    }
}

/// What the words themselves stand for; the letter that narrows to one kind is among them.
void Palette::addTyped(std::vector<PaletteSection>& sections, const QString& query) {
    Shown shown{tr("As typed"), {}};
    for (const auto kind : query.isEmpty() ? std::vector<std::size_t>() : m_kinds) {
        const auto& source = m_stages.empty() ? m_sources[kind] : m_stages.back().source;
        if (auto typed = source->typed(query)) {
            shown.items.push_back(std::move(*typed));
        }
    }
    if (!shown.items.empty()) {
        addSection(sections, std::move(shown), {}, {});
    }
}

void Palette::show(bool keepChosen) {
    m_shown.clear();
    std::vector<PaletteSection> sections;
    const auto query = m_view->query().trimmed();
    if (m_stages.empty() && query.isEmpty()) {
        addRecent(sections);
    }
    addFound(sections);
    addTyped(sections, query);
    const auto none = !m_stages.empty() && query.isEmpty() ? tr("Type it, then Enter.")
                      : m_slices.isActive()                ? tr("Looking\u2026")
                                                           : tr("Nothing holds \u201c%1\u201d.").arg(query.left(40));
    m_view->showSections(std::move(sections), none, keepChosen);
}

void Palette::activate(int section, int row) {
    const auto& items = m_shown[static_cast<std::size_t>(section)].items;
    const auto item = items[static_cast<std::size_t>(row)]; // what follows lets the list go
    if (!item.whyNot.isEmpty()) {
        return; // the reason stands there
    }
    remember(item);
    if (item.next) {
        ask(item.next());
        return;
    }
    close();
    if (item.run) {
        item.run();
    }
}

void Palette::remember(const PaletteItem& item) {
    if (item.id.isEmpty()) {
        return;
    }
    m_recent.removeAll(item.id);
    m_recent.prepend(item.id);
    m_recent = m_recent.mid(0, kMostRecent);
    m_settings.setRecentCommands(m_recent);
}

void Palette::setTheme(const Theme& theme) {
    applyTheme(*m_view, theme);
}

} // namespace binnacle::app
