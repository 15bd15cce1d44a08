// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/memory_pools.h"
#include "app/run.h"

int main(int argc, char** argv) {
    binnacle::app::takeOwnPool();
    return binnacle::app::run(argc, argv);
}
