// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window in a language that is longer than any, accented and in brackets, from left and from right: no page
// and no dialog shows a text that was never given to a translator, and none is cut without a tooltip that says the
// whole.
#include "app/alerts/alerts_dialog.h"
#include "app/controllers/action_controller.h"
#include "app/dialogs/action_dialog.h"
#include "app/feed/control_feed.h"
#include "app/pages/page.h"
#include "app/pseudo_translator.h"
#include "tests/app/console_bench.h"
#include "tests/app/painted_texts.h"
#include "widgets/elided_texts.h"
#include "widgets/key_help.h"
#include "widgets/sql_view.h"
#include "widgets/time_context.h"
#include "widgets/top_bar.h"

#include <QAbstractScrollArea>
#include <QDateTime>
#include <QHeaderView>
#include <QRegularExpression>
#include <QTableView>
#include <QTranslator>

#include <set>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* kDatum = "d4ta"; ///< stands in every cell of text, so that it is known again

/// The pseudo language, which notes what German has no words for.
class Watching : public PseudoTranslator {
public:
    Watching() {
        loaded = german.load(QStringLiteral("binnacle_de"), qEnvironmentVariable("BINNACLE_TEST_BIN") +
                                                                QStringLiteral("/../share/binnacle/translations"));
    }
    QString translate(const char* context, const char* source, const char* comment, int n) const override {
        if (*context != 'Q' && *source != '\0' && german.translate(context, source, comment, n).isEmpty()) {
            missing.insert(QString::fromUtf8(context) + QStringLiteral(": ") + QString::fromUtf8(source));
        }
        return PseudoTranslator::translate(context, source, comment, n);
    }

    QTranslator german;
    bool loaded = false;
    mutable std::set<QString> missing;
};

/// Two rows of each table that a server tells.
void fillTables(FakeStack& stack) {
    const auto now = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toStdString();
    for (const auto& spec : tableCatalogue()) {
        const auto family = spec.id.substr(0, spec.id.find('.'));
        if (family == "stack") {
            continue;
        }
        SnapshotTable table(spec);
        for (int row = 1; row <= 2; ++row) {
            std::vector<binnacle::TableCell> cells;
            for (const auto& column : spec.columns) {
                if (column.kind == ColumnKind::Number) {
                    cells.emplace_back(double(row) * (column.unit == "bytes" ? 3.4e6 : 2.5));
                } else if (column.id == "at") {
                    cells.emplace_back(now);
                } else if (column.id == "class") {
                    cells.emplace_back("lock order");
                } else {
                    cells.emplace_back(kDatum + std::to_string(row));
                }
            }
            table.add(std::move(cells));
        }
        stack.setTable(family == "postgres" ? "postgres/primary" : std::string(family), std::move(table));
    }
}

/// A control plane with something in every place.
void fillControl(FakeControl& control) {
    control.change([](ControlView& view) {
        MigrationStatus migration;
        migration.id = "20261101120000_d4ta";
        migration.title = "d4ta";
        migration.table = "d4ta";
        migration.statement = "create index concurrently d4ta on public.d4ta (d4ta);";
        migration.revertStatement = "drop index concurrently public.d4ta;";
        migration.state = MigrationStatus::State::Running;
        migration.tableRows = 2'000'000;
        migration.tableBytes = 410'000'000;
        migration.attempt = 1;
        migration.progress = MigrationProgress{"building index: scanning table", 3, 10, 2000, 8920, "blocks"};
        view.migrations = MigrationsView{{migration}, 200ms, {}};
    });
}

/// What may stand outside of the brackets: figures, units, and names that are the same in every language.
QString withoutData(QString text) {
    static const QRegularExpression said(QStringLiteral("\u27e6[^\u27e6\u27e7]*\u27e7"));
    for (QString before; before != text;) { // from the innermost outwards: texts are put into texts
        before = text;
        text.replace(said, QStringLiteral(" "));
    }
    for (const auto* fake : {"Apply migration", "canary share and migrations", "table tasks on the primary"}) {
        text.remove(QLatin1String(fake)); // said by the fake control alone
    }
    static const QRegularExpression part(QStringLiteral("\u27e6[^\u27e7]*$|^[^\u27e6]*\u27e7")); // of a line, or cut
    text.remove(part);
    static const QRegularExpression names(QStringLiteral(
        "\\b(HAProxy|PostgreSQL|pgBouncer|Redis|Binnacle|WAL|CPU|TLS|SQL|UTC|PID|CSV|"
        "binnacle[a-z-]*|m\\.okafor|control|app-?[0-9]|replica[- ][0-9]|primary|haproxy|redis|pgbouncer|be_[a-z]+|api|"
        "[0-9]*_?d4ta[0-9]*|(GET|POST) /[a-z0-9/{}]*|get|operator|admin|stable|canary|"
        "p[0-9]+|[0-9.,]+ ?k|[GMk]?B|ms|\u00b5s|s|min|h|ns|x|[A-Z]|F[0-9]+|[0-9]xx|#[0-9a-z:]+)\\b"));
    return text.remove(names);
}

