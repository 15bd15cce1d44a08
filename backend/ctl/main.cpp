// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/pg_connect.h"
#include "backend/clients/secret.h"
#include "backend/ctl/command_line.h"

#include <cstdio>
#include <exception>

int main(int argc, char** argv) {
    binnacle::forgetPostgresEnvironment();
    binnacle::forbidCoreFiles();
    try {
        return binnacle::ctl::runCommandLine(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "binnaclectl: %s\n", error.what());
        return binnacle::ctl::kFailed;
    }
}
