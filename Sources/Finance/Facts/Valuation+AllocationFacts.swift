import Quantities

extension Valuation {
    /// The three ways to divide the portfolio, and how far two of them are from what the investor wants.
    func allocationFacts(investor: Investor) -> [Fact] {
        let (classes, lands, trades) = ("allocation", "region", "sector")
        return partFacts(of: assetClasses, under: classes) + totalFacts(of: assetClasses, under: classes)
            + boundFacts(of: assetClasses, under: classes)
            + targetFacts(of: assetClasses, from: investor.assetClassTargets, under: classes)
            + partFacts(of: regions, under: lands) + totalFacts(of: regions, under: lands)
            + targetFacts(of: regions, from: investor.regionTargets, under: lands)
            + partFacts(of: sectors, under: trades) + totalFacts(of: sectors, under: trades)
    }

    static let partMethod = "each holding split as it is classified, to the cent"

    private func partFacts<Category>(of breakdown: Breakdown<Category>, under prefix: String) -> [Fact] {
        Category.allCases.flatMap { category -> [Fact] in
            guard let valueUSD = breakdown.usdByCategory[category] else { return [] }
            let id = "\(prefix).\(category.rawValue)"
            return [
                usd(
                    "\(id).usd", category.title, "value by \(Category.title)", valueUSD, Self.partMethod,
                    from: few(contributors(to: category), otherwise: "portfolio.invested.usd")),
                percent(
                    "\(id).percent", category.title, "share by \(Category.title)",
                    breakdown.percent(category), "value of the part divided by the value of all parts",
                    from: ["\(id).usd", "\(prefix).total.usd"]),
            ].compactMap { $0 }
        }
    }

    /// The facts of the values that have a part in a category.
    private func contributors<Category: AllocationCategory>(to category: Category) -> [Fact.ID] {
        let holdings = holdings.filter { holding in
            guard holding.valueUSD != nil, let classification = holding.classification else { return false }
            return classification.percent(of: category) > 0
        }
        let isCash = category as? AssetClass == .cash || category as? Region == .northAmerica
        return holdings.map { "holding.\($0.symbol).value.usd" }
            + (isCash && cashUSD > 0 ? ["portfolio.cash.usd"] : [])
    }

    /// What is not classified, and everything together.
    private func totalFacts<Category>(of breakdown: Breakdown<Category>, under prefix: String) -> [Fact] {
        let (title, totalUSD) = (Category.title, breakdown.totalUSD)
        let parts = Category.allCases.filter { breakdown.usdByCategory[$0] != nil }.map(\.rawValue)
        let all = parts + ["unclassified"]
        return [
            usd(
                "\(prefix).unclassified.usd", "Not classified", "value without \(title)",
                breakdown.unclassifiedUSD, "sum of the values of priced holdings without a classification",
                from: ["portfolio.unclassified.usd"]),
            share(
                "\(prefix).unclassified.percent", "Not classified", "share without \(title)",
                breakdown.unclassifiedUSD, of: totalUSD,
                "value of the part divided by the value of all parts",
                from: ["\(prefix).unclassified.usd", "\(prefix).total.usd"]),
            usd(
                "\(prefix).total.usd", "portfolio", "value of all parts by \(title)", totalUSD,
                "sum of all parts by \(title) and what is not classified",
                from: all.map { "\(prefix).\($0).usd" }),
            share(
                "\(prefix).total.percent", "portfolio", "share of all parts by \(title)", totalUSD,
                of: totalUSD, "sum of all shares by \(title) and what is not classified",
                from: all.map { "\(prefix).\($0).percent" }),
        ].compactMap { $0 }
    }

