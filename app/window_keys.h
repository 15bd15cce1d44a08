// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/palette/palette_host.h"

#include <QObject>

#include <functional>
#include <vector>

namespace binnacle {
class KeyHelp;
class Theme;
} // namespace binnacle

namespace binnacle::app {

/// The keys of the window with their words, in the order in which they were added: what help and palette list. Whoever
/// has keys of its own adds them here. GUI thread.
class WindowKeys : public QObject {
public:
    /// A child of `window`, in which the keys are heard.
    explicit WindowKeys(QWidget& window);

    /// Without a text it is heard, and in no list.
    void add(const QString& keys, const QString& text, const QString& group, std::function<void()> run,
             std::function<QString()> whyNot = {});
    /// What is heard elsewhere: listed only. `run` is for the palette.
    void list(const QString& keys, const QString& text, const QString& group, std::function<void()> run = {});
    [[nodiscard]] const std::vector<WindowCommand>& commands() const { return m_commands; }
    /// All keys, those of pages, tables and charts as well.
    void showHelp(const Theme& theme);

private:
    QWidget& m_window;
    std::vector<WindowCommand> m_commands;
    KeyHelp* m_help = nullptr;
};

} // namespace binnacle::app
