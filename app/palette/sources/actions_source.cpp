// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/action_controller.h"
#include "app/dialogs/action_words.h"
#include "app/pages/panel_of.h"
#include "app/pages/table_reading.h"
#include "app/palette/action_stages.h"
#include "app/palette/palette_catalogue.h"
#include "app/palette/row_source.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Palette)
};

constexpr std::size_t kMostKeys = 500;
constexpr std::size_t kMostUndo = 50;

/// Keys that are known, and any other that is typed.
class KeySource : public PaletteList {
public:
    KeySource(const PaletteHost& host, const CatalogueEntry& entry, std::vector<PaletteItem> items)
        : PaletteList(std::move(items), 0)
        , m_host(host)
        , m_entry(entry) {}

    /// ":anything", or a word with a colon within, as keys have it.
    [[nodiscard]] std::optional<PaletteItem> typed(const QString& words) const override {
        const bool asked = words.startsWith(QLatin1Char(':'));
        const auto key = (asked ? words.mid(1) : words).trimmed();
        const bool spaced = std::ranges::any_of(key, [](QChar letter) { return letter.isSpace(); });
        const auto colon = key.indexOf(QLatin1Char(':'));
        if (key.isEmpty() || key.size() > kLongestKey || spaced || (!asked && (colon <= 0 || key.endsWith(u':')))) {
            return std::nullopt;
        }
        auto item = actItem(m_host, m_entry, {{"key", key.toStdString()}});
        item.id.clear(); // a key is users' data: not remembered
        item.title = Words::tr("Invalidate %1\u2026").arg(plain(key.toStdString()));
        item.detail = Words::tr("the cached value of that key; Enter previews it");
        return item;
    }

private:
    static constexpr qsizetype kLongestKey = 500;
    const PaletteHost& m_host;
    const CatalogueEntry& m_entry; // of the catalogue, which is for ever
};

} // namespace

QString actTitle(const CatalogueEntry& entry) {
    return QCoreApplication::translate("Backend", entry.spec.title.c_str());
}

/// Every action of the catalogue, and, where what it is about is one of a few, each of them by name.
std::shared_ptr<const PaletteSource> palette::actions(const PaletteHost& host) {
    std::vector<PaletteItem> items;
    for (const auto& entry : actionCatalogue()) {
        items.push_back(actItem(host, entry, {}));
    }
    const auto offered = items.size();
    for (const auto& entry : actionCatalogue()) {
        for (auto& choice : actChoices(host, entry, {})) {
            choice.title = QStringLiteral("%1: %2%3").arg(actTitle(entry), choice.title, QChar(0x2026));
            items.push_back(std::move(choice));
        }
    }
    return std::make_shared<PaletteList>(std::move(items), offered);
}

/// Keys that readings and the audit hold, and those that are typed: what is known of one is its invalidation.
std::shared_ptr<const PaletteSource> palette::keys(const PaletteHost& host) {
    const auto entry = findAction("invalidate_cache");
    std::vector<PaletteItem> items;
    std::set<std::string, std::less<>> seen;
    if (!entry) {
        return std::make_shared<PaletteList>(std::move(items));
    }
    const auto add = [&](std::string_view key, const QString& detail) {
        if (!key.empty() && items.size() < kMostKeys && seen.emplace(key).second) {
            auto item = actItem(host, **entry, {{"key", std::string(key)}});
            item.id.clear();
            item.title = plain(key);
            item.detail = detail;
            items.push_back(std::move(item));
        }
    };
    for (const auto& source : sourcesOf(host.context, "redis")) {
        const auto table = readTable(host.context, source, "redis.slowlog").table;
        for (std::size_t row = 0; table && row < table->rowCount(); ++row) {
            add(table->text(row, "key"), Words::tr("key of the slow command %1; Enter previews its invalidation")
                                             .arg(lineOf(table->text(row, "command"), 40)));
        }
    }
    const auto& acts = host.context.control.entries();
    for (auto act = acts.rbegin(); act != acts.rend(); ++act) {
        if (act->phase == AuditPhase::Intent && act->action == (*entry)->spec.id) {
            add(textOf(act->parameters, "key"),
                Words::tr("key that %1 invalidated; Enter previews it again").arg(lineOf(act->operatorName, 40)));
        }
    }
    return std::make_shared<KeySource>(host, **entry, std::move(items));
}

/// The newest acts that may be taken back.
std::shared_ptr<const PaletteSource> palette::undoable(const PaletteHost& host) {
    std::vector<PaletteItem> items;
    const auto& control = host.context.control;
    const auto& entries = control.entries();
    for (auto entry = entries.rbegin(); entry != entries.rend() && items.size() < kMostUndo; ++entry) {
        if (entry->phase != AuditPhase::Intent || entry->operatorName == "control") {
            continue; // what control did by itself is nobody's to take back
        }
        const auto* outcome = control.outcomeOf(*entry);
        const auto known = findAction(entry->action);
        if (outcome == nullptr || !known || (*known)->spec.reversibility != Reversibility::Undo || !outcome->result ||
            outcome->result->verdict != Verdict::Applied) {
            continue;
        }
        const auto reference = QString::fromStdString(control.referenceOf(*entry));
        PaletteItem item;
        item.title = Words::tr("Take back #%1: %2\u2026").arg(plain(reference.toStdString()), actPhrase(*entry));
        item.detail = QStringLiteral("%1, %2").arg(plain(entry->operatorName), lineOf(entry->reason));
        item.whyNot = whyNotAct(host, **known, {});
        item.run = [&host, reference] { host.context.actions.requestUndo(reference); };
        items.push_back(std::move(item));
    }
    return std::make_shared<PaletteList>(std::move(items), 0);
}

} // namespace binnacle::app
