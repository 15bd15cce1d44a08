// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/background_jobs.h"

#include <functional>
#include <memory>
#include <semaphore>
#include <utility>

namespace binnacle::test {

/// A disk that answers nothing until it is let go on.
class SlowDisk {
public:
    explicit SlowDisk(app::BackgroundJobs& disk) {
        disk.post([go = m_go] {
            go->acquire();
            return std::function<void()>();
        });
    }
    ~SlowDisk() { goOn(); }
    SlowDisk(const SlowDisk&) = delete;
    SlowDisk& operator=(const SlowDisk&) = delete;
    void goOn() {
        if (!std::exchange(m_goes, true)) {
            m_go->release();
        }
    }

private:
    std::shared_ptr<std::binary_semaphore> m_go = std::make_shared<std::binary_semaphore>(0);
    bool m_goes = false;
};

} // namespace binnacle::test
