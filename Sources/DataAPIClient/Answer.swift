import Wire

/// What ExecuteStatement answers.
///
/// Read straight from the bytes: a tree of 10 000 rows would cost more than the rows.
enum Answer {
    /// A statement without a result has no rows.
    ///
    /// - Throws: ``JSONFailure`` for what is no JSON, and for a shape the service does not document.
    static func rows(_ bytes: [UInt8]) throws(JSONFailure) -> [Row] {
        try JSONReader.read(bytes) { reader throws(JSONFailure) in
            var records: [[Field]] = []
            var columns: [Column] = []
            try reader.enterObject()
            while let member = try reader.nextKey() {
                switch member {
                case "records": records = try optional(&reader, Self.records) ?? []
                case "columnMetadata": columns = try optional(&reader, Self.columns) ?? []
                default: try reader.skipValue()
                }
            }
            guard records.allSatisfy({ $0.count == columns.count }) else { throw reader.unexpectedValue }
            return records.map { Row(columns: columns, fields: $0) }
        }
    }

    /// What `formatRecordsAs` answers: a document in a string. A statement without a result has none.
    static func documents(_ bytes: [UInt8]) throws(JSONFailure) -> [JSONValue] {
        let text = try JSONReader.read(bytes) { reader throws(JSONFailure) in
            var text: String?
            try reader.enterObject()
            while let member = try reader.nextKey() {
                if member == "formattedRecords" {
                    text = try optional(&reader) { reader throws(JSONFailure) in try reader.readString() }
                } else {
                    try reader.skipValue()
                }
            }
            return text
        }
        guard let text else { return [] }
        guard let documents = try JSONValue(reading: text).array else { throw .unexpectedValue(offset: 0) }
        return documents
    }

    private static func optional<Value>(
        _ reader: inout JSONReader, _ read: (inout JSONReader) throws(JSONFailure) -> Value
    ) throws(JSONFailure) -> Value? {
        guard try reader.nextKind() == .null else { return try read(&reader) }
        try reader.readNull()
        return nil
    }

    private static func records(_ reader: inout JSONReader) throws(JSONFailure) -> [[Field]] {
        var records: [[Field]] = []
        try reader.enterArray()
        while try reader.nextElement() {
            var fields: [Field] = []
            // The rows of an answer are equally long.
            fields.reserveCapacity(records.last?.count ?? 0)
            try reader.enterArray()
            while try reader.nextElement() { fields.append(try Field(&reader)) }
            records.append(fields)
        }
        return records
    }

    private static func columns(_ reader: inout JSONReader) throws(JSONFailure) -> [Column] {
        var columns: [Column] = []
        try reader.enterArray()
        while try reader.nextElement() { columns.append(try column(&reader)) }
        return columns
    }

    private static func column(_ reader: inout JSONReader) throws(JSONFailure) -> Column {
        var label: String?
        var name: String?
        var typeName: String?
        try reader.enterObject()
        while let member = try reader.nextKey() {
            switch member {
            case "label": label = try reader.readValue().string
            case "name": name = try reader.readValue().string
            case "typeName": typeName = try reader.readValue().string
            default: try reader.skipValue()
            }
        }
        guard let label = label ?? name, let typeName else { throw reader.unexpectedValue }
        return Column(label: label, type: ColumnType(typeName))
    }
}
