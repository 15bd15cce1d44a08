// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace binnacle::test {

/// A process beside a test that takes the test's stack down when the test ends without having done so: killed at its
/// limit, or crashed. It notices by a pipe that only the test holds, belongs to no session and no parent of the test,
/// and goes with the object, which is to be destroyed once there is nothing left to take down.
class StackWatch {
public:
    explicit StackWatch(const QString& stateDir);
    ~StackWatch();
    StackWatch(const StackWatch&) = delete;
    StackWatch& operator=(const StackWatch&) = delete;

private:
    int m_pipe = -1;
};

} // namespace binnacle::test
