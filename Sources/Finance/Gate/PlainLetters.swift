/// Letters that look like, or stand for, the letters of English: full-width and mathematical ones, ligatures,
/// circled ones, and those of other alphabets that nobody can tell apart.
///
/// Whoever reads `ｈａｌｆ` or `𝐡𝐚𝐥𝐟` reads a number. Source of the blocks: the code charts of Unicode.
package enum PlainLetters {
    /// What a compatibility letter or digit stands for, in ASCII.
    ///
    /// - Returns: `nil` for every other character.
    package static func ascii(of scalar: Unicode.Scalar) -> String? {
        let value = scalar.value
        switch value {
        case 0xff01...0xff5e: return text(value - 0xff01 + 0x21)
        case 0x1d400...0x1d6a3: return letter((value - 0x1d400) % 52)
        case 0x1d7ce...0x1d7ff: return text(0x30 + (value - 0x1d7ce) % 10)
        case 0x1fbf0...0x1fbf9: return text(0x30 + value - 0x1fbf0)
        case 0x24b6...0x24e9: return letter(value - 0x24b6)
        case 0x249c...0x24b5: return letter(value - 0x249c + 26)
        case 0x1f130...0x1f149: return letter(value - 0x1f130)
        case 0x1f150...0x1f169: return letter(value - 0x1f150)
        case 0x1f170...0x1f189: return letter(value - 0x1f170)
        case 0xfb00...0xfb06: return ligatures[Int(value - 0xfb00)]
        case 0x2102...0x2149: return letterlike[value].map(String.init)
        default: return nil
        }
    }

    /// The letter of English that a letter looks like, for a reader who does not look twice.
    static func lookalike(of scalar: Unicode.Scalar) -> UInt8? {
        if (0xc0...0xff).contains(scalar.value) {
            let letter = latin[Int(scalar.value - 0xc0)]
            return letter == UInt8(ascii: "?") ? nil : letter
        }
        return lookalikes[scalar.value]
    }

    private static func text(_ value: UInt32) -> String { String(UnicodeScalar(UInt8(value))) }

    /// 0 is A, 26 is a.
    private static func letter(_ place: UInt32) -> String {
        text(place < 26 ? 0x41 + place : 0x61 + place - 26)
    }

    private static let ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"]

    private static let letterlike: [UInt32: Character] = [
        0x2102: "C", 0x210a: "g", 0x210b: "H", 0x210c: "H", 0x210d: "H", 0x210e: "h", 0x2110: "I",
        0x2111: "I", 0x2112: "L", 0x2113: "l", 0x2115: "N", 0x2119: "P", 0x211a: "Q", 0x211b: "R",
        0x211c: "R", 0x211d: "R", 0x2124: "Z", 0x2128: "Z", 0x212a: "K", 0x212c: "B", 0x212d: "C",
        0x212f: "e", 0x2130: "E", 0x2131: "F", 0x2133: "M", 0x2134: "o", 0x2145: "D", 0x2146: "d",
        0x2147: "e", 0x2148: "i", 0x2149: "j",
    ]

    /// U+00C0 to U+00FF.
    private static let latin = Array("AAAAAA?CEEEEIIII?NOOOOO?OUUUUY??aaaaaa?ceeeeiiii?nooooo?ouuuuy?y".utf8)

    private static let lookalikes: [UInt32: UInt8] = {
        let pairs: [(String, String)] = [
            // Cyrillic, Greek, Armenian and small capitals, each with what it looks like.
            ("абвгеѕіјорсухһӏԁԛԝАВЕЅІЈКМНОРСТХУ", "a??reSijopcyxhldqwABESIJKMHOPCTXY"),
            ("αεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeiknoptuxABEZHIKMNOPTYX"),
            ("օոսցհ", "onugh"), ("ıɑɡɩʀɴʟᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢ", "iagiRNLACDEJKMOPTUVWZ"),
        ]
        var letters: [UInt32: UInt8] = [:]
        for (strange, plain) in pairs {
            for (scalar, byte) in zip(strange.unicodeScalars, plain.utf8) where byte != UInt8(ascii: "?") {
                letters[scalar.value] = byte
            }
        }
        return letters
    }()
}
