// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace binnacle {

/// What a TLS connection is checked against and introduces itself with. The host name is always checked.
struct TlsFiles {
    std::string caFile;          ///< certificates (PEM) that may vouch for the server; empty: the system's store
    std::string certificateFile; ///< our own certificate chain (PEM), where the server asks for one; may be empty
    std::string keyFile;         ///< its key (PEM); empty: it stands in the certificate's file

    friend bool operator==(const TlsFiles&, const TlsFiles&) = default;
};

} // namespace binnacle
