// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/painted_texts.h"

#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>
#include <QWidget>

#include <cmath>

namespace binnacle::test {

namespace {

/// Paints nothing, and writes down every text.
class Engine : public QPaintEngine {
public:
    Engine()
        : QPaintEngine(AllFeatures) {}

    bool begin(QPaintDevice*) override {
        setActive(true);
        return true;
    }
    bool end() override {
        setActive(false);
        return true;
    }
    Type type() const override { return User; }
    void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override {}
    void drawImage(const QRectF&, const QImage&, const QRectF&, Qt::ImageConversionFlags) override {}
    void drawPath(const QPainterPath&) override {}
    void drawPolygon(const QPointF*, int, PolygonDrawMode) override {}
    void drawPolygon(const QPoint*, int, PolygonDrawMode) override {}

    void updateState(const QPaintEngineState& now) override {
        const auto dirty = now.state();
        if (dirty & DirtyTransform) {
            m_transform = now.transform();
        }
        if (dirty & (DirtyClipRegion | DirtyClipPath | DirtyClipEnabled)) {
            m_clip = now.isClipEnabled() ? m_transform.mapRect(now.painter()->clipBoundingRect()) : QRectF();
        }
    }

    void drawTextItem(const QPointF& at, const QTextItem& item) override {
        const auto text = item.text();
        const QRectF box =
            m_transform.mapRect(QRectF(at.x(), at.y() - item.ascent(), item.width(), item.ascent() + item.descent()));
        QRectF clip = systemClip().isEmpty() ? QRectF(0, 0, 1e6, 1e6) : QRectF(systemClip().boundingRect());
        if (m_clip.isValid()) {
            clip &= m_clip;
        }
        // A line comes in pieces: by font, each with the text of all, or by script, one after the other.
        if (!texts.empty()) {
            auto& last = texts.back();
            const bool sameLine = std::abs(last.box.center().y() - box.center().y()) < 1;
            const bool touches =
                std::abs(last.box.right() - box.left()) < 1.5 || std::abs(box.right() - last.box.left()) < 1.5;
            if (sameLine && touches && last.clip == clip) {
                last.box |= box;
                last.text += last.text == text ? QString() : text;
                return;
            }
        }
        texts.push_back({text, box, clip});
    }

    std::vector<PaintedText> texts;

private:
    QTransform m_transform;
    QRectF m_clip;
};

class Sheet : public QPaintDevice {
public:
    explicit Sheet(QSize size)
        : m_size(size) {}
    QPaintEngine* paintEngine() const override { return &m_engine; }
    [[nodiscard]] const std::vector<PaintedText>& texts() const { return m_engine.texts; }

protected:
    int metric(PaintDeviceMetric which) const override {
        switch (which) {
        case PdmWidth:
            return m_size.width();
        case PdmHeight:
            return m_size.height();
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY:
            return 96;
        case PdmDepth:
            return 32;
        case PdmNumColors:
            return 1 << 24;
        case PdmDevicePixelRatio:
            return 1;
        case PdmDevicePixelRatioScaled:
            return static_cast<int>(devicePixelRatioFScale());
        default:
            return QPaintDevice::metric(which);
        }
    }

private:
    QSize m_size;
    mutable Engine m_engine;
};

} // namespace

std::vector<PaintedText> paintedTexts(QWidget& widget) {
    Sheet sheet(widget.size());
    {
        QPainter painter(&sheet);
        widget.render(&painter, QPoint(), QRegion(), QWidget::DrawChildren);
    }
    return sheet.texts();
}

} // namespace binnacle::test
