// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/replay_bar.h"

#include "app/controllers/replay_controller.h"
#include "app/notes/note_dialogs.h"
#include "widgets/key_button.h"
#include "widgets/time_context.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

#include <algorithm>

namespace binnacle::app {

namespace {

QString moment(const TimeContext& time, SteadyTime at) {
    return whenOf({time.utcOf(at), time.utcOf(at), {}, {}}, time);
}

QLabel* plainLabel(QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

ReplayBar::ReplayBar(ReplayController& controller, const TimeContext& time, const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_time(time)
    , m_badge(plainLabel(this))
    , m_where(plainLabel(this))
    , m_about(plainLabel(this))
    , m_back(new KeyButton(tr("Back 1 min"), QStringLiteral("<"), this))
    , m_play(new KeyButton(tr("Play"), tr("Space"), this))
    , m_on(new KeyButton(tr("On 1 min"), QStringLiteral(">"), this))
    , m_speed(new SegmentedControl(this))
    , m_live(new KeyButton(tr("Back to live"), QStringLiteral("Shift+R"), this)) {
    setObjectName(QStringLiteral("replayBar"));
    setAccessibleName(tr("Replay"));
    m_badge->setText(tr("REPLAY"));
    m_badge->setContentsMargins(6, 1, 6, 1);
    m_badge->setAutoFillBackground(true);
    const auto& replay = controller.replay();
    m_about->setText(tr("%1, %2. Nothing can be done here.")
                         .arg(name, whenOf({time.utcOf(replay.from), time.utcOf(replay.to), {}, {}}, time)));
    m_about->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_back->setObjectName(QStringLiteral("replayBack"));
    m_play->setObjectName(QStringLiteral("replayPlay"));
    m_on->setObjectName(QStringLiteral("replayOn"));
    m_speed->setObjectName(QStringLiteral("replaySpeed"));
    m_speed->setAccessibleName(tr("Speed"));
    std::vector<SegmentedControl::Segment> segments;
    for (const int speed : ReplayController::speeds()) {
        segments.push_back({tr("%1\u00d7").arg(speed)});
    }
    m_speed->setSegments(std::move(segments));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(20, 5, 20, 6);
    row->setSpacing(10);
    row->addWidget(m_badge);
    row->addWidget(m_where);
    row->addSpacing(6);
    for (auto* button : {m_back, m_play, m_on}) {
        row->addWidget(button);
    }
    row->addWidget(m_speed);
    row->addWidget(m_live);
    row->addSpacing(6);
    row->addWidget(m_about, 1);
    m_live->setObjectName(QStringLiteral("replayLive"));
    m_live->hide();
    connect(m_live, &QAbstractButton::clicked, this, &ReplayBar::liveRequested);
    connect(m_back, &QAbstractButton::clicked, this, [this] { m_controller.skip(-std::chrono::minutes(1)); });
    connect(m_on, &QAbstractButton::clicked, this, [this] { m_controller.skip(std::chrono::minutes(1)); });
    connect(m_play, &QAbstractButton::clicked, this, [this] { m_controller.togglePlay(); });
    connect(m_speed, &SegmentedControl::chosen, this,
            [this](int index) { m_controller.setSpeed(ReplayController::speeds()[static_cast<std::size_t>(index)]); });
    connect(&controller, &ReplayController::changed, this, &ReplayBar::showTime);
    showTime();
}

void ReplayBar::setLiveVisible(bool visible) {
    m_live->setVisible(visible);
}

void ReplayBar::showTime() {
    auto where = moment(m_time, m_time.now());
    if (m_controller.isSeeking()) {
        where = tr("Seeking\u2026");
    } else if (m_controller.atEnd()) {
        where += QLatin1Char(' ') + tr("(the end)");
    }
    if (m_where->text() != where) {
        m_where->setText(where);
    }
    const auto play = m_controller.isPlaying() ? tr("Stop") : m_controller.atEnd() ? tr("Play again") : tr("Play");
    if (m_play->text() != play) {
        m_play->setText(play);
        m_play->updateGeometry();
    }
    const auto speeds = ReplayController::speeds();
    m_speed->setCurrent(static_cast<int>(std::ranges::find(speeds, m_controller.speed()) - speeds.begin()));
    setAccessibleDescription(text());
}

QString ReplayBar::text() const {
    return m_badge->text() + QLatin1Char(' ') + m_where->text() + QStringLiteral(", ") + m_about->text();
}

void ReplayBar::setTheme(const Theme& theme) {
    m_theme = theme;
    auto inverted = theme.palette();
    inverted.setColor(QPalette::Window, theme.color(Token::Ink));
    inverted.setColor(QPalette::WindowText, theme.color(Token::Bg));
    m_badge->setPalette(inverted);
    m_badge->setFont(theme.font(Type::SmallStrong));
    m_where->setFont(theme.font(Type::LabelStrong));
    // A place of its own for the longest that it says: the buttons do not move while it plays.
    m_where->setMinimumWidth(
        QFontMetrics(m_where->font()).horizontalAdvance(QStringLiteral("00/00/0000 00:00:00 (the end)")));
    m_about->setFont(theme.font(Type::Label));
    for (Themed* child : std::initializer_list<Themed*>{m_back, m_play, m_on, m_speed}) {
        child->setTheme(theme);
    }
    update();
}

void ReplayBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(QRect(0, height() - 3, width(), 1), m_theme.color(Token::Rule2));
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.color(Token::Rule2));
}

} // namespace binnacle::app
