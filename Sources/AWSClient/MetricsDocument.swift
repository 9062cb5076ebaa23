import Quantities
import Wire

/// Measurements as a line of a function's log: CloudWatch takes the metrics out of it, and the line stays
/// searchable. Costs no call.
///
/// Source: "Specification: Embedded metric format", Amazon CloudWatch user guide.
package struct MetricsDocument: Sendable, Equatable {
    /// Groups one's metrics, such as `Alex`.
    package let namespace: String
    package let at: Timestamp
    private var metrics: [(name: String, unit: MetricUnit, isFine: Bool, values: [Double])] = []
    private var dimensions: [(name: String, value: String)] = []
    private var dimensionSets: [[String]] = []
    private var properties: [String: JSONValue] = [:]

    package static let longestName = 255
    package static let longestDimensionValue = 1024
    package static let mostMetrics = 100
    /// Of one metric.
    package static let mostValues = 100
    /// In one set.
    package static let mostDimensions = 30
    /// Of the line.
    package static let largestBytes = 1024 * 1024

    /// - Throws: ``MetricsFailure`` when the namespace is empty, too long or begins with a colon.
    package init(namespace: String, at moment: Timestamp) throws(MetricsFailure) {
        guard Self.isName(namespace), !namespace.hasPrefix(":") else { throw .badName(namespace) }
        self.namespace = namespace
        at = moment
    }

    /// Adds a measurement; a second one of the same name joins the first.
    ///
    /// - Parameter isFine: Whether CloudWatch keeps every second of it and not only minutes.
    package mutating func add(
        _ name: String, _ value: Double, _ unit: MetricUnit = .none, isFine: Bool = false
    ) throws(MetricsFailure) {
        guard value.isFinite else { throw .notFinite(name: name) }
        if let index = metrics.firstIndex(where: { $0.name == name }) {
            guard metrics[index].unit == unit else { throw .twoUnits(name: name) }
            guard metrics[index].values.count < Self.mostValues else {
                throw .tooMany("values of \(name)", limit: Self.mostValues)
            }
            metrics[index].values.append(value)
            return
        }
        try requireFree(name)
        guard metrics.count < Self.mostMetrics else { throw .tooMany("metrics", limit: Self.mostMetrics) }
        metrics.append((name, unit, isFine, [value]))
    }

    /// Says by what the metrics are told apart; every set of names makes its own metrics, which cost money.
    ///
    /// - Parameters:
    ///   - values: By name: few different ones each, such as a function's name; no identifiers.
    ///   - sets: Which of the names together make a metric; `nil` for all of them. An empty set is a metric
    ///     over everything.
    package mutating func setDimensions(
        _ values: [(name: String, value: String)], sets: [[String]]? = nil
    ) throws(MetricsFailure) {
        dimensions = []
        for (name, value) in values {
            try requireFree(name)
            guard Self.isDimensionValue(value), !dimensions.contains(where: { $0.name == name }) else {
                throw .badDimension(name: name)
            }
            dimensions.append((name, value))
        }
        dimensionSets = sets ?? [values.map(\.name)]
        for set in dimensionSets {
            guard set.count <= Self.mostDimensions else {
                throw .tooMany("dimensions", limit: Self.mostDimensions)
            }
            for name in set where !values.contains(where: { $0.name == name }) {
                throw .badDimension(name: name)
            }
        }
    }

    /// Adds what is no metric and may still be searched for, such as a request id.
    package mutating func setProperty(_ name: String, _ value: JSONValue) throws(MetricsFailure) {
        if properties[name] == nil { try requireFree(name) }
        properties[name] = value
    }

    /// The line, without its end; to be written to standard output as it stands. `PutLogEvents` takes it,
    /// too, with the header `x-amzn-logs-format: json/emf`.
    package var line: String { document.text }

    package var document: JSONValue {
        let definitions = metrics.map { metric -> JSONValue in
            var members: [String: JSONValue] = ["Name": .string(metric.name)]
            if metric.unit != .none { members["Unit"] = .string(metric.unit.rawValue) }
            if metric.isFine { members["StorageResolution"] = 1 }
            return .object(members)
        }
        let sets = dimensionSets.isEmpty ? [[]] : dimensionSets
        var root = properties
        root["_aws"] = [
            "Timestamp": .number(Int(at.millisecondsSinceEpoch)),
            "CloudWatchMetrics": [
                [
                    "Namespace": .string(namespace),
                    "Dimensions": .array(sets.map { .array($0.map { .string($0) }) }),
                    "Metrics": .array(definitions),
                ]
            ],
        ]
        for (name, value) in dimensions { root[name] = .string(value) }
        for metric in metrics {
            root[metric.name] =
                metric.values.count == 1
                ? .number(metric.values[0]) : .array(metric.values.map { .number($0) })
        }
        return .object(root)
    }

    package static func == (left: MetricsDocument, right: MetricsDocument) -> Bool {
        left.document == right.document
    }

    /// All members stand side by side in the document's root.
    private func requireFree(_ name: String) throws(MetricsFailure) {
        guard Self.isName(name), name != "_aws" else { throw .badName(name) }
        guard properties[name] == nil, !metrics.contains(where: { $0.name == name }),
            !dimensions.contains(where: { $0.name == name })
        else { throw .nameTaken(name) }
    }

    static func isName(_ name: String) -> Bool { (1...longestName).contains(name.utf8.count) }

    /// Printable ASCII that is not blank.
    static func isDimensionValue(_ value: String) -> Bool {
        (1...longestDimensionValue).contains(value.utf8.count)
            && value.utf8.allSatisfy { (0x20...0x7e).contains($0) } && value.utf8.contains { $0 != 0x20 }
    }
}

