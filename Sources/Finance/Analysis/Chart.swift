import Quantities

/// A chart whose values were computed by code.
package struct Chart: Sendable, Equatable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case pie
        case donut
        case bar
        case horizontalBar
        case line
    }

    package struct Point: Sendable, Equatable {
        package let name: String
        package let valueUSD: Decimal
        /// `#RRGGBB`.
        package let color: String
        /// Which fact the value is; `nil` where several share a point.
        package let fact: Fact.ID?

        package init(name: String, valueUSD: Decimal, color: String, fact: Fact.ID? = nil) {
            self.name = name
            self.valueUSD = valueUSD
            self.color = color
            self.fact = fact
        }
    }

    /// Unique within an analysis: `asset_classes`.
    package let key: String
    package let title: String
    package let kind: Kind
    /// One sentence that says what the chart shows.
    package let description: String
    package let points: [Point]
    /// The fact that the points sum to; `nil` where they are no parts of a whole.
    package let totalFact: Fact.ID?

    package init(
        key: String, title: String, kind: Kind, description: String, points: [Point],
        totalFact: Fact.ID? = nil
    ) {
        self.totalFact = totalFact
        self.key = key
        self.title = title
        self.kind = kind
        self.description = description
        self.points = points
    }
}
