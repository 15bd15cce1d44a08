// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pseudo_translator.h"

#include <QRegularExpression>

#include <algorithm>
#include <string_view>

namespace binnacle::app {

namespace {

constexpr std::u16string_view kPlain = u"AEIOUYaceinosuyz";
constexpr std::u16string_view kAccented = u"\u00c4\u00cb\u00cf\u00d6\u00dc\u00dd\u00e4\u00e7\u00eb\u00ef\u00f1"
                                          u"\u00f6\u0161\u00fc\u00ff\u017e";
static_assert(kPlain.size() == kAccented.size());

QChar accented(QChar letter) {
    const auto at = kPlain.find(letter.unicode());
    return at == std::u16string_view::npos ? letter : QChar(kAccented[at]);
}

} // namespace

QString pseudoText(const QString& text) {
    // What no translation may change, longest first: markup, entities, placeholders.
    static const QRegularExpression kept(QStringLiteral("<[^<>]+>|&[a-z]+;|%L?[0-9]{1,2}|%n"));
    QString out(kPseudoOpen);
    qsizetype letters = 0;
    qsizetype at = 0;
    const auto spell = [&](qsizetype until) {
        for (; at < until; ++at) {
            letters += text.at(at).isLetter() ? 1 : 0;
            out += accented(text.at(at));
        }
    };
    for (auto found = kept.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        spell(match.capturedStart());
        out += match.captured();
        at = match.capturedEnd();
    }
    spell(text.size());
    // In words of seven, so that a paragraph can still be broken.
    for (qsizetype more = (letters * 2 + 4) / 5, in = 0; more > 0; --more, in = (in + 1) % 8) {
        out += in == 0 && letters > 8 ? QLatin1Char(' ') : QLatin1Char('x');
    }
    return out + kPseudoClose;
}

QString PseudoTranslator::translate(const char*, const char* source, const char*, int) const {
    return source == nullptr || *source == '\0' ? QString() : pseudoText(QString::fromUtf8(source));
}

} // namespace binnacle::app
