// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_certificates.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

namespace binnacle::test {

namespace {

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

void require(bool good, const char* what) {
    if (!good) {
        std::fprintf(stderr, "test certificates: %s failed\n", what);
        std::abort();
    }
}

Key makeKey() {
    Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    require(key != nullptr, "a key");
    return key;
}

Certificate makeCertificate(EVP_PKEY* key, const std::string& name, std::chrono::seconds expires) {
    static long serial = 1;
    Certificate certificate(X509_new(), &X509_free);
    require(certificate != nullptr, "a certificate");
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial++);
    const long valid = static_cast<long>(expires.count());
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), std::min(valid, 0L) - 3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), valid);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_pubkey(certificate.get(), key);
    return certificate;
}

void extend(X509* certificate, X509* issuer, int id, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str());
    require(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1, value.c_str());
    X509_EXTENSION_free(extension);
}

TestCertificates::Pair write(const std::filesystem::path& base, X509* certificate, EVP_PKEY* key) {
    TestCertificates::Pair pair{base.string() + ".pem", base.string() + ".key"};
    FILE* file = std::fopen(pair.certificateFile.c_str(), "w");
    require(file != nullptr && PEM_write_X509(file, certificate) == 1, "writing a certificate");
    std::fclose(file);
    file = std::fopen(pair.keyFile.c_str(), "w");
    ::chmod(pair.keyFile.c_str(), 0600);
    require(file != nullptr && PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
            "writing a key");
    std::fclose(file);
    return pair;
}

} // namespace

struct TestCertificates::Authority {
    Key key = makeKey();
    Certificate certificate{nullptr, &X509_free};
};

TestCertificates::TestCertificates(std::filesystem::path directory, const std::string& name)
    : m_directory(std::move(directory))
    , m_authority(std::make_unique<Authority>()) {
    auto& [key, certificate] = *m_authority;
    certificate = makeCertificate(key.get(), name, std::chrono::hours(24));
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
    extend(certificate.get(), certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    extend(certificate.get(), certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    require(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0, "signing");
    m_ca = write(m_directory / name, certificate.get(), key.get());
}

TestCertificates::~TestCertificates() = default;

TestCertificates::Pair TestCertificates::issue(const std::string& name, const std::string& subjectAltName,
                                               std::chrono::seconds expires) {
    const auto key = makeKey();
    const auto certificate = makeCertificate(key.get(), name, expires);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(m_authority->certificate.get()));
    extend(certificate.get(), m_authority->certificate.get(), NID_subject_alt_name, subjectAltName);
    require(X509_sign(certificate.get(), m_authority->key.get(), EVP_sha256()) > 0, "signing");
    return write(m_directory / name, certificate.get(), key.get());
}

} // namespace binnacle::test
