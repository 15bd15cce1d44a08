// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/control_view.h"
#include "backend/actions/fleet.h"
#include "backend/collectors/telemetry_document.h"
#include "backend/domain/distinct_sketch.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle::control {

/// A feature as an instance tells it, with the statements that it asks the database.
struct FeatureReading {
    FeatureView view;
    std::vector<std::string> statements;
};

/// The distinct users that an instance tells for a window.
struct UserReading {
    DistinctSketch users;
    std::map<std::string, DistinctSketch, std::less<>> byFeature;
    std::chrono::milliseconds covered{0};
};

[[nodiscard]] Result<std::vector<FeatureReading>> parseFeatures(std::string_view json);
[[nodiscard]] Result<UserReading> parseUsers(std::string_view json);

/// What can be asked of one instance. Every call ends by its deadline. One thread at a time.
class InstanceProbe {
public:
    virtual ~InstanceProbe() = default;
    [[nodiscard]] virtual Result<TelemetryDocument> telemetry(SteadyTime deadline) = 0;
    [[nodiscard]] virtual Result<std::vector<FeatureReading>> features(SteadyTime deadline) = 0;
    /// `window` is from 1 s to 300 s.
    [[nodiscard]] virtual Result<UserReading> users(std::chrono::seconds window, SteadyTime deadline) = 0;
};

using ProbeFactory = std::function<Result<std::unique_ptr<InstanceProbe>>(const InstanceAddress&)>;

/// Over the instance's admin socket, on one kept connection.
[[nodiscard]] Result<std::unique_ptr<InstanceProbe>> httpProbe(const InstanceAddress& address);

} // namespace binnacle::control
