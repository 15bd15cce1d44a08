// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "backend/collectors/profile_draft.h"

#include <QElapsedTimer>

#include <functional>
#include <map>
#include <optional>
#include <string>

class QScrollArea;
class QStackedWidget;

namespace binnacle {
class KeyButton;
class SectionHead;
class SituationSentence;
} // namespace binnacle

namespace binnacle::app {

class ConnectionForm;
class ConnectionList;
class ConnectionsController;
class NoticeBar;
class PlainLabel;
class ProbePanel;

/// Which servers this console can show: the bundled stack and the profiles of the user, each with its environment, and
/// the form to make, test, copy and remove them.
class ConnectionsPage : public Page, public Themed {
    Q_OBJECT

public:
    explicit ConnectionsPage(const PageContext& context, QWidget* parent = nullptr);

    void showReadings() override;
    void showTick() override {}
    [[nodiscard]] bool showsWithoutReadings() const override { return true; }
    void setTheme(const Theme& theme) override { m_theme = theme; }
    [[nodiscard]] static RailReading railReading(const PageContext& context);

    /// Chooses a profile; empty: the bundled stack.
    void choose(const QString& name);
    /// An empty form, or one with another profile's servers.
    void beginNew(ProfileDraft draft);

private:
    [[nodiscard]] QWidget* makeLeft();
    [[nodiscard]] QWidget* makeRight();
    void makeActions();
    void onListChanged();
    void onChosen(const QString& name);
    void onTest();
    void onSaved(const QString& name);
    void keepEdits();
    void showDetail();
    void showButtons();
    void showProbes();
    void showSentence();
    void save();
    void test();
    void copy();
    void remove();
    void connectTo();
    /// Runs `then` at once, or, in production, once the profile's name was typed.
    void asked(bool ask, const QString& title, const QString& sentence, const QString& act, std::function<void()> then);

    ConnectionsController& m_connections;
    Theme m_theme;
    SituationSentence* m_sentence;
    ConnectionList* m_list;
    NoticeBar* m_removed;
    NoticeBar* m_keychain;
    SectionHead* m_head;
    KeyButton* m_new;
    KeyButton* m_connect;
    KeyButton* m_test;
    KeyButton* m_save;
    KeyButton* m_copy;
    KeyButton* m_remove;
    PlainLabel* m_said;
    PlainLabel* m_about; ///< instead of the form: the bundled stack, a damaged file
    ProbePanel* m_probes;
    ConnectionForm* m_form;
    QScrollArea* m_scroll;
    QString m_chosen;        ///< whose form is shown
    bool m_creating = false; ///< a new profile has a row of its own
    bool m_saving = false;
    QString m_toChoose;                         ///< as soon as it is listed
    QString m_tested;                           ///< whose test is shown
    std::optional<std::string> m_shownDocument; ///< that the form was made from
    std::map<QString, ProfileDraft> m_edits;    ///< unsaved, of profiles that are not shown; no secrets
    QElapsedTimer m_refreshed;
};

} // namespace binnacle::app
