// SPDX-License-Identifier: GPL-3.0-or-later
// One libFuzzer program for each target: BINNACLE_FUZZ_TARGET names it. With --seeds DIRECTORY it writes the valid
// inputs there instead, for the run that follows.
#include "tests/fuzz/fuzz_targets.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace {

const binnacle::fuzz::Target& target() {
    static const auto* const found = binnacle::fuzz::findTarget(BINNACLE_FUZZ_TARGET);
    if (found == nullptr) {
        std::fputs("no such target: " BINNACLE_FUZZ_TARGET "\n", stderr);
        std::exit(2);
    }
    return *found;
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
    if (*argc == 3 && std::string_view((*argv)[1]) == "--seeds") {
        const std::filesystem::path directory((*argv)[2]);
        std::filesystem::create_directories(directory);
        int number = 0;
        for (const auto& seed : target().seeds()) {
            std::ofstream(directory / ("seed-" + std::to_string(++number)), std::ios::binary) << seed;
        }
        std::exit(0);
    }
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    target().run({reinterpret_cast<const char*>(data), size});
    return 0;
}
