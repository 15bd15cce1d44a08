// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/axis_scale.h"

#include "widgets/decimal_text.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace binnacle {

namespace {

constexpr double kLeastLabelPixels = 17;

QString plain(double value) {
    const double size = std::abs(value);
    if (size == 0 || size >= 1) {
        const bool whole = std::abs(value - std::round(value)) < 1e-9 * std::max(1.0, size);
        return whole ? countText(value) : decimalText(value, 1);
    }
    return QString::number(value, 'g', 2).replace(QLatin1Char('.'), QLocale().decimalPoint());
}

double niceStep(double raw) {
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    const double lead = raw / power;
    return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
}

/// Bytes of a round number, without the zeros of a reading: "20 MB".
QString shortBytes(double value, bool rate) {
    auto text = numberText(value, rate ? Quantity::ByteRate : Quantity::Bytes);
    if (text.value.endsWith(QLocale().decimalPoint() + QLatin1Char('0'))) {
        text.value.chop(2);
    }
    return text.joined();
}

} // namespace

QString axisLabel(double value, Quantity quantity, bool unit) {
    switch (quantity) {
    case Quantity::Duration: {
        if (value == 0) {
            return QStringLiteral("0");
        }
        if (value >= 0.9995) {
            return plain(value) + QStringLiteral("\u2009s");
        }
        if (value < 0.0009995) {
            return plain(value * 1e6) + QStringLiteral("\u2009\u00b5s");
        }
        const double ms = value * 1e3;
        const QString digits = plain(std::round(ms * 100) / 100);
        return unit ? digits + QStringLiteral("\u2009ms") : digits;
    }
    case Quantity::Share: {
        const double percent = value * 100;
        return plain(std::round(percent * 1000) / 1000) + QStringLiteral("\u2009%");
    }
    case Quantity::Bytes:
    case Quantity::ByteRate:
        return value == 0 ? QStringLiteral("0") : shortBytes(value, quantity == Quantity::ByteRate);
    case Quantity::Rate:
    case Quantity::Count:
        return plain(value);
    }
    return {};
}

AxisScale::AxisScale(Kind kind, double low, double high)
    : m_kind(kind)
    , m_low(low)
    , m_high(std::max(high, low + 1e-12)) {
    if (kind == Kind::Log) {
        m_low = std::max(low, 1e-12);
        m_high = std::max(high, m_low * 1.001);
    }
}

double AxisScale::place(double value) const {
    double at = 0;
    switch (m_kind) {
    case Kind::Linear:
        at = (value - m_low) / (m_high - m_low);
        break;
    case Kind::Log:
        at = value <= m_low ? 0 : std::log(value / m_low) / std::log(m_high / m_low);
        break;
    case Kind::SquareRoot:
        at = std::sqrt(std::max(0.0, (value - m_low) / (m_high - m_low)));
        break;
    }
    return std::clamp(at, 0.0, 1.0);
}

double AxisScale::valueAt(double place) const {
    switch (m_kind) {
    case Kind::Linear:
        return m_low + place * (m_high - m_low);
    case Kind::Log:
        return m_low * std::pow(m_high / m_low, place);
    case Kind::SquareRoot:
        return m_low + place * place * (m_high - m_low);
    }
    return m_low;
}

std::vector<AxisTick> AxisScale::ticks(Quantity quantity, double pixels) const {
    std::vector<double> values;
    if (m_kind == Kind::Linear) {
        const int most = std::clamp(static_cast<int>(pixels / 30), 1, 4);
        const double step = niceStep((m_high - m_low) / most);
        for (double at = std::ceil(m_low / step - 1e-9) * step; at <= m_high + step * 1e-6; at += step) {
            values.push_back(std::abs(at) < step * 1e-6 ? 0 : at);
        }
    } else if (m_kind == Kind::Log) {
        const double perDecade = pixels / std::log10(m_high / m_low);
        for (double decade = std::pow(10.0, std::floor(std::log10(m_low)));; decade *= 10) {
            for (const double lead : {1.0, 2.0, 5.0}) {
                const bool wanted = lead == 1 || (lead == 5 && perDecade >= 42) || (lead == 2 && perDecade >= 90);
                const double value = decade * lead;
                if (wanted && value >= m_low * 0.999 && value <= m_high * 1.001) {
                    values.push_back(value);
                }
            }
            if (decade > m_high) {
                break;
            }
        }
    } else {
        static constexpr std::array kShares{0.0, 0.001, 0.005, 0.01, 0.02, 0.04, 0.06,
                                            0.1, 0.15,  0.2,   0.3,  0.5,  0.75, 1.0};
        double lastPixel = -1e9;
        for (const double value : kShares) {
            const double pixel = place(value) * pixels;
            if (value <= m_high * 1.0001 && pixel - lastPixel >= kLeastLabelPixels) {
                values.push_back(value);
                lastPixel = pixel;
            }
        }
        // The upper end is always named; what stands too near gives way.
        while (values.size() > 1 && values.back() < m_high && (1 - place(values.back())) * pixels < kLeastLabelPixels) {
            values.pop_back();
        }
        if (values.empty() || values.back() < m_high) {
            values.push_back(m_high);
        }
    }
    std::vector<AxisTick> out;
    out.reserve(values.size());
    const bool seconds = !values.empty() && values.back() >= 0.9995;
    for (std::size_t i = 0; i < values.size(); ++i) {
        // Milliseconds are named at the low end of a logarithmic axis, at the top of a linear one.
        const bool unit =
            m_kind == Kind::Log ? i == 0 || values[i - 1] < 0.0009995 : !seconds && i + 1 == values.size();
        out.push_back({place(values[i]), axisLabel(values[i], quantity, unit), m_kind != Kind::Log && values[i] == 0});
    }
    return out;
}

double AxisScale::roundUp(double value) {
    if (!(value > 0)) {
        return 1;
    }
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double lead : {1.0, 2.0, 5.0}) {
        if (value <= lead * power * (1 + 1e-9)) {
            return lead * power;
        }
    }
    return 10 * power;
}

double SteadyTop::follow(double largest, double seconds, double patience) {
    const double wanted = AxisScale::roundUp(largest);
    if (wanted > m_top) {
        m_top = wanted;
        m_smallSince = -1;
    } else if (wanted < m_top) {
        if (m_smallSince < 0) {
            m_smallSince = seconds;
        } else if (seconds - m_smallSince > patience) {
            m_top = wanted;
            m_smallSince = -1;
        }
    } else {
        m_smallSince = -1;
    }
    return m_top;
}

} // namespace binnacle
