// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/app/fake_stack.h"
#include "tests/support/patience.h"
#include "widgets/kpi_tile.h"

#include <QDialog>
#include <QPainter>
#include <QSignalSpy>
#include <QtTest>

namespace binnacle::test {

/// A console on a fake stack, shown, with settings of its own.
struct Bench {
    QTemporaryDir settings;
    std::shared_ptr<FakeStack> stack = std::make_shared<FakeStack>();
    std::unique_ptr<app::Console> console;

    void open(app::LaunchOptions options = {}) {
        auto parts = FakeStack::parts(stack, settings);
        parts.options = std::move(options);
        console = std::make_unique<app::Console>(std::move(parts));
        console->show();
        QVERIFY(QTest::qWaitForWindowExposed(&console->window()));
        console->window().activateWindow();
    }
    [[nodiscard]] app::MainWindow& window() const { return console->window(); }
    [[nodiscard]] KpiTile* tile(const char* label) const {
        return window().findChild<KpiTile*>(QStringLiteral("tile.") + QLatin1String(label));
    }
    [[nodiscard]] QString said(const char* label) const {
        const auto* found = tile(label);
        return found != nullptr ? found->spokenValue() : QString();
    }
    [[nodiscard]] SourceState stateOf(std::string_view source) const {
        for (const auto& known : console->feed().path().sources) {
            if (known.name == source) {
                return known.state;
            }
        }
        return SourceState::Loading;
    }
    [[nodiscard]] bool live() const { return console->feed().path().requestsPerSecond.live(); }
    /// Until the display has read the path that often from now on: then there is a past to look at.
    void awaitReadings(int count) const {
        const QSignalSpy read(&console->feed(), &app::SnapshotFeed::pathRead);
        QTRY_VERIFY(read.count() >= count);
    }
    /// Until the display has gone on by two steps: a page that was just opened is laid out and filled.
    void awaitSteps() const {
        const QSignalSpy steps(&console->feed(), &app::SnapshotFeed::ticked);
        QTRY_VERIFY(steps.count() >= 2);
    }
    /// Where BINNACLE_TEST_PICTURES names a folder: the window, with what stands over it.
    void picture(const char* name) const {
        const auto folder = qEnvironmentVariable("BINNACLE_TEST_PICTURES");
        if (folder.isEmpty()) {
            return;
        }
        auto image = window().grab();
        if (const auto* dialog = window().findChild<QDialog*>(); dialog != nullptr && dialog->isVisible()) {
            QPainter painter(&image);
            painter.drawPixmap(window().mapFromGlobal(dialog->pos()), const_cast<QDialog*>(dialog)->grab());
        }
        image.save(folder + QLatin1Char('/') + QLatin1String(name) + QStringLiteral(".png"));
    }
};

} // namespace binnacle::test
