import Quantities

extension Valuation {
    /// Five facts for a holding with a price, one without; the day of a price where not all
    /// are of one day and source.
    var holdingFacts: [Fact] {
        let shared = sharedSymbols
        let isDayTold = pricesDiffer
        return holdings.flatMap { holding in
            let places =
                shared.contains(holding.symbol)
                ? accounts.filter { $0.holdings.contains { $0.symbol == holding.symbol } }.map {
                    "\($0.prefix).holding.\(holding.symbol)"
                } : []
            return [quantityFact(of: holding, in: places)]
                + priceFacts(of: holding, isDayTold: isDayTold) + valueFacts(of: holding, in: places)
        }
    }

    private func quantityFact(of holding: HoldingValuation, in places: [String]) -> Fact {
        Fact(
            id: "holding.\(holding.symbol).quantity", subject: holding.symbol.description,
            metric: "quantity held", value: holding.quantity, unit: .shares, asOf: asOf,
            method: places.isEmpty ? "as recorded" : "sum of its quantities in the accounts",
            inputs: places.map { "\($0).quantity" })
    }

    private func priceFacts(of holding: HoldingValuation, isDayTold: Bool) -> [Fact] {
        guard let price = holding.price else { return [] }
        let (name, prefix) = (holding.symbol.description, "holding.\(holding.symbol)")
        let priceFact = Fact(
            id: "\(prefix).price.usd", subject: name, metric: "price", value: price.usd, unit: .usd,
            asOf: price.asOf, method: "last known price, source: \(price.source.rawValue)")
        let day = date(
            "\(prefix).price.date", "date of the price", price.asOf, subject: name,
            "when the price was quoted, source: \(price.source.rawValue)")
        let age = Fact(
            id: "\(prefix).price_age.days", subject: name, metric: "age of the price",
            value: Decimal(ageInDays(of: price.asOf)), unit: .days, asOf: asOf,
            method: "from the day of the price to the day of the valuation")
        return isDayTold ? [priceFact, day, age] : [priceFact, age]
    }

    private func valueFacts(of holding: HoldingValuation, in places: [String]) -> [Fact] {
        guard let price = holding.price, let valueUSD = holding.valueUSD else { return [] }
        let (name, prefix) = (holding.symbol.description, "holding.\(holding.symbol)")
        return [
            Fact(
                id: "\(prefix).value.usd", subject: name, metric: "value", value: valueUSD, unit: .usd,
                asOf: price.asOf,
                method: places.isEmpty
                    ? "quantity times price, to the cent" : "sum of its values in the accounts",
                inputs: places.isEmpty
                    ? ["\(prefix).quantity", "\(prefix).price.usd"] : places.map { "\($0).value.usd" }),
            share(
                "\(prefix).value.percent", name, "share of the portfolio", valueUSD, of: totalUSD,
                "value divided by the total value", from: ["\(prefix).value.usd", "portfolio.total.usd"]),
        ].compactMap { $0 }
    }
}
