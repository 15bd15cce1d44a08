// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette_view.h"

#include "widgets/draw.h"
#include "widgets/mark.h"
#include "widgets/palette_facts.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStackedLayout>
#include <QStyledItemDelegate>
#include <QTextLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace binnacle {

namespace {

constexpr int kWidth = 902;
constexpr int kHeight = 560;
constexpr int kFacts = 372;
constexpr int kTwoColumns = 760; ///< narrower papers have no room for facts
constexpr int kMargin = 16;
constexpr int kHead = 26;
constexpr int kRow = 40;

/// Text with the letters that were looked for set off: heavier and underlined, so that weight is not the only sign.
void drawHits(QPainter& painter, const QRectF& box, const QString& text, const std::vector<int>& hits,
              const QFont& font, const QColor& ink, const QColor& strong, bool mirrored) {
    const auto shown = QFontMetricsF(font).elidedText(draw::oneLine(text), Qt::ElideRight, box.width() - 4);
    QTextLayout layout(shown, font);
    QTextOption option(mirrored ? Qt::AlignRight : Qt::AlignLeft);
    option.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(option);
    QList<QTextLayout::FormatRange> formats;
    const auto last = shown == text ? shown.size() : shown.size() - 1; // the rest stands behind the dots
    for (const int hit : hits) {
        if (hit >= last) {
            break;
        }
        if (!formats.isEmpty() && formats.back().start + formats.back().length == hit) {
            ++formats.back().length;
            continue;
        }
        QTextLayout::FormatRange range;
        range.start = hit;
        range.length = 1;
        range.format.setFontWeight(QFont::DemiBold);
        range.format.setFontUnderline(true);
        range.format.setForeground(strong);
        formats << range;
    }
    layout.setFormats(formats);
    layout.beginLayout();
    auto line = layout.createLine();
    line.setLineWidth(box.width());
    layout.endLayout();
    painter.setPen(ink);
    layout.draw(&painter, QPointF(box.left(), box.top() + (box.height() - line.height()) / 2));
}

} // namespace

class PaletteView::Delegate : public QStyledItemDelegate {
public:
    Delegate(const PaletteRows& rows, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_rows(rows) {}

    Theme theme;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        return {100, index.data(PaletteHeadRole).toBool() ? kHead : kRow};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const QRectF row = option.rect;
        const bool mirrored = option.direction == Qt::RightToLeft;
        const auto visual = [&](const QRectF& box) {
            return mirrored ? QRectF(row.left() + row.right() - box.right(), box.top(), box.width(), box.height())
                            : box;
        };
        const auto start = mirrored ? Qt::AlignRight : Qt::AlignLeft;
        const auto end = mirrored ? Qt::AlignLeft : Qt::AlignRight;
        painter->save();
        const QRectF inner = row.adjusted(kMargin, 0, -kMargin, 0);
        if (index.data(PaletteHeadRole).toBool()) {
            const QRectF words(inner.left(), inner.bottom() - 20, inner.width(), 18);
            draw::text(*painter, visual(words), index.data().toString(), theme.font(Type::Small),
                       theme.color(Token::Ink3), start);
            draw::text(*painter, visual(words), index.data(PaletteSideRole).toString(), theme.font(Type::Small),
                       theme.color(Token::Ink3), end);
            painter->restore();
            return;
        }
        const auto* held = m_rows.rowAt(index);
        if (held == nullptr) {
            painter->restore();
            return;
        }
        if (option.state & QStyle::State_Selected) {
            painter->fillRect(row, theme.color(Token::Sel));
            painter->fillRect(visual(QRectF(row.left(), row.top(), 3, row.height())), theme.color(Token::Ink));
        }
        double right = inner.right();
        if (!held->keys.isEmpty()) {
            const double wide = draw::keyCap(nullptr, {}, held->keys, theme.font(Type::Small), {}, {});
            const auto cap = visual(QRectF(right - wide, row.top(), wide, row.height()));
            draw::keyCap(painter, QPointF(cap.left(), row.top() + 13), held->keys, theme.font(Type::Small),
                         theme.color(Token::Ink2), theme.color(Token::Ink3));
            right -= wide + 10;
        }
        drawHits(*painter, visual(QRectF(inner.left(), row.top() + 3, right - inner.left(), 18)), held->title,
                 held->titleHits, theme.font(Type::BodyStrong), theme.color(held->may ? Token::Ink : Token::Ink3),
                 theme.color(Token::Ink), mirrored);
        double left = inner.left();
        if (!held->may) { // beside the reason, so that names stand below each other
            drawMark(*painter, visual(QRectF(left, row.top() + 22, 12, 12)), Mark::Denied, theme);
            left += 18;
        }
        drawHits(*painter, visual(QRectF(left, row.top() + 20, inner.right() - left, 16)), held->detail,
                 held->detailHits, theme.font(Type::Label), theme.color(Token::Ink3), theme.color(Token::Ink2),
                 mirrored);
        painter->restore();
    }

private:
    const PaletteRows& m_rows;
};

