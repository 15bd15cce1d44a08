// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/connections_controller.h"

#include <algorithm>
#include <utility>

namespace binnacle::app {

using std::chrono::milliseconds;

namespace {
constexpr milliseconds kProbePatience{5000};

QString textOf(const Error& error) {
    return QString::fromStdString(error.text);
}
} // namespace

ConnectionsController::ConnectionsController(std::filesystem::path folder, std::unique_ptr<Keychain> keychain,
                                             QObject* parent)
    : QObject(parent)
    , m_shelf(std::move(folder))
    , m_credentials(std::move(keychain)) {}

ConnectionsController::~ConnectionsController() = default;

int ConnectionsController::Test::ended() const {
    return static_cast<int>(std::ranges::count(done, true));
}

void ConnectionsController::setCurrent(const QString& name) {
    m_current = name;
    Q_EMIT listChanged();
}

const ShelvedProfile* ConnectionsController::find(const QString& name) const {
    const auto it = std::ranges::find(m_profiles, name.toStdString(), &ShelvedProfile::name);
    return it != m_profiles.end() ? &*it : nullptr;
}

void ConnectionsController::refresh() {
    if (m_shelf.folder().empty()) {
        m_listed = true;
        Q_EMIT listChanged();
        return;
    }
    m_files.post([this, shelf = m_shelf] {
        return [this, found = std::make_shared<std::vector<ShelvedProfile>>(shelf.list())] {
            const bool first = !std::exchange(m_listed, true);
            const auto same = [](const ShelvedProfile& a, const ShelvedProfile& b) {
                return a.name == b.name && a.document == b.document && a.readableByOthers == b.readableByOthers;
            };
            const bool differs = first || !std::ranges::equal(m_profiles, *found, same);
            m_profiles = std::move(*found);
            const auto written = std::exchange(m_saved, {});
            if (!written.isEmpty()) {
                Q_EMIT saved(written);
            }
            if (differs || !written.isEmpty()) {
                Q_EMIT listChanged();
            }
        };
    });
}

void ConnectionsController::save(const ProfileDraft& draft, const QString& before, Secrets typed) {
    const auto* const old = find(before);
    const bool renames = old != nullptr && old->name != draft.name;
    const auto name = QString::fromStdString(draft.name);
    auto document = documentOf(draft);
    auto slots_ = parseProfile(document, draft.name).value_or(Profile{}).credentials;
    m_files.post([this, shelf = m_shelf, name, before, renames, document = std::move(document),
                  expected = old != nullptr && !renames ? old->document : std::string(), typed = std::move(typed),
                  slots_ = std::move(slots_)] {
        auto written = shelf.save(name.toStdString(), document, expected);
        if (written && renames) {
            written = shelf.remove(before.toStdString());
        }
        return [this, name, before = renames ? before : QString(), typed, slots_, written] {
            if (!written) {
                Q_EMIT said(textOf(written.error()));
                return;
            }
            onSaved(name, before, typed, slots_);
        };
    });
}

void ConnectionsController::onSaved(const QString& name, const QString& before, const Secrets& typed,
                                    const std::vector<CredentialSlot>& slots_) {
    for (const auto& slot : slots_) {
        if (const auto it = typed.find(slot.id); it != typed.end()) {
            m_credentials.keep(name, slot.id, it->second, [this](const QString& otherwise) {
                if (!otherwise.isEmpty()) {
                    Q_EMIT said(otherwise);
                }
            });
        }
    }
    if (!before.isEmpty()) { // under the new name, what was kept under the old one
        m_credentials.find(before, slots_, [this, name, before, typed](const Secrets& found) {
            for (const auto& [id, secret] : found) {
                if (!typed.contains(id)) {
                    m_credentials.keep(name, id, secret, [](const QString&) {});
                }
                m_credentials.forget(before, id);
            }
        });
        if (m_current == before) {
            m_current = name;
        }
    }
    m_saved = name;
    refresh();
}

void ConnectionsController::remove(const QString& name) {
    const auto* const profile = find(name);
    const auto slots_ =
        profile != nullptr && profile->profile ? profile->profile->credentials : std::vector<CredentialSlot>();
    m_files.post([this, shelf = m_shelf, name, slots_] {
        return [this, name, slots_, gone = shelf.remove(name.toStdString())] {
            if (!gone) {
                Q_EMIT said(textOf(gone.error()));
                return;
            }
            m_removed = name;
            m_removedSecrets.clear();
            m_credentials.find(name, slots_, [this, name](const Secrets& found) {
                if (m_removed == name) {
                    m_removedSecrets = found;
                }
                for (const auto& [id, secret] : found) {
                    m_credentials.forget(name, id);
                }
            });
            refresh();
        };
    });
}

void ConnectionsController::undoRemove() {
    if (m_removed.isEmpty()) {
        return;
    }
    m_files.post([this, shelf = m_shelf, name = m_removed] {
        return [this, name, back = shelf.restore(name.toStdString())] {
            if (!back) {
                Q_EMIT said(textOf(back.error()));
                return;
            }
            for (const auto& [id, secret] : m_removedSecrets) {
                m_credentials.keep(name, id, secret, [](const QString&) {});
            }
            forgetRemoved();
            refresh();
        };
    });
}

void ConnectionsController::forgetRemoved() {
    m_removed.clear();
    m_removedSecrets.clear();
    Q_EMIT listChanged();
}

void ConnectionsController::startTest(const ProfileDraft& draft, const Secrets& typed) {
    m_probes.cancel();
    const auto number = ++m_tests;
    m_test = {};
    m_test.profile = QString::fromStdString(draft.name);
    auto profile = parseProfile(documentOf(draft), draft.name);
    if (!profile) {
        m_test.problem = textOf(profile.error());
        Q_EMIT testChanged();
        return;
    }
    for (const auto& probe : probesOf(*profile)) {
        m_test.reports.push_back({});
        m_test.reports.back().source = probe.source;
        m_test.reports.back().place = probe.place;
    }
    m_test.done.assign(m_test.reports.size(), false);
    m_test.running = true;
    Q_EMIT testChanged();
    std::vector<CredentialSlot> wanted;
    std::ranges::copy_if(profile->credentials, std::back_inserter(wanted),
                         [&](const CredentialSlot& slot) { return !typed.contains(slot.id); });
    m_credentials.find(m_test.profile, wanted,
                       [this, number, typed, held = std::make_shared<Profile>(std::move(*profile))](Secrets found) {
                           if (number != m_tests || !m_test.running) {
                               return;
                           }
                           found.insert(typed.begin(), typed.end());
                           runProbes(withSecrets(*held, [&](const CredentialSlot& slot) {
                               const auto it = found.find(slot.id);
                               return it != found.end() ? SuppliedSecret{it->second, {}, 1} : SuppliedSecret{};
                           }));
                       });
}

void ConnectionsController::runProbes(const Profile& profile) {
    auto probes = probesOf(profile);
    for (std::size_t i = 0; i < probes.size(); ++i) {
        m_probes.post([this, i, run = std::move(probes[i].run)] {
            return [this, i, report = run(std::chrono::steady_clock::now() + kProbePatience)] {
                m_test.reports[i] = report;
                m_test.done[i] = true;
                m_test.running = m_test.ended() < static_cast<int>(m_test.done.size());
                Q_EMIT testChanged();
            };
        });
    }
}

void ConnectionsController::cancelTest() {
    if (!m_test.running) {
        return;
    }
    m_probes.cancel();
    m_test.running = false;
    m_test.cancelled = true;
    Q_EMIT testChanged();
}

void ConnectionsController::connectTo(const QString& name) {
    if (name.isEmpty()) {
        Q_EMIT connectRequested(name, nullptr);
        return;
    }
    m_files.post([this, name, file = m_shelf.folder() / (name.toStdString() + ".json")] {
        auto profile = loadProfile(file);
        const auto wrong = profile ? QString() : textOf(profile.error());
        return [this, name, wrong, read = profile ? std::make_shared<const Profile>(std::move(*profile)) : nullptr] {
            if (read) {
                Q_EMIT connectRequested(name, read);
            } else {
                Q_EMIT said(wrong);
            }
        };
    });
}

} // namespace binnacle::app
