import LocalCloud
import Testing
import Wire

/// PostgreSQL is the judge: what it answers shows which `:x` was taken for a parameter.
@Suite(.timeLimit(.minutes(2))) struct NamedParametersTests {
    static let untouched: [(sql: String, text: String)] = [
        ("SELECT ':x'", ":x"),
        ("SELECT 'it''s :x'", "it's :x"),
        (#"SELECT E'it\'s :x'"#, "it's :x"),
        (#"SELECT 'a\' || ':x'"#, #"a\:x"#),
        ("SELECT $$:x '$$", ":x '"),
        ("SELECT $tag$:x $$ :x$tag$", ":x $$ :x"),
        ("SELECT max(\":x\") FROM (SELECT 'in' AS \":x\") AS t", "in"),
        ("SELECT 'a' -- :x ; '", "a"),
        ("SELECT 'a' /* :x /* nested ; */ ' :x */", "a"),
        ("SELECT '7'::text", "7"),
        ("SELECT 'é:x' /* ü */", "é:x"),
        ("SELECT array_to_string((ARRAY['a','b','c'])[2:3], '')", "bc"),
        ("SELECT (ARRAY['a','b'])[n:n]::text FROM (SELECT 1 AS n) AS t", "{a}"),
    ]

    @Test(arguments: untouched) func `a colon that begins no parameter stays`(sql: String, text: String)
        async throws
    {
        #expect(try await LocalDataAPI().value(sql) == ["stringValue": .string(text)])
    }

    static let bound = [
        "SELECT :x", "SELECT:x", "SELECT (:x)", "SELECT :x::text", "SELECT coalesce(NULL,:x)",
        "SELECT max(:x) || ''",
        "SELECT (ARRAY[:x])[1]", "SELECT /* ' */ :x", "SELECT :x WHERE 'a' = :y AND 'a' = :y",
        "SELECT $$$$||:x",
        "SELECT e.e FROM (SELECT :x AS e) AS e", "SELECT :x WHERE 1=1--:z\nAND :y='a'",
    ]

    @Test(arguments: bound) func `a parameter is bound wherever it stands`(sql: String) async throws {
        var parameters = [parameter("x", ["stringValue": "found"])]
        if sql.contains(":y") { parameters.append(parameter("y", ["stringValue": "a"])) }
        #expect(try await LocalDataAPI().value(sql, parameters) == ["stringValue": "found"])
    }

    @Test(arguments: [
        "SELECT 1;;SELECT 2", "SELECT 1; /* */ SELECT 2", "SELECT ';'; DROP TABLE x", "BEGIN; COMMIT",
    ])
    func `a second statement is noticed`(sql: String) async throws {
        #expect(try await LocalDataAPI().execute(sql).body["message"] == "Multistatements aren't supported.")
    }

    @Test(arguments: ["SELECT 1;", "SELECT ';'", "SELECT 1; -- ; SELECT 2", "SELECT $$;a$$;;"])
    func `semicolons alone make no second statement`(sql: String) async throws {
        #expect(try await LocalDataAPI().execute(sql).status == 200)
    }
}
