// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sql_view.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QScrollBar>
#include <QSyntaxHighlighter>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace binnacle {

namespace {

constexpr qsizetype kLongest = 20000;
constexpr int kLine = 19; ///< px, as the type scale says for mono

// What the statements of migrations are made of; a word that is missing here is only lighter.
constexpr std::array kWords = {
    "add",        "alter",     "always",       "analyze",   "and",      "as",         "asc",      "begin",
    "between",    "by",        "cascade",      "case",      "check",    "column",     "commit",   "concurrently",
    "constraint", "create",    "default",      "delete",    "desc",     "do",         "drop",     "else",
    "end",        "exclude",   "exists",       "extension", "false",    "foreign",    "from",     "full",
    "function",   "generated", "group",        "having",    "identity", "if",         "in",       "include",
    "index",      "insert",    "into",         "is",        "join",     "key",        "language", "left",
    "limit",      "lock",      "materialized", "not",       "null",     "nulls",      "on",       "only",
    "or",         "order",     "outer",        "partition", "primary",  "references", "reindex",  "rename",
    "replace",    "restrict",  "returning",    "right",     "rollback", "schema",     "select",   "sequence",
    "set",        "table",     "then",         "to",        "trigger",  "true",       "type",     "union",
    "unique",     "update",    "using",        "valid",     "validate", "values",     "view",     "when",
    "where",      "with",
};

bool isWord(QChar c) {
    return c.isLetterOrNumber() || c == QLatin1Char('_');
}

} // namespace

/// Keywords outside of quotes and comments, in the heavier weight.
class SqlView::Keywords : public QSyntaxHighlighter {
public:
    explicit Keywords(QTextDocument* document)
        : QSyntaxHighlighter(document) {}
    void setFont(const QFont& font) {
        m_strong.setFontWeight(font.weight());
        rehighlight();
    }

protected:
    void highlightBlock(const QString& text) override {
        qsizetype at = 0;
        while (at < text.size()) {
            const QChar c = text[at];
            if (c == QLatin1Char('-') && at + 1 < text.size() && text[at + 1] == QLatin1Char('-')) {
                return;
            }
            if (c == QLatin1Char('\'') || c == QLatin1Char('"')) {
                const auto end = text.indexOf(c, at + 1);
                at = end < 0 ? text.size() : end + 1;
                continue;
            }
            if (!isWord(c)) {
                ++at;
                continue;
            }
            auto end = at;
            while (end < text.size() && isWord(text[end])) {
                ++end;
            }
            const auto word = text.mid(at, end - at).toLower();
            if (std::ranges::any_of(kWords, [&word](const char* known) { return word == QLatin1String(known); })) {
                setFormat(static_cast<int>(at), static_cast<int>(end - at), m_strong);
            }
            at = end;
        }
    }

private:
    QTextCharFormat m_strong;
};

SqlView::SqlView(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_keywords(new Keywords(document())) {
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setLayoutDirection(Qt::LeftToRight); // SQL is written from the left, whatever the window's direction
    document()->setDocumentMargin(4);
    setAccessibleName(tr("Statement"));
}

void SqlView::setStatement(const QString& sql) {
    if (sql == m_statement) {
        return; // setting it again would take away who reads or selects
    }
    m_statement = sql;
    QString shown = sql.trimmed();
    if (shown.size() > kLongest) {
        shown = shown.left(kLongest) + tr("\n-- and %1 characters more").arg(sql.size() - kLongest);
    }
    const auto unfit = [](QChar c) {
        // Overrides of the direction could make a statement read as another one.
        return (c.category() == QChar::Other_Control && c != QLatin1Char('\n') && c != QLatin1Char('\t')) ||
               c.category() == QChar::Other_Format;
    };
    std::replace_if(shown.begin(), shown.end(), unfit, QLatin1Char(' '));
    setPlainText(shown);
    fit();
}

void SqlView::setMostLines(int lines) {
    m_most = std::max(1, lines);
    fit();
}

void SqlView::setTheme(const Theme& theme) {
    setFont(theme.font(Type::Mono));
    auto colors = theme.palette();
    colors.setColor(QPalette::Base, theme.color(Token::Rail));
    colors.setColor(QPalette::Text, theme.color(Token::Ink));
    setPalette(colors);
    m_keywords->setFont(theme.font(Type::MonoStrong));
    fit();
}

QSize SqlView::sizeHint() const {
    double lines = 0;
    for (auto block = document()->begin(); block.isValid() && lines < m_most; block = block.next()) {
        lines += std::max(1, block.layout()->lineCount());
    }
    const int shown = static_cast<int>(std::clamp<double>(lines, 1, m_most));
    return {400, shown * std::max(kLine - 3, fontMetrics().lineSpacing()) + 10};
}

void SqlView::fit() {
    const int high = sizeHint().height();
    if (high != height()) {
        setFixedHeight(high);
    }
}

void SqlView::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) {
        fit();
    }
}

void SqlView::keyPressEvent(QKeyEvent* event) {
    // Only what moves or copies is ours: letters are the window's shortcuts.
    if (event->text().isEmpty() || event->matches(QKeySequence::Copy) || event->matches(QKeySequence::SelectAll)) {
        QPlainTextEdit::keyPressEvent(event);
        return;
    }
    event->ignore();
}

} // namespace binnacle
