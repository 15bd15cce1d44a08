// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/secret.h"

#include <QLineEdit>

#include <string.h>

namespace binnacle::app {

/// A field for a password: never shown, never completed, copied or remembered by anything.
class SecretField : public QLineEdit {
public:
    explicit SecretField(QWidget* parent = nullptr)
        : QLineEdit(parent) {
        setEchoMode(QLineEdit::Password);
        setMaxLength(1000);
        setInputMethodHints(Qt::ImhHiddenText | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase |
                            Qt::ImhSensitiveData);
    }
    /// What was typed, as a secret; the copies on the way to it are overwritten.
    [[nodiscard]] Secret secret() const {
        auto utf8 = text().toUtf8();
        Secret typed(std::string_view(utf8.constData(), static_cast<std::size_t>(utf8.size())));
        ::explicit_bzero(utf8.data(), static_cast<std::size_t>(utf8.size()));
        return typed;
    }
    /// Empties it, and overwrites what the field kept.
    void forget() {
        auto held = text();
        clear();
        // The only one that has it by now, so that this is the memory itself; else it is a copy.
        ::explicit_bzero(held.data(), static_cast<std::size_t>(held.size()) * sizeof(QChar));
    }
};

} // namespace binnacle::app
