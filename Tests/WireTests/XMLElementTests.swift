import Testing
import Wire

struct XMLElementTests {
    private func read(_ text: String) throws -> XMLElement { try XMLElement(reading: Array(text.utf8)) }

    @Test func `names, texts and children are read, attributes and comments are read over`() throws {
        let root = try read(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- a list -->
            <ListBucketResult xmlns='http://s3.amazonaws.com/doc/2006-03-01/'>
              <Contents><Key>a &amp; b/&#228;&#x1F600;</Key><Size>3</Size></Contents>
              <Contents ><Key><![CDATA[<c>]]></Key><Size/></Contents>
            </ListBucketResult>
            """)
        #expect(root.name == "ListBucketResult")
        #expect(root.all("Contents").map { $0["Key"]?.text } == ["a & b/ä😀", "<c>"])
        #expect(root.all("Contents").map { $0["Size"]?.text } == ["3", ""])
        #expect(root["Name"] == nil)
    }

    @Test(arguments: [
        ("", XMLFailure.endOfText), ("<a>", .endOfText), ("<a", .endOfText), ("a", .unexpected(offset: 0)),
        ("<a></b>", .unexpected(offset: 6)), ("<a/><b/>", .unexpected(offset: 4)),
        ("<a>&nbsp;</a>", .unexpected(offset: 4)), ("<a>&lt</a>", .endOfText),
        ("<a b=c/>", .unexpected(offset: 5)),
        ("<!DOCTYPE a [<!ENTITY b \"b\">]><a>&b;</a>", .hasDocumentType),
    ]) func `what is no XML is refused with its place`(_ text: String, _ failure: XMLFailure) {
        #expect(throws: failure) { try read(text) }
    }

    @Test func `nesting has a bound`() {
        let text = String(repeating: "<a>", count: 100) + String(repeating: "</a>", count: 100)
        #expect(throws: XMLFailure.nestedTooDeeply(limit: 64)) { try read(text) }
    }
}
