// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace binnacle {

/// A password or a token in memory of its own: no core file takes it (MADV_DONTDUMP), no forked child gets it
/// (MADV_WIPEONFORK), it is not written to swap where the limits allow that, and it is overwritten when its last copy
/// goes. Copies share it; copying and reading are thread-safe. What a library keeps of it is the library's.
class Secret {
public:
    Secret() = default;
    /// Copies the text; whoever hands it over wipes theirs. Throws std::bad_alloc.
    explicit Secret(std::string_view text);

    [[nodiscard]] bool empty() const { return m_page == nullptr; }
    [[nodiscard]] std::string_view view() const;
    /// Ends with a zero byte.
    [[nodiscard]] const char* c_str() const;

private:
    struct Page;
    std::shared_ptr<const Page> m_page;
};

/// Overwrites the text, with what it has room for, and empties it.
void wipe(std::string& text);

/// No core file of this process from now on, and none of its children. Call it in main(), before any secret is read.
void forbidCoreFiles();

} // namespace binnacle
