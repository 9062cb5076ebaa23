import Finance
import Quantities
import Wire

/// Charts as bars of text.
package struct ChartLines {
    package static let nameWidth = 26
    package static let barWidth = 32

    package let style: Style

    package init(style: Style) { self.style = style }

    /// - Parameter payload: `charts_payload`: `{key: {title, type, description, data: [{name, value}]}}`.
    package func lines(_ payload: JSONValue) -> [String] {
        let charts = (payload.object ?? [:]).filter { $0.value["data"]?.array != nil }
        return charts.sorted { $0.key < $1.key }.flatMap { chart($0.value) }
    }

    private func chart(_ chart: JSONValue) -> [String] {
        let points = (chart["data"]?.array ?? []).map { point in
            (name: point["name"]?.string ?? "?", value: Self.amount(point["value"]))
        }
        let largest = points.map(\.value).max() ?? 0
        let total = points.reduce(Decimal.zero) { $0 + $1.value }
        let isLine = chart["type"]?.string == "line"
        var lines = ["", style.bold(chart["title"]?.string ?? "Chart")]
        if let description = chart["description"]?.string { lines.append(style.colored(description, .gray)) }
        let shown = isLine ? Self.sampled(points) : points
        for point in shown {
            let fraction = largest > 0 ? point.value.approximate / largest.approximate : 0
            let share = isLine || total <= 0 ? "" : Self.percent(point.value.approximate / total.approximate)
            let bar = Style.padded(Style.bar(fraction, width: Self.barWidth), Self.barWidth)
            let amount = Style.rightAligned("$" + point.value.text(fractionDigits: 0), 14)
            lines.append(
                "  \(Style.padded(point.name, Self.nameWidth)) \(style.colored(bar, .blue)) \(amount) "
                    + Style.rightAligned(share, 6))
        }
        return lines
    }

    private static func amount(_ value: JSONValue?) -> Decimal {
        value?.decimal ?? value?.string.flatMap { Decimal($0) } ?? 0
    }

    private static func percent(_ fraction: Double) -> String {
        "\((Decimal(rounding: fraction * 100, fractionDigits: 1) ?? 0).text(fractionDigits: 1)) %"
    }

    /// At most a dozen points of a long line, the last one included.
    private static func sampled<Point>(_ points: [Point]) -> [Point] {
        let step = max(1, (points.count + 11) / 12)
        return points.indices.filter { $0 % step == 0 || $0 == points.count - 1 }.map { points[$0] }
    }
}
