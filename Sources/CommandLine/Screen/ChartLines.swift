import Finance
import Quantities
import Wire

/// Charts as bars of text.
package struct ChartLines {
    static let widestName = 26
    static let narrowestBar = 10
    static let amountWidth = 14
    static let shareWidth = 7

    package let style: Style

    package init(style: Style) { self.style = style }

    /// - Parameter payload: `charts_payload`: `{key: {title, type, description, data: [{name, value}]}}`.
    package func lines(_ payload: JSONValue) -> [String] {
        let charts = (payload.object ?? [:]).filter { $0.value["data"]?.array != nil }
        guard !charts.isEmpty else { return ["There are no charts."] }
        return charts.sorted { ($0.value.position, $0.key) < ($1.value.position, $1.key) }.flatMap {
            chart($0.value)
        }
    }

    private func chart(_ chart: JSONValue) -> [String] {
        let points = chart.points
        let isLine = chart["type"]?.string == "line"
        let largest = points.map { $0.value.magnitude }.max() ?? 0
        let total = points.reduce(Decimal.zero) { $0 + $1.value }
        var lines = ["", style.bold(MarkdownText(chart["title"]?.string ?? "Chart").plain)]
        if let description = chart["description"]?.string {
            lines += MarkdownLines(style: style).lines(description).map { style.colored($0, .gray) }
        }
        let shown = isLine ? points.sampled : points
        let nameWidth = min(Self.widestName, shown.map { DisplayWidth.of($0.name) }.max() ?? 0)
        let barWidth = max(
            Self.narrowestBar,
            min(40, style.width - nameWidth - Self.amountWidth - Self.shareWidth - 5))
        for point in shown {
            let fraction =
                largest > 0 ? point.value.magnitude.approximate / largest.approximate : 0
            let hasShare = !isLine && total > 0 && points.allSatisfy { !$0.value.isNegative }
            let share =
                hasShare ? Self.percent(point.value.approximate / total.approximate) : ""
            let bar = Style.padded(Style.bar(fraction, width: barWidth), barWidth)
            let amount = (point.value.isNegative ? "-$" : "$") + point.value.magnitude.text(fractionDigits: 0)
            lines.append(
                "  \(Style.padded(point.name, nameWidth)) "
                    + style.colored(bar, point.value.isNegative ? .red : .blue)
                    + " \(Style.rightAligned(amount, Self.amountWidth))"
                    + (share.isEmpty ? "" : Style.rightAligned(share, Self.shareWidth)))
        }
        return lines
    }

    private static func percent(_ fraction: Double) -> String {
        Decimal(rounding: fraction * 100, fractionDigits: 2).map {
            "\($0.text(fractionDigits: 1))%"
        } ?? ""
    }
}

extension JSONValue {
    /// A chart's place on the page.
    var position: Int { self["position"]?.int ?? .max }

    /// A chart's points.
    var points: [ChartPoint] {
        (self["data"]?.array ?? []).map { point in
            let value = point["value"]
            return ChartPoint(
                name: MarkdownText(point["name"]?.string ?? "?").plain,
                value: value?.decimal ?? value?.string.flatMap { Decimal($0) } ?? 0)
        }
    }
}

/// A bar of a chart.
struct ChartPoint: Equatable {
    let name: String
    let value: Decimal
}

extension [ChartPoint] {
    /// At most a dozen points of a long line, the last one included.
    fileprivate var sampled: [ChartPoint] {
        let step = Swift.max(1, (count + 11) / 12)
        return indices.filter { $0 % step == 0 || $0 == count - 1 }.map { self[$0] }
    }
}