PaletteView::PaletteView(QWidget* window)
    : QWidget(window)
    , m_rows(new PaletteRows(this))
    , m_delegate(new Delegate(*m_rows, this))
    , m_paper(new QWidget(this))
    , m_stage(new QLabel(m_paper))
    , m_field(new QLineEdit(m_paper))
    , m_list(new QListView(m_paper))
    , m_none(new QLabel(m_paper))
    , m_facts(new PaletteFacts(m_paper))
    , m_foot(new QLabel(m_paper)) {
    setObjectName(QStringLiteral("palette"));
    setAccessibleName(tr("Go to or do"));
    for (auto* label : {m_stage, m_none, m_foot}) {
        label->setTextFormat(Qt::PlainText);
    }
    m_none->setWordWrap(true);
    m_none->setContentsMargins(kMargin, kMargin, kMargin, 0);
    m_none->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_field->setObjectName(QStringLiteral("paletteField"));
    m_field->setAccessibleName(tr("Go to, do, find"));
    m_field->setMaxLength(200);
    m_field->setFrame(false);
    m_field->setMinimumHeight(30);
    m_list->setObjectName(QStringLiteral("paletteList"));
    m_list->setAccessibleName(tr("What was found"));
    m_list->setModel(m_rows);
    m_list->setItemDelegate(m_delegate);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto* top = new QHBoxLayout;
    top->setContentsMargins(kMargin, 8, kMargin, 8);
    top->setSpacing(10);
    top->addWidget(m_stage);
    top->addWidget(m_field, 1);
    m_found = new QStackedLayout;
    m_found->addWidget(m_list);
    m_found->addWidget(m_none);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addLayout(m_found, 1);
    middle->addWidget(m_facts);
    auto* column = new QVBoxLayout(m_paper);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addLayout(top);
    column->addLayout(middle, 1);
    m_foot->setContentsMargins(kMargin, 6, kMargin, 6);
    column->addWidget(m_foot);
    m_facts->setFixedWidth(kFacts);

    m_field->installEventFilter(this);
    window->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &PaletteView::queryChanged);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) {
        if (const auto [section, row] = m_rows->placeOf(index); row >= 0) {
            Q_EMIT activated(section, row);
        }
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        const auto* row = m_rows->rowAt(index);
        m_facts->showRow(row, m_rows->kindAt(index));
        // The focus stays in the field: what is chosen is said there.
        m_field->setAccessibleDescription(row == nullptr ? QString() : m_facts->spokenValue());
        QAccessibleEvent event(m_field, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&event);
    });
    hide();
}

void PaletteView::open(QWidget* spared) {
    if (m_spared != spared && spared != nullptr) {
        spared->installEventFilter(this);
    }
    m_spared = spared;
    if (!isVisible()) {
        m_focusBefore = window()->focusWidget();
    }
    m_field->clear();
    place();
    raise();
    show();
    m_field->setFocus(Qt::PopupFocusReason);
}

