import Wire

/// What ExecuteStatement asks for, checked.
struct StatementCall: Sendable {
    let sql: String
    var parameters: [SQLParameter]
    var options = ResultOptions()
    var includesMetadata = false
    var formatsAsJSON = false
    /// `continueAfterTimeout`: the real service answers with a timeout and lets the statement run; here it
    /// may take its time.
    var hasNoTimeout = false

    private let names: [String]

    init(_ body: JSONValue, limits: DataAPILimits) throws(ServiceFailure) {
        let text = try Self.text(body["sql"], limits: limits)
        sql = text.sql
        names = text.names
        parameters = try Self.order(body["parameters"], as: names)
        options.decimalsAsStrings = body["resultSetOptions"]?["decimalReturnType"]?.string != "DOUBLE_OR_LONG"
        options.longsAsStrings = body["resultSetOptions"]?["longReturnType"]?.string == "STRING"
        includesMetadata = body["includeResultMetadata"]?.bool ?? false
        formatsAsJSON = body["formatRecordsAs"]?.string == "JSON"
        hasNoTimeout = body["continueAfterTimeout"]?.bool ?? false
    }

    /// The calls of a batch: one for each parameter set, or one without parameters.
    static func batch(_ body: JSONValue, limits: DataAPILimits) throws(ServiceFailure) -> [StatementCall] {
        let text = try Self.text(body["sql"], limits: limits)
        let sets = body["parameterSets"]?.array ?? []
        var calls: [StatementCall] = []
        for set in sets.isEmpty ? [.array([])] : sets {
            calls.append(StatementCall(text, parameters: try order(set, as: text.names)))
        }
        return calls
    }

    private init(_ text: NamedParameters, parameters: [SQLParameter]) {
        sql = text.sql
        names = text.names
        self.parameters = parameters
    }

    private static func text(_ sql: JSONValue?, limits: DataAPILimits) throws(ServiceFailure)
        -> NamedParameters
    {
        guard let sql = sql?.string else {
            throw .missingMember("sql")
        }
        guard sql.unicodeScalars.count <= limits.sqlCharacters else {
            throw .validation(
                "1 validation error detected: Value at 'sql' failed to satisfy constraint: "
                    + "Member must have length less than or equal to \(limits.sqlCharacters)")
        }
        guard !sql.utf8.contains(0) else { throw .badRequest("The statement contains a zero byte.") }
        let text = NamedParameters(sql)
        guard !text.hasSeveralStatements else { throw .severalStatements }
        return text
    }

    private static func order(_ list: JSONValue?, as names: [String]) throws(ServiceFailure) -> [SQLParameter]
    {
        var byName: [String: SQLParameter] = [:]
        for json in list?.array ?? [] {
            let parameter = try SQLParameter(json)
            guard byName.updateValue(parameter, forKey: parameter.name) == nil else {
                throw .badRequest("The parameter \(parameter.name) is given twice.")
            }
        }
        var ordered: [SQLParameter] = []
        for name in names {
            guard let parameter = byName.removeValue(forKey: name) else {
                throw .badRequest("Cannot find parameter: \(name)")
            }
            ordered.append(parameter)
        }
        if let extra = byName.keys.min() {
            throw .badRequest("The parameter \(extra) does not occur in the statement.")
        }
        return ordered
    }
}

extension ServiceFailure {
    static func validation(_ message: String) -> ServiceFailure {
        ServiceFailure("ValidationException", message)
    }

    static func missingMember(_ name: String) -> ServiceFailure {
        validation(
            "1 validation error detected: Value at '\(name)' failed to satisfy constraint: "
                + "Member must not be null")
    }

    static var severalStatements: ServiceFailure { validation("Multistatements aren't supported.") }
}