/// What is wrong with a measurement.
package enum MetricsFailure: Error, Sendable, Equatable, CustomStringConvertible {
    case badName(String)
    case nameTaken(String)
    case badDimension(name: String)
    case notFinite(name: String)
    case twoUnits(name: String)
    case tooMany(String, limit: Int)

    package var description: String {
        switch self {
        case .badName(let name): "'\(name)' is no name for a metric, a dimension or a namespace"
        case .nameTaken(let name): "'\(name)' is in the document already"
        case .badDimension(let name): "the dimension '\(name)' has no value, or one CloudWatch does not take"
        case .notFinite(let name): "'\(name)' is not a finite number"
        case .twoUnits(let name): "'\(name)' is measured in two units"
        case .tooMany(let what, let limit): "more than \(limit) \(what)"
        }
    }
}

/// In what a metric is measured. Source: the model of Amazon CloudWatch, `StandardUnit`.
package enum MetricUnit: String, Sendable, CaseIterable {
    case seconds = "Seconds"
    case microseconds = "Microseconds"
    case milliseconds = "Milliseconds"
    case bytes = "Bytes"
    case kilobytes = "Kilobytes"
    case megabytes = "Megabytes"
    case gigabytes = "Gigabytes"
    case terabytes = "Terabytes"
    case bits = "Bits"
    case kilobits = "Kilobits"
    case megabits = "Megabits"
    case gigabits = "Gigabits"
    case terabits = "Terabits"
    case percent = "Percent"
    case count = "Count"
    case bytesPerSecond = "Bytes/Second"
    case kilobytesPerSecond = "Kilobytes/Second"
    case megabytesPerSecond = "Megabytes/Second"
    case gigabytesPerSecond = "Gigabytes/Second"
    case terabytesPerSecond = "Terabytes/Second"
    case bitsPerSecond = "Bits/Second"
    case kilobitsPerSecond = "Kilobits/Second"
    case megabitsPerSecond = "Megabits/Second"
    case gigabitsPerSecond = "Gigabits/Second"
    case terabitsPerSecond = "Terabits/Second"
    case countPerSecond = "Count/Second"
    case none = "None"
}
