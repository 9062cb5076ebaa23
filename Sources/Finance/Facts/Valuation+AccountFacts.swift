import Quantities

extension Valuation {
    /// Accounts by id, so that two of the same name stay apart.
    var accountFacts: [Fact] {
        let shared = sharedSymbols
        return accounts.flatMap { valued in
            valueFacts(of: valued, shared: shared) + cashFacts(of: valued)
                + positionFacts(of: valued, shared: shared) + breakdownFacts(of: valued)
        }
    }

    /// Held in more than one account.
    var sharedSymbols: Set<Symbol> {
        var seen: Set<Symbol> = []
        return Set(accounts.flatMap(\.holdings).map(\.symbol).filter { !seen.insert($0).inserted })
    }

    private func valueFacts(of valued: AccountValuation, shared: Set<Symbol>) -> [Fact] {
        let (name, prefix) = (valued.account.name, valued.prefix)
        let values = valued.holdings.filter { $0.valueUSD != nil }.map { holding in
            (shared.contains(holding.symbol) ? "\(prefix)." : "") + "holding.\(holding.symbol).value.usd"
        }
        return [
            usd(
                "\(prefix).total.usd", name, "value of the account", valued.totalUSD,
                "sum of cash and priced holdings", from: ["\(prefix).cash.usd", "\(prefix).invested.usd"]),
            share(
                "\(prefix).total.percent", name, "share of the portfolio", valued.totalUSD, of: totalUSD,
                "value of the account divided by the total value",
                from: ["\(prefix).total.usd", "portfolio.total.usd"]),
            usd(
                "\(prefix).invested.usd", name, "value of priced holdings in the account",
                valued.positionsUSD, "sum of the values of its priced holdings", from: values),
            count(
                "\(prefix).holdings.count", "holdings in the account", valued.holdings.count, subject: name),
        ].compactMap { $0 }
    }

    private func cashFacts(of valued: AccountValuation) -> [Fact] {
        let (account, name, prefix) = (valued.account, valued.account.name, valued.prefix)
        return [
            usd("\(prefix).cash.usd", name, "cash in the account", account.cashUSD, "as recorded"),
            share(
                "\(prefix).cash.percent", name, "cash as a share of the account", account.cashUSD,
                of: valued.totalUSD, "cash divided by the value of the account",
                from: ["\(prefix).cash.usd", "\(prefix).total.usd"]),
            Fact(
                id: "\(prefix).cash_interest.percent", subject: name, metric: "yearly interest on cash",
                value: account.cashInterestFraction * 100, unit: .percent, method: "as recorded"),
            usd(
                "\(prefix).cash_interest.usd", name, "yearly interest on cash in dollars",
                valued.yearlyInterestUSD, "cash times yearly interest, to the cent",
                from: ["\(prefix).cash.usd", "\(prefix).cash_interest.percent"]),
        ].compactMap { $0 }
    }

    /// What of a holding that is in several accounts lies in this one.
    private func positionFacts(of valued: AccountValuation, shared: Set<Symbol>) -> [Fact] {
        valued.holdings.filter { shared.contains($0.symbol) }.flatMap { position in
            let (symbol, prefix) = (position.symbol, "\(valued.prefix).holding.\(position.symbol)")
            let quantity = Fact(
                id: "\(prefix).quantity", subject: valued.account.name,
                metric: "quantity of \(symbol) held in the account", value: position.quantity, unit: .shares,
                asOf: asOf, method: "as recorded")
            guard let price = position.price, let valueUSD = position.valueUSD else { return [quantity] }
            return [
                quantity,
                Fact(
                    id: "\(prefix).value.usd", subject: valued.account.name,
                    metric: "value of \(symbol) held in the account", value: valueUSD, unit: .usd,
                    asOf: price.asOf, method: "quantity times price, to the cent",
                    inputs: ["\(prefix).quantity", "holding.\(symbol).price.usd"]),
            ]
        }
    }

    private func breakdownFacts(of valued: AccountValuation) -> [Fact] {
        accountPartFacts(of: valued.assetClasses, valued, under: "allocation", wholeID: "total.usd")
            + accountPartFacts(of: valued.regions, valued, under: "region", wholeID: "total.usd")
            + accountPartFacts(of: valued.sectors, valued, under: "sector", wholeID: "invested.usd")
    }

    private func accountPartFacts<Category>(
        of breakdown: Breakdown<Category>, _ valued: AccountValuation, under key: String, wholeID: String
    ) -> [Fact] {
        let prefix = "\(valued.prefix).\(key)"
        let parts = Category.allCases.compactMap { category in
            breakdown.usdByCategory[category].map { (category.rawValue, category.title, $0) }
        }
        let unclassified = breakdown.unclassifiedUSD
        let rest = unclassified > 0 ? [("unclassified", "what is not classified", unclassified)] : []
        return (parts + rest).flatMap { raw, title, valueUSD in
            [
                usd(
                    "\(prefix).\(raw).usd", valued.account.name,
                    "value of \(title) in the account, by \(Category.title)", valueUSD,
                    Self.partMethod),
                share(
                    "\(prefix).\(raw).percent", valued.account.name,
                    "share of \(title) in the account, by \(Category.title)", valueUSD,
                    of: breakdown.totalUSD, "value of the part divided by the value of all parts",
                    from: ["\(prefix).\(raw).usd", "\(valued.prefix).\(wholeID)"]),
            ].compactMap { $0 }
        }
    }
}

extension AccountValuation {
    /// Of the ids of its facts.
    var prefix: String { "account.\(account.id)" }

    /// Cash times the yearly interest, to the cent.
    var yearlyInterestUSD: Decimal {
        (account.cashUSD * account.cashInterestFraction).rounded(fractionDigits: 2)
    }
}