void PaletteView::dismiss(bool giveBack) {
    if (!isVisible()) {
        return;
    }
    const auto before = m_focusBefore;
    m_focusBefore = nullptr;
    if (giveBack && before && before->isVisible() && before->isEnabled()) {
        before->setFocus(Qt::OtherFocusReason);
    } else if (giveBack) {
        m_field->clearFocus();
    }
    hide();
}

void PaletteView::place() {
    const auto room = parentWidget()->size();
    const QRect bright = m_spared ? QRect(m_spared->mapTo(parentWidget(), QPoint()), m_spared->size()) : QRect();
    setGeometry(0, bright.top(), room.width(), room.height() - bright.top());
    setMask(QRegion(rect()) - bright.translated(-pos()));
    const int top = bright.height();
    const QSize paper(std::min(kWidth, width() - 32), std::min(kHeight, height() - top - 40));
    m_paper->setGeometry((width() - paper.width()) / 2, std::min(top + 12, height() - paper.height()), paper.width(),
                         paper.height());
    m_facts->setVisible(paper.width() >= kTwoColumns);
}

void PaletteView::setStage(const QString& title, const QString& hint) {
    m_stage->setText(title);
    m_stage->setVisible(!title.isEmpty());
    m_field->setPlaceholderText(hint);
    m_field->setAccessibleName(title.isEmpty() ? tr("Go to, do, find") : title + QStringLiteral(", ") + hint);
}

void PaletteView::setQuery(const QString& words) {
    m_field->setText(words);
}

QString PaletteView::query() const {
    return m_field->text();
}

void PaletteView::setFoot(const QString& words) {
    m_foot->setText(words);
}

void PaletteView::showSections(std::vector<PaletteSection> sections, const QString& none, bool keepChosen) {
    const auto* held = m_rows->rowAt(m_list->currentIndex());
    const auto title = held != nullptr && keepChosen ? held->title : QString();
    const auto kind = m_rows->kindAt(m_list->currentIndex());
    m_none->setText(none);
    m_found->setCurrentWidget(sections.empty() ? static_cast<QWidget*>(m_none) : m_list);
    if (!m_rows->setSections(std::move(sections))) {
        return;
    }
    auto wanted = m_rows->chooseFrom(0, 1);
    for (int i = 0; !title.isEmpty() && i < m_rows->rowCount(); ++i) {
        const auto index = m_rows->index(i, 0);
        if (const auto* row = m_rows->rowAt(index);
            row != nullptr && row->title == title && m_rows->kindAt(index) == kind) {
            wanted = index;
            break;
        }
    }
    choose(wanted);
    if (!wanted.isValid()) {
        m_facts->showRow(nullptr, {});
        m_field->setAccessibleDescription(none);
    }
}

std::pair<int, int> PaletteView::chosen() const {
    return m_rows->placeOf(m_list->currentIndex());
}

void PaletteView::choose(const QModelIndex& index) {
    if (!index.isValid()) {
        return;
    }
    m_list->setCurrentIndex(index);
    // The head above the first row of a kind comes into view with it.
    const auto above = m_rows->index(std::max(0, index.row() - 1), 0);
    if (m_rows->rowAt(above) == nullptr) {
        m_list->scrollTo(above);
    }
    m_list->scrollTo(index);
}

void PaletteView::move(int rows) {
    const int step = rows < 0 ? -1 : 1;
    auto index = m_list->currentIndex();
    for (int left = std::abs(rows); left > 0; --left) {
        auto next = m_rows->chooseFrom((index.isValid() ? index.row() : -1) + step, step);
        if (!next.isValid() && std::abs(rows) == 1) {
            next = m_rows->chooseFrom(step > 0 ? 0 : m_rows->rowCount() - 1, step); // round
        }
        if (!next.isValid()) {
            break;
        }
        index = next;
    }
    choose(index);
}

