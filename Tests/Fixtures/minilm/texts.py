"""The texts of the fixtures: what an investor writes, and what Unicode has to trip over."""

ENGLISH = [
    "The stock market rallied after the Federal Reserve cut interest rates.",
    "Apple reported record quarterly revenue of $123.9 billion, up 11% from a year ago.",
    "Bond yields fell as investors sought safety in government debt.",
    "How much of my portfolio is in international equities?",
    "How much of my portfolio is in foreign stocks?",
    "A recipe for tomato soup with basil and a little cream.",
    "Diversification reduces risk without necessarily reducing the expected return.",
    "The fund's expense ratio is 0.03%, among the lowest in its category.",
    "Rebalance when an asset class drifts more than five percentage points from its target.",
    "Inflation slowed to 2.4% in October; core prices rose 0.3% month over month.",
    "The 4% rule was derived from US data between 1926 and 1992.",
    "NVIDIA's data-center sales tripled, yet the shares slipped in after-hours trading.",
    "Treasury bills, notes and bonds differ in their time to maturity.",
    "Required minimum distributions start at age 73.",
    "Sequence-of-returns risk matters most in the first decade of retirement.",
    "The merger is subject to regulatory approval and expected to close in Q3 FY2027.",
    "Emerging-market debt denominated in local currency carries exchange-rate risk.",
    "She sold her shares in the S&P 500 ETF and bought a house.",
    "Oil prices jumped 4.2 percent on supply concerns.",
    "Gold is not a productive asset, but it has held its purchasing power.",
    "Dollar-cost averaging vs. lump-sum investing: what does the evidence say?",
    "The yield curve inverted in July 2022 and stayed inverted for two years.",
    "REITs must distribute at least 90% of their taxable income.",
    "A 60/40 portfolio lost about 16% in 2022.",
    "Earnings per share of $1.64 beat the consensus estimate of $1.60.",
]
TICKERS = [
    "AAPL", "brk.b", "VTI VXUS BND BNDX", "$TSLA to the moon!!!", "BTC-USD", "^GSPC", "EUR/USD 1.0845",
    "ISIN US0378331005", "CUSIP 037833100", "GOOGL,GOOG;META|AMZN", "7203.T", "0700.HK", "RDS-A", "ES=F",
]
NUMBERS = [
    "0", "1234567890", "3.14159265358979", "1,234,567.89", "-0.5%", "1e-7", "0x1F600", "$1.2bn–$1.4bn",
    "12/31/2026", "2026-11-21T12:34:56Z", "½ ⅓ ¼ ²³ ₂", "№ 5", "٣٤٥ ۱۲۳ १२३ 一二三", "１２３ＡＢＣ", "Ⅳ ⅷ", "①②③",
]
LATIN = [
    "Café crème brûlée à la carte", "Cafe\u0301 cre\u0300me bru\u0302le\u0301e", "Ångström Ørsted Æsir œuvre",
    "Straße Größe GRÖẞE", "Zażółć gęślą jaźń", "Příliš žluťoučký kůň úpěl ďábelské ódy",
    "Árvíztűrő tükörfúrógép", "İstanbul ISPARTA ılık İİ", "Việt Nam: tiền tệ và chứng khoán", "naïve façade Noël",
    "El niño compró acciones en España.", "Ação, coração e inflação no Brasil", "Þórr og Óðinn",
    "ﬁnance oﬃce ﬂow ﬆ", "ǅ ǈ Ǆ ǰ", "ĳ Ĳ ŉ ſ", "Łódź i Gdańsk", "Ștefan Țepeș", "m̃ẽ̃ a̧̋ q̣̇", "Ḁ̄ ṩ ộ",
]
CYRILLIC_GREEK = [
    "Центральный банк повысил ключевую ставку до 21%.", "Йод и ёлка, Їжак і ґанок", "Привет, мир!",
    "БИРЖА ЗАКРЫЛАСЬ РОСТОМ", "Ѳеодоръ Ѣ", "Η αγορά ομολόγων ΕΝΙΣΧΎΘΗΚΕ σήμερα.", "ΌΣΟΣ ΣΟΦΌΣ ΣΑΣ",
    "ᾳ ῷ ᾧ Ὀδυσσεύς", "Ϗ ϐ ϑ ϒ ϖ", "Ⴀ ა Აბგ ႠႡ", "Հայաստան ԵՒ և", "Ꭰ ꭰ Ᏸ",
]
RIGHT_TO_LEFT = [
    "ارتفعت أسعار الأسهم اليوم", "السُّوقُ الْمَالِيَّةُ", "آ أ إ ؤ ئ ۀ ۂ ۓ", "ﷺ ﷽ ﻻ", "قیمت سهام؟ بله، خوب است؛",
    "הבורסה בתל אביב עלתה", "שָׁלוֹם עֲלֵיכֶם", "בְּרֵאשִׁית בָּרָא", "שׁ שׂ וֹ ײַ", "ܫܠܡܐ ދިވެހި", "ߒߞߏ",
    "abc \u202eעברית\u202c def", "a\u200fb\u200ec",
]
INDIC = [
    "भारतीय शेयर बाज़ार में तेज़ी", "क़ ख़ ग़ ऩ", "বাংলাদেশ ব্যাংক ড় য়", "ਪੰਜਾਬ ਸ਼ ਖ਼", "ગુજરાત", "தமிழ்நாடு ொ ோ ௌ",
    "తెలుగు ై", "ಕನ್ನಡ ೀ ೋ", "മലയാളം ൊ", "සිංහල ෝ", "ตลาดหลักทรัพย์แห่งประเทศไทย น้ำ", "ລາວ ນໍ້າ",
    "ဗမာ ဦ", "ភាសាខ្មែរ", "བོད་ཡིག གྷ ཱི", "ᬆ ᬈ ᭃ", "𑄮 𑍋 𑒻", "ꦄꦥ꧀ꦱ",
]
EAST_ASIAN = [
    "中国股市今天大幅上涨。", "投資組合分散風險", "上证指数收于3000点", "東京株式市場は続伸した。", "カタカナ ｶﾀｶﾅ ガギグ がぎぐ",
    "パーセント％、円￥", "リスクとリターンのトレードオフ", "한국은행이 기준금리를 인하했다.", "코스피 지수 2,500선", "각 갂 힣",
    "\u1112\u1161\u11ab\u1100\u1173\u11af", "ㄱㄴㄷ ㅏㅑ", "豈 更 車 賈 滑", "\ufa0e \ufa0f \ufa2d \U0002f800 \U0002fa1d",
    "𠀀𠮷𪚥 𫝀 𫠝 𬺰 \U0002b820 \U0002b920 \U0002ceaf", "㐀㐂 㒵", "〇 々 〆 ヶ", "「引用」『二重』【括弧】《书名》", "ㄅㄆㄇ ꀀꀁ ᠮᠣᠩᠭᠣᠯ",
    "AI株is上昇中", "株価：１００円", "㍿ ㊤ ㌔ ㎏",
]
EMOJI = [
    "🚀🚀🚀", "📈 up, 📉 down", "👨\u200d👩\u200d👧\u200d👦 family", "👍🏽 thumbs", "🇩🇪🇺🇸 flags", "❤️ vs ❤", "🤷\u200d♀️ shrug",
    "1️⃣ 2️⃣", "🫠🫡🪿🩷🫨", "☃ ☎ ✂ ✈", "a🙂b", "©®™", "♠♥♦♣ ♔", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "∑∫√∞≠≤≥ ≰ ≢", "←↑→↓ ⇒", "€ £ ¥ ₹ ₿ ₽ ¢ ₺", "░▒▓ ─│┌",
]
SPACES_AND_CONTROLS = [
    "", " ", "\n", "\t\r\n  ", "\u00a0", "\u3000", "a", "Z", "?", "é", "中", "\u0000", "a\u0000b", "tab\tnew\nline\r\nend",
    "bell\u0007 escape\u001b[31mred\u001b[0m", "\u007f\u0080\u0085\u009f", "soft\u00adhyphen", "zero\u200bwidth\u200cnon\u200djoiner\ufeffbom",
    "\ufeffstart", "word\u2060joiner", "line\u2028separator\u2029paragraph", "en\u2002em\u2003thin\u2009hair\u200a\u202fnarrow\u205f",
    "ogham\u1680space", "mongolian\u180evowel", "re\ufffdplacement", "\ufffe\uffff", "private\ue000use\U000f0000",
    "un\u0378assigned \u0380\U0003ffff", "\U0010ffff", "tags\U000e0041\U000e0001", "interlinear\ufff9a\ufffab\ufffb",
    "arabic\u061cmark", "math\u2061\u2062\u2063invisible",
]
MARKS = [
    "a\u0301", "\u0301", "\u0301\u0302\u0303", "a\u0323\u0301b\u0301\u0323", "e\u0301" * 30, "Z" + "\u0300\u0316\u0334" * 40,
    "a\u20ddb\u20e3", "a\u0488б\u0489", "\u0345 \u1fbe", "\u302a\u302e\u302f한\u302e", "\U0001d165\U0001d15e", "a\u1ab0\u1df5\u1dfa",
    "\u0f71\u0f72\u0f74", "\u0cca\u0ccb", "\U00011938 \U00011935\U00011930", "\u1734 \U0001171e \U000111c9 \u166d \u1885\u1886 \ua9bd",
    "\u0340\u0341\u0343\u0344\u0374\u037e\u0387", "\u2126\u212a\u212b\u2329\u232a", "\u1e9b\u0323", "x\u0328\u0327\u0321",
]
PUNCTUATION = [
    "Hello, world!!!", "...", "(a[b{c}d]e)", "don't can’t won`t", "“quotes” ‘single’ «guillemets»", "semi;colon:dash-en–em—bar―",
    "under_score snake_case __init__", "e-mail: someone@example.com", "https://example.com/a?b=c&d=e#f", "C:\\dir\\file.txt",
    "a+b=c<d>e~f^g`h|i$j", "¿Qué? ¡Sí!", "§ ¶ † ‡ • … ‰ ‱", "⸘⸮⸲⹃⹒⹝", "、。！？；：", "׃ ؟ ، ؛ ۔", "। ॥ ๏ ๚ ។", "᠀᠁᠊ ꡴ 𐄀𐄁",
    "﹏﹐﹑ ＿－．", "10%-20% (approx.)", "#hashtag @mention", "50¢/£1", "a/b\\c", "***bold*** _it_ ~~del~~", "<html><b>x</b></html>",
]
SPECIAL = [
    "[CLS] text [SEP]", "[MASK]", "what is [UNK] here", "[PAD][PAD]", "[cls] [sep]", "[ CLS ]", "[[SEP]]", "a[SEP]b",
    "##ing ##s", "# #ing", "[unused1] [unused99]", "[SEPARATOR]",
]
LONG = [
    "a" * 100, "a" * 101, "a" * 1000, "supercalifragilisticexpialidocious", "Donaudampfschifffahrtsgesellschaftskapitän",
    "antidisestablishmentarianism" * 3, "x" * 99 + "é", "x" * 100 + "\u0301", "é" * 100, "é" * 101, "中" * 300, "🚀" * 120,
    "word " * 253, "word " * 254, "word " * 255, "word " * 300, "unaffordability " * 90,
    " ".join(ENGLISH), " ".join(ENGLISH * 2), "1" * 150, "한" * 40, "!" * 300,
    "Risk and return are related. " * 12, "\n\n".join(ENGLISH[:9]),
]

GROUPS = [
    ENGLISH, TICKERS, NUMBERS, LATIN, CYRILLIC_GREEK, RIGHT_TO_LEFT, INDIC, EAST_ASIAN, EMOJI, SPACES_AND_CONTROLS, MARKS,
    PUNCTUATION, SPECIAL, LONG,
]
TEXTS = [text for group in GROUPS for text in group]
assert len(set(TEXTS)) == len(TEXTS), [text for text in TEXTS if TEXTS.count(text) > 1]

