// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/share_panel.h"

#include "app/models/share_text.h"
#include "app/pages/act_button.h"
#include "app/pages/plain_label.h"
#include "widgets/key_button.h"
#include "widgets/kpi_tile.h"
#include "widgets/tip_text.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <array>

namespace binnacle::app {

namespace {

constexpr std::array kStops = {0.0, 1.0, 5.0, 10.0, 25.0, 50.0, 100.0};
constexpr int kTileWidth = 168;
constexpr int kTilePadding = 11;
constexpr qsizetype kLongestReason = 72; ///< of a button's text; the rest is in its tip

/// Lets a tile's padding reach out to the left, so that its label starts where the page does.
class OutdentedTile : public QWidget {
public:
    OutdentedTile(KpiTile& tile, QWidget* parent)
        : QWidget(parent)
        , m_tile(tile) {
        tile.setParent(this);
        setFixedSize(kTileWidth, tile.minimumSizeHint().height());
    }

protected:
    void resizeEvent(QResizeEvent*) override {
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        m_tile.setGeometry(mirrored ? 0 : -kTilePadding, 0, width() + kTilePadding, height());
    }

private:
    KpiTile& m_tile;
};

} // namespace

SharePanel::SharePanel(QWidget* parent)
    : QWidget(parent)
    , m_tile(new KpiTile(this))
    , m_line(new StopLine(this))
    , m_field(new QLineEdit(this))
    , m_preview(new KeyButton(tr("Set\u2026"), {}, this))
    , m_wrong(new PlainLabel(Type::Small, Token::Crit, this))
    , m_abort(new KeyButton(tr("Canary to 0\u2009%\u2026"), QStringLiteral("A"), this)) {
    m_tile->setObjectName(QStringLiteral("shareWanted"));
    m_tile->setSparkVisible(false);
    m_line->setAccessibleName(tr("Canary share"));
    m_field->setObjectName(QStringLiteral("otherShare"));
    m_field->setPlaceholderText(tr("Other share, %"));
    m_field->setAccessibleName(tr("Other share in percent"));
    m_field->setToolTip(m_field->accessibleName());
    m_field->setFixedWidth(128);
    m_field->setMaxLength(16);
    m_preview->setObjectName(QStringLiteral("setOtherShare"));
    m_preview->setAccessibleName(tr("Set the other share\u2026"));
    m_wrong->setObjectName(QStringLiteral("otherShareWrong"));
    m_wrong->setWordWrap(false);
    m_abort->setObjectName(QStringLiteral("abortCanary"));
    m_abort->setSign(KeyButton::Sign::Square);

    auto* other = new QHBoxLayout;
    other->setSpacing(8);
    other->addWidget(m_field);
    other->addWidget(m_preview);
    other->addWidget(m_wrong, 1);
    other->addWidget(m_abort);
    auto* steps = new QVBoxLayout;
    steps->setSpacing(6);
    steps->addWidget(m_line);
    steps->addLayout(other);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 8, 0, 8);
    row->setSpacing(12);
    row->addWidget(new OutdentedTile(*m_tile, this), 0, Qt::AlignTop);
    row->addLayout(steps, 1);

    connect(m_line, &StopLine::stopChosen, this, &SharePanel::shareAsked);
    connect(m_field, &QLineEdit::returnPressed, this, &SharePanel::readField);
    connect(m_field, &QLineEdit::textEdited, this, [this] { m_wrong->clear(); });
    connect(m_preview, &QAbstractButton::clicked, this, &SharePanel::readField);
    connect(m_abort, &QAbstractButton::clicked, this, &SharePanel::abortAsked);
}

void SharePanel::readField() {
    const auto share = readShare(m_field->text());
    if (!share) {
        m_wrong->setText(share.error());
        m_field->setFocus();
        return;
    }
    m_wrong->clear();
    Q_EMIT shareAsked(*share);
}

void SharePanel::showShare(const ShareShown& shown) {
    KpiReading reading;
    reading.label = tr("Share wanted");
    if (shown.wantedPercent) {
        reading.number = numberText(*shown.wantedPercent / 100, Quantity::Share);
        reading.number.value = shareText(*shown.wantedPercent).section(QChar(0x2009), 0, 0);
    } else {
        reading.number = numberText(std::nullopt, Quantity::Share);
    }
    reading.status = shown.status;
    if (reading.status.hasValue()) {
        reading.comparison = tr("of all users");
    } else {
        reading.status.detail = shown.status.title; // the error itself is long: it stands in the tip
    }
    m_tile->setToolTip(reading.status.hasValue() ? QString() : tipText(shown.status.detail));
    m_tile->showReading(reading);

    std::vector<LineStop> stops;
    for (const double stop : kStops) {
        // What it would mean now, where the traffic is known: requests follow the users, they are not split themselves.
        const auto note =
            shown.requestsPerSecond
                ? tr("about %1").arg(numberText(*shown.requestsPerSecond * stop / 100, Quantity::Rate).joined())
                : QString();
        stops.push_back({stop, shareText(stop), note});
    }
    m_line->setStops(std::move(stops));
    LinePlace place;
    if (shown.status.hasValue()) {
        place.wanted = shown.wantedPercent;
        place.label = shown.wantedPercent ? shareText(*shown.wantedPercent) : QString();
    }
    place.current = shown.currentPercent;
    place.note = shown.seenText;
    place.seen = shown.seenPercent;
    place.dim = shown.status.state == PanelState::Late;
    m_line->showPlace(std::move(place));

    const bool may = shown.whyNot.isEmpty();
    m_line->setChoosable(may, shown.whyNot);
    m_field->setEnabled(may);
    showActButton(*m_abort, tr("Canary to 0\u2009%\u2026"), tr("Canary to 0\u2009%"), shown.whyNotAbort,
                  kLongestReason);
    m_preview->setEnabled(may);
    const auto text = may                                     ? tr("Set\u2026")
                      : shown.whyNot.size() <= kLongestReason ? shown.whyNot
                                                              : shown.whyNot.left(kLongestReason) + QChar(0x2026);
    if (m_preview->text() != text) {
        m_preview->setText(text);
        m_preview->setToolTip(tipText(shown.whyNot));
        m_preview->setAccessibleName(may ? tr("Set the other share\u2026") : shown.whyNot);
        m_preview->updateGeometry();
    }
}

} // namespace binnacle::app
