/// What is left of a page for a reader: its text by lines, its title, and when it was published.
package struct PageText: Sendable {
    package static let titleLimitBytes = 300
    package static let dateLimitBytes = 40

    package let text: String
    package let title: String?
    package let date: String?
    package let isTruncated: Bool

    package init(html: String, limitBytes: Int) {
        var reader = HTMLReader(html, limitBytes: limitBytes)
        reader.read()
        text = reader.writer.text
        title = reader.heading.title
        date = reader.heading.date
        isTruncated = reader.writer.isFull
    }

    /// Text that is no HTML: its lines stay lines.
    package init(plain: String, limitBytes: Int) {
        var writer = TextWriter(limitBytes: limitBytes)
        for line in plain.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            guard !writer.isFull else { break }
            writer.endLine(isParagraph: line.allSatisfy(\.isWhitespace))
            writer.write(String(line))
        }
        text = writer.text
        title = nil
        date = nil
        isTruncated = writer.isFull
    }
}

/// Walks through the tags of a page. Nothing is built and nothing recurs: open elements are a list, so a page
/// that opens a million of them costs a million entries.
struct HTMLReader {
    private(set) var writer: TextWriter
    private(set) var heading = PageHeading()

    private var tokens: HTMLTokenizer
    private var open: [Open] = []
    /// How many elements of each name are open: an end tag without a start is not searched for.
    private var openCounts: [String: Int] = [:]
    /// Of the open elements, how many are left out with all that is inside.
    private var hiddenCount = 0

    private struct Open {
        let name: String
        let isHidden: Bool
    }

    init(_ html: String, limitBytes: Int) {
        tokens = HTMLTokenizer(Array(html.utf8))
        writer = TextWriter(limitBytes: limitBytes)
    }

    mutating func read() {
        while !writer.isFull, let token = tokens.next() {
            switch token {
            case .text(let range):
                if isVisible { writer.write(CharacterReferences.decode(tokens.bytes[range])) }
            case .start(let tag): start(tag)
            case .end(let name): end(name)
            case .raw(let element, let range): read(element, tokens.bytes[range])
            }
        }
    }

    private var isVisible: Bool { hiddenCount == 0 }

    private mutating func read(_ element: HTMLTokenizer.Tag, _ content: ArraySlice<UInt8>) {
        switch element.name {
        case "title" where isTitleWanted: heading.addTitle(CharacterReferences.decode(content), .titleElement)
        case "script" where element.attributes["type"]?.lowercased() == "application/ld+json":
            heading.addStructuredData(content)
        case "xmp" where isVisible: writer.write(String(decoding: content, as: UTF8.self))
        default: break
        }
    }

    /// Drawings inside the page have titles, too.
    private var isTitleWanted: Bool { openCounts["svg", default: 0] == 0 }

    private mutating func start(_ tag: HTMLTokenizer.Tag) {
        switch tag.name {
        case "meta": return heading.addMeta(tag)
        case "time": heading.addTime(tag)
        default: break
        }
        closeImplied(before: tag.name)
        let isHidden = Self.dropped.contains(tag.name) || Self.isHidden(tag)
        if isVisible && !isHidden { beginLine(of: tag.name) }
        let isEmpty = Self.void.contains(tag.name) || tag.closesItself && Self.foreign.contains(tag.name)
        guard !isEmpty else { return }
        open.append(Open(name: tag.name, isHidden: isHidden))
        openCounts[tag.name, default: 0] += 1
        if isHidden { hiddenCount += 1 }
    }

    private mutating func end(_ name: String) {
        guard openCounts[name, default: 0] > 0 else { return }
        if !Self.paragraphs.contains(name) && !Self.lines.contains(name) && !Self.dropped.contains(name) {
            // An end tag in the wrong place does not end the blocks it stands in.
            let last = open.suffix(Self.mostSearched).lastIndex { $0.name == name || Self.isBlock($0.name) }
            guard let last, open[last].name == name else { return }
        }
        while let last = open.popLast() {
            openCounts[last.name, default: 1] -= 1
            if last.isHidden { hiddenCount -= 1 }
            if last.name == name { break }
        }
        if isVisible { endLine(of: name) }
    }

    private mutating func beginLine(of name: String) {
        if Self.paragraphs.contains(name) { writer.endLine(isParagraph: true) }
        if Self.lines.contains(name) { writer.endLine() }
        switch name {
        case "li": writer.begin(with: "- ")
        case "h1", "h2", "h3", "h4", "h5", "h6":
            let level = name.utf8.last.map { Int($0 - UInt8(ascii: "0")) } ?? 1
            writer.begin(with: String(repeating: "#", count: level) + " ")
        case "td", "th": writer.endCell()
        default: break
        }
    }

    private mutating func endLine(of name: String) {
        if Self.paragraphs.contains(name) { writer.endLine(isParagraph: true) }
        if Self.lines.contains(name) { writer.endLine() }
        if name == "li" || Self.headings.contains(name) { writer.begin(with: "") }
    }

    /// Ends the element that nobody closes because the next one does.
    private mutating func closeImplied(before name: String) {
        guard let last = open.last?.name else { return }
        let isImplied =
            switch last {
            case "p":
                Self.paragraphs.contains(name) || Self.lines.contains(name) || Self.dropped.contains(name)
            case "li": name == "li"
            case "dt", "dd": name == "dt" || name == "dd"
            case "td", "th": ["td", "th", "tr", "tbody", "tfoot"].contains(name)
            case "tr": ["tr", "tbody", "tfoot"].contains(name)
            case "head": name == "body"
            default: false
            }
        if isImplied { end(last) }
        if last == "td" || last == "th", isImplied, name != "td", name != "th" { closeImplied(before: name) }
    }

    private static func isHidden(_ tag: HTMLTokenizer.Tag) -> Bool {
        if tag.attributes["hidden"] != nil || tag.attributes["aria-hidden"]?.lowercased() == "true" {
            return true
        }
        if tag.name == "dialog" && tag.attributes["open"] == nil { return true }
        guard let style = tag.attributes["style"] else { return false }
        let plain = style.lowercased().filter { !$0.isWhitespace }
        return hidingStyles.contains {
            plain.hasPrefix($0) || plain.split(separator: ";").contains(Substring($0))
        }
    }

    /// Inline elements that are searched for the start of one that ends.
    private static let mostSearched = 512

    private static let hidingStyles = [
        "display:none", "visibility:hidden", "font-size:0", "font-size:0px", "opacity:0",
    ]
    private static let headings: Set = ["h1", "h2", "h3", "h4", "h5", "h6"]
    private static let paragraphs: Set = headings.union([
        "article", "blockquote", "dl", "fieldset", "figure", "hr", "main", "ol", "p", "pre", "section",
        "table", "ul",
    ])
    private static let lines: Set = [
        "address", "br", "caption", "dd", "details", "div", "dt", "figcaption", "li", "summary", "tr",
    ]
    private static let dropped: Set = [
        "aside", "audio", "button", "canvas", "embed", "footer", "form", "header", "iframe", "math", "nav",
        "noembed", "noframes", "noscript", "object", "script", "select", "style", "svg", "template",
        "textarea",
        "title", "video",
    ]
    private static let void: Set = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr",
    ]
    private static let foreign: Set = ["circle", "g", "line", "math", "path", "rect", "svg", "use"]

    private static func isBlock(_ name: String) -> Bool {
        paragraphs.contains(name) || lines.contains(name) || dropped.contains(name) || name == "td"
            || name == "th"
    }
}
