// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/linked_page.h"
