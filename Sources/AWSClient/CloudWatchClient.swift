import Quantities
import Wire

/// Hands measurements to Amazon CloudWatch in calls of their own. A function writes a ``MetricsDocument`` to
/// its log instead, which costs it no time.
///
/// The service speaks three protocols; this is its JSON, the only one of them that needs neither CBOR nor the
/// numbered members of a form.
package struct CloudWatchClient: Sendable {
    private let client: AWSClient

    /// Of one call.
    package static let largestBatch = 1000
    /// Different values of one metric.
    package static let mostValues = 150

    package init(_ configuration: AWSConfiguration) {
        client = AWSClient(.cloudWatch, configuration)
    }

    /// Values of one metric at one moment.
    package struct Measurement: Sendable, Equatable {
        package var name: String
        /// With how often each was measured, at most ``CloudWatchClient/mostValues``.
        package var values: [Value]
        package var unit: MetricUnit
        /// At most 30.
        package var dimensions: [(name: String, value: String)]
        /// Of the last two weeks; `nil` for now.
        package var at: Timestamp?
        /// Whether CloudWatch keeps every second of it and not only minutes.
        package var isFine = false

        package struct Value: Sendable, Equatable {
            package let value: Double
            package let count: Int

            package init(_ value: Double, count: Int = 1) {
                self.value = value
                self.count = count
            }
        }

        package init(
            _ name: String, _ values: [Value], _ unit: MetricUnit = .none,
            dimensions: [(name: String, value: String)] = [], at moment: Timestamp? = nil
        ) {
            self.name = name
            self.values = values
            self.unit = unit
            self.dimensions = dimensions
            at = moment
        }

        package static func == (left: Self, right: Self) -> Bool { left.json == right.json }

        var json: JSONValue {
            var members: [String: JSONValue] = [
                "MetricName": .string(name), "Unit": .string(unit.rawValue),
            ]
            if values.count == 1, values[0].count == 1 {
                members["Value"] = .number(values[0].value)
            } else {
                members["Values"] = .array(values.map { .number($0.value) })
                members["Counts"] = .array(values.map { .number($0.count) })
            }
            if !dimensions.isEmpty {
                members["Dimensions"] = .array(
                    dimensions.map { ["Name": .string($0.name), "Value": .string($0.value)] })
            }
            if let at { members["Timestamp"] = .number(Int(at.secondsSinceEpoch)) }
            if isFine { members["StorageResolution"] = 1 }
            return .object(members)
        }
    }

    /// Hands measurements over, ``largestBatch`` in one call.
    ///
    /// - Parameter namespace: Groups one's metrics, such as `Alex`; `AWS/` is not for us.
    /// - Throws: At the first call that fails; those before it have counted, and one that was repeated may
    ///   count twice.
    package func put(_ measurements: [Measurement], in namespace: String) async throws(AWSFailure) {
        for start in stride(from: 0, to: measurements.count, by: Self.largestBatch) {
            let batch = measurements[start..<min(start + Self.largestBatch, measurements.count)]
            _ = try await client.send(
                AWSCall(
                    target: "GraniteServiceVersion20100801.PutMetricData", version: "1.0",
                    json: ["Namespace": .string(namespace), "MetricData": .array(batch.map(\.json))]))
        }
    }
}
