/// The words by which concepts are known. Of phrases that begin at the same word the longest counts, so
/// `target income` is not a target.
enum Lexicon {
    static let concepts: [(Concepts, [String])] = [
        (.cash, ["cash"]),
        (.target, ["target", "targets", "targeted", "goal for", "aim", "aims"]),
        (
            .gap,
            [
                "difference", "points above", "points below", "points over", "points under",
                "points short", "points more", "points less", "off target", "away from the target",
                "share above (below: negative) the target", "overweight", "underweight", "points too",
            ]
        ),
        // Of a share from its target, or of the income.
        ([.gap, .shortfall], ["gap", "gaps"]),
        (
            .otherwise,
            [
                "under another assumption", "another assumption", "other assumptions", "withdrawal rule",
                "withdrawal rules", "withdrawal strategy",
            ]
        ),
        (.all, ["as a share of itself"]),
        (.paths, ["the share of paths aimed at"]),
        (.goal, ["aimed at", "aiming at", "the goal"]),
        ([.shortfall, .fourPercent], ["beyond four percent of the median"]),
        (
            [],
            [
                "to meet the targets", "not fail", "never fail", "never fails", "not run out",
                "never run out",
                "never runs out", "fell short of", "fall short of", "falls short of", "falling short of",
                "fallen short of",
            ]
        ),
        (
            .compared,
            ["compared with the target", "that is compared with the target", "compared with the targets"]
        ),
        (
            .drift,
            [
                "drift", "change places", "have to move", "needs to move", "would have to be moved",
                "rebalanced", "has to change places",
            ]
        ),
        (
            .price,
            [
                "price", "prices", "quote", "quoted", "per share", "costs", "priced at", "trades at",
                "trading at", "sells at",
            ]
        ),
        ([], ["price of oil"]),
        (
            [.invested, .holdings],
            [
                "have a price", "has a price", "with a price", "priced holdings", "that are priced",
                "that is priced", "priced", "have prices", "in holdings", "invested", "in positions",
            ]
        ),
        (.byAssetClass, ["asset class", "asset classes"]),
        (.byRegion, ["region", "regions"]),
        (.bySector, ["sector", "sectors"]),
        (
            .age,
            [
                "age of the price", "age of the prices", "age of the oldest price",
                "age of the prices, weighted by value", "days old", "day old",
                "old",
            ]
        ),
        ([.age, .average], ["mean age of the prices", "mean age", "average age"]),
        ([.age, .fresh], ["age up to which a price counts as fresh", "counts as fresh", "fresh"]),
        (
            .interest,
            ["interest", "interest on cash", "yearly interest on cash", "earns", "earn", "earning"]
        ),
        (.concentration, ["concentration", "herfindahl", "hhi"]),
        (
            .effective,
            [
                "effective number of holdings", "effective number", "effective", "equal ones",
                "equally large", "equal holdings",
                "equal-sized", "equally sized",
            ]
        ),
        (.largest, ["largest", "biggest", "most valuable", "top holding", "largest single"]),
        (.topThree, ["largest three", "three largest", "top three"]),
        (
            .paths,
            [
                "paths", "path", "futures", "future", "simulations", "simulated", "scenarios", "success",
                "succeed", "succeeds", "chance", "probability", "likelihood", "odds",
            ]
        ),
        (
            .error,
            [
                "sampling error", "margin of error", "give or take",
                "half the width of the 95 percent interval",
                "statistical error",
            ]
        ),
        (.returns, ["return", "returns", "grows by", "growth"]),
        (
            [.expected],
            ["if every year brings the mean return", "mean return every year", "expected balance"]
        ),
        (.volatility, ["volatility", "standard deviation", "swing", "swings", "spread"]),
        (.inflation, ["inflation"]),
        ([], ["before inflation"]),
        (.inflation, ["before inflation of"]),
        (.real, ["after inflation", "real return", "real returns", "in real terms"]),
        (
            .saving,
            [
                "saved", "saving", "savings", "save", "contribution", "contributions", "contribute",
                "set aside", "put aside", "adds", "paid in each year",
            ]
        ),
        (
            .income,
            [
                "income", "spending", "spend", "withdrawal", "withdrawals", "target income",
                "income wanted", "wanted income", "income target", "target retirement income",
            ]
        ),
        (
            .fourPercent,
            [
                "four percent of the median", "four percent", "4% of the median", "4% rule",
                "4 percent rule", "4% of", "four percent rule", "four percent income",
            ]
        ),
        (
            .shortfall,
            [
                "income gap", "open", "beyond that", "uncovered", "not covered", "leave", "leaves", "leaving",
                "unfunded", "shortfall", "is missing from", "leaves open", "short of the target income",
            ]
        ),
        (
            .untilRetirement,
            [
                "years until retirement", "until retirement", "retirement begins in", "begins in",
                "retire in", "retirement starts in", "retirement in", "retiring in", "before retirement",
                "until then", "from now",
                "retirement is", "years away",
            ]
        ),
        (
            .inRetirement,
            [
                "years in retirement", "taken to last", "is taken to last", "length of retirement",
                "length of the retirement", "in retirement", "years of retirement", "to last",
                "retirement lasts",
                "planned to last", "retirement that lasts", "retirement of", "year retirement",
                "years retirement", "years retired",
            ]
        ),
        (
            .lasting,
            [
                "mean number of retirement years paid in full", "years paid in full", "lasts", "pay in full",
                "paid in full",
            ]
        ),
        ([.lasting, .average], ["on average", "average number"]),
        (.nineInTen, ["nine in ten paths", "nine in ten", "nine of ten", "nine out of ten"]),
        (.accounts, ["accounts", "account"]),
        (.holdings, ["holdings", "different holdings", "holding", "positions"]),
        ([.unpriced, .holdings], ["holdings without a price"]),
        (
            .unpriced,
            [
                "without a price", "unpriced", "no price", "have no price",
                "has no price", "not priced", "without price",
            ]
        ),
        (
            .unclassified,
            [
                "not classified", "nobody has classified", "unclassified", "holdings nobody has classified",
                "without a classification", "no classification",
            ]
        ),
        (.lowerBound, ["lower bound", "at the least"]),
        (.upperBound, ["upper bound", "at the most"]),
        (.fees, ["fee", "fees", "expense ratio", "expense ratios"]),
        (
            .rest,
            ["smaller holdings", "more accounts", "not listed", "others together", "beyond those listed"]
        ),
        (
            .fix,
            [
                "with the change", "brings the success to the goal", "bring the success to the goal",
                "months of work", "work longer",
            ]
        ),
        (
            [.fix, .saving],
            [
                "additional yearly saving that brings the success to the goal", "additional yearly saving",
                "additional saving", "save more", "saving more", "more each year", "a year more",
            ]
        ),
        (
            [.fix, .income],
            [
                "cut of the yearly income that brings the success to the goal", "spend less",
                "spending less", "lower income", "less income", "cut of the yearly income",
            ]
        ),
        (.later, ["later", "postpone", "delay"]),
        (
            .safe,
            [
                "safe income", "safe rate", "safe withdrawal rate", "sustainable income", "safe",
                "sustainable", "sustainable rate",
            ]
        ),
        (.history, ["history", "historical", "bootstrap", "past", "windows", "since 1928"]),
        (
            .failing,
            [
                "failing", "fail", "fails", "failed", "failure", "failures", "run out", "runs out",
                "go broke", "goes broke", "not paid", "cannot pay", "do not pay", "does not pay",
            ]
        ),
        (.crash, ["early crash", "crash", "bad early years", "poor early returns"]),
        (.longevity, ["longevity", "long life", "living long"]),
        (.overspending, ["overspending", "too much spending"]),
        (.drawdown, ["drawdown"]),
        (.ages, ["age when", "at the age of", "at age", "age", "birthday"]),
        (
            .stale,
            ["stale", "out of date", "outdated", "old price", "old prices", "an old price"]
        ),
        (.performance, ["time-weighted", "money-weighted", "sharpe", "sortino", "xirr"]),
        (
            .p10,
            [
                "10th percentile", "tenth percentile", "10 percent of the paths stay below", "worst tenth",
                "worst ten percent", "pessimistic", "poor markets", "weak markets", "lowest tenth", "p10",
            ]
        ),
        (
            .p25,
            [
                "25th percentile", "25 percent of the paths stay below", "lower quartile", "first quartile",
                "p25",
            ]
        ),
        (
            .median,
            [
                "median", "50 percent of the paths stay below", "50th percentile", "middle", "typical",
                "in the middle", "p50",
            ]
        ),
        (
            .p75,
            [
                "75th percentile", "75 percent of the paths stay below", "upper quartile", "third quartile",
                "p75",
            ]
        ),
        (
            .p90,
            [
                "90th percentile", "90 percent of the paths stay below", "best tenth", "optimistic",
                "good markets", "strong markets", "highest tenth", "p90",
            ]
        ),
        (
            .atStart,
            [
                "when retirement begins", "when it begins", "at retirement", "on retirement",
                "begins retirement", "begin retirement", "start of retirement", "retirement date",
                "when retirement starts", "beginning of retirement", "first day of retirement",
                "retirement begins with", "start with",
            ]
        ),
        (
            .atEnd,
            [
                "at the end of retirement", "end of retirement", "left over", "is left", "remains at the end",
                "at the end of the plan", "at the very end",
            ]
        ),
    ]

