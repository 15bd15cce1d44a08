// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/background_jobs.h"
#include "app/credentials/credential_desk.h"
#include "backend/collectors/profile_draft.h"
#include "backend/collectors/profile_probe.h"
#include "backend/collectors/profile_shelf.h"

#include <QObject>
#include <QString>

#include <optional>
#include <vector>

namespace binnacle::app {

/// The profiles of the user: lists, saves, removes and tests them, and says which one to show. Files and servers are
/// read on other threads. Outlives the consoles that it makes way for. GUI thread.
class ConnectionsController : public QObject {
    Q_OBJECT

public:
    /// `folder`: empty where there is nowhere to keep profiles.
    ConnectionsController(std::filesystem::path folder, std::unique_ptr<Keychain> keychain, QObject* parent = nullptr);
    ~ConnectionsController() override;

    [[nodiscard]] CredentialDesk& credentials() { return m_credentials; }
    [[nodiscard]] const CredentialDesk& credentials() const { return m_credentials; }
    [[nodiscard]] QString folder() const { return QString::fromStdString(m_shelf.folder().string()); }

    // What is shown by this console: a profile's name, or empty for the bundled stack.
    [[nodiscard]] const QString& current() const { return m_current; }
    void setCurrent(const QString& name);

    // The shelf.
    [[nodiscard]] const std::vector<ShelvedProfile>& profiles() const { return m_profiles; }
    [[nodiscard]] bool listed() const { return m_listed; }
    [[nodiscard]] const ShelvedProfile* find(const QString& name) const;
    void refresh();
    /// Secrets that were typed with a draft, by the id of their slot.
    using Secrets = CredentialDesk::Secrets;
    /// Writes the draft; `before` is the profile it was made from (empty: a new one), whose file goes when the name
    /// changed. Secrets follow once the file is written.
    void save(const ProfileDraft& draft, const QString& before, Secrets typed);
    /// Can be taken back until another one is removed.
    void remove(const QString& name);
    [[nodiscard]] const QString& removed() const { return m_removed; }
    void undoRemove();
    void forgetRemoved();

    // The test.
    struct Test {
        QString profile;
        std::vector<ProbeReport> reports; ///< in the order of the profile; those that still run have no time
        std::vector<bool> done;
        bool running = false;
        bool cancelled = false;
        QString problem; ///< why it could not begin
        [[nodiscard]] int ended() const;
    };
    [[nodiscard]] const Test& test() const { return m_test; }
    /// Asks every server of the draft, with what was typed, else with what the keychain has.
    void startTest(const ProfileDraft& draft, const Secrets& typed);
    void cancelTest();

    /// Shows that profile (empty: the bundled stack) in this console: after its file was read once more.
    void connectTo(const QString& name);

Q_SIGNALS:
    void listChanged();
    void testChanged();
    /// A draft was written, as that profile, which is in the list now; listChanged() follows.
    void saved(const QString& name);
    /// What was asked for did not happen, or happened otherwise than asked; a sentence.
    void said(const QString& sentence);
    /// `read`: what its file says; null for the bundled stack.
    void connectRequested(const QString& name, const std::shared_ptr<const binnacle::Profile>& read);

private:
    void onSaved(const QString& name, const QString& before, const Secrets& typed,
                 const std::vector<CredentialSlot>& slots_);
    void runProbes(const Profile& profile);

    ProfileShelf m_shelf;
    CredentialDesk m_credentials;
    QString m_current;
    std::vector<ShelvedProfile> m_profiles;
    bool m_listed = false;
    QString m_saved; ///< written, and not listed yet
    QString m_removed;
    Secrets m_removedSecrets; ///< what the removal took out of the keychain
    Test m_test;
    unsigned m_tests = 0; ///< counts them: answers of older ones are dropped
    BackgroundJobs m_files{1};
    BackgroundJobs m_probes{4};
};

} // namespace binnacle::app
