@_spi(_Unicode) import Swift

/// A text as BERT's uncased models read it: without control characters and accents, in lower case,
/// ideographs as words of their own.
///
/// Follows, step by step and in this order, the normaliser the model was published with (`BertNormalizer`
/// of Hugging Face's `tokenizers`): clean, set ideographs apart, decompose (NFD) and drop marks without
/// width, lower case. The lower case is that of each scalar by itself: a final sigma is a sigma.
struct CleanText {
    /// White space is U+0020, whichever it was.
    private(set) var scalars: [Unicode.Scalar] = []
    /// Where each of ``scalars`` comes from, in bytes of the text.
    private(set) var origins: [Range<Int32>] = []

    /// Marks that follow one another are put in the order of their class before some are dropped.
    private var pending: [Part] = []

    private struct Part {
        let scalar: Unicode.Scalar
        let combiningClass: UInt8
        let origin: Range<Int32>
    }

    /// - Parameter start: Where the text begins in the one the origins refer to.
    init(_ text: Substring.UnicodeScalarView, startingAt start: Int) {
        scalars.reserveCapacity(text.count)
        origins.reserveCapacity(text.count)
        var offset = Int32(start)
        for scalar in text {
            let origin = offset..<offset + Int32(UTF8.width(scalar))
            offset = origin.upperBound
            if scalar.value < 0x80 {
                addASCII(scalar, origin)
            } else {
                add(scalar, origin)
            }
        }
        flush()
    }

    private mutating func addASCII(_ scalar: Unicode.Scalar, _ origin: Range<Int32>) {
        switch scalar.value {
        case 0x09, 0x0a, 0x0d, 0x20: append(" ", origin)
        case 0x00..<0x20, 0x7f: break
        case 0x41...0x5a: append(Unicode.Scalar(UInt8(scalar.value + 0x20)), origin)
        default: append(scalar, origin)
        }
    }

    private mutating func add(_ scalar: Unicode.Scalar, _ origin: Range<Int32>) {
        if scalar.isRemoved { return }
        if scalar.properties.isWhitespace { return append(" ", origin) }
        let isIdeograph = scalar.isIdeographOfBERT
        if isIdeograph { append(" ", origin) }
        for part in scalar.decomposed {
            let combiningClass = part.properties.canonicalCombiningClass.rawValue
            if combiningClass == 0 { flush() }
            pending.append(Part(scalar: part, combiningClass: combiningClass, origin: origin))
        }
        if isIdeograph { append(" ", origin) }
    }

    private mutating func append(_ scalar: Unicode.Scalar, _ origin: Range<Int32>) {
        flush()
        scalars.append(scalar)
        origins.append(origin)
    }

    /// The order of marks of one class stays.
    private mutating func flush() {
        if pending.isEmpty { return }
        if pending.count > 2 {
            let ordered = pending.enumerated().sorted {
                ($0.element.combiningClass, $0.offset) < ($1.element.combiningClass, $1.offset)
            }
            pending = ordered.map(\.element)
        }
        for part in pending where !part.scalar.isMarkOfBERT {
            for lower in part.scalar.properties.lowercaseMapping.unicodeScalars {
                scalars.append(lower)
                origins.append(part.origin)
            }
        }
        pending.removeAll(keepingCapacity: true)
    }
}

/// The model's own tokenizer knows Unicode 8: what has come since is a letter to it, and keeps its form.
/// Swift knows a newer one; so the age decides, and the seven scalars whose category has changed are
/// named.
extension Unicode.Scalar {
    private var isKnownToBERT: Bool { properties.age.map { ($0.major, $0.minor) <= (8, 0) } ?? false }

    /// Control and format characters, what is private, and the mark of bytes that were no text.
    fileprivate var isRemoved: Bool {
        switch properties.generalCategory {
        case .control, .privateUse: true
        case .format: isKnownToBERT
        default: value == 0xfffd
        }
    }

    fileprivate var decomposed: [Unicode.Scalar] { isKnownToBERT ? Array(String(self)._nfd) : [self] }

    fileprivate var isMarkOfBERT: Bool {
        switch value {
        case 0x1734, 0x1171e: true
        case 0x1885, 0x1886, 0xa9bd, 0x111c9: false
        default: properties.generalCategory == .nonspacingMark && isKnownToBERT
        }
    }

    /// The blocks BERT sets apart: ideographs of Chinese, hence of Japanese and of older Korean texts,
    /// not kana and not hangul.
    fileprivate var isIdeographOfBERT: Bool {
        switch value {
        case 0x4e00...0x9fff, 0x3400...0x4dbf, 0x20000...0x2a6df, 0x2a700...0x2b73f, 0x2b740...0x2b81f,
            0x2b920...0x2ceaf, 0xf900...0xfaff, 0x2f800...0x2fa1f:
            true
        default: false
        }
    }

    /// A word of its own: punctuation of Unicode, and the signs of ASCII that Unicode calls symbols.
    var isPunctuationOfBERT: Bool {
        switch value {
        case 0x21...0x2f, 0x3a...0x40, 0x5b...0x60, 0x7b...0x7e, 0x166d, 0x111c9: return true
        case 0..<0x80: return false
        default: break
        }
        switch properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation:
            return isKnownToBERT
        default: return false
        }
    }
}
