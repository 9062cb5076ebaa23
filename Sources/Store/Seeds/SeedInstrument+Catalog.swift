import Finance

extension SeedInstrument {
    /// The 22 funds every database starts with. Source: guides/5_database.md.
    static let all = shares + bonds + sectorFunds + otherAssets + styles

    private static let shares = [
        SeedInstrument(
            "SPY", "SPDR S&P 500 ETF Trust", .etf, cents: 450_25,
            sectors: [
                .technology: 28, .healthcare: 13, .financials: 13, .consumerDiscretionary: 12,
                .industrials: 9,
                .communication: 9, .consumerStaples: 6, .energy: 4, .utilities: 3, .realEstate: 2,
                .materials: 1,
            ]),
        SeedInstrument(
            "QQQ", "Invesco QQQ Trust", .etf, cents: 385_50,
            sectors: [
                .technology: 50, .communication: 17, .consumerDiscretionary: 15, .healthcare: 8,
                .consumerStaples: 5, .industrials: 3, .other: 2,
            ]),
        SeedInstrument(
            "IWM", "iShares Russell 2000 ETF", .etf, cents: 205_75,
            sectors: [
                .healthcare: 18, .financials: 17, .industrials: 16, .technology: 14,
                .consumerDiscretionary: 12,
                .realEstate: 7, .energy: 6, .materials: 4, .consumerStaples: 3, .utilities: 2,
                .communication: 1,
            ]),
        SeedInstrument(
            "VEA", "Vanguard FTSE Developed Markets ETF", .etf, cents: 48_30,
            regions: [.europe: 60, .asia: 35, .oceania: 5],
            sectors: [
                .financials: 18, .industrials: 14, .healthcare: 12, .consumerDiscretionary: 11,
                .technology: 10,
                .consumerStaples: 9, .materials: 8, .energy: 6, .communication: 5, .utilities: 4,
                .realEstate: 3,
            ]),
        SeedInstrument(
            "VWO", "Vanguard FTSE Emerging Markets ETF", .etf, cents: 42_15,
            regions: [.asia: 75, .latinAmerica: 10, .africa: 8, .europe: 7],
            sectors: [
                .technology: 22, .financials: 20, .consumerDiscretionary: 15, .communication: 10, .energy: 8,
                .materials: 7, .industrials: 6, .consumerStaples: 5, .healthcare: 4, .utilities: 2,
                .realEstate: 1,
            ]),
        SeedInstrument(
            "EFA", "iShares MSCI EAFE ETF", .etf, cents: 75_80, regions: [.europe: 65, .asia: 35],
            sectors: [
                .financials: 17, .industrials: 15, .healthcare: 13, .consumerDiscretionary: 12,
                .consumerStaples: 10, .technology: 9, .materials: 8, .energy: 5, .communication: 5,
                .utilities: 3, .realEstate: 3,
            ]),
    ]

    private static let bonds = [
        SeedInstrument(
            "AGG", "iShares Core U.S. Aggregate Bond ETF", .bondFund, cents: 98_20,
            sectors: [.treasury: 40, .corporate: 25, .mortgage: 28, .governmentRelated: 7],
            assetClasses: [.fixedIncome: 100]),
        SeedInstrument(
            "BND", "Vanguard Total Bond Market ETF", .bondFund, cents: 72_50,
            sectors: [.treasury: 42, .corporate: 24, .mortgage: 27, .governmentRelated: 7],
            assetClasses: [.fixedIncome: 100]),
        SeedInstrument(
            "TLT", "iShares 20+ Year Treasury Bond ETF", .bondFund, cents: 92_30, sectors: [.treasury: 100],
            assetClasses: [.fixedIncome: 100]),
        SeedInstrument(
            "HYG", "iShares iBoxx High Yield Corporate Bond ETF", .bondFund, cents: 76_85,
            regions: [.northAmerica: 95, .international: 5], sectors: [.corporate: 100],
            assetClasses: [.fixedIncome: 100]),
    ]

    private static let sectorFunds = [
        SeedInstrument(
            "XLK", "Technology Select Sector SPDR Fund", .etf, cents: 175_40, sectors: [.technology: 100]),
        SeedInstrument(
            "XLV", "Health Care Select Sector SPDR Fund", .etf, cents: 135_60, sectors: [.healthcare: 100]),
        SeedInstrument(
            "XLF", "Financial Select Sector SPDR Fund", .etf, cents: 38_25, sectors: [.financials: 100]),
        SeedInstrument("XLE", "Energy Select Sector SPDR Fund", .etf, cents: 85_90, sectors: [.energy: 100]),
    ]

