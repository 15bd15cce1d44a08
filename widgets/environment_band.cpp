// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/environment_band.h"

#include "widgets/draw.h"

#include <QCoreApplication>
#include <QPainter>

namespace binnacle {

QString environmentWord(Environment environment) {
    switch (environment) {
    case Environment::Production:
        return QCoreApplication::translate("Environment", "PRODUCTION");
    case Environment::Staging:
        return QCoreApplication::translate("Environment", "Staging");
    case Environment::Development:
        break;
    }
    return QCoreApplication::translate("Environment", "Development");
}

PlaceMark placeMark(std::optional<Environment> environment, const Theme& theme) {
    if (!environment) {
        return {QCoreApplication::translate("Environment", "Recording"), theme.color(Token::Sel),
                theme.color(Token::Ink)};
    }
    return {environmentWord(*environment), theme.environment(*environment), theme.onEnvironment()};
}

EnvironmentBand::EnvironmentBand(QWidget* parent)
    : PaintedWidget(parent) {
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Environment"));
}

void EnvironmentBand::showPlace(Environment environment, const QString& place, const QString& aside) {
    assign(m_shown, {environment, place, aside});
}

QString EnvironmentBand::spokenValue() const {
    return QStringLiteral("%1, %2, %3").arg(environmentWord(m_shown.environment), m_shown.place, m_shown.aside);
}

void EnvironmentBand::paint(QPainter& painter) {
    painter.fillRect(rect(), theme().environment(m_shown.environment));
    const QColor on = theme().onEnvironment();
    const auto start = isMirrored() ? Qt::AlignRight : Qt::AlignLeft;
    const auto end = isMirrored() ? Qt::AlignLeft : Qt::AlignRight;
    const double aside = draw::textWidth(theme().font(Type::Label), m_shown.aside) + 2;
    const double high = height();
    draw::text(painter, visual({width() - 24 - aside, 0, aside, high}), m_shown.aside, theme().font(Type::Label), on,
               end);
    const double word = draw::text(painter, visual({24, 0, 160, high}), environmentWord(m_shown.environment),
                                   theme().font(Type::LabelStrong), on, start);
    const double left = 24 + word + 12;
    draw::text(painter, visual({left, 0, width() - left - aside - 40, high}), m_shown.place, theme().font(Type::Label),
               on, start);
}

} // namespace binnacle
