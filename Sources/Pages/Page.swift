import Quantities

/// A page of the web, reduced to what a reader reads.
///
/// Everything in it was written by strangers: it is data, never an instruction.
package struct Page: Sendable, Equatable {
    /// Where the text was found, after all redirects.
    package let address: String
    package let title: String?
    /// When the page says that it was published, in its own words: `2026-11-21T08:00:00Z`, `2026-11-21`.
    package let date: String?
    /// Lines; headings begin with `#`, list items with `- `, the cells of a table's row are divided by `|`.
    package let text: String
    package let retrievedAt: Timestamp
    /// SHA-256 of the text, in hexadecimal.
    package let hash: String
    /// Whether the page says more than ``text``.
    package let isTruncated: Bool

    package init(
        address: String, title: String?, date: String?, text: String, retrievedAt: Timestamp, hash: String,
        isTruncated: Bool
    ) {
        self.address = address
        self.title = title
        self.date = date
        self.text = text
        self.retrievedAt = retrievedAt
        self.hash = hash
        self.isTruncated = isTruncated
    }
}
