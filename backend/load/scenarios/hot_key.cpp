// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/redis_client.h"
#include "backend/load/scenarios/scenario.h"
#include "backend/load/scenarios/workers.h"

namespace binnacle::load {

namespace {

constexpr int kClients = 2;
constexpr std::size_t kBatch = 200;
/// Of each client: 40 000 reads a second in all, far over what the service asks, and no more than a Redis can bear.
constexpr std::chrono::milliseconds kBeat{10};
constexpr const char* kKey = "cache:1:rehearsal:hot-key"; ///< its own, and gone within the time that it lasts

class HotKey final : public Scenario {
public:
    Result<void> prepare(const Stage& stage) override {
        m_stage = stage;
        auto target = RedisTarget::parse(stage.status.endpoints.redis);
        if (!target) {
            return std::unexpected(target.error());
        }
        m_target = *target;
        m_target.user = "app";
        m_target.passwordFile = stage.credentials() / "redis-app.password";
        if (const auto secret = secretOf(stage, "redis-app.password"); !secret) {
            return std::unexpected(secret.error());
        }
        RedisClient client(m_target);
        const auto answer = client.command({"PING"}, within(std::chrono::seconds(2)));
        return answer ? Result<void>{} : std::unexpected(answer.error());
    }
    Result<void> begin() override {
        RedisClient client(m_target);
        const auto life = std::to_string(m_stage.lasts.count());
        const auto set =
            client.command({"SET", kKey, std::string(512, 'x'), "EX", life}, within(std::chrono::seconds(2)));
        if (!set) {
            return std::unexpected(set.error());
        }
        m_workers.start(kClients, [this](int, const auto& keepOn) { read(keepOn); });
        return {};
    }
    Result<void> end() override {
        m_workers.stop();
        RedisClient client(m_target);
        const auto gone = client.command({"DEL", kKey}, within(std::chrono::seconds(2)));
        // Without a Redis there is no key either; and it would end by itself.
        return gone || gone.error().code == ErrorCode::Refused ? Result<void>{} : std::unexpected(gone.error());
    }

private:
    void read(const std::function<bool()>& keepOn) const {
        const std::vector<RedisCommand> batch(kBatch, RedisCommand{"GET", kKey});
        RedisClient client(m_target);
        auto next = std::chrono::steady_clock::now();
        while (keepOn()) {
            static_cast<void>(client.pipeline(batch, within(std::chrono::seconds(1))));
            next = std::max(next + kBeat, std::chrono::steady_clock::now()); // what was missed is not made up for
            std::this_thread::sleep_until(next);
        }
    }
    Stage m_stage;
    RedisTarget m_target;
    Workers m_workers;
};

} // namespace

std::unique_ptr<Scenario> makeHotKey() {
    return std::make_unique<HotKey>();
}

} // namespace binnacle::load
