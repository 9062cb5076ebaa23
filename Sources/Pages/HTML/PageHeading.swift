import Wire

/// Title and date of a page, from whichever of the usual places says it best.
struct PageHeading {
    /// In the order of trust, the best first.
    enum TitleSource: Int { case openGraph, titleElement }
    private enum DateSource: Int { case article, structuredData, time, meta }

    private var bestTitle: (source: TitleSource, text: String)?
    private var bestDate: (source: DateSource, text: String)?

    var title: String? { bestTitle?.text }
    var date: String? { bestDate?.text }

    mutating func addTitle(_ text: String, _ source: TitleSource) {
        var writer = TextWriter(limitBytes: PageText.titleLimitBytes)
        writer.write(text)
        guard !writer.text.isEmpty, source.rawValue < bestTitle?.source.rawValue ?? .max else { return }
        bestTitle = (source, writer.text)
    }

    mutating func addMeta(_ tag: HTMLTokenizer.Tag) {
        guard let content = tag.attributes["content"] else { return }
        let names = ["property", "name", "itemprop"].compactMap { tag.attributes[$0]?.lowercased() }
        for name in names {
            switch name {
            case "og:title": addTitle(content, .openGraph)
            case "article:published_time", "datepublished": addDate(content, .article)
            case "date", "dc.date", "dc.date.issued", "dcterms.date", "pubdate", "publish-date",
                "publishdate":
                addDate(content, .meta)
            default: break
            }
        }
    }

    mutating func addTime(_ tag: HTMLTokenizer.Tag) {
        if let text = tag.attributes["datetime"] { addDate(text, .time) }
    }

    /// Reads JSON-LD; a document that is no JSON says nothing.
    mutating func addStructuredData(_ content: ArraySlice<UInt8>) {
        guard bestDate.map({ $0.source.rawValue > DateSource.structuredData.rawValue }) ?? true,
            let document = Self.document(content)
        else { return }
        var waiting = [document]
        var looked = 0
        while let value = waiting.popLast(), looked < Self.mostValues {
            looked += 1
            if let text = value["datePublished"]?.string { return addDate(text, .structuredData) }
            if let graph = value["@graph"] { waiting.append(graph) }
            waiting += value.array?.prefix(Self.mostValues) ?? []
        }
    }

    private static let mostValues = 1000

    private static func document(_ content: ArraySlice<UInt8>) -> JSONValue? {
        do {
            return try JSONValue(reading: Array(content))
        } catch {
            return nil
        }
    }

    /// Only what looks like a date: a year, and nothing but letters, digits and what stands between them.
    private mutating func addDate(_ text: String, _ source: DateSource) {
        var writer = TextWriter(limitBytes: PageText.dateLimitBytes)
        writer.write(text)
        let isDate =
            !writer.isFull && writer.text.utf8.allSatisfy(Self.isDateByte)
            && writer.text.split(whereSeparator: { !$0.isNumber }).contains { $0.count == 4 || $0.count == 8 }
        guard isDate, source.rawValue < bestDate?.source.rawValue ?? .max else { return }
        bestDate = (source, writer.text)
    }

    private static func isDateByte(_ byte: UInt8) -> Bool {
        HostName.isNameByte(byte) || " ,.:+/".utf8.contains(byte)
    }
}
