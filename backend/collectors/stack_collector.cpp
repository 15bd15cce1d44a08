// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/stack_collector.h"

#include "backend/collectors/kept_tables.h"

#include <sys/statvfs.h>

namespace binnacle {

namespace {

/// How large the flight recorder's file is, with its write-ahead log; absent where there is none that we can see.
void addRecording(Snapshot& snapshot, const std::filesystem::path& file) {
    constexpr double kLimitBytes = 200e6; // RecordingLimits: the recorder is no part of this layer
    std::error_code error;
    const auto bytes = std::filesystem::file_size(file, error);
    if (error) {
        return;
    }
    auto log = file;
    log += "-wal";
    const auto more = std::filesystem::file_size(log, error);
    snapshot.readings.push_back(
        gauge("stack.recording_bytes", {}, static_cast<double>(bytes) + (error ? 0 : static_cast<double>(more))));
    snapshot.readings.push_back(gauge("stack.recording_limit_bytes", {}, kLimitBytes));
}

} // namespace

Snapshot stackSnapshot(const StackStatus& status, ProcessRates& rates, SteadyTime at) {
    Snapshot snapshot;
    snapshot.header.epoch = std::to_string(status.supervisorPid);
    auto& readings = snapshot.readings;
    SnapshotTable table(*findTable("stack.processes"));
    ProcessRates kept;
    for (const auto& component : status.components) {
        const bool runs = component.pid > 0;
        const Labels labels{{"process", component.name}, {"role", component.role}};
        readings.push_back(gauge("stack.running", labels, component.state == "running" ? 1 : 0));
        readings.push_back(counter("stack.restarts", labels, static_cast<double>(component.restarts)));
        auto node = rates.extract(component.name);
        auto& cpu = node ? kept.insert(std::move(node)).position->second : kept[component.name];
        if (runs) {
            // A process that starts anew counts from zero again; its sum is told as it is, and the rate sees the step.
            cpu.update(at, component.cpuSeconds);
            readings.push_back(counter("stack.cpu_seconds", labels, component.cpuSeconds));
            readings.push_back(gauge("stack.pss_bytes", labels, static_cast<double>(component.pssBytes)));
        }
        table.add({component.name, component.role, component.state,
                   runs ? TableCell(static_cast<double>(component.pid)) : TableCell(),
                   static_cast<double>(component.restarts),
                   runs ? TableCell(static_cast<double>(component.pssBytes)) : TableCell(),
                   runs ? cell(cpu.value()) : TableCell(), cell(component.message)});
    }
    rates = std::move(kept);
    if (status.diskUsedBytes) {
        readings.push_back(gauge("stack.disk_used_bytes", {}, static_cast<double>(*status.diskUsedBytes)));
    }
    if (status.diskQuotaBytes) {
        readings.push_back(gauge("stack.disk_quota_bytes", {}, static_cast<double>(*status.diskQuotaBytes)));
    }
    table.readAt = at;
    table.readAtUtc = std::chrono::system_clock::now();
    table.interval = std::chrono::milliseconds(1000);
    snapshot.tables.push_back(std::make_shared<const SnapshotTable>(std::move(table)));
    snapshot.sort();
    return snapshot;
}

StackCollector::StackCollector(std::filesystem::path socket)
    : m_socket(std::move(socket))
    , m_client(m_socket) {}

Result<Snapshot> StackCollector::collect(SteadyTime deadline) {
    const auto status = m_client.status(deadline);
    if (!status) {
        return std::unexpected(status.error());
    }
    auto snapshot = stackSnapshot(*status, m_rates, std::chrono::steady_clock::now());
    // The stack is of this machine, and its servers share the disk of its directory; absent where that is hidden from
    // us.
    struct statvfs room {};
    if (::statvfs(status->stateDir.c_str(), &room) == 0) {
        snapshot.readings.push_back(gauge("stack.disk_free_bytes", {},
                                          static_cast<double>(room.f_bavail) * static_cast<double>(room.f_frsize)));
    }
    addRecording(snapshot, std::filesystem::path(status->stateDir) / "recorder" / "recording.sqlite");
    snapshot.sort();
    return snapshot;
}

} // namespace binnacle
