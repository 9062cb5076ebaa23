import Quantities

/// What is not known about the portfolio, and how far the total could be from the truth because of it.
extension Valuation {
    var coverageFacts: [Fact] {
        priceFacts + staleFacts + boundFacts + classificationFacts + [
            Fact(
                id: "fees.known.count", subject: "portfolio", metric: "holdings whose yearly fee is known",
                value: 0, unit: .count, asOf: asOf, method: "no fee of any holding is recorded")
        ]
    }

    private var priced: [HoldingValuation] { holdings.filter { $0.price != nil } }
    private var isStale: (HoldingValuation) -> Bool { { $0.price.map(self.isStale) ?? false } }

    private var priceFacts: [Fact] {
        let counts = [
            count("portfolio.priced.count", "holdings with a price", priced.count),
            count("portfolio.unpriced.count", "holdings without a price", unpricedSymbols.count),
            share(
                "portfolio.priced.percent", "portfolio", "share of holdings with a price, by number",
                Decimal(priced.count), of: Decimal(holdings.count),
                "holdings with a price divided by different holdings",
                from: ["portfolio.priced.count", "portfolio.holdings.count"]),
        ].compactMap { $0 }
        guard let oldest = oldestPrice?.asOf, let newest = newestPrice?.asOf else { return counts }
        return counts + [
            date(
                "portfolio.oldest_price.date", "date of the oldest price", oldest,
                "earliest price among the holdings"),
            date(
                "portfolio.newest_price.date", "date of the newest price", newest,
                "latest price among the holdings"),
            days(
                "portfolio.oldest_price_age.days", "age of the oldest price", Decimal(ageInDays(of: oldest)),
                "date of the valuation minus date of the oldest price, at least zero",
                from: ["portfolio.as_of.date", "portfolio.oldest_price.date"]),
        ] + (meanAgeFact.map { [$0] } ?? [])
    }

    private var meanAgeFact: Fact? {
        let weighted = priced.reduce(0.0) {
            $0 + ($1.valueUSD?.approximate ?? 0) * Double($1.price.map { ageInDays(of: $0.asOf) } ?? 0)
        }
        guard investedUSD > 0,
            let age = statistic(weighted / investedUSD.approximate, fractionDigits: 1)
        else { return nil }
        let inputs = priced.flatMap {
            ["holding.\($0.symbol).value.usd", "holding.\($0.symbol).price_age.days"]
        }
        return days(
            "portfolio.price_age.days", "mean age of the prices, weighted by value", age,
            "mean of the ages of the prices, weighted by the values of the holdings",
            from: few(inputs, otherwise: "portfolio.invested.usd"))
    }

    /// What rests on prices older than ``freshnessLimitDays``.
    private var staleFacts: [Fact] {
        guard !priced.isEmpty else { return [] }
        let stale = holdings.filter(isStale)
        let staleUSD = stale.reduce(Decimal.zero) { $0 + ($1.valueUSD ?? 0) }
        let limit = "counted; old is what has more days than the limit"
        return [
            days(
                "portfolio.freshness_limit.days", "age up to which a price counts as fresh",
                Decimal(Self.freshnessLimitDays), "chosen by Alex; a long weekend is within it"),
            count("portfolio.stale.count", "holdings with an old price", stale.count, limit),
            usd(
                "portfolio.stale.usd", "portfolio", "value of holdings with an old price", staleUSD,
                "sum of the values of the holdings with an old price",
                from: stale.map { "holding.\($0.symbol).value.usd" }),
            share(
                "portfolio.stale.percent", "portfolio", "share of the holdings' value with an old price",
                staleUSD, of: investedUSD,
                "value of holdings with an old price divided by the value of priced holdings",
                from: ["portfolio.stale.usd", "portfolio.invested.usd"]),
        ].compactMap { $0 }
    }

    /// By the rule of ``PriceStaleness``. Nothing bounds what has no price from above: then there is no upper
    /// bound.
    private var boundFacts: [Fact] {
        let stale = holdings.contains(where: isStale)
        let unpriced = !unpricedSymbols.isEmpty
        let assumptions = stale ? volatilityFacts : []
        let inputs = ["portfolio.total.usd"] + assumptions.map(\.id)
        let nothingOld = "; no price is old"
        let lower = usd(
            "portfolio.total.lower.usd", "portfolio", "lower bound of the total value", bounds.lowerUSD,
            "total value" + (stale ? ", " + PriceStaleness.rule("down") : nothingOld)
                + (unpriced ? "; holdings without a price count as zero, so there is no upper bound" : ""),
            from: inputs)
        guard let upperUSD = bounds.upperUSD else { return assumptions + [lower] }
        let upper = usd(
            "portfolio.total.upper.usd", "portfolio", "upper bound of the total value", upperUSD,
            "total value" + (stale ? ", " + PriceStaleness.rule("up") : nothingOld), from: inputs)
        return assumptions + [lower, upper]
    }

    private var volatilityFacts: [Fact] {
        let mixes = holdings.filter(isStale).map { $0.classification?.assetClasses }
        let classes = AssetClass.allCases.filter { assetClass in
            mixes.contains { ($0?[assetClass] ?? 0) > 0 }
        }
        let known = classes.compactMap { assetClass in
            PriceStaleness.volatilityFractions[assetClass].map {
                (assetClass.rawValue, assetClass.title, $0)
            }
        }
        let unknown =
            mixes.contains(nil)
            ? [("unclassified", "Not classified", PriceStaleness.unclassifiedVolatilityFraction)] : []
        return (known + unknown).map { key, title, fraction in
            Fact(
                id: "staleness.\(key).percent", subject: title,
                metric: "yearly volatility assumed of old prices", value: fraction * 100, unit: .percent,
                method: "chosen by Alex, to bound what old prices may have become")
        }
    }

    private var classificationFacts: [Fact] {
        let unclassified = holdings.filter { $0.classification == nil && $0.valueUSD != nil }
        return [
            count(
                "portfolio.unclassified.count", "holdings nobody has classified", unclassifiedSymbols.count),
            usd(
                "portfolio.unclassified.usd", "portfolio", "value of holdings nobody has classified",
                assetClasses.unclassifiedUSD, "sum of the values of priced holdings without a classification",
                from: unclassified.map { "holding.\($0.symbol).value.usd" }),
        ]
    }

    private func days(
        _ id: Fact.ID, _ metric: String, _ value: Decimal, _ method: String, from inputs: [Fact.ID] = []
    ) -> Fact {
        Fact(
            id: id, subject: "portfolio", metric: metric, value: value, unit: .days, asOf: asOf,
            method: method, inputs: inputs)
    }
}
