// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/page_sentence.h"

#include "app/models/worded.h"
#include "backend/history/signal_line.h"
#include "widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PageSentence)
};

} // namespace

std::optional<PageSentence> silenceOf(const PathReading& path, std::string_view source, const QString& consequence) {
    const auto matches = [source](const SourceHealth& health) {
        return source.ends_with('/') ? health.name.starts_with(source) : health.name == source;
    };
    const auto first = std::ranges::find_if(path.sources, matches);
    const auto name = source == "service/" ? Words::tr("The service") : worded(displayName(source));
    if (first == path.sources.end()) {
        return PageSentence{Words::tr("%1 is not among what is watched.").arg(name), {}, Severity::Normal};
    }
    const auto figure = figureOf(path, source, std::nullopt);
    const auto told = std::ranges::find_if(path.sources, [&](const SourceHealth& health) {
        return matches(health) && health.state == figure.state && !health.error.empty();
    });
    const auto error = told != path.sources.end() ? worded(told->error) : QString();
    switch (figure.state) {
    case SourceState::Loading:
        return PageSentence{Words::tr("Waiting for the first answer of %1.").arg(name), {}, Severity::Normal};
    case SourceState::Lost:
        return PageSentence{Words::tr("%1 stopped answering %2 ago.").arg(name, ageText(figure.age)), consequence,
                            Severity::Critical};
    case SourceState::Denied:
        return PageSentence{Words::tr("%1 refuses to be read.").arg(name), error, Severity::Caution};
    case SourceState::Error:
        return PageSentence{Words::tr("%1 gives answers that are not understood.").arg(name), error,
                            Severity::Critical};
    case SourceState::Late:
        return PageSentence{
            Words::tr("%1 answers late.").arg(name),
            Words::tr("The last answer is %1 old; it stands here until the next.").arg(ageText(figure.age)),
            Severity::Caution};
    case SourceState::Live:
        break;
    }
    return std::nullopt;
}

} // namespace binnacle::app
