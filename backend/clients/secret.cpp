// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/secret.h"

#include <cstring>
#include <new>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

namespace binnacle {

struct Secret::Page {
    explicit Page(std::string_view text)
        : size(text.size()) {
        const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
        mapped = (size + 1 + page - 1) / page * page;
        void* const memory = ::mmap(nullptr, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) {
            throw std::bad_alloc();
        }
        data = static_cast<char*>(memory);
        ::madvise(data, mapped, MADV_DONTDUMP);
        ::madvise(data, mapped, MADV_WIPEONFORK);
        ::mlock(data, mapped); // a limit may refuse it: then it may be swapped, and nothing else changes
        std::memcpy(data, text.data(), size);
        ::mprotect(data, mapped, PROT_READ);
    }
    Page(const Page&) = delete;
    Page& operator=(const Page&) = delete;
    ~Page() {
        if (::mprotect(data, mapped, PROT_READ | PROT_WRITE) == 0) {
            ::explicit_bzero(data, mapped);
        }
        ::munmap(data, mapped);
    }

    std::size_t size;
    std::size_t mapped = 0;
    char* data = nullptr;
};

Secret::Secret(std::string_view text)
    : m_page(text.empty() ? nullptr : std::make_shared<const Page>(text)) {}

std::string_view Secret::view() const {
    return m_page ? std::string_view(m_page->data, m_page->size) : std::string_view();
}

const char* Secret::c_str() const {
    return m_page ? m_page->data : "";
}

void wipe(std::string& text) {
    text.resize(text.capacity());
    ::explicit_bzero(text.data(), text.size());
    text.clear();
}

void forbidCoreFiles() {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
}

} // namespace binnacle
