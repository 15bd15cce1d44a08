// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/time.h"

#include <boost/circular_buffer.hpp>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace binnacle {

struct Sample {
    SteadyTime at;
    double value = 0;
    /// When the reading before it was taken, of whatever outcome: a rate was measured from there to `at`. Absent for
    /// the first one that is kept.
    std::optional<SteadyTime> since{};
};

/// One pixel column of a drawn series: what a line through all of its samples would touch.
struct SeriesColumn {
    double min = 0;
    double max = 0;
    double first = 0;
    double last = 0;
    bool present = false;   ///< false: no sample in this column
    bool gapBefore = false; ///< the line is cut between the previous present column and this one
};

/// A bounded run of samples of one signal: the newest `rawCapacity` as they are, older ones folded into `foldSpan`
/// steps of min/max/last, the oldest steps dropped. Gaps are kept and never bridged. A long run keeps summaries of its
/// points, so that drawing a window costs what its columns cost, and not what its points do. Not synchronised.
class Series {
public:
    struct Bounds {
        std::size_t rawCapacity = 2400;   ///< 20 min at 2 Hz
        std::size_t foldedCapacity = 720; ///< 2 h of folds
        std::chrono::milliseconds foldSpan{10000};
    };

    Series();
    explicit Series(Bounds bounds);

    /// Appends a sample; one that is not newer than the last is ignored (a repeated snapshot).
    void append(SteadyTime at, double value);
    /// Marks that nothing is known from `at` until the next sample.
    void appendGap(SteadyTime at);

    [[nodiscard]] bool empty() const { return m_raw.empty() && m_folds.empty(); }
    [[nodiscard]] std::size_t size() const { return m_raw.size() + m_folds.size(); }
    /// When the oldest kept sample was taken.
    [[nodiscard]] std::optional<SteadyTime> firstAt() const;
    /// The newest real sample.
    [[nodiscard]] std::optional<Sample> last() const;
    /// The newest sample at or before `at`, unless a gap lies between: a crosshair snaps, it never interpolates. Of a
    /// folded step only its first and its last sample are known.
    [[nodiscard]] std::optional<Sample> at(SteadyTime at) const;
    /// Decimates [from, to) to `columns` columns.
    [[nodiscard]] std::vector<SeriesColumn> columns(SteadyTime from, SteadyTime to, std::size_t columns) const;
    /// Smallest and largest value in [from, to].
    [[nodiscard]] std::optional<std::pair<double, double>> range(SteadyTime from, SteadyTime to) const;
    /// Raw samples in [from, to], gaps left out, oldest first.
    [[nodiscard]] std::vector<Sample> samples(SteadyTime from, SteadyTime to) const;
    /// Calls `visit` with each of these instead.
    template <typename Visit>
    void forEachSample(SteadyTime from, SteadyTime to, Visit visit) const {
        for (auto i = firstFrom(from); i < m_raw.size() && m_raw[i].at <= to; ++i) {
            if (!std::isnan(m_raw[i].value)) {
                visit(Sample{m_raw[i].at, m_raw[i].value, i == 0 ? std::nullopt : std::optional(m_raw[i - 1].at)});
            }
        }
    }

private:
    struct Point {
        SteadyTime at;
        double value; // NaN marks a gap
    };
    /// Seven digits of each value, as no axis tells more, and the microsecond: half of what the whole values would
    /// take.
    struct Fold {
        SteadyTime from;
        float min;
        float max;
        float first;
        float last;
        std::uint32_t spanUs : 31; ///< from the first sample to the last
        std::uint32_t gapBefore : 1;
        [[nodiscard]] SteadyTime to() const { return from + std::chrono::microseconds(spanUs); }
    };
    /// What a line through a run of raw points touches.
    struct Run {
        double min = 0;
        double max = 0;
        double first = 0;
        double last = 0;
        bool any = false;      ///< holds a sample at all
        bool gapFirst = false; ///< a gap before its first sample, or nothing but a gap
        bool gapLast = false;  ///< a gap after its last sample
        void add(const Run& next);
    };
    [[nodiscard]] static Run runOf(const Point& point);
    /// Index of the first raw point that is not before `from`.
    [[nodiscard]] std::size_t firstFrom(SteadyTime from) const;
    /// Of the raw points [from, to), by way of the summaries where there are some.
    [[nodiscard]] Run run(std::size_t from, std::size_t to) const;
    [[nodiscard]] bool summarised() const { return m_bounds.rawCapacity > kSummarisedFrom; }
    void push(const Point& point);
    void foldOldest();
    /// Points and folds are bounded: they stand in one piece that grows to its bound and then goes round. Hundreds of
    /// series in small pieces, made on one thread and let go on another, would leave holes all over the heap.
    template <typename T>
    using Ring = boost::circular_buffer<T>;
    template <typename T>
    static void add(Ring<T>& ring, const T& value, std::size_t most);

    static constexpr std::size_t kBlock = 64;             ///< points of a summary
    static constexpr std::size_t kSummarisedFrom = 16384; ///< shorter ones are walked as fast

    Bounds m_bounds;
    Ring<Point> m_raw;
    Ring<Run> m_blocks;        ///< of whole blocks of points, counted from the first that was ever appended
    std::size_t m_dropped = 0; ///< points that stood before the oldest raw one
    Ring<Fold> m_folds;
    bool m_foldGap = false; ///< a gap lies between the newest fold and the oldest raw point
};

} // namespace binnacle
