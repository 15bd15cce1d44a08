// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window_keys.h"

#include "app/local_keys.h"
#include "widgets/key_help.h"

#include <QShortcut>

#include <utility>

namespace binnacle::app {

WindowKeys::WindowKeys(QWidget& window)
    : QObject(&window)
    , m_window(window) {}

void WindowKeys::add(const QString& keys, const QString& text, const QString& group, std::function<void()> run,
                     std::function<QString()> whyNot) {
    auto* shortcut = new QShortcut(QKeySequence(keys), &m_window);
    shortcut->setContext(Qt::WindowShortcut);
    connect(shortcut, &QShortcut::activated, this, run);
    if (!text.isEmpty()) {
        auto shown = QString(keys).replace(QLatin1String(", "), QLatin1String(" "));
        shown.replace(QLatin1String("+Left"), QStringLiteral("+\u2190"))
            .replace(QLatin1String("+Right"), QStringLiteral("+\u2192"));
        m_commands.push_back({std::move(shown), text, group, std::move(run), std::move(whyNot)});
    }
}

void WindowKeys::list(const QString& keys, const QString& text, const QString& group, std::function<void()> run) {
    m_commands.push_back({keys, text, group, std::move(run)});
}

void WindowKeys::showHelp(const Theme& theme) {
    if (m_help == nullptr) {
        m_help = new KeyHelp(&m_window);
        std::vector<KeyBinding> bindings;
        for (const auto& command : m_commands) {
            bindings.push_back({command.keys, command.text, command.group});
        }
        for (const auto& key : localKeys()) {
            bindings.push_back({key.shown, key.text, key.group});
        }
        m_help->setBindings(std::move(bindings));
        m_help->setTheme(theme);
    }
    m_help->open();
}

} // namespace binnacle::app
