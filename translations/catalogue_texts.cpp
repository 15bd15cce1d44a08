// SPDX-License-Identifier: GPL-3.0-or-later
// Writes every text of the catalogues in backend/ as a line that lupdate reads: backend/ knows no Qt, so its catalogues
// cannot mark their texts themselves. Run by the target update_translations.
#include "backend/actions/action_catalogue.h"
#include "backend/domain/snapshot_table.h"
#include "backend/history/alert_rule.h"

#include <iostream>
#include <set>
#include <string>

namespace {

using Texts = std::set<std::string, std::less<>>;

void write(const char* context, const Texts& texts) {
    for (const auto& text : texts) {
        std::cout << "QT_TRANSLATE_NOOP(\"" << context << "\", \"";
        for (const char c : text) {
            std::cout << (c == '"' || c == '\\' ? "\\" : "") << c;
        }
        std::cout << "\");\n";
    }
}

} // namespace

int main() {
    Texts tables;
    for (const auto& table : binnacle::tableCatalogue()) {
        tables.emplace(table.title);
        for (const auto& column : table.columns) {
            tables.emplace(column.title);
        }
    }
    write("Table", tables);
    Texts alerts;
    for (const auto& rule : binnacle::alertRules()) {
        for (const auto text : {rule.name, rule.text, rule.state}) {
            alerts.emplace(text);
        }
    }
    alerts.erase("");
    write("Alert", alerts);
    Texts backend;
    for (const auto& entry : binnacle::actionCatalogue()) {
        backend.insert({entry.spec.title, entry.noUndo});
    }
    backend.erase("");
    write("Backend", backend);
    return std::cout ? 0 : 1;
}
