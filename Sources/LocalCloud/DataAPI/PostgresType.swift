/// What the Data API makes of a PostgreSQL type.
struct PostgresType: Sendable, Hashable {
    /// As the catalogue names it, and as `columnMetadata` prints it: `int4`, `_text`.
    let name: String
    /// The constant of `java.sql.Types`: the real service sits on JDBC.
    let jdbcType: Int
    let shape: Shape

    /// Which member of a Field carries the value.
    indirect enum Shape: Sendable, Hashable {
        case boolean, integer, bigInteger, double, decimal, text, timestampWithTimeZone, blob
        /// One-dimensional.
        case array(of: PostgresType)
        /// A JDBC client would read it; the Data API refuses it.
        case unsupported
    }

    /// Sources: PostgreSQL's pg_type.dat for the numbers, pgjdbc's TypeInfoCache for the JDBC types, the
    /// Aurora User Guide for what is supported.
    static let byOID: [UInt32: PostgresType] = {
        var types: [UInt32: PostgresType] = [:]
        for (oid, arrayOID, name, jdbcType, shape) in scalars {
            let type = PostgresType(name: name, jdbcType: jdbcType, shape: shape)
            types[oid] = type
            types[arrayOID] = PostgresType(name: "_\(name)", jdbcType: JDBC.array, shape: .array(of: type))
        }
        // What a function without a result returns, such as pg_advisory_xact_lock.
        types[2278] = PostgresType(name: "void", jdbcType: JDBC.other, shape: .text)
        types[705] = PostgresType(name: "unknown", jdbcType: JDBC.varchar, shape: .text)
        return types
    }()

    /// An enumeration made with `CREATE TYPE ... AS ENUM`, or an array of one.
    static func enumeration(_ name: String) -> PostgresType {
        PostgresType(name: name, jdbcType: JDBC.varchar, shape: .text)
    }

    static func unsupported(_ name: String) -> PostgresType {
        PostgresType(name: name, jdbcType: JDBC.other, shape: .unsupported)
    }

    private enum JDBC {
        static let array = 2003
        static let other = 1111
        static let varchar = 12
    }

    private static let scalars: [(oid: UInt32, array: UInt32, name: String, jdbcType: Int, Shape)] = [
        (16, 1000, "bool", -7, .boolean),
        (17, 1001, "bytea", -2, .blob),
        (18, 1002, "char", 1, .text),
        (19, 1003, "name", 12, .text),
        (20, 1016, "int8", -5, .bigInteger),
        (21, 1005, "int2", 5, .integer),
        (23, 1007, "int4", 4, .integer),
        (25, 1009, "text", 12, .text),
        (26, 1028, "oid", -5, .bigInteger),
        (114, 199, "json", JDBC.other, .text),
        (650, 651, "cidr", JDBC.other, .text),
        (700, 1021, "float4", 7, .double),
        (701, 1022, "float8", 8, .double),
        (869, 1041, "inet", JDBC.other, .text),
        (1042, 1014, "bpchar", 1, .text),
        (1043, 1015, "varchar", 12, .text),
        (1082, 1182, "date", 91, .text),
        (1083, 1183, "time", 92, .text),
        (1114, 1115, "timestamp", 93, .text),
        (1184, 1185, "timestamptz", 93, .timestampWithTimeZone),
        (1700, 1231, "numeric", 2, .decimal),
        (2950, 2951, "uuid", JDBC.other, .text),
        (3802, 3807, "jsonb", JDBC.other, .text),
    ]
}