/// Whether a word of it is no word of the pseudo language, which writes these letters with accents. Lines of a
/// paragraph come one by one, so that brackets alone do not tell.
bool hasWords(const QString& text) {
    static const QRegularExpression word(QStringLiteral("\\p{L}*[AEIOUYaceinosuyz]\\p{L}+|\\p{L}+[AEIOUYaceinosuyz]"));
    return withoutData(text).contains(word);
}

bool isCut(const QString& text) {
    return text.count(kPseudoOpen) > text.count(kPseudoClose) && text.endsWith(QChar(0x2026));
}

/// The widget that painted there.
QWidget* painterOf(QWidget& root, const QPointF& at) {
    auto* found = root.childAt(at.toPoint());
    return found != nullptr ? found : &root;
}

QAbstractScrollArea* scrolledBy(QWidget* widget) {
    for (auto* up = widget; up != nullptr; up = up->parentWidget()) {
        if (auto* area = qobject_cast<QAbstractScrollArea*>(up)) {
            return area;
        }
    }
    return nullptr;
}

/// Whether a pointer over it would be told the whole.
bool tellsTheWhole(QWidget* widget, const QPointF& at, QWidget& root) {
    if (const auto* header = qobject_cast<QHeaderView*>(widget->parentWidget())) {
        const auto section = header->logicalIndexAt(widget->mapFrom(&root, at.toPoint()));
        return !header->model()->headerData(section, header->orientation(), Qt::ToolTipRole).toString().isEmpty();
    }
    for (auto* up = widget; up != nullptr && up != &root; up = up->parentWidget()) {
        if (!up->toolTip().isEmpty() || !ElidedTexts::at(*up, up->mapFrom(&root, at.toPoint())).isEmpty()) {
            return true;
        }
    }
    return !ElidedTexts::at(root, at).isEmpty();
}

} // namespace

class TestPseudoLocale : public QObject {
    Q_OBJECT

    std::unique_ptr<Watching> m_language;
    QStringList m_wrong;

    /// Looks at everything that is painted in `root`.
    void look(QWidget& root, const QString& place) {
        QCoreApplication::processEvents();
        std::set<QString> seen;
        const auto texts = paintedTexts(root);
        root.repaint(); // on the screen, where cut texts are remembered
        for (const auto& painted : texts) {
            const auto seenPart = painted.box & painted.clip;
            if (seenPart.width() < 1 || seenPart.height() < 1) {
                continue; // out of sight, in something that scrolls
            }
            const auto middle = seenPart.center();
            auto* widget = painterOf(root, middle);
            const auto* area = scrolledBy(widget);
            const auto note = [&](const char* what) {
                const auto line = QStringLiteral("%1: %2: \"%3\" in %4 %5")
                                      .arg(place, QLatin1String(what), painted.text,
                                           QLatin1String(widget->metaObject()->className()), widget->objectName());
                if (seen.insert(line).second) {
                    qWarning().noquote() << line; // a message of a test holds no long list
                    m_wrong << line;
                }
            };
            if (qobject_cast<const SqlView*>(area) == nullptr && hasWords(painted.text)) {
                note("not translated");
            }
            if (isCut(painted.text) && !tellsTheWhole(widget, middle, root)) {
                note("cut without a tooltip");
            }
            // What a scroll area hides can be scrolled to.
            const auto box = painted.box.adjusted(1, painted.box.height() * 0.2, -1, -painted.box.height() * 0.2);
            if (area == nullptr && !painted.clip.contains(box) && !box.isEmpty()) {
                note("clipped");
            }
        }
    }

private Q_SLOTS:
    void init() {
        m_wrong.clear();
        m_language = std::make_unique<Watching>();
        QVERIFY(m_language->loaded);
        QCoreApplication::installTranslator(m_language.get());
    }
    void cleanup() {
        QCoreApplication::removeTranslator(m_language.get());
        QApplication::setLayoutDirection(Qt::LeftToRight);
    }

