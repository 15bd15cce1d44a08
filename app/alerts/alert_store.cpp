// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/alerts/alert_store.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <optional>
#include <utility>

namespace binnacle::app {

namespace {

constexpr int kFormat = 1;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Alerts)
};

/// Nothing for a rule that is not known, or a name that is none.
std::optional<AlertKey> keyOf(const QJsonObject& object) {
    AlertKey key{object.value(QLatin1String("rule")).toString().toStdString(),
                 object.value(QLatin1String("subject")).toString().toStdString()};
    const bool known = findAlertRule(key.rule) != nullptr && key.subject.size() <= AlertStore::kLongestName;
    return known ? std::optional(std::move(key)) : std::nullopt;
}

QJsonObject objectOf(const AlertKey& key) {
    return {{QStringLiteral("rule"), QString::fromStdString(key.rule)},
            {QStringLiteral("subject"), QString::fromStdString(key.subject)}};
}

/// False for what is none of our files.
bool parse(const QByteArray& content, KeptAlerts& kept) {
    const auto all = QJsonDocument::fromJson(content).object();
    if (all.value(QLatin1String("format")).toInt() != kFormat) {
        return false;
    }
    for (const auto& value : all.value(QLatin1String("silences")).toArray()) {
        const auto object = value.toObject();
        const double until = object.value(QLatin1String("until_ms")).toDouble(-1);
        constexpr double kLatest = 7'258'118'400'000.0; // the year 2200
        const auto key = keyOf(object);
        if (key && until > 0 && until < kLatest && kept.silences.size() < AlertBook::kMostSilences) {
            kept.silences.push_back({*key, UtcTime(std::chrono::milliseconds(static_cast<std::int64_t>(until)))});
        }
    }
    for (const auto& value : all.value(QLatin1String("acknowledged")).toArray()) {
        const auto key = keyOf(value.toObject());
        if (key && kept.acknowledged.size() < AlertBook::kMostAlerts) {
            kept.acknowledged.push_back(*key);
        }
    }
    return true;
}

} // namespace

QString alertsFileOf(const QString& place) {
    return stateFileOf(QStringLiteral("alerts"), place);
}

AlertStore::AlertStore(const QString& file, std::shared_ptr<BackgroundJobs> disk)
    : m_file(file, std::move(disk)) {
    const auto found = std::make_shared<KeptAlerts>();
    m_file.read(
        kLargestFile, [found](const QByteArray& content) { return parse(content, *found); },
        [this, found](const StateFile::Reading& reading) { onRead(std::move(*found), reading); });
}

AlertStore::~AlertStore() {
    m_told = nullptr; // whoever listened is at its end, too
    m_file.end();
}

void AlertStore::onRead(KeptAlerts found, const StateFile::Reading& reading) {
    if (reading.damaged) {
        m_notice =
            reading.aside.isEmpty()
                ? Words::tr("The silences in %1 could not be read nor set aside.").arg(m_file.name())
                : Words::tr("The silences of alerts could not be read. They were set aside as %1.").arg(reading.aside);
    }
    m_kept = std::move(found);
    m_read = true;
    if (m_told) {
        m_told();
    }
}

void AlertStore::keep(KeptAlerts kept) {
    if (!m_read || kept == m_kept) {
        return;
    }
    m_kept = std::move(kept);
    QJsonArray silences;
    for (const auto& silence : m_kept.silences) {
        auto object = objectOf(silence.key);
        object.insert(QStringLiteral("until_ms"),
                      qint64(std::chrono::floor<std::chrono::milliseconds>(silence.until).time_since_epoch().count()));
        silences.append(object);
    }
    QJsonArray acknowledged;
    for (const auto& key : m_kept.acknowledged) {
        acknowledged.append(objectOf(key));
    }
    const QJsonObject all{{QStringLiteral("format"), kFormat},
                          {QStringLiteral("silences"), silences},
                          {QStringLiteral("acknowledged"), acknowledged}};
    m_file.write(QJsonDocument(all).toJson(QJsonDocument::Indented));
}

} // namespace binnacle::app
