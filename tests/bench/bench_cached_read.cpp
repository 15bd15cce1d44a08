// SPDX-License-Identifier: GPL-3.0-or-later
// CPU per request of a cached read in a service instance beside HAProxy's own static reply of the same size, in one
// run and in alternating blocks, so that a busy neighbour disturbs both alike. The aim is a ratio of at most 3.
#include "tests/bench/child_process.h"
#include "tests/bench/keep_alive_driver.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <netinet/in.h>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using namespace binnacle::bench;
namespace fs = std::filesystem;

constexpr double kAimRatio = 3.0;
constexpr double kFailRatio = 6.0;

struct Arguments {
    std::size_t requests = 20'000; ///< per block
    int blocks = 9;
    int connections = 32;
    bool shortForm = false;
};

fs::path programDirectory() {
    if (const char* given = std::getenv("BINNACLE_TEST_BIN"); given != nullptr && *given != '\0') {
        return given;
    }
    return fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "bin";
}

/// A directory of our own that leaves nothing behind. Directly under /tmp and open to other accounts' entry, because
/// as root the stack's servers run as an account of their own.
class ScratchDirectory {
public:
    ScratchDirectory() {
        std::string name = "/tmp/bnc-XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error("cannot create a directory under /tmp");
        }
        m_path = name;
        fs::permissions(m_path, fs::perms(0755));
    }
    ~ScratchDirectory() {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;
    [[nodiscard]] const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

/// A private bundled stack in a fresh state directory. It runs in the foreground, so it ends with this program even
/// when that is killed.
class PrivateStack {
public:
    explicit PrivateStack(const fs::path& stateDir)
        : m_program((programDirectory() / "binnacle-stack").string())
        , m_process({m_program, "run", "--state-dir", stateDir.string()}, std::chrono::seconds(20)) {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        do {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            const auto status = runProgram({m_program, "status", "--json", "--state-dir", stateDir.string()});
            document = nlohmann::json::parse(status.output, nullptr, false);
            if (document.is_object() && document.value("state", "") == "running") {
                return;
            }
        } while (m_process.running() && std::chrono::steady_clock::now() < until);
        throw std::runtime_error("the stack did not come up");
    }

    [[nodiscard]] pid_t pidOf(const std::string& name) const {
        for (const auto& component : document.at("components")) {
            if (component.at("name") == name) {
                return component.at("pid").get<pid_t>();
            }
        }
        throw std::runtime_error("the stack has no component " + name);
    }

    nlohmann::json document;

private:
    std::string m_program;
    ChildProcess m_process;
};

int freePort() {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    const bool bound = ::bind(fd, reinterpret_cast<sockaddr*>(&address), length) == 0 &&
                       ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length) == 0;
    ::close(fd);
    if (!bound) {
        throw std::runtime_error("no free port on the loopback device");
    }
    return ntohs(address.sin_port);
}

/// The yardstick: one thread that answers every request from memory.
std::string staticReplyConfig(const fs::path& body, int port) {
    return fmt::format("global\n    nbthread 1\n    maxconn 500\ndefaults\n    mode http\n    timeout client 30s\n"
                       "    timeout server 30s\n    timeout connect 1s\nfrontend static_reply\n    bind 127.0.0.1:{}\n"
                       "    http-request return status 200 content-type application/json file {}\n",
                       port, body.string());
}

