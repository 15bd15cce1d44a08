// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/commands.h"

int main(int argc, char** argv) {
    return binnacle::stack::runProgram(argc, argv);
}
