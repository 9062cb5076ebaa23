import Wire

/// What ExecuteStatement answers.
enum Answer {
    /// - Returns: `nil` for a shape the service does not document. A statement without a result has no rows.
    static func rows(_ answer: JSONValue) -> [Row]? {
        guard let records = answer["records"], !records.isNull else { return [] }
        guard let records = records.array else { return nil }
        guard let columns = columns(answer["columnMetadata"]) else { return nil }
        var rows: [Row] = []
        rows.reserveCapacity(records.count)
        for record in records {
            guard let fields = record.array?.map(Field.init), fields.count == columns.count else {
                return nil
            }
            let known = fields.compactMap { $0 }
            guard known.count == columns.count else { return nil }
            rows.append(Row(columns: columns, fields: known))
        }
        return rows
    }

    private static func columns(_ metadata: JSONValue?) -> [Column]? {
        guard let metadata, !metadata.isNull else { return [] }
        guard let entries = metadata.array else { return nil }
        let columns = entries.compactMap { entry -> Column? in
            guard let label = entry["label"]?.string ?? entry["name"]?.string,
                let typeName = entry["typeName"]?.string
            else { return nil }
            return Column(label: label, type: ColumnType(typeName))
        }
        return columns.count == entries.count ? columns : nil
    }
}
