// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

namespace binnacle::test {

/// A certificate authority of a test's own, which vouches for servers on this machine. Files are PEM.
class TestCertificates {
public:
    struct Pair {
        std::string certificateFile;
        std::string keyFile;
    };

    /// Makes the authority; its files and all others go into `directory`, which must exist.
    explicit TestCertificates(std::filesystem::path directory, const std::string& name = "ca");
    ~TestCertificates();
    TestCertificates(const TestCertificates&) = delete;
    TestCertificates& operator=(const TestCertificates&) = delete;

    [[nodiscard]] std::string caFile() const { return m_ca.certificateFile; }
    /// A certificate for `subjectAltName` ("DNS:localhost,IP:127.0.0.1"), valid until `expires` from now, which may lie
    /// in the past. Aborts when OpenSSL fails.
    [[nodiscard]] Pair issue(const std::string& name, const std::string& subjectAltName,
                             std::chrono::seconds expires = std::chrono::hours(24));

private:
    struct Authority;
    std::filesystem::path m_directory;
    Pair m_ca;
    std::unique_ptr<Authority> m_authority;
};

} // namespace binnacle::test
