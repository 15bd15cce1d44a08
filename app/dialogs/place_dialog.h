// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme.h"

#include <QDialog>

class QHBoxLayout;
class QVBoxLayout;

namespace binnacle {
class EnvironmentBand;
}

namespace binnacle::app {

class DimOverlay;
class PlainLabel;

/// A dialog that names the place it is about: environment, title, sentence, whatever its owner adds, buttons. It stands
/// over a darkened window. open() it.
class PlaceDialog : public QDialog, public Themed {
    Q_OBJECT

public:
    PlaceDialog(Environment environment, const QString& place, QWidget* window);
    ~PlaceDialog() override;
    void setTheme(const Theme& theme) override;

protected:
    void setTitle(const QString& title);
    void setSentence(const QString& sentence);
    [[nodiscard]] QVBoxLayout& body() { return *m_body; }
    [[nodiscard]] QHBoxLayout& buttons() { return *m_buttons; }
    /// As high as its text wants, in the upper half of the window.
    void fit();
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    DimOverlay* m_overlay;
    EnvironmentBand* m_band;
    PlainLabel* m_title;
    PlainLabel* m_sentence;
    QVBoxLayout* m_body;
    QHBoxLayout* m_buttons;
    Theme m_theme;
};

} // namespace binnacle::app