void connectSoon(std::optional<KeepAliveDriver>& driver, int port, int connections, const std::string& request) {
    for (int attempt = 0;; ++attempt) {
        try {
            driver.emplace(port, connections, request);
            return;
        } catch (const std::runtime_error&) {
            if (attempt == 100) {
                throw;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    }
}

/// One reader until the answer comes from the cache: many at once on a cold instance would rightly be refused.
void fillCache(int port, const std::string& request) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    for (;;) {
        try {
            KeepAliveDriver reader(port, 1, request);
            reader.drive(2);
            if (reader.cacheHits() > 0) {
                return;
            }
        } catch (const std::runtime_error&) {
            if (std::chrono::steady_clock::now() > until) {
                throw;
            }
        }
        if (std::chrono::steady_clock::now() > until) {
            throw std::runtime_error("the instance answers, but never from its cache");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    const auto middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double cpuMicrosecondsPerRequest(KeepAliveDriver& driver, pid_t pid, std::size_t requests) {
    const auto before = cpuTimeOf(pid);
    driver.drive(requests);
    const auto used = cpuTimeOf(pid) - before;
    return std::chrono::duration<double, std::micro>(used).count() / static_cast<double>(requests);
}

std::string firstWord(const std::string& path) {
    std::ifstream file(path);
    std::string word;
    file >> word;
    return word;
}

int measure(const Arguments& arguments) {
    const ScratchDirectory stateDir;
    const ScratchDirectory scratch;
    const PrivateStack stack(stateDir.path());

    const auto& instance = stack.document.at("endpoints").at("instances").at(0);
    const auto name = instance.at("name").get<std::string>();
    const auto url = instance.at("public").get<std::string>();
    const int servicePort = std::stoi(url.substr(url.rfind(':') + 1));
    const auto key = firstWord(stack.document.at("credentials").at("api_key_file").get<std::string>());
    const std::string request = fmt::format("GET /v1/projects/1 HTTP/1.1\r\nHost: {}\r\nAccept: application/json\r\n"
                                            "X-User: bench\r\nAuthorization: Bearer {}\r\n\r\n",
                                            url.substr(url.find("//") + 2), key);

    fillCache(servicePort, request);
    KeepAliveDriver service(servicePort, arguments.connections, request);
    service.drive(1000);
    const std::string& answer = service.lastAnswer();
    const auto bodyFile = scratch.path() / "body";
    const auto configFile = scratch.path() / "haproxy.cfg";
    const int haproxyPort = freePort();
    std::ofstream(bodyFile) << answer.substr(answer.find("\r\n\r\n") + 4);
    std::ofstream(configFile) << staticReplyConfig(bodyFile, haproxyPort);
    const ChildProcess haproxy({"haproxy", "-db", "-q", "-f", configFile.string()});
    std::optional<KeepAliveDriver> proxy;
    connectSoon(proxy, haproxyPort, arguments.connections, request);
    proxy->drive(1000);

    const pid_t servicePid = stack.pidOf(name);
    const pid_t redisPid = stack.pidOf("redis");
    std::vector<double> serviceUs;
    std::vector<double> haproxyUs;
    std::vector<double> redisUs;
    std::vector<double> ratios;
    const auto hitsBefore = service.cacheHits();
    for (int block = 0; block < arguments.blocks; ++block) {
        haproxyUs.push_back(cpuMicrosecondsPerRequest(*proxy, haproxy.pid(), arguments.requests));
        const auto redisBefore = cpuTimeOf(redisPid);
        serviceUs.push_back(cpuMicrosecondsPerRequest(service, servicePid, arguments.requests));
        redisUs.push_back(std::chrono::duration<double, std::micro>(cpuTimeOf(redisPid) - redisBefore).count() /
                          static_cast<double>(arguments.requests));
        ratios.push_back(serviceUs.back() / haproxyUs.back());
    }
    const double hitShare = static_cast<double>(service.cacheHits() - hitsBefore) /
                            (static_cast<double>(arguments.requests) * arguments.blocks);
    const double ratio = median(ratios);
    const auto [lowest, highest] = std::ranges::minmax(ratios);
    fmt::print("GET /v1/projects/1, {} bytes, {} connections, {} blocks of {} requests, {:.2f} % cache hits\n",
               fs::file_size(bodyFile), arguments.connections, arguments.blocks, arguments.requests, hitShare * 100);
    fmt::print("CPU per request, median of blocks: {} {:.1f} us, HAProxy's static reply {:.1f} us (redis {:.1f} us)\n",
               name, median(serviceUs), median(haproxyUs), median(redisUs));
    const bool failed = ratio > kFailRatio || hitShare < 0.99;
    fmt::print("verdict: cached read costs {:.2f} times a static reply (blocks {:.2f} to {:.2f}), aim {:.0f}: {}\n",
               ratio, lowest, highest, kAimRatio,
               hitShare < 0.99     ? "FAILED, these were not cached reads"
               : failed            ? "FAILED"
               : ratio > kAimRatio ? "missed"
                                   : "met");
    return failed ? 1 : 0;
}

} // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    CLI::App app("CPU of a cached read beside HAProxy's own static reply.", "bench_cached_read");
    app.add_option("--requests", arguments.requests, "requests of a block")
        ->capture_default_str()
        ->check(CLI::Range(100, 10'000'000));
    app.add_option("--blocks", arguments.blocks, "blocks for each of the two")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000));
    app.add_option("--connections", arguments.connections, "kept connections")
        ->capture_default_str()
        ->check(CLI::Range(1, 500));
    app.add_flag("--short", arguments.shortForm, "a few seconds, for the test suite");
    CLI11_PARSE(app, argc, argv);
    if (arguments.shortForm) {
        arguments.requests = 4'000;
        arguments.blocks = 7;
    }
    try {
        return measure(arguments);
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench_cached_read: {}\n", error.what());
        return 1;
    }
}
