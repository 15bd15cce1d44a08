// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dialogs/typed_confirmation.h"

#include "app/pages/panel_of.h"

namespace binnacle::app {

namespace {

/// Low risk stays one confirmation, also where nothing leads back: it is what stops something that goes wrong.
bool isGrave(const ActionPreview& preview) {
    return preview.risk == Risk::High ||
           (preview.reversibility == Reversibility::Permanent && preview.risk != Risk::Low);
}

} // namespace

QString wordToType(const ActionPreview& preview, Environment environment) {
    if (!preview.typeToConfirm.empty()) {
        return plain(preview.typeToConfirm);
    }
    if (environment != Environment::Production || !isGrave(preview)) {
        return {};
    }
    for (const char* name : {"instance", "pool", "pid", "key", "tag", "id"}) {
        if (const auto object = plain(textOf(preview.parameters, name)); !object.isEmpty()) {
            return object;
        }
    }
    // An act on no one object is named itself: nothing grave is let through for want of a name.
    return plain(preview.action);
}

} // namespace binnacle::app
