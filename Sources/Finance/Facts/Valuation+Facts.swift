import Quantities

extension Valuation {
    /// What the portfolio is worth and what is not known about it.
    var totalFacts: [Fact] {
        let holdingValues = holdings.filter { $0.valueUSD != nil }.map { "holding.\($0.symbol).value.usd" }
        return [
            usd("portfolio.total.usd", "portfolio", "total value", totalUSD, "cash plus priced holdings")
                .from(["portfolio.cash.usd", "portfolio.invested.usd"]),
            usd("portfolio.cash.usd", "portfolio", "cash in accounts", cashUSD, "sum over the accounts")
                .from(accounts.map { "account.\($0.account.id).cash.usd" }),
            usd("portfolio.invested.usd", "portfolio", "value of priced holdings", investedUSD, "sum")
                .from(holdingValues),
            percent(
                "portfolio.cash.percent", "portfolio", "cash in accounts as a share of the total", cashUSD,
                inputs: ["portfolio.cash.usd", "portfolio.total.usd"]),
            count("portfolio.accounts.count", "accounts", accounts.count),
            count("portfolio.holdings.count", "different holdings", holdings.count),
            count("portfolio.unpriced.count", "holdings without a price", unpricedSymbols.count),
            count(
                "portfolio.unclassified.count", "holdings nobody has classified", unclassifiedSymbols.count),
            usd(
                "portfolio.unclassified.usd", "portfolio", "value of holdings nobody has classified",
                assetClasses.unclassifiedUSD, "sum over priced holdings without a classification"),
            oldestPrice.map {
                Fact(
                    id: "portfolio.oldest_price.date", subject: "portfolio",
                    metric: "date of the oldest price",
                    value: Decimal($0.asOf.date.daysSinceEpoch), unit: .date, asOf: asOf,
                    method: "earliest price among the holdings")
            },
        ].compactMap { $0 }
    }

    /// Accounts by id, so that two of the same name stay apart.
    var accountFacts: [Fact] {
        accounts.flatMap { valued in
            let (account, prefix) = (valued.account, "account.\(valued.account.id)")
            return [
                usd(
                    "\(prefix).total.usd", account.name, "value of the account", valued.totalUSD,
                    "cash plus priced holdings"),
                percent(
                    "\(prefix).total.percent", account.name, "share of the portfolio", valued.totalUSD,
                    inputs: ["\(prefix).total.usd", "portfolio.total.usd"]),
                usd(
                    "\(prefix).cash.usd", account.name, "cash in the account", account.cashUSD,
                    "as recorded"),
                Fact(
                    id: "\(prefix).cash_interest.percent", subject: account.name,
                    metric: "yearly interest on cash", value: account.cashInterestFraction * 100,
                    unit: .percent, method: "as recorded"),
            ].compactMap { $0 }
        }
    }

    var holdingFacts: [Fact] {
        holdings.flatMap { holding in
            let (name, prefix) = (holding.symbol.description, "holding.\(holding.symbol)")
            let quantity = Fact(
                id: "\(prefix).quantity", subject: name, metric: "quantity held", value: holding.quantity,
                unit: .shares, asOf: asOf, method: "sum over the accounts")
            guard let price = holding.price, let valueUSD = holding.valueUSD else { return [quantity] }
            let ageInDays = asOf.date.daysSinceEpoch - price.asOf.date.daysSinceEpoch
            return [
                quantity,
                Fact(
                    id: "\(prefix).price.usd", subject: name, metric: "price", value: price.usd, unit: .usd,
                    asOf: price.asOf, method: "last known price, source: \(price.source.rawValue)"),
                Fact(
                    id: "\(prefix).price_age.days", subject: name, metric: "age of the price",
                    value: Decimal(ageInDays), unit: .days, asOf: asOf,
                    method: "from the day of the price to the day of the valuation"),
                Fact(
                    id: "\(prefix).value.usd", subject: name, metric: "value", value: valueUSD, unit: .usd,
                    asOf: price.asOf, method: "quantity times price, to the cent in each account",
                    inputs: ["\(prefix).quantity", "\(prefix).price.usd"]),
                percent(
                    "\(prefix).value.percent", name, "share of the portfolio", valueUSD,
                    inputs: ["\(prefix).value.usd", "portfolio.total.usd"]),
            ].compactMap { $0 }
        }
    }

    /// The three ways to divide the portfolio, and how far two of them are from what the investor wants.
    func allocationFacts(investor: Investor) -> [Fact] {
        partFacts(of: assetClasses, under: "allocation")
            + driftFacts(of: assetClasses, from: investor.assetClassTargets, under: "allocation")
            + partFacts(of: regions, under: "region")
            + driftFacts(of: regions, from: investor.regionTargets, under: "region")
            + partFacts(of: sectors, under: "sector")
    }

