// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme.h"

#include <QPlainTextEdit>

namespace binnacle {

/// A statement to read and to copy: mono, keywords by weight and not by colour, wrapped. As high as its text, up to a
/// number of lines; then it scrolls.
class SqlView : public QPlainTextEdit, public Themed {
    Q_OBJECT

public:
    explicit SqlView(QWidget* parent = nullptr);
    /// Plain text whatever it holds; what is longer than 20 000 characters is cut, and says so.
    void setStatement(const QString& sql);
    void setMostLines(int lines);
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, 27}; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Keywords;
    void fit();
    Keywords* m_keywords;
    QString m_statement;
    int m_most = 4;
};

} // namespace binnacle
