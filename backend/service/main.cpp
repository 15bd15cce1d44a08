// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/server.h"
#include "backend/service/service_config.h"

#include <CLI/CLI.hpp>

#include <cstdio>

int main(int argc, char** argv) {
    CLI::App app("One instance of Binnacle's bundled request-response service.", "binnacle-service");
    app.set_version_flag("--version", std::string("binnacle-service ") + BINNACLE_VERSION);
    std::string file;
    app.add_option("--config", file, "JSON file written by binnacle-stack")->required();
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    auto config = binnacle::service::loadServiceConfig(file);
    if (!config) {
        std::fprintf(stderr, "binnacle-service: %s\n", config.error().text.c_str());
        return 2;
    }
    auto server = binnacle::service::Server::create(std::move(*config));
    if (!server) {
        std::fprintf(stderr, "binnacle-service: %s\n", server.error().text.c_str());
        return 1;
    }
    (*server)->run(true);
    return 0;
}
