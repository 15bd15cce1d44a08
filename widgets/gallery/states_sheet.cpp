// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/sheets.h"
#include "widgets/kpi_tile.h"
#include "widgets/line_chart.h"
#include "widgets/situation_sentence.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace binnacle::gallery {

using namespace std::chrono_literals;

namespace {

/// A tile and a chart in all nine states.
class StatesSheet : public Sheet {
public:
    StatesSheet() {
        context.setSpan(6min);
        auto* grid = new QGridLayout(this);
        grid->setContentsMargins(24, 20, 24, 20);
        grid->setHorizontalSpacing(28);
        grid->setVerticalSpacing(24);
        for (int i = 0; i < 9; ++i) {
            auto* cell = new QVBoxLayout;
            auto* head = new SectionHead(stateName(i));
            head->setRule(true);
            cell->addWidget(head);
            auto* line = new QHBoxLayout;
            auto* tile = new KpiTile;
            tile->setFixedWidth(172);
            tile->setSeparator(false);
            auto* chart = new LineChart;
            chart->setTimeContext(&context);
            chart->setGutters(60, 24);
            chart->setLines({{QStringLiteral("p99"), Token::D1}});
            line->addWidget(tile, 0, Qt::AlignTop);
            line->addWidget(chart, 1);
            cell->addLayout(line, 1);
            grid->addLayout(cell, i / 3, i % 3);
            m_tiles.push_back(tile);
            m_charts.push_back(chart);
        }
    }

    void feedAll() override {
        setFocus();
        for (int i = 0; i < 9; ++i) {
            const auto state = static_cast<PanelState>(i);
            auto shown = status(state, state == PanelState::Late ? 6400ms : state == PanelState::Lost ? 120s : 400ms);
            switch (state) {
            case PanelState::Empty:
                shown.title = QStringLiteral("No deadlocks in 24 h");
                break;
            case PanelState::Loading:
                shown.age = 1000ms;
                break;
            case PanelState::Denied:
                shown.title = QStringLiteral("Not allowed to read pg_stat_activity");
                shown.detail = QStringLiteral("role binnacle_ro lacks pg_read_all_stats");
                break;
            case PanelState::Error:
                shown.lastAt = canned::now() - 60s;
                break;
            default:
                break;
            }
            m_charts[static_cast<std::size_t>(i)]->setStatus(shown);
            const auto last = state == PanelState::Late || state == PanelState::Lost || state == PanelState::Error
                                  ? *shown.lastAt
                                  : canned::now();
            Series series;
            const auto full = canned::series(360s, 1s, [](double s, int n) {
                return 1.2 - 0.7 * canned::ramp(s, -150, 80) + 0.1 * canned::noise(n, 3);
            });
            for (const auto& sample : full.samples(canned::now() - 360s, last)) {
                series.append(sample.at, sample.value);
            }
            const Series* one = &series;
            m_charts[static_cast<std::size_t>(i)]->showSeries(std::span(&one, 1));
            KpiReading reading;
            reading.label = state == PanelState::Empty ? QStringLiteral("Deadlocks") : QStringLiteral("p99");
            reading.number = state == PanelState::Empty ? NumberText{QStringLiteral("0"), QStringLiteral("in 24 h")}
                                                        : NumberText{QStringLiteral("486"), QStringLiteral("ms")};
            reading.severity = state == PanelState::Live ? Severity::Caution : Severity::Normal;
            reading.comparison = state == PanelState::Live ? QStringLiteral("4.1\u00d7 baseline") : QString();
            reading.status = shown;
            const char* details[] = {"none recorded",
                                     "first value in about 1 s",
                                     "",
                                     "still trying",
                                     "was 512 ms at 14:10:08",
                                     "needs a grant",
                                     "bad reply, field \"buckets\"",
                                     "as of 14:11:26",
                                     "as of 03:12:40, 19 Nov"};
            reading.status.detail = QLatin1String(details[i]);
            m_tiles[static_cast<std::size_t>(i)]->showReading(reading);
            m_tiles[static_cast<std::size_t>(i)]->showSpark(&series, context.window());
        }
    }

private:
    static QString stateName(int i) {
        const char* names[] = {"Empty", "Loading", "Live", "Late", "Lost", "Denied", "Error", "Paused", "Replay"};
        return QLatin1String(names[i]);
    }
    std::vector<KpiTile*> m_tiles;
    std::vector<LineChart*> m_charts;
};

} // namespace

std::unique_ptr<Sheet> makeStates() {
    return std::make_unique<StatesSheet>();
}

} // namespace binnacle::gallery
