import Wire

extension PostgresConnection {
    /// Runs a call and encodes its answer.
    func answer(_ call: StatementCall, limits: DataAPILimits) throws -> JSONValue {
        if call.hasNoTimeout { _ = try run("SET statement_timeout = 0") }
        var rows: [[String?]] = []
        var bytes = 0
        let largest = call.formatsAsJSON ? limits.formattedBytes : limits.answerBytes
        let outcome = try run(call.sql, call.parameters) { row throws(ServiceFailure) in
            let size = row.byteCount
            guard size <= limits.rowBytes else { throw .rowTooLarge }
            bytes += size
            guard bytes <= largest else { throw .answerTooLarge }
            rows.append(row.texts)
        }
        let answer = try encode(rows, outcome, call)
        guard answer.bytes.count <= largest else { throw ServiceFailure.answerTooLarge }
        return answer
    }

    /// Leaves nothing behind for the next borrower: no transaction, no settings, no temporary tables.
    func reset() throws {
        if isInTransaction { _ = try run("ROLLBACK") }
        _ = try run("DISCARD ALL")
    }

    private func encode(_ rows: [[String?]], _ outcome: PostgresOutcome, _ call: StatementCall) throws
        -> JSONValue
    {
        let encoding = ResultEncoding(options: call.options)
        let types = try types(of: outcome.columns.map(\.type))
        if let refused = types.first(where: { $0.shape == .unsupported }) {
            throw ServiceFailure.unsupportedResult(refused.name)
        }
        var members: [String: JSONValue] = ["numberOfRecordsUpdated": .number(outcome.affectedRows)]
        if outcome.columns.isEmpty {
            members["generatedFields"] = []
        } else if call.formatsAsJSON {
            members["formattedRecords"] = .string(try formatted(rows, outcome.columns, types, encoding))
        } else {
            members["records"] = .array(
                try rows.map { row in .array(try zip(row, types).map { try encoding.field($0, $1) }) })
            if call.includesMetadata {
                members["columnMetadata"] = .array(try metadata(of: outcome.columns, types))
            }
        }
        return .object(members)
    }

    private func formatted(
        _ rows: [[String?]], _ columns: [PostgresColumn], _ types: [PostgresType], _ encoding: ResultEncoding
    ) throws -> String {
        let labels = columns.map(\.label)
        guard Set(labels).count == labels.count else {
            throw ServiceFailure("UnsupportedResultException", "The result contains duplicate column names.")
        }
        let objects = try rows.map { row in
            let values = try zip(row, types).map { try encoding.plain($0, $1) }
            return JSONValue.object(Dictionary(zip(labels, values)) { first, _ in first })
        }
        return JSONValue.array(objects).text
    }

    private func metadata(of columns: [PostgresColumn], _ types: [PostgresType]) throws -> [JSONValue] {
        let origins = try origins(of: columns)
        return zip(columns, types).map { column, type in
            let origin = origins[column.origin]
            let isAutoIncrement = origin?.isAutoIncrement ?? false
            let elementType: Int? = if case .array(let element) = type.shape { element.jdbcType } else { nil }
            return [
                "arrayBaseColumnType": .number(elementType ?? 0), "isAutoIncrement": .bool(isAutoIncrement),
                "isCaseSensitive": .bool(type.isCaseSensitive), "isCurrency": false,
                "isSigned": .bool(type.isSigned),
                "label": .string(column.label), "name": .string(column.label),
                "nullable": .number(origin.map { $0.isNotNull ? 0 : 1 } ?? 2),
                "precision": .number(type.precision(column.modifier)),
                "scale": .number(type.scale(column.modifier)),
                "schemaName": .string(origin?.schema ?? ""), "tableName": .string(origin?.table ?? ""),
                "type": .number(type.jdbcType),
                "typeName": .string(type.name(isAutoIncrement: isAutoIncrement)),
            ]
        }
    }

    private struct Origin {
        let schema: String
        let table: String
        let isNotNull: Bool
        let isAutoIncrement: Bool
    }

    private func origins(of columns: [PostgresColumn]) throws -> [PostgresColumn.Origin: Origin] {
        let wanted = Set(columns.map(\.origin)).filter { $0.table != 0 }
        guard !wanted.isEmpty else { return [:] }
        var found: [PostgresColumn.Origin: Origin] = [:]
        let pairs = wanted.map { "(\($0.table)::oid, \($0.position)::int2)" }.sorted().joined(separator: ", ")
        _ = try run(
            """
            SELECT a.attrelid, a.attnum, n.nspname, c.relname, a.attnotnull,
                a.attidentity <> '' OR coalesce(pg_get_expr(d.adbin, d.adrelid) LIKE '%nextval(%', false)
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace
                LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE (a.attrelid, a.attnum) IN (\(pairs))
            """
        ) { row in
            let origin = PostgresColumn.Origin(
                table: row.text(0).flatMap { UInt32($0) } ?? 0, position: row.text(1).flatMap { Int($0) } ?? 0
            )
            found[origin] = Origin(
                schema: row.text(2) ?? "", table: row.text(3) ?? "", isNotNull: row.text(4) == "t",
                isAutoIncrement: row.text(5) == "t")
        }
        return found
    }
}

extension PostgresColumn {
    /// The column of a table that a result's column shows.
    struct Origin: Hashable {
        let table: UInt32
        let position: Int
    }

    var origin: Origin { Origin(table: table, position: position) }
}

extension PostgresType {
    var isSigned: Bool {
        switch shape {
        case .integer, .bigInteger, .double, .decimal: name != "oid"
        default: false
        }
    }

    var isCaseSensitive: Bool {
        switch shape {
        case .text, .array: !["uuid", "date", "time", "timestamp", "inet", "cidr"].contains(name)
        default: false
        }
    }

    /// JDBC calls a column that counts by itself a serial.
    func name(isAutoIncrement: Bool) -> String {
        switch name {
        case "int4" where isAutoIncrement: "serial"
        case "int8" where isAutoIncrement: "bigserial"
        case "int2" where isAutoIncrement: "smallserial"
        default: name
        }
    }

    /// PostgreSQL packs `numeric(p, s)` as `(p << 16 | s) + 4` and `varchar(n)` as `n + 4`.
    func precision(_ modifier: Int) -> Int {
        switch name {
        case "numeric": modifier < 4 ? 0 : (modifier - 4) >> 16
        case "varchar", "bpchar": modifier < 4 ? Int(Int32.max) : modifier - 4
        case "text", "json", "jsonb", "bytea": Int(Int32.max)
        case "int2": 5
        case "int4": 10
        case "int8": 19
        case "float4": 8
        case "float8": 17
        case "bool": 1
        case "date": 13
        case "uuid": Int(Int32.max)
        case "timestamp": 29
        case "timestamptz": 35
        default: 0
        }
    }

    func scale(_ modifier: Int) -> Int {
        switch name {
        case "numeric": modifier < 4 ? 0 : (modifier - 4) & 0x7ff
        case "timestamp", "timestamptz", "time": 6
        case "float4": 8
        case "float8": 17
        default: 0
        }
    }
}

extension ServiceFailure {
    static let answerTooLarge = badRequest("Database returned more than the allowed response size limit")
    static let rowTooLarge = badRequest(
        "Database returned a row of more than the allowed size limit of 64 KB")
}