    private static let otherAssets = [
        SeedInstrument(
            "VNQ", "Vanguard Real Estate ETF", .etf, cents: 82_45, sectors: [.realEstate: 100],
            assetClasses: [.realEstate: 100]),
        SeedInstrument(
            "GLD", "SPDR Gold Shares", .etf, cents: 195_70, regions: [.global: 100],
            sectors: [.commodities: 100], assetClasses: [.commodities: 100]),
        SeedInstrument(
            "SLV", "iShares Silver Trust", .etf, cents: 22_40, regions: [.global: 100],
            sectors: [.commodities: 100], assetClasses: [.commodities: 100]),
        SeedInstrument(
            "AOR", "iShares Core Growth Allocation ETF", .etf, cents: 48_90,
            regions: [.northAmerica: 60, .international: 40], sectors: [.diversified: 100],
            assetClasses: [.equity: 60, .fixedIncome: 40]),
        SeedInstrument(
            "AOA", "iShares Core Aggressive Allocation ETF", .etf, cents: 65_15,
            regions: [.northAmerica: 55, .international: 45], sectors: [.diversified: 100],
            assetClasses: [.equity: 80, .fixedIncome: 20]),
    ]

    private static let styles = [
        SeedInstrument(
            "VUG", "Vanguard Growth ETF", .etf, cents: 312_80,
            sectors: [
                .technology: 45, .consumerDiscretionary: 18, .healthcare: 12, .industrials: 10,
                .communication: 8, .financials: 4, .other: 3,
            ]),
        SeedInstrument(
            "VTV", "Vanguard Value ETF", .etf, cents: 152_60,
            sectors: [
                .financials: 20, .healthcare: 18, .industrials: 12, .consumerStaples: 11, .energy: 10,
                .utilities: 8, .communication: 7, .materials: 6, .technology: 5, .other: 3,
            ]),
        SeedInstrument(
            "VIG", "Vanguard Dividend Appreciation ETF", .etf, cents: 168_90,
            sectors: [
                .technology: 22, .healthcare: 16, .financials: 14, .consumerStaples: 13, .industrials: 12,
                .consumerDiscretionary: 10, .utilities: 5, .materials: 4, .other: 4,
            ]),
    ]

    /// What the demo household holds beyond ``all``.
    static let demo = [
        SeedInstrument(
            "VTI", "Vanguard Total Stock Market ETF", .etf, cents: 237_22,
            sectors: [
                .technology: 27, .financials: 14, .healthcare: 13, .consumerDiscretionary: 11,
                .industrials: 10,
                .communication: 8, .consumerStaples: 6, .energy: 4, .realEstate: 3, .materials: 2,
                .utilities: 2,
            ]),
        SeedInstrument(
            "VXUS", "Vanguard Total International Stock ETF", .etf, cents: 57_96,
            regions: [
                .asia: 41, .europe: 40, .northAmerica: 7, .oceania: 5, .latinAmerica: 3, .middleEast: 3,
                .africa: 1,
            ],
            sectors: [
                .financials: 20, .industrials: 15, .technology: 13, .consumerDiscretionary: 12,
                .healthcare: 9,
                .consumerStaples: 8, .materials: 8, .communication: 6, .energy: 5, .utilities: 3,
                .realEstate: 1,
            ]),
        SeedInstrument("AAPL", "Apple Inc.", .stock, cents: 195_89, sectors: [.technology: 100]),
        SeedInstrument(
            "AMZN", "Amazon.com, Inc.", .stock, cents: 178_35, sectors: [.consumerDiscretionary: 100]),
        SeedInstrument("GOOGL", "Alphabet Inc. Class A", .stock, cents: 173_69, sectors: [.technology: 100]),
        SeedInstrument("MSFT", "Microsoft Corporation", .stock, cents: 430_82, sectors: [.technology: 100]),
        SeedInstrument("NVDA", "NVIDIA Corporation", .stock, cents: 522_74, sectors: [.technology: 100]),
        SeedInstrument("TSLA", "Tesla, Inc.", .stock, cents: 248_48, sectors: [.consumerDiscretionary: 100]),
    ]
}
