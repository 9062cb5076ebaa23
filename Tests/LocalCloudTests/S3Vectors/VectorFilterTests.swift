import LocalCloud
import Testing
import Wire

@Suite struct VectorFilterTests {
    private static let film = #"{"genre":"drama","year":2020,"isNew":true,"tags":["war","history",7]}"#

    @Test(arguments: [
        (#"{"genre":"drama"}"#, true), (#"{"genre":"comedy"}"#, false), (#"{"genre":"Drama"}"#, false),
        (#"{"genre":{"$eq":"drama"}}"#, true), (#"{"isNew":true}"#, true), (#"{"isNew":false}"#, false),
        (#"{"year":2020.0}"#, true), (#"{"year":"2020"}"#, false), (#"{"isNew":1}"#, false),
        (#"{"absent":"x"}"#, false),
        (#"{"genre":{"$ne":"comedy"}}"#, true), (#"{"genre":{"$ne":"drama"}}"#, false),
        (#"{"absent":{"$ne":"x"}}"#, true), (#"{"tags":{"$ne":"war"}}"#, false),
        (#"{"year":{"$gt":2019}}"#, true), (#"{"year":{"$gt":2020}}"#, false),
        (#"{"year":{"$gte":2020}}"#, true), (#"{"year":{"$gte":2020.5}}"#, false),
        (#"{"year":{"$lt":2021}}"#, true), (#"{"year":{"$lt":2020}}"#, false),
        (#"{"year":{"$lte":2020}}"#, true), (#"{"year":{"$lte":-1}}"#, false),
        (#"{"year":{"$gte":2019,"$lt":2021}}"#, true), (#"{"year":{"$gte":2019,"$lt":2020}}"#, false),
        (#"{"genre":{"$gt":1}}"#, false), (#"{"absent":{"$lt":1}}"#, false),
        (#"{"genre":{"$in":["comedy","drama"]}}"#, true), (#"{"genre":{"$in":["comedy"]}}"#, false),
        (#"{"genre":{"$nin":["comedy"]}}"#, true), (#"{"genre":{"$nin":["drama"]}}"#, false),
        (#"{"absent":{"$in":["x"]}}"#, false), (#"{"absent":{"$nin":["x"]}}"#, true),
        (#"{"genre":{"$exists":true}}"#, true), (#"{"genre":{"$exists":false}}"#, false),
        (#"{"absent":{"$exists":false}}"#, true),
        (#"{"tags":"war"}"#, true), (#"{"tags":"peace"}"#, false), (#"{"tags":{"$gt":6}}"#, true),
        (#"{"tags":{"$in":["peace","history"]}}"#, true), (#"{"tags":{"$nin":["history"]}}"#, false),
        (#"{"$and":[{"genre":"drama"},{"year":{"$lt":2021}}]}"#, true),
        (#"{"$and":[{"genre":"drama"},{"year":{"$gt":2021}}]}"#, false),
        (#"{"$or":[{"genre":"comedy"},{"year":2020}]}"#, true),
        (#"{"$or":[{"genre":"comedy"},{"year":2021}]}"#, false),
        (
            #"{"$or":[{"$and":[{"genre":"comedy"},{"isNew":true}]},{"$and":[{"tags":7},{"isNew":true}]}]}"#,
            true
        ),
    ])
    func `metadata is matched`(filter: String, isMatch: Bool) throws {
        let metadata = try JSONValue(reading: Self.film).object
        #expect(try VectorFilter(JSONValue(reading: filter)).matches(metadata) == isMatch)
    }

    @Test func `without metadata only what asks for absence matches`() throws {
        #expect(try VectorFilter(["a": ["$exists": false]]).matches(nil))
        #expect(try !VectorFilter(["a": "b"]).matches(nil))
    }

    @Test(arguments: [
        (#""drama""#, "a filter is an object"), ("{}", "exactly one member"),
        (#"{"a":1,"b":2}"#, "join conditions by $and"), (#"{"$not":{"a":1}}"#, "$not is not an operator"),
        (#"{"a":{"$like":"b"}}"#, "$like is not an operator"), (#"{"a":{}}"#, "a has no operator"),
        (#"{"a":[1]}"#, "not an array"), (#"{"a":null}"#, "not null"),
        (#"{"a":{"$gt":"b"}}"#, "takes a number"),
        (#"{"a":{"$eq":[1]}}"#, "not an array"), (#"{"a":{"$in":[]}}"#, "not empty"),
        (#"{"a":{"$in":"b"}}"#, "takes a list"), (#"{"a":{"$in":[[1]]}}"#, "not an array"),
        (#"{"a":{"$exists":1}}"#, "true or false"), (#"{"$and":[]}"#, "not empty"),
        (#"{"$or":{"a":1}}"#, "a list of filters"), (#"{"$and":[{"text":"x"}]}"#, "text is not filterable"),
    ])
    func `what is no filter is refused by name`(filter: String, words: String) throws {
        let json = try JSONValue(reading: filter)
        let failure = #expect(throws: ServiceFailure.self) {
            try VectorFilter(json, nonFilterable: ["text"])
        }
        #expect(failure?.code == "ValidationException" && failure?.status == 400)
        #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
        #expect(failure?.members["fieldList"]?.array?.first?["path"] == "/filter")
    }
}