    /// How small and how large a share can be as long as part of the portfolio is not classified.
    private func boundFacts<Category>(of breakdown: Breakdown<Category>, under prefix: String) -> [Fact] {
        let unclassifiedUSD = breakdown.unclassifiedUSD
        guard unclassifiedUSD > 0 else { return [] }
        return Category.allCases.flatMap { category -> [Fact] in
            let valueUSD = breakdown.usdByCategory[category] ?? 0
            let id = "\(prefix).\(category.rawValue)"
            let known = valueUSD > 0 ? ["\(id).usd"] : []
            return [
                share(
                    "\(id).lower.percent", category.title, "lower bound of the share by \(Category.title)",
                    valueUSD, of: breakdown.totalUSD,
                    valueUSD > 0
                        ? "value of the part divided by the value of all parts: nothing unclassified is in it"
                        : "nothing is known to be in it",
                    from: valueUSD > 0 ? ["\(id).usd", "\(prefix).total.usd"] : []),
                share(
                    "\(id).upper.percent", category.title, "upper bound of the share by \(Category.title)",
                    valueUSD + unclassifiedUSD, of: breakdown.totalUSD,
                    "value of the part and of what is not classified divided by the value of all parts: "
                        + "everything unclassified is in it",
                    from: known + ["\(prefix).unclassified.usd", "\(prefix).total.usd"]),
            ].compactMap { $0 }
        }
    }

    /// By the rules of ``TargetComparison``; the targets alone when nothing is classified.
    private func targetFacts<Category>(
        of breakdown: Breakdown<Category>, from targets: Allocation<Category>, under prefix: String
    ) -> [Fact] {
        guard let comparison = TargetComparison(of: breakdown, with: targets) else {
            return targets.parts.compactMap { part in
                targetFact(part.category.title, part.category, part.percent, under: prefix)
            }
        }
        let facts = comparison.parts.flatMap { comparisonFacts(of: $0, under: prefix) }
        let drift = percent(
            "\(prefix).drift.percent", "portfolio",
            "part that would have to change places to meet the targets by \(Category.title)",
            comparison.driftPercent, "half the sum of the absolute gaps",
            from: facts.map(\.id).filter { $0.hasSuffix(".gap.points") })
        return facts + [drift].compactMap { $0 }
    }

    private func comparisonFacts<Category>(of part: TargetComparison<Category>.Part, under prefix: String)
        -> [Fact]
    {
        let id = "\(prefix).\(part.category.rawValue)"
        let subject = part.category.title + (part.standsForOthers ? " (all others)" : "")
        guard let gap = statistic(part.gapPoints) else { return [] }
        return [
            percent(
                "\(id).compared.percent", subject,
                "share that is compared with the target by \(Category.title)", part.sharePercent,
                Self.comparisonMethod, from: ["\(prefix).total.usd", "\(prefix).unclassified.usd"]),
            targetFact(subject, part.category, part.targetPercent, under: prefix),
            Fact(
                id: "\(id).gap.points", subject: subject,
                metric: "share above (below: negative) the target by \(Category.title), in points",
                value: gap, unit: .points, asOf: asOf, method: "share minus target",
                inputs: ["\(id).compared.percent", "\(id).target.percent"]),
        ].compactMap { $0 }
    }

    private func targetFact<Category: AllocationCategory>(
        _ subject: String, _ category: Category, _ targetPercent: Double, under prefix: String
    ) -> Fact? {
        statistic(targetPercent).map {
            Fact(
                id: "\(prefix).\(category.rawValue).target.percent", subject: subject,
                metric: "target share by \(Category.title)", value: $0, unit: .percent,
                method: "as the investor set it")
        }
    }

    private static let comparisonMethod =
        "share of what is classified; a target for international stands for all regions without a target, "
        + "and what is global is divided as the targets say"
}

extension Classification {
    /// Percent of a category of any of the three kinds.
    fileprivate func percent(of category: some AllocationCategory) -> Double {
        switch category {
        case let assetClass as AssetClass: assetClasses[assetClass]
        case let region as Region: regions[region]
        case let sector as Sector: sectors[sector]
        default: 0
        }
    }
}
