// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTranslator>

namespace binnacle::app {

/// `text` as a made-up language writes it: accents on the letters, 40 % longer, in the brackets of kPseudoOpen and
/// kPseudoClose. Placeholders (%1, %n, %L1), markup and marks of keys (&) stay.
[[nodiscard]] QString pseudoText(const QString& text);

constexpr QChar kPseudoOpen{0x27e6};  ///< ⟦
constexpr QChar kPseudoClose{0x27e7}; ///< ⟧

/// Speaks pseudoText(): what is not in brackets in the window was never given to a translator, and what is cut would be
/// cut in a longer language.
class PseudoTranslator : public QTranslator {
    Q_OBJECT

public:
    using QTranslator::QTranslator;

    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char* context, const char* source, const char* comment, int n) const override;
};

} // namespace binnacle::app
