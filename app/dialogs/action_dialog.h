// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/dialogs/action_words.h"
#include "widgets/act_stages.h"
#include "widgets/theme.h"

#include <QDialog>
#include <QPointer>

#include <chrono>

class QLineEdit;
class QVBoxLayout;

namespace binnacle {
class EnvironmentBand;
class KeyButton;
class NowAfterTable;
class SegmentedControl;
class SqlView;
} // namespace binnacle

namespace binnacle::app {

class DimOverlay;
class PlainLabel;
class PreviewCells;
class WarningList;

/// The dialog before, while and after an act: names target, environment and what is touched, takes the reason, and
/// shows in place how the act went. It knows words and states, no gateway. open() it; it deletes itself.
class ActionDialog : public QDialog, public Themed {
    Q_OBJECT

public:
    enum class Phase {
        Reading,    ///< no preview yet
        Unreadable, ///< none can be had; the message says why
        Preview,    ///< it may be confirmed
        Acting,     ///< confirmed; no way back
        Done,       ///< seen in effect
        Refused,    ///< nothing was done
        Failed,
        InDoubt,
    };

    ActionDialog(Environment environment, const Theme& theme, QWidget* window);
    ~ActionDialog() override;

    void showReading(const QString& title);
    void showUnreadable(const QString& message);
    /// `place` names the environment; `typeToConfirm` is the word to type, or empty; `permanent`: it can't be undone.
    void showPreview(const PreviewWords& words, const QString& place, const QString& typeToConfirm, bool permanent);
    /// Something in the preview is another than a moment ago, and why: for a moment nothing can be confirmed.
    void showMoved(const QString& message);
    /// Nothing has changed for a while: what showMoved() said is over.
    void showStill();
    /// How long what is previewed lasts: what there is to choose from, and which is chosen. Nothing to choose from: it
    /// has no such choice.
    void showLeases(const std::vector<QString>& texts, int current);
    /// How old the reading is, and how long it holds; called twice a second.
    void showTimes(std::chrono::milliseconds age, std::chrono::milliseconds left);
    /// Ends the preview's phase. `message` says what to do next, where it did not go well.
    void showProgress(Phase phase, std::vector<ActStage> stages, const QString& message, bool mayUndo = false);
    void setStep(int step);

    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] QString reason() const;
    [[nodiscard]] QString typed() const;
    void setTheme(const Theme& theme) override;

Q_SIGNALS:
    void confirmed();
    /// Another of the leases; what is shown is of the one before, and can't be confirmed until it is shown anew.
    void leaseChosen(int index);
    void readAgainRequested();
    /// In doubt: ask under the same request what became of it.
    void askAgainRequested();
    void undoRequested();
    /// The window's key for it, which a modal dialog would keep away.
    void panicRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void confirm();
    void showButtons();
    void fit();
    void place();
    void setPhase(Phase phase);
    [[nodiscard]] bool mayConfirm() const;

    Environment m_environment;
    Theme m_theme;
    Phase m_phase = Phase::Reading;
    QString m_place;
    QString m_typeToConfirm;
    QString m_keep;
    bool m_hasStatement = false;
    std::chrono::steady_clock::time_point m_quietUntil{};
    bool m_outdated = false; ///< a preview of another wish is on its way
    bool m_permanent = false;
    bool m_mayUndo = false;
    QPointer<DimOverlay> m_overlay;

    EnvironmentBand* m_band;
    PlainLabel* m_title;
    PlainLabel* m_target;
    SqlView* m_statement;
    PlainLabel* m_touches;
    NowAfterTable* m_rows;
    PlainLabel* m_basis;
    PreviewCells* m_cells;
    WarningList* m_warnings;
    PlainLabel* m_message;
    QWidget* m_form;
    PlainLabel* m_leaseLabel;
    SegmentedControl* m_leases;
    PlainLabel* m_reasonLabel;
    QLineEdit* m_reason;
    PlainLabel* m_typedLabel;
    QLineEdit* m_typed;
    PlainLabel* m_validity;
    KeyButton* m_again;
    KeyButton* m_keepButton;
    KeyButton* m_confirm;
    ActStages* m_stages;
};

} // namespace binnacle::app
