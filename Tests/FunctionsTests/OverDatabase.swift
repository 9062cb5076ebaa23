import Testing

/// Tests that analyse whole households over PostgreSQL, one after the other: all at once they would keep each
/// other waiting longer than the Data API waits.
@Suite(.serialized) struct OverDatabase {}