    private func partFacts<Category>(of breakdown: Breakdown<Category>, under prefix: String) -> [Fact] {
        Category.allCases.flatMap { category -> [Fact] in
            guard let valueUSD = breakdown.usdByCategory[category] else { return [] }
            let id = "\(prefix).\(category.rawValue)"
            return [
                usd(
                    "\(id).usd", category.title, "value by \(Category.title)", valueUSD,
                    "each holding divided by its classification"),
                statistic(breakdown.percent(category)).map {
                    Fact(
                        id: "\(id).percent", subject: category.title, metric: "share by \(Category.title)",
                        value: $0, unit: .percent, asOf: asOf,
                        method: "value divided by everything that has a \(Category.title)",
                        inputs: ["\(id).usd"])
                },
            ].compactMap { $0 }
        }
    }

    /// By the rules of ``TargetComparison``; none when nothing is classified.
    private func driftFacts<Category>(
        of breakdown: Breakdown<Category>, from targets: Allocation<Category>, under prefix: String
    ) -> [Fact] {
        guard let comparison = TargetComparison(of: breakdown, with: targets) else { return [] }
        let facts = comparison.parts.flatMap { part -> [Fact] in
            guard let share = statistic(part.sharePercent), let target = statistic(part.targetPercent),
                let gap = statistic(part.gapPoints)
            else { return [] }
            let id = "\(prefix).\(part.category.rawValue)"
            let subject = part.category.title + (part.standsForOthers ? " (all others)" : "")
            return [
                Fact(
                    id: "\(id).compared.percent", subject: subject,
                    metric: "share that is compared with the target by \(Category.title)", value: share,
                    unit: .percent, asOf: asOf, method: Self.comparisonMethod),
                Fact(
                    id: "\(id).target.percent", subject: subject,
                    metric: "target share by \(Category.title)", value: target, unit: .percent,
                    method: "as the investor set it"),
                Fact(
                    id: "\(id).gap.points", subject: subject,
                    metric: "share above (below: negative) the target, in points", value: gap,
                    unit: .points, asOf: asOf, method: "share minus target",
                    inputs: ["\(id).compared.percent", "\(id).target.percent"]),
            ]
        }
        guard let drift = statistic(comparison.driftPercent) else { return facts }
        return facts + [
            Fact(
                id: "\(prefix).drift.percent", subject: "portfolio",
                metric: "part that would have to change places to meet the targets by \(Category.title)",
                value: drift, unit: .percent, asOf: asOf, method: "half the sum of the absolute gaps",
                inputs: facts.map(\.id).filter { $0.hasSuffix(".gap.points") })
        ]
    }

    private static let comparisonMethod =
        "share of what is classified; a target for international stands for all regions without a target, "
        + "and what is global is divided as the targets say"

    /// How much depends on few holdings. A fund counts as one holding.
    var concentrationFacts: [Fact] {
        let values = holdings.compactMap(\.valueUSD)
        guard investedUSD > 0, let largest = holdings.first, let largestUSD = largest.valueUSD else {
            return []
        }
        let shares = values.map { $0.approximate / investedUSD.approximate }
        let herfindahl = shares.reduce(0) { $0 + $1 * $1 }
        let inputs = holdings.filter { $0.valueUSD != nil }.map { "holding.\($0.symbol).value.usd" }
        return [
            percent(
                "concentration.largest.percent", largest.symbol.description,
                "largest holding as a share of the portfolio", largestUSD,
                inputs: ["holding.\(largest.symbol).value.usd", "portfolio.total.usd"]),
            statistic(herfindahl, fractionDigits: 4).map {
                Fact(
                    id: "concentration.herfindahl", subject: "portfolio",
                    metric: "concentration (Herfindahl-Hirschman index, 0 to 1)", value: $0, unit: .ratio,
                    asOf: asOf, method: "sum of the squared shares of the priced holdings without cash",
                    inputs: inputs)
            },
            statistic(1 / herfindahl, fractionDigits: 1).map {
                Fact(
                    id: "concentration.effective.count", subject: "portfolio",
                    metric: "effective number of holdings", value: $0, unit: .count, asOf: asOf,
                    method: "one divided by the concentration", inputs: ["concentration.herfindahl"])
            },
        ].compactMap { $0 }
    }

    private func usd(_ id: Fact.ID, _ subject: String, _ metric: String, _ value: Decimal, _ method: String)
        -> Fact
    {
        Fact(id: id, subject: subject, metric: metric, value: value, unit: .usd, asOf: asOf, method: method)
    }

    private func count(_ id: Fact.ID, _ metric: String, _ value: Int) -> Fact {
        Fact(
            id: id, subject: "portfolio", metric: metric, value: Decimal(value), unit: .count, asOf: asOf,
            method: "counted")
    }

    /// `nil` when the portfolio is worth nothing.
    private func percent(
        _ id: Fact.ID, _ subject: String, _ metric: String, _ valueUSD: Decimal, inputs: [Fact.ID]
    ) -> Fact? {
        statistic(percent(of: valueUSD)).map {
            Fact(
                id: id, subject: subject, metric: metric, value: $0, unit: .percent, asOf: asOf,
                method: "value divided by the total value of the portfolio", inputs: inputs)
        }
    }
}

extension Fact {
    fileprivate func from(_ inputs: [ID]) -> Fact {
        Fact(
            id: id, subject: subject, metric: metric, value: value, unit: unit, asOf: asOf, method: method,
            inputs: inputs)
    }
}
