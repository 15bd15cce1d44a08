// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/dialogs/place_dialog.h"

class QLineEdit;

namespace binnacle {
class KeyButton;
}

namespace binnacle::app {

/// Asks once more, where production is concerned: what it is about has to be typed. accepted() is the yes.
class ConfirmDialog : public PlaceDialog {
    Q_OBJECT

public:
    struct Words {
        QString title;
        QString sentence;
        QString typed; ///< what is to be typed
        QString keep;  ///< the safe button, named by its effect
        QString act;   ///< the other one
    };
    ConfirmDialog(Environment environment, const QString& place, const Words& words, const Theme& theme,
                  QWidget* window);

private:
    QLineEdit* m_typed;
    KeyButton* m_act;
};

} // namespace binnacle::app