    /// That something has moved, as opposed to where it stands; not when `to` follows.
    static let changes = [
        "rose", "risen", "rises", "grew", "grown", "gained", "gains", "fell", "fallen", "dropped", "declined",
        "lost", "increased", "decreased", "climbed", "jumped", "shrank", "plunged", "soared", "slipped",
        "went up",
        "went down", "is up", "is down", "was up", "was down", "are up", "are down",
    ]

    static let upwards = [
        "above", "over", "more than", "exceeds", "exceed", "exceeding", "higher", "greater", "larger",
        "overweight", "ahead of", "too much", "too high", "surplus", "beyond", "rose", "grew", "gained",
    ]
    static let downwards = [
        "below", "under", "less than", "lower", "smaller", "short", "underweight", "behind", "lacks", "lags",
        "too little", "too low", "fell", "dropped", "lost", "declined", "missing", "misses", "miss", "trails",
        "trail", "trailing", "lag", "lagging", "shy of",
    ]

    /// Other names of what facts are about, by the name facts use.
    static let synonyms: [String: [String]] = [
        "Equity": ["equities", "stocks", "stock market", "shares of companies"],
        "Fixed Income": ["bonds", "bond", "fixed-income"],
        "Real Estate": ["property", "properties"],
        "Commodities": ["commodity"],
        "Alternatives": ["alternative investments"],
        "North America": ["north american", "united states", "america"],
        "Europe": ["european"],
        "Asia": ["asian"],
        "International": ["abroad", "international (all others)"],
        "other accounts": ["more accounts"],
        "Technology": ["tech"],
        "Healthcare": ["health care"],
    ]

