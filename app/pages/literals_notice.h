// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/stack_controller.h"
#include "app/pages/page.h"
#include "app/pages/plain_label.h"

#include <QCoreApplication>

namespace binnacle::app {

/// Says on a page with statements that they hold the values that users wrote, where a profile asks for them.
class LiteralsNotice : public PlainLabel {
    Q_DECLARE_TR_FUNCTIONS(binnacle::app::LiteralsNotice)

public:
    explicit LiteralsNotice(QWidget* parent = nullptr)
        : PlainLabel(Type::Label, Token::Caut, parent) {
        setObjectName(QStringLiteral("literalsNotice"));
        setText(tr("Values in statements are shown, as this profile asks. A recording holds none of them."));
        hide();
    }
    void showFor(const PageContext& context) { setVisible(context.stack.showsLiterals()); }
};

} // namespace binnacle::app
