import Store
import Testing

@Suite struct SQLScriptTests {
    private func statements(_ text: String) -> [String] { SQLScript(Array(text.utf8)).statements }

    @Test func `statements are divided at semicolons`() {
        #expect(statements("SELECT 1;\n SELECT 2 ;") == ["SELECT 1", "SELECT 2"])
        #expect(statements("SELECT 1; SELECT 2") == ["SELECT 1", "SELECT 2"])
        #expect(statements("") == [])
        #expect(statements(" ;; \n -- nothing\n;/* nor here; */") == [])
    }

    @Test func `semicolons inside strings, names and comments divide nothing`() {
        #expect(statements("SELECT 'a;b''c;', \"x;y\"; SELECT 2").count == 2)
        #expect(statements("SELECT 1 -- a; b\n + 1; SELECT 2") == ["SELECT 1 -- a; b\n + 1", "SELECT 2"])
        #expect(statements("SELECT /* a; /* b; */ c; */ 1; SELECT 2").count == 2)
    }

    @Test func `a backslash escapes in an E string alone`() {
        #expect(statements(#"SELECT E'it\';s'; SELECT 2"#) == [#"SELECT E'it\';s'"#, "SELECT 2"])
        #expect(statements(#"SELECT '\'; SELECT 2"#) == [#"SELECT '\'"#, "SELECT 2"])
        #expect(statements(#"SELECT name'\'; SELECT 2"#).count == 2)
    }

    @Test func `dollar quotes end at their own delimiter`() {
        #expect(statements("DO $$ BEGIN; 'x END $$; SELECT 2").count == 2)
        #expect(statements("DO $a$ ; $$ ; $b$ ; $a$; SELECT 2").count == 2)
        #expect(statements("SELECT $1; SELECT a$b; SELECT $2$").count == 3)
    }

    @Test func `comments before a statement are left out`() {
        #expect(statements("-- why\n/* and how */ SELECT 1;") == ["SELECT 1"])
    }

    @Test func `an end in the middle of something is still an end`() {
        #expect(statements("SELECT 'open") == ["SELECT 'open"])
        #expect(statements("DO $$ open") == ["DO $$ open"])
        #expect(statements("SELECT 1 /* open") == ["SELECT 1 /* open"])
        #expect(statements(#"SELECT E'\"#) == [#"SELECT E'\"#])
    }

    @Test func `the shipped files have the statements they should have`() {
        let counts = Migration.all.map { SQLScript($0.text).statements.count }
        #expect(counts == [17, 8, 5, 3])
        for migration in Migration.all {
            for statement in SQLScript(migration.text).statements {
                #expect(statement.hasPrefix("CREATE ") || statement.hasPrefix("ALTER "))
            }
        }
    }
}