bool PaletteView::onKey(int key, Qt::KeyboardModifiers modifiers) {
    const int page = std::max(1, m_list->height() / kRow - 1);
    switch (key) {
    case Qt::Key_Down:
    case Qt::Key_Tab:
        move(1);
        return true;
    case Qt::Key_Up:
    case Qt::Key_Backtab:
        move(-1);
        return true;
    case Qt::Key_PageDown:
        move(page);
        return true;
    case Qt::Key_PageUp:
        move(-page);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const auto [section, row] = chosen(); row >= 0) {
            Q_EMIT activated(section, row);
        }
        return true;
    case Qt::Key_Escape:
        Q_EMIT backRequested();
        return true;
    case Qt::Key_Backspace:
        if (m_field->text().isEmpty() && modifiers == Qt::NoModifier && !m_stage->text().isEmpty()) {
            Q_EMIT backRequested();
            return true;
        }
        return false;
    default:
        return false;
    }
}

bool PaletteView::eventFilter(QObject* watched, QEvent* event) {
    const bool moves = event->type() == QEvent::Resize || event->type() == QEvent::Move;
    if (moves && isVisible() && (watched == parentWidget() || watched == m_spared)) {
        place();
    }
    if (watched == m_field && isVisible()) {
        if (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride) {
            const auto* key = static_cast<QKeyEvent*>(event);
            if (event->type() == QEvent::KeyPress) {
                return onKey(key->key(), key->modifiers());
            }
            // Keys of the list and the field; a page's own shortcuts wait below.
            if (key->key() == Qt::Key_Escape || key->key() == Qt::Key_PageUp || key->key() == Qt::Key_PageDown) {
                event->accept();
                return true;
            }
        }
        if (event->type() == QEvent::FocusOut) {
            const auto reason = static_cast<QFocusEvent*>(event)->reason();
            if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason) {
                Q_EMIT left();
            }
        }
    }
    return QWidget::eventFilter(watched, event);
}

void PaletteView::mousePressEvent(QMouseEvent* event) {
    if (!m_paper->geometry().contains(event->pos())) {
        Q_EMIT left();
    }
}

void PaletteView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    QColor dim(Qt::black);
    dim.setAlphaF(m_theme.isDark() ? 0.55F : 0.35F);
    draw::fill(painter, rect(), dim);
    const QRectF paper = m_paper->geometry();
    painter.fillRect(paper, m_theme.color(Token::Rule2));
    painter.fillRect(paper.adjusted(1, 1, -1, -1), m_theme.color(Token::Rail));
    const double below = paper.top() + m_list->parentWidget()->layout()->itemAt(1)->geometry().top();
    draw::horizontal(painter, paper.left() + 1, paper.right() - 1, below - 1, m_theme.color(Token::Rule2));
    draw::horizontal(painter, paper.left() + 1, paper.right() - 1, paper.top() + m_foot->geometry().top(),
                     m_theme.color(Token::Rule2));
    if (m_facts->isVisible()) {
        const double x =
            paper.left() + (isRightToLeft() ? m_facts->geometry().right() + 1 : m_facts->geometry().left());
        draw::vertical(painter, x, below, paper.top() + m_foot->geometry().top(), m_theme.color(Token::Rule2));
    }
}

void PaletteView::setTheme(const Theme& theme) {
    m_theme = theme;
    m_delegate->theme = theme;
    m_facts->setTheme(theme);
    m_field->setFont(theme.font(Type::Detail));
    auto paper = m_list->palette();
    paper.setColor(QPalette::Base, theme.color(Token::Rail));
    m_list->setPalette(paper);
    const auto ink = [&](QLabel* label, Type type, Token token) {
        label->setFont(theme.font(type));
        auto inks = theme.palette();
        inks.setColor(QPalette::WindowText, theme.color(token));
        label->setPalette(inks);
    };
    ink(m_stage, Type::Heading, Token::Ink);
    ink(m_none, Type::Label, Token::Ink2);
    ink(m_foot, Type::Small, Token::Ink3);
    update();
}

} // namespace binnacle
