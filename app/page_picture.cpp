// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/page_picture.h"

#include "app/file_saving.h"
#include "app/pages/page.h"
#include "widgets/draw.h"
#include "widgets/environment_band.h"
#include "widgets/time_context.h"
#include "widgets/top_bar.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QImageWriter>
#include <QPainter>
#include <QSaveFile>

namespace binnacle::app {

namespace {

constexpr int kMargin = 20;
constexpr int kHead = 56;

QDateTime momentOf(const TimeContext& time, SteadyTime at) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time.utcOf(at).time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(ms, time.zone());
}

/// Empty when it was written.
QString write(const QImage& picture, const QString& file) {
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly)) {
        return out.errorString();
    }
    QImageWriter writer(&out, "png");
    if (!writer.write(picture)) {
        return writer.errorString();
    }
    return out.commit() ? QString() : out.errorString();
}

} // namespace

QString windowText(const TimeContext& time) {
    const auto window = time.window();
    const auto from = momentOf(time, window.from);
    const auto to = momentOf(time, window.to);
    const auto day = [](const QDateTime& at) { return at.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")); };
    return day(from) + QStringLiteral(" \u2013 ") +
           (from.date() == to.date() ? to.toString(QStringLiteral("HH:mm:ss")) : day(to)) + QLatin1Char(' ') +
           time.zoneName();
}

QImage pictureOf(QWidget& page, const PictureHead& head, const Theme& theme) {
    const auto shown = page.grab();
    const auto ratio = shown.devicePixelRatio();
    const QSize size(page.width() + 2 * kMargin, page.height() + kHead + kMargin);
    QImage picture(size * ratio, QImage::Format_RGB32);
    picture.setDevicePixelRatio(ratio);
    picture.fill(theme.color(Token::Bg));
    QPainter painter(&picture);
    const bool mirrored = page.isRightToLeft();
    const auto start = mirrored ? Qt::AlignRight : Qt::AlignLeft;
    const auto end = mirrored ? Qt::AlignLeft : Qt::AlignRight;
    const auto visual = [&](const QRectF& box) {
        return mirrored ? QRectF(size.width() - box.right(), box.top(), box.width(), box.height()) : box;
    };
    const auto [word, ground, ink] = placeMark(head.environment, theme);
    painter.fillRect(QRectF(0, 0, size.width(), 3), ground);
    const double block = draw::textWidth(theme.font(Type::LabelStrong), word) + 24;
    const QRectF line(0, 3, size.width(), kHead - 15);
    const QRectF band = visual(QRectF(kMargin, 13, block, 22));
    painter.fillRect(band, ground);
    draw::text(painter, band, word, theme.font(Type::LabelStrong), ink, Qt::AlignHCenter);
    const double right = draw::text(painter, visual(line.adjusted(kMargin, 0, -kMargin, 0)),
                                    head.window + QStringLiteral(", ") + head.mode, theme.font(Type::Label),
                                    theme.color(Token::Ink), end);
    const QRectF names(kMargin + block + 12, 3, size.width() - 2 * kMargin - block - 24 - right, kHead - 15);
    const double used =
        draw::text(painter, visual(names), head.place, theme.font(Type::Label), theme.color(Token::Ink2), start);
    draw::text(painter, visual(names.adjusted(used + 16, 0, 0, 0)), head.title, theme.font(Type::Heading),
               theme.color(Token::Ink), start);
    draw::horizontal(painter, 0, size.width(), kHead - 13, theme.color(Token::Rule2));
    painter.drawPixmap(QPointF(kMargin, kHead), shown);
    return picture;
}

PictureSaver::PictureSaver(QWidget* window)
    : QObject(window)
    , m_window(window) {}

void PictureSaver::ask(QWidget& page, const QString& id, const TopBar& place, const TimeContext& time,
                       const Theme& theme) {
    PictureHead head{id, place.profile(), place.environment(), windowText(time), place.modeText()};
    for (const auto& entry : pageCatalogue()) {
        if (id == QLatin1String(entry.id)) {
            head.title = QCoreApplication::translate("Page", entry.title);
        }
    }
    auto picture = pictureOf(page, head, theme);
    const auto name = QStringLiteral("binnacle-%1-%2.png")
                          .arg(id, momentOf(time, time.end()).toString(QStringLiteral("yyyyMMdd-HHmmss")));
    const SaveQuestion question{QStringLiteral("savePicture"), tr("Save the page as a picture"),
                                tr("PNG pictures (*.png)"), QStringLiteral("png"), name};
    askWhereToSave(*m_window, question, *this,
                   [this, picture = std::move(picture)](const QString& file) { save(picture, file); });
}

void PictureSaver::save(QImage picture, const QString& file) {
    // Packing takes a tenth of a second.
    saveBeside(
        *this, [file, picture = std::move(picture)] { return write(picture, file); },
        [this, file](const QString& problem) {
            Q_EMIT said(problem.isEmpty() ? tr("The picture was saved as %1.").arg(file)
                                          : tr("The picture was not written to %1: %2").arg(file, problem));
        });
}

} // namespace binnacle::app
