// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recorder/chunk_bytes.h"

#include "backend/coding/chunk_limits.h"

#include <zstd.h>

namespace binnacle {

namespace {
constexpr int kLevel = 6; // a minute of one source takes about a millisecond
}

ChunkPacker::ChunkPacker()
    : m_context(ZSTD_createCCtx()) {
    if (m_context != nullptr) {
        ZSTD_CCtx_setParameter(m_context, ZSTD_c_compressionLevel, kLevel);
        ZSTD_CCtx_setParameter(m_context, ZSTD_c_checksumFlag, 1);
    }
}

ChunkPacker::~ChunkPacker() {
    ZSTD_freeCCtx(m_context);
}

Result<std::vector<std::byte>> ChunkPacker::pack(std::span<const std::byte> bytes) {
    if (m_context == nullptr) {
        return fail(ErrorCode::Io, "no memory for zstd");
    }
    std::vector<std::byte> out(ZSTD_compressBound(bytes.size()));
    const auto size = ZSTD_compress2(m_context, out.data(), out.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(size) != 0) {
        return fail(ErrorCode::Io, std::string("zstd: ") + ZSTD_getErrorName(size));
    }
    out.resize(size);
    return out;
}

Result<std::vector<std::byte>> unpackChunk(std::span<const std::byte> packed) {
    const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) {
        return fail(ErrorCode::Protocol, "a chunk of the recording is damaged: no zstd frame");
    }
    if (size > kMaxChunkBytes || packed.size() > kMaxPackedBytes) {
        return fail(ErrorCode::Protocol, "a chunk of the recording is larger than any that is written");
    }
    std::vector<std::byte> out(static_cast<std::size_t>(size));
    const auto got = ZSTD_decompress(out.data(), out.size(), packed.data(), packed.size());
    if (ZSTD_isError(got) != 0 || got != size) {
        return fail(ErrorCode::Protocol, std::string("a chunk of the recording is damaged: ") +
                                             (ZSTD_isError(got) != 0 ? ZSTD_getErrorName(got) : "too short"));
    }
    return out;
}

} // namespace binnacle
