// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QRectF>
#include <QString>

#include <vector>

class QPainter;
class QWidget;

namespace binnacle {

/// Remembers which texts did not fit where a widget painted them, and says them whole in a tooltip. draw::text() notes
/// what it cuts, so no widget has to do anything. GUI thread.
class ElidedTexts : public QObject {
    Q_OBJECT

public:
    /// `whole` was cut to `box` (in the painter's coordinates) by the widget that is painted. Painting on anything else
    /// is not noted.
    static void note(const QPainter& painter, const QRectF& box, const QString& whole);
    /// The whole of what is cut there, in the widget's coordinates; empty where nothing is.
    [[nodiscard]] static QString at(const QWidget& widget, const QPointF& position);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    explicit ElidedTexts(QWidget& widget);

    struct Cut {
        QRectF box;
        QString whole;
    };
    std::vector<Cut> m_cut;
};

} // namespace binnacle
