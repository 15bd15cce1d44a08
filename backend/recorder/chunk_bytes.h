// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

struct ZSTD_CCtx_s;

namespace binnacle {

/// Packs chunks with zstd. Keeps its working memory between calls; one thread at a time.
class ChunkPacker {
public:
    ChunkPacker();
    ~ChunkPacker();
    ChunkPacker(const ChunkPacker&) = delete;
    ChunkPacker& operator=(const ChunkPacker&) = delete;

    [[nodiscard]] Result<std::vector<std::byte>> pack(std::span<const std::byte> bytes);

private:
    ZSTD_CCtx_s* m_context;
};

/// Unpacks bytes of any origin: refuses what does not tell its size, or would be larger than kMaxChunkBytes, before
/// anything is unpacked.
[[nodiscard]] Result<std::vector<std::byte>> unpackChunk(std::span<const std::byte> packed);

} // namespace binnacle