    /// What the household has as a whole.
    static let wholes = [
        "portfolio", "household", "total", "in all", "altogether", "you", "your", "overall", "whole",
        "investments",
        "wealth", "net worth", "everything", "all accounts", "all holdings", "the holdings", "your holdings",
    ]

    /// Names of rules and products that hold digits and state nothing about anybody.
    static let rules = [
        "401(k)", "401k", "401 k", "403(b)", "403b", "457(b)", "529 plan", "529 plans", "s&p 500",
        "s & p 500",
        "nasdaq 100", "nasdaq-100", "russell 2000", "russell 1000", "russell 3000", "dow 30", "rule 2214",
        "ftse 100", "msci eafe", "covid-19", "24/7",
    ]

    /// Nouns after a small number that counts parts of the text itself: `two things`.
    static let partsOfSpeech = [
        "thing", "things", "step", "steps", "reason", "reasons", "way", "ways", "question", "questions",
        "part",
        "parts", "option", "options", "lever", "levers", "action", "actions", "recommendation",
        "recommendations", "side", "sides", "example", "examples", "point that", "points that", "figure",
        "figures",
        "caveat", "caveats", "measure", "measures", "topic", "topics", "direction", "directions",
    ]

    /// Words that part what belongs to one figure from what belongs to another.
    static let boundaries = [
        "and", "but", "while", "whereas", "against", "versus", "vs", "with", "or", "than", "though",
        "although",
        "from", "where", "which", "because", "so", "if", "compared", "plus", "yet", "then",
    ]

    /// Words between a noun and the figure it has: `the target for cash is 5%`.
    static let linking = Set(
        [
            "for", "of", "in", "share", "is", "was", "stands", "at", "the", "a", ":", "weight", "cash",
            "worth", "are", "by",
        ].map {
            $0 == ":" ? UInt64(UInt8(ascii: ":")) : Lexer.hash(of: $0)
        })

    static let approximate = [
        "about", "around", "roughly", "approximately", "approx", "circa", "some", "close to",
    ]
    static let nearly = ["nearly", "almost", "just under", "just below", "not quite", "close on"]
    static let moreThan = [
        "more than", "over", "above", "at least", "exceeding", "just over", "upwards of", "well over",
    ]
    static let lessThan = ["less than", "under", "below", "at most", "up to", "fewer than", "no more than"]
}
