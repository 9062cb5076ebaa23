import CommandLine
import Testing

@Suite struct SettingsTests {
    @Test func `lines are names and values`() throws {
        let variables = try Settings.parse(
            "# comment\n\nA=1\nexport B = two words \nC=\"quoted # value\"\nD='x=y'\nE=\nA=2")
        #expect(variables == ["A": "2", "B": "two words", "C": "quoted # value", "D": "x=y", "E": ""])
    }

    @Test func `the line ends of other systems do no harm`() throws {
        #expect(try Settings.parse("\u{FEFF}A=1\r\nB=2\r\n") == ["A": "1", "B": "2"])
    }

    @Test(arguments: ["A", "=1", "A B=1", "A-B=1"])
    func `a line that is no setting is named with its number`(line: String) {
        #expect(throws: SettingsFailure.self) { try Settings.parse(line) }
        do {
            _ = try Settings.parse("X=1\n\(line)")
            Issue.record("\(line) was accepted")
        } catch {
            #expect(error.description == ".env, line 2: expected NAME=value")
        }
    }

    @Test func `what is empty is not set`() throws {
        let settings = Settings(variables: ["ALEX_HOME": "", "ALEX_PORT": "8123"])
        #expect(settings.home.hasSuffix(".alex"))
        #expect(try settings.webPort == 8123)
        #expect(try settings.awsPort == 4566)
    }

    @Test func `the region of AWS's own tools wins over the one of the product`() {
        var variables = ["DEFAULT_AWS_REGION": "eu-west-1", "A": "1"]
        #expect(Settings(variables: variables).region == "eu-west-1")
        #expect(
            Settings(variables: variables).variablesWithRegion
                == variables.merging(
                    ["AWS_REGION": "eu-west-1"]
                ) { $1 })
        variables["AWS_DEFAULT_REGION"] = "eu-west-2"
        #expect(Settings(variables: variables).region == "eu-west-2")
        variables["AWS_REGION"] = "eu-west-3"
        #expect(Settings(variables: variables).region == "eu-west-3")
        #expect(Settings(variables: ["A": "1"]).variablesWithRegion == ["A": "1"])
    }

    @Test(arguments: ["0", "65536", "x", "-1"]) func `a port that is none is refused`(text: String) {
        #expect(throws: SettingsFailure.self) { try Settings(variables: ["ALEX_PORT": text]).webPort }
    }

    @Test func `the web app is served from a folder of the user's, where one is named`() {
        #expect(Settings(variables: ["ALEX_SITE": "/srv/site"]).site == "/srv/site")
        #expect(Settings(variables: ["ALEX_SITE": ""]).site == nil)
    }
}
