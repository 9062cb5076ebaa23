import CommandLine
import Testing
import Wire

struct VariablesFileTests {
    @Test func `a value is replaced in its place, and everything else stays as it was written`() {
        var file = VariablesFile(
            """
            # The region.
            aws_region   = "us-east-1" # fixed
            aurora_cluster_arn = "PASTE"

            max_capacity = 1

            """)
        file.set("aurora_cluster_arn", to: "arn:aws:rds:us-east-1:123456789012:cluster:a")
        #expect(
            file.text == """
                # The region.
                aws_region   = "us-east-1" # fixed
                aurora_cluster_arn = "arn:aws:rds:us-east-1:123456789012:cluster:a"

                max_capacity = 1

                """)
    }

    @Test func `a value that is not there is added at the end`() {
        var file = VariablesFile("one = 1")
        file.set("two", to: 2)
        #expect(file.text == "one = 1\ntwo = 2\n")
        file.set("one", to: 3)
        #expect(file.text == "one = 3\ntwo = 2\n")
    }

    @Test func `an assignment over several lines is replaced as a whole`() {
        var file = VariablesFile("names = [ # these ] \n  \"a]\",\n  \"b\",\n]\nafter = true\n")
        file.set("names", to: ["c"])
        #expect(file.text == "names = [\"c\"]\nafter = true\n")
    }

    @Test func `a name inside another name or a comment is no assignment`() {
        var file = VariablesFile("# queue_url = \"x\"\nqueue_url_old = \"y\"\n")
        file.set("queue_url", to: "z")
        #expect(file.text == "# queue_url = \"x\"\nqueue_url_old = \"y\"\nqueue_url = \"z\"\n")
    }

    @Test(arguments: [
        ("a\"b\\c\n" as JSONValue, #""a\"b\\c\n""#), ("${x} %{y} $z" as JSONValue, #""$${x} %%{y} $z""#),
        (1.5 as JSONValue, "1.5"), (true as JSONValue, "true"), (.null, "null"),
        (["a", 1] as JSONValue, #"["a", 1]"#),
        (["b": "c", "a": []] as JSONValue, #"{ "a" = [], "b" = "c" }"#),
        ([:] as JSONValue, "{}"),
    ]) func `values are written in Terraform's language`(_ value: JSONValue, _ text: String) {
        #expect(VariablesFile.expression(value) == text)
    }

    @Test func `the variables of a part are those it declares`() {
        let text = "variable \"aws_region\" {\n}\n# variable \"old\" {\nvariable \"queue_url\" {\n"
        #expect(VariablesFile.names(declaredIn: text) == ["aws_region", "queue_url"])
    }
}
