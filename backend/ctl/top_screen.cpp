// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/top_screen.h"

#include "backend/ctl/plain_text.h"

#include <array>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <langinfo.h>
#include <utility>

#define NCURSES_NOMACROS 1
#include <curses.h>

namespace binnacle::ctl {

namespace {

volatile std::sig_atomic_t interrupted = 0;

void noteSignal(int) {
    interrupted = 1;
}

constexpr std::array kEndingSignals{SIGINT, SIGTERM, SIGHUP};

/// For terminals that are not UTF-8: the few signs of ours that are not ASCII.
std::string asciiOnly(std::string text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> replacements{
        {{"\u2212", "-"}, {"\u2014", "-"}, {"\u00b5", "u"}, {"\u00d7", "x"}}};
    for (const auto& [sign, plain] : replacements) {
        for (auto at = text.find(sign); at != std::string::npos; at = text.find(sign, at)) {
            text.replace(at, sign.size(), plain);
        }
    }
    return plainText(text);
}

} // namespace

struct TopScreen::Terminal {
    SCREEN* screen = nullptr;
    bool colour = false;
    bool utf8 = false;
    std::array<struct sigaction, kEndingSignals.size()> previous{};

    [[nodiscard]] attr_t attributes(Style style) const {
        switch (style) {
        case Style::Plain:
            return A_NORMAL;
        case Style::Title:
        case Style::Heading:
            return A_BOLD;
        case Style::Quiet:
            return A_DIM;
        case Style::Late:
            return colour ? static_cast<attr_t>(COLOR_PAIR(1)) : A_BOLD;
        case Style::Lost:
            return colour ? static_cast<attr_t>(COLOR_PAIR(2)) | A_BOLD : A_REVERSE;
        }
        return A_NORMAL;
    }
};

std::unique_ptr<TopScreen> TopScreen::open(bool colour) {
    std::setlocale(LC_ALL, "");
    auto terminal = std::make_unique<Terminal>();
    terminal->utf8 = std::string_view(nl_langinfo(CODESET)) == "UTF-8";
    terminal->screen = newterm(nullptr, stdout, stdin);
    if (terminal->screen == nullptr) {
        return nullptr;
    }
    set_term(terminal->screen);
    cbreak();
    noecho();
    curs_set(0);
    keypad(stdscr, true);
    if (colour && has_colors()) {
        start_color();
        use_default_colors();
        init_pair(1, COLOR_YELLOW, -1);
        init_pair(2, COLOR_RED, -1);
        terminal->colour = true;
    }
    // Remembered and looked at between two frames: an exit from inside a handler would leave the terminal raw.
    struct sigaction action {};
    action.sa_handler = &noteSignal;
    for (std::size_t i = 0; i < kEndingSignals.size(); ++i) {
        ::sigaction(kEndingSignals[i], &action, &terminal->previous[i]);
    }
    auto screen = std::unique_ptr<TopScreen>(new TopScreen);
    screen->m_terminal = std::move(terminal);
    return screen;
}

TopScreen::~TopScreen() {
    endwin();
    delscreen(m_terminal->screen);
    for (std::size_t i = 0; i < kEndingSignals.size(); ++i) {
        ::sigaction(kEndingSignals[i], &m_terminal->previous[i], nullptr);
    }
}

std::size_t TopScreen::columns() const {
    return static_cast<std::size_t>(std::max(1, getmaxx(stdscr)));
}

std::size_t TopScreen::rows() const {
    return static_cast<std::size_t>(std::max(1, getmaxy(stdscr)));
}

void TopScreen::show(const std::vector<FrameLine>& frame) {
    erase();
    int row = 0;
    for (const auto& line : frame) {
        move(row++, 0);
        for (const auto& span : line) {
            attrset(static_cast<int>(m_terminal->attributes(span.style)));
            addstr((m_terminal->utf8 ? span.text : asciiOnly(span.text)).c_str());
        }
        attrset(A_NORMAL);
    }
    refresh(); // sends only what changed, which is what makes it bearable over a slow link
}

TopScreen::Key TopScreen::waitForKey(std::chrono::milliseconds patience) {
    if (interrupted != 0) {
        return Key::Quit;
    }
    timeout(static_cast<int>(patience.count()));
    const int key = getch();
    if (interrupted != 0) {
        return Key::Quit;
    }
    switch (key) {
    case 'q':
    case 'Q':
    case 3: // Ctrl+C where the terminal does not make a signal of it
        return Key::Quit;
    case 'p':
    case 'P':
    case ' ':
        return Key::Pause;
    case 'r':
    case 'R':
        return Key::Retry;
    case KEY_LEFT:
        return Key::Back;
    case KEY_RIGHT:
        return Key::Forward;
    case KEY_DOWN:
    case '-':
        return Key::Slower;
    case KEY_UP:
    case '+':
        return Key::Faster;
    case KEY_RESIZE:
        return Key::Resized;
    default:
        return Key::None;
    }
}

} // namespace binnacle::ctl
