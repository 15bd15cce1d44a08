// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/worded.h"

#include "app/models/backend_texts.h"
#include "app/pages/panel_of.h"
#include "backend/actions/action_catalogue.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <optional>

namespace binnacle::app {

namespace {

constexpr int kDeepest = 2;             ///< a name in a sentence may be a known text itself: "Undo: Pause a pool"
constexpr qsizetype kMostSentences = 8; ///< of one message that are looked at
constexpr qsizetype kShortest = 3;      ///< what is shorter is a name or a figure

QString inWords(const QString& text, int depth);

QString say(const char* text) {
    return QCoreApplication::translate("Backend", text);
}

/// "9.1 ms" with the point of the language. Anything else stays: names, addresses, versions.
QString figure(QString text) {
    const auto point = text.indexOf(QLatin1Char('.'));
    if (point <= 0 || point + 1 == text.size() || text.indexOf(QLatin1Char('.'), point + 1) >= 0) {
        return text;
    }
    qsizetype end = point + 1;
    const auto digit = [&](qsizetype at) { return text.at(at) >= QLatin1Char('0') && text.at(at) <= QLatin1Char('9'); };
    for (qsizetype at = 0; at < point; ++at) {
        if (!digit(at) && text.at(at) != QChar(0x2009) && text.at(at) != QChar(0x2212)) {
            return text;
        }
    }
    while (end < text.size() && digit(end)) {
        ++end;
    }
    constexpr qsizetype kLongestUnit = 5;
    return end > point + 1 && text.size() - end <= kLongestUnit ? text.replace(point, 1, QLocale().decimalPoint())
                                                                : text;
}

/// What stands for %1, %2 … of `pattern` in the whole of `text`; nothing when it does not fit. Each %N stands once and
/// in order, as a test holds it.
std::optional<QStringList> captured(QStringView text, QLatin1String pattern) {
    QStringList out;
    qsizetype at = 0;
    qsizetype from = 0; // in the pattern
    bool open = false;  // a name stands before the next literal
    while (from <= pattern.size()) {
        auto next = pattern.indexOf(QLatin1Char('%'), from);
        while (next >= 0 && (next + 1 >= pattern.size() || pattern.at(next + 1) < QLatin1Char('1') ||
                             pattern.at(next + 1) > QLatin1Char('9'))) {
            next = pattern.indexOf(QLatin1Char('%'), next + 1);
        }
        const auto literal = next < 0 ? pattern.sliced(from) : pattern.sliced(from, next - from);
        if (!open) {
            if (!text.sliced(at).startsWith(literal)) {
                return std::nullopt;
            }
            at += literal.size();
        } else if (next < 0) { // the last literal ends the text
            if (text.size() - literal.size() <= at || !text.endsWith(literal)) {
                return std::nullopt;
            }
            out << text.sliced(at, text.size() - literal.size() - at).toString();
            at = text.size();
        } else {
            const auto found = text.indexOf(literal, at + 1);
            if (found < 0) {
                return std::nullopt;
            }
            out << text.sliced(at, found - at).toString();
            at = found + literal.size();
        }
        if (next < 0) {
            return at == text.size() ? std::optional(out) : std::nullopt;
        }
        open = true;
        from = next + 2;
    }
    return std::nullopt;
}

/// `pattern` with `names` for %1, %2 …, all at once, so that a name that holds "%2" stays as it is.
QString filled(const QString& pattern, const QStringList& names) {
    QString out;
    for (qsizetype at = 0; at < pattern.size(); ++at) {
        const auto number = at + 1 < pattern.size() ? pattern.at(at + 1).unicode() - u'1' : -1;
        if (pattern.at(at) == QLatin1Char('%') && number >= 0 && number < names.size()) {
            out += names.at(number);
            ++at;
        } else {
            out += pattern.at(at);
        }
    }
    return out;
}

std::optional<QString> known(const QString& text, int depth) {
    for (const auto& action : actionCatalogue()) {
        for (const auto* whole : {&action.spec.title, &action.noUndo}) {
            if (!whole->empty() && text == QLatin1String(*whole)) {
                return say(whole->c_str());
            }
        }
    }
    for (const char* pattern : kBackendTexts) {
        const auto names = captured(text, QLatin1String(pattern));
        if (!names) {
            continue;
        }
        QStringList written;
        for (const auto& name : *names) {
            written << (depth < kDeepest ? inWords(name, depth + 1) : figure(name));
        }
        return filled(say(pattern), written);
    }
    return std::nullopt;
}

std::optional<QString> knownAsWhole(const QString& text, int depth) {
    if (auto said = known(text, depth)) {
        return said;
    }
    if (text.endsWith(QLatin1Char('.'))) {
        if (auto said = known(text.chopped(1), depth)) {
            return *said + QLatin1Char('.');
        }
    }
    return std::nullopt;
}

/// Pieces between `separator`, each said by itself, the longest run of pieces that is known first.
QString byPieces(const QStringList& pieces, const QString& separator, int depth) {
    QStringList out;
    for (qsizetype from = 0; from < pieces.size();) {
        qsizetype length = std::min(pieces.size() - from, kMostSentences);
        std::optional<QString> said;
        for (; length > 0 && !said; --length) {
            said = knownAsWhole(pieces.sliced(from, length).join(separator), depth);
        }
        out << said.value_or(figure(pieces.at(from)));
        from += said ? length + 1 : 1;
    }
    return out.join(separator);
}

QString inWords(const QString& text, int depth) {
    if (text.size() < kShortest) {
        return text;
    }
    if (const auto said = knownAsWhole(text, depth)) {
        return *said;
    }
    if (text.contains(QLatin1String(". "))) {
        auto pieces = text.split(QStringLiteral(". "));
        for (qsizetype i = 0; i + 1 < pieces.size(); ++i) {
            pieces[i] += QLatin1Char('.');
        }
        return byPieces(pieces, QStringLiteral(" "), depth);
    }
    if (text.contains(QLatin1String("; "))) {
        const bool stop = text.endsWith(QLatin1Char('.'));
        const auto pieces = (stop ? text.chopped(1) : text).split(QStringLiteral("; "));
        return byPieces(pieces, QStringLiteral("; "), depth) + (stop ? QStringLiteral(".") : QString());
    }
    return figure(text);
}

} // namespace

QString worded(std::string_view text, std::size_t most) {
    return inWords(plain(text, most), 0);
}

} // namespace binnacle::app