    void everyPage_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("mirrored");
        QTest::newRow("small") << QSize(1280, 800) << false;
        QTest::newRow("usual") << QSize(1600, 1000) << false;
        QTest::newRow("mirrored") << QSize(1600, 1000) << true;
    }
    void everyPage() {
        QFETCH(QSize, size);
        QFETCH(bool, mirrored);
        QApplication::setLayoutDirection(mirrored ? Qt::RightToLeft : Qt::LeftToRight);
        Bench bench;
        fillTables(*bench.stack);
        fillControl(*bench.stack->control());
        LaunchOptions options;
        options.size = size;
        bench.open(options);
        QTRY_VERIFY(bench.live() && bench.console->control().hasView());
        bench.awaitReadings(3);
        for (const auto& id : pageIds()) {
            bench.window().openPage(id);
            QTRY_VERIFY(bench.window().page(id)->isVisible());
            bench.awaitSteps();
            look(bench.window(), id);
            bench.picture(qPrintable(QStringLiteral("pseudo-%1-%2").arg(QLatin1String(QTest::currentDataTag()), id)));
        }
        QVERIFY2(m_wrong.isEmpty(), qPrintable(QStringLiteral("%1 texts, see above").arg(m_wrong.size())));
        QVERIFY2(
            m_language->missing.empty(),
            qPrintable(QStringList(m_language->missing.begin(), m_language->missing.end()).join(QLatin1Char('\n'))));
    }

    /// Digits have no direction: from and to of the window stand in their order, with room between them.
    void theClockOfTheTopBarGoesFromLeftToRight() {
        QApplication::setLayoutDirection(Qt::RightToLeft);
        TimeContext context;
        context.setZone(QTimeZone::utc());
        context.setSpan(15min);
        context.advance(SteadyTime{100'000s}, UtcTime{50'000s}); // 13:53:20
        context.setReference(TimeSpan{SteadyTime{97'000s}, SteadyTime{98'000s}});
        TopBar bar;
        bar.setTimeContext(&context);
        bar.resize(1600, TopBar::kHeight);
        bar.show();
        const auto texts = paintedTexts(bar);
        const auto boxOf = [&](const QString& text) {
            const auto found = std::ranges::find_if(texts, [&](const auto& each) { return each.text.contains(text); });
            return found == texts.end() ? QRectF() : found->box;
        };
        const auto whole = boxOf(QStringLiteral("13:38:20"));
        QVERIFY(!whole.isEmpty());
        const auto said = std::ranges::find_if(texts, [](const auto& each) { return each.text.contains(u"13:38:20"); });
        QCOMPARE(said->text, QStringLiteral("13:38:20 \u2013 13:53:20")); // one run, since they touch
        const auto zone = boxOf(QStringLiteral("UTC"));
        QVERIFY2(zone.left() >= whole.right() + 2,
                 qPrintable(QStringLiteral("%1 %2").arg(whole.right()).arg(zone.left())));
        const auto reference = boxOf(QStringLiteral("13:03"));
        const auto words = boxOf(pseudoText(QStringLiteral("Compare with")));
        QVERIFY(!reference.isEmpty() && !words.isEmpty());
        QVERIFY2(reference.right() + 2 <= words.left(),
                 qPrintable(QStringLiteral("%1 %2").arg(reference.right()).arg(words.left())));
    }

    void everyDialog() {
        Bench bench;
        LaunchOptions options;
        options.size = QSize(1280, 800);
        bench.open(options);
        QTRY_VERIFY(bench.live() && bench.console->control().hasView());
        QTest::keyClick(&bench.window(), Qt::Key_F1);
        QTRY_VERIFY(bench.window().findChild<KeyHelp*>() != nullptr);
        auto* help = bench.window().findChild<KeyHelp*>();
        QTRY_VERIFY(help->isVisible());
        look(*help, QStringLiteral("keys"));
        bench.picture("pseudo-keys");
        QTest::keyClick(help, Qt::Key_Escape);
        QTRY_VERIFY(!help->isVisible());
        bench.stack->set("redis", Behaviour::Refuse);
        QTRY_VERIFY_WITH_TIMEOUT(bench.console->alerts().counts().calling() == 1, 20000);
        QTest::keyClick(&bench.window(), Qt::Key_A, Qt::AltModifier);
        auto* alerts = bench.window().findChild<AlertsDialog*>();
        QTRY_VERIFY(alerts != nullptr && alerts->isVisible());
        look(*alerts, QStringLiteral("alerts"));
        bench.picture("pseudo-alerts");
        QTest::keyClick(alerts, Qt::Key_R);
        look(*alerts, QStringLiteral("rules of alerts"));
        bench.picture("pseudo-alert-rules");
        QTest::keyClick(alerts, Qt::Key_Escape);
        QTRY_VERIFY(bench.window().findChild<AlertsDialog*>() == nullptr);
        auto& actions = bench.console->actions();
        struct Act {
            const char* action;
            Values parameters;
        };
        for (const auto& [action, parameters] :
             {Act{"set_degradation_level", {{"level", std::int64_t{2}}}},
              Act{"set_degradation_level", {{"level", std::int64_t{3}}}}, Act{"set_canary_share", {{"percent", 2.5}}},
              Act{"panic", {}}, Act{"apply_migration", {{"id", std::string("20261101120000_d4ta")}}}}) {
            actions.request(QLatin1String(action), parameters);
            QTRY_VERIFY(actions.dialog() != nullptr && actions.dialog()->phase() != ActionDialog::Phase::Reading);
            look(*actions.dialog(), QStringLiteral("preview of ") + QLatin1String(action));
            bench.picture(qPrintable(QStringLiteral("pseudo-dialog-") + QLatin1String(action)));
            QTest::keyClick(actions.dialog(), Qt::Key_Escape);
            QTRY_VERIFY(actions.dialog() == nullptr);
        }
        QVERIFY2(m_wrong.isEmpty(), qPrintable(QStringLiteral("%1 texts, see above").arg(m_wrong.size())));
    }
};

QTEST_MAIN(TestPseudoLocale)
#include "test_pseudo_locale.moc"
