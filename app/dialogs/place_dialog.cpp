// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dialogs/place_dialog.h"

#include "app/dialogs/dim_overlay.h"
#include "app/pages/plain_label.h"
#include "widgets/environment_band.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace binnacle::app {

namespace {
constexpr int kWidth = 640;
constexpr int kTopInWindow = 128;
} // namespace

PlaceDialog::PlaceDialog(Environment environment, const QString& place, QWidget* window)
    : QDialog(window, Qt::Dialog | Qt::FramelessWindowHint)
    , m_overlay(new DimOverlay(window))
    , m_band(new EnvironmentBand(this))
    , m_title(new PlainLabel(Type::Title, Token::Ink, this))
    , m_sentence(new PlainLabel(Type::Body, Token::Ink2, this))
    , m_body(new QVBoxLayout)
    , m_buttons(new QHBoxLayout) {
    setAttribute(Qt::WA_DeleteOnClose);
    setFixedWidth(kWidth);
    m_band->showPlace(environment, place, {});
    m_buttons->setSpacing(8);
    m_body->setSpacing(12);
    auto* column = new QVBoxLayout;
    column->setContentsMargins(24, 16, 24, 20);
    column->setSpacing(12);
    column->addWidget(m_title);
    column->addWidget(m_sentence);
    column->addLayout(m_body);
    column->addLayout(m_buttons);
    auto* frame = new QVBoxLayout(this);
    frame->setContentsMargins(1, 0, 1, 1);
    frame->setSpacing(0);
    frame->addWidget(m_band);
    frame->addLayout(column);
}

PlaceDialog::~PlaceDialog() {
    delete m_overlay;
}

void PlaceDialog::setTheme(const Theme& theme) {
    m_theme = theme;
    m_overlay->setTheme(theme);
    update();
}

void PlaceDialog::setTitle(const QString& title) {
    m_title->setText(title);
    setWindowTitle(title);
}

void PlaceDialog::setSentence(const QString& sentence) {
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
    fit();
}

void PlaceDialog::fit() {
    layout()->invalidate();
    layout()->activate();
    if (const int wanted = layout()->totalHeightForWidth(kWidth); wanted > 0 && wanted != height()) {
        setFixedHeight(wanted);
    }
    const auto* window = parentWidget()->window();
    const auto corner = window->mapToGlobal(QPoint((window->width() - width()) / 2, 0));
    const int spare = window->height() - height();
    move(corner.x(), corner.y() + std::clamp(kTopInWindow, 0, std::max(0, spare / 2)));
}

void PlaceDialog::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Rail));
    painter.setPen(m_theme.color(Token::Rule2));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void PlaceDialog::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    fit();
}

} // namespace binnacle::app
