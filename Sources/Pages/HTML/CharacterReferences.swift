/// Character references of HTML: `&amp;`, `&#8217;`, `&#x2019;`.
enum CharacterReferences {
    static func decode(_ bytes: ArraySlice<UInt8>) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: "&"), let reference = reference(in: bytes, at: index) {
                output += reference.text.utf8
                index = reference.end
            } else {
                output.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The longest name, with `&` and `;`.
    private static let limitBytes = 12

    /// `nil` when the ampersand is one.
    private static func reference(in bytes: ArraySlice<UInt8>, at index: Int) -> (text: String, end: Int)? {
        let rest = bytes[(index + 1)..<min(bytes.endIndex, index + limitBytes)]
        let isNumber = rest.first == UInt8(ascii: "#")
        let name = rest.prefix { isNameByte($0) || isNumber && $0 == UInt8(ascii: "#") }
        guard !name.isEmpty else { return nil }
        let isClosed = name.endIndex < rest.endIndex && rest[name.endIndex] == UInt8(ascii: ";")
        let end = name.endIndex + (isClosed ? 1 : 0)
        if isNumber { return number(name.dropFirst()).map { ($0, end) } }
        let word = String(decoding: name, as: UTF8.self)
        if let text = names[word], isClosed || oldNames.contains(word) { return (text, end) }
        return nil
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }

    /// Numbers that are no character become U+FFFD, those of the C1 controls what windows-1252 says.
    private static func number(_ digits: ArraySlice<UInt8>) -> String? {
        let isHexadecimal = digits.first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
        let text = String(decoding: isHexadecimal ? digits.dropFirst() : digits, as: UTF8.self)
        guard let value = UInt32(text, radix: isHexadecimal ? 16 : 10) else { return nil }
        if (0x80...0x9f).contains(value) { return String(Charset.windows1252Scalar(UInt8(value))) }
        return String(Unicode.Scalar(value).flatMap { $0 == "\0" ? nil : $0 } ?? "\u{FFFD}")
    }

    /// Those that are read without their semicolon, too: the ones that matter of HTML 2.
    private static let oldNames: Set = ["amp", "copy", "gt", "lt", "nbsp", "quot", "reg"]

    private static let names: [String: String] = {
        var names = [
            "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "hellip": "\u{2026}",
            "ndash": "\u{2013}", "mdash": "\u{2014}", "lsquo": "\u{2018}", "rsquo": "\u{2019}",
            "sbquo": "\u{201A}", "ldquo": "\u{201C}", "rdquo": "\u{201D}", "bdquo": "\u{201E}",
            "bull": "\u{2022}", "prime": "\u{2032}", "Prime": "\u{2033}", "lsaquo": "\u{2039}",
            "rsaquo": "\u{203A}", "euro": "\u{20AC}", "trade": "\u{2122}", "larr": "\u{2190}",
            "uarr": "\u{2191}",
            "rarr": "\u{2192}", "darr": "\u{2193}", "minus": "\u{2212}", "infin": "\u{221E}",
            "asymp": "\u{2248}",
            "ne": "\u{2260}", "le": "\u{2264}", "ge": "\u{2265}", "ensp": " ", "emsp": " ", "thinsp": " ",
            "zwj": "\u{200D}", "zwnj": "\u{200C}", "lrm": "\u{200E}", "rlm": "\u{200F}", "OElig": "\u{0152}",
            "oelig": "\u{0153}", "Scaron": "\u{0160}", "scaron": "\u{0161}", "Yuml": "\u{0178}",
            "fnof": "\u{0192}",
            "Newline": "\n", "Tab": "\t", "dollar": "$", "percnt": "%", "num": "#", "commat": "@",
            "lpar": "(",
            "rpar": ")", "plus": "+", "equals": "=", "colon": ":", "semi": ";", "comma": ",", "period": ".",
            "sol": "/", "excl": "!", "quest": "?", "lowbar": "_", "ast": "*", "vert": "|",
            "check": "\u{2713}",
        ]
        for (index, name) in latin1.split(separator: " ").enumerated() {
            names[String(name)] = String(Unicode.Scalar(UInt8(0xa0 + index)))
        }
        return names
    }()

    /// U+00A0 to U+00FF in order.
    private static let latin1 = """
        nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn \
        sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave \
        Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml \
        ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN \
        szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave \
        iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc \
        uuml yacute thorn yuml
        """
}
