import Quantities
import Testing

@Suite struct CalendarDateTests {
    @Test(arguments: [
        (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2000, 3, 1, 11_017),
        (2026, 11, 21, 20_778),
        (1900, 3, 1, -25_508), (1, 1, 1, -719_162), (9999, 12, 31, 2_932_896),
    ])
    func `days are counted from the epoch`(_ year: Int, _ month: Int, _ day: Int, _ days: Int) throws {
        let date = try #require(CalendarDate(year: year, month: month, day: day))
        #expect(date.daysSinceEpoch == days)
        let back = CalendarDate(daysSinceEpoch: days)
        #expect([back.year, back.month, back.day] == [year, month, day])
    }

    @Test(arguments: [
        (2025, 2, 29), (1900, 2, 29), (2100, 2, 29), (2024, 2, 30), (2024, 4, 31), (2024, 13, 1),
        (2024, 0, 1),
        (2024, 1, 0), (2024, 1, 32), (0, 1, 1), (10_000, 1, 1), (-4, 2, 29),
    ])
    func `days that do not exist are refused`(_ year: Int, _ month: Int, _ day: Int) {
        #expect(CalendarDate(year: year, month: month, day: day) == nil)
    }

    @Test func `every day of four centuries follows the one before`() throws {
        var expected = try #require(CalendarDate("1800-01-01")).daysSinceEpoch
        for year in 1800..<2200 {
            for month in 1...12 {
                let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
                let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
                for day in 1...length {
                    try #require(CalendarDate(year: year, month: month, day: day)?.daysSinceEpoch == expected)
                    expected += 1
                }
                try #require(CalendarDate(year: year, month: month, day: length + 1) == nil)
            }
        }
    }

    @Test(arguments: ["2026-11-21", "0001-01-01", "2024-02-29"]) func `text comes back`(_ text: String) throws
    {
        let date = try #require(CalendarDate(text))
        #expect(date.description == text)
        #expect(date.basicText == String(text.filter { $0 != "-" }))
    }

    @Test(arguments: [
        "", "2026-1-1", "26-11-21", "2026/11/21", "2026-11-21T", "2026-02-30", "-026-01-01", "2026-11-2x",
        "٢٠٢٦-11-21",
    ])
    func `what is no date is refused`(_ text: String) {
        #expect(CalendarDate(text) == nil)
    }
}

@Suite struct TimestampTests {
    @Test(arguments: [
        ("2026-11-21T08:00:00Z", 1_795_248_000_000_000), ("2026-11-21 08:00:00", 1_795_248_000_000_000),
        ("2026-11-21 08:00:00+00", 1_795_248_000_000_000),
        ("2026-11-21T10:00:00+02:00", 1_795_248_000_000_000),
        ("2026-11-21T02:30:00-0530", 1_795_248_000_000_000), ("1970-01-01T00:00:00.000001Z", 1),
        ("1969-12-31T23:59:59.999999Z", -1), ("1969-12-31T23:59:59Z", -1_000_000),
        ("1970-01-01T00:00:00.5", 500_000), ("1970-01-01T00:00:00.123456789z", 123_456),
        ("1970-01-01T23:30:00-01:00", 88_200_000_000), ("2016-12-31T23:59:60Z", 1_483_228_800_000_000),
    ])
    func `what RFC 3339 and PostgreSQL write is read`(_ text: String, _ microseconds: Int64) throws {
        #expect(try #require(Timestamp(text)).microsecondsSinceEpoch == microseconds)
    }

    @Test(arguments: [
        "", "2026-11-21", "2026-11-21T08:00", "2026-11-21T24:00:00Z", "2026-11-21T08:60:00Z",
        "2026-11-21T08:00:61Z", "2026-11-21X08:00:00Z", "2026-11-21T08-00-00Z", "2026-11-21T08:00:00.Z",
        "2026-11-21T08:00:00.1234567890Z", "2026-11-21T08:00:00+1", "2026-11-21T08:00:00+02:0",
        "2026-11-21T08:00:00+25:00", "2026-11-21T08:00:00+02:60", "2026-11-21T08:00:00ZZ",
        "2026-02-30T08:00:00Z", "2026-11-21T08:00:00 UTC", "infinity", "2026-11-21T+8:00:00Z",
    ])
    func `what is no moment is refused`(_ text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func `moments before the epoch print like the others`() {
        let moment = Timestamp(microsecondsSinceEpoch: -1)
        #expect(moment.description == "1969-12-31T23:59:59.999Z")
        #expect(moment.sqlText == "1969-12-31 23:59:59.999999")
        #expect(moment.basicText == "19691231T235959Z")
        #expect(moment.secondsSinceEpoch == -1)
        #expect(moment.millisecondsSinceEpoch == -1)
        #expect(moment.date.description == "1969-12-31")
    }

    @Test func `the three forms of one moment`() {
        let moment = Timestamp(microsecondsSinceEpoch: 1_795_248_000_004_005)
        #expect(moment.description == "2026-11-21T08:00:00.004Z")
        #expect(moment.basicText == "20261121T080000Z")
        #expect(moment.sqlText == "2026-11-21 08:00:00.004005")
    }

    @Test func `durations are added, taken away and measured`() {
        let moment = Timestamp(secondsSinceEpoch: 1000)
        #expect((moment + .milliseconds(1500)).millisecondsSinceEpoch == 1_001_500)
        #expect(moment - .seconds(1001) == Timestamp(secondsSinceEpoch: -1))
        #expect((moment + .seconds(90)) - moment == .seconds(90))
        #expect(moment < moment + .microseconds(1))
    }

    @Test func `a number beyond the calendar is the nearest moment`() {
        let first = "0001-01-01 00:00:00.000000"
        let last = "9999-12-31 23:59:59.999999"
        #expect(Timestamp(microsecondsSinceEpoch: .min).sqlText == first)
        #expect(Timestamp(microsecondsSinceEpoch: .max).sqlText == last)
        #expect(Timestamp(millisecondsSinceEpoch: .min).sqlText == first)
        #expect(Timestamp(millisecondsSinceEpoch: .max).sqlText == last)
        #expect(Timestamp(secondsSinceEpoch: .max).sqlText == last)
        #expect(Timestamp(secondsSinceEpoch: .max) - Timestamp(secondsSinceEpoch: .min) > .zero)
    }

    @Test func `text comes back on seeded random moments`() throws {
        var random = Seeded(state: 4)
        for _ in 0..<2000 {
            let moment = Timestamp(
                microsecondsSinceEpoch: Int64.random(
                    in: -62_000_000_000_000_000...250_000_000_000_000_000, using: &random))
            try #require(Timestamp(moment.sqlText) == moment)
            try #require(
                Timestamp(moment.description)?.millisecondsSinceEpoch == moment.millisecondsSinceEpoch)
        }
    }
}

@Suite struct UUIDTests {
    @Test func `letters are lowered`() throws {
        let id = try #require(UUID("F47AC10B-58CC-4372-A567-0E02B2C3D479"))
        #expect(id.description == "f47ac10b-58cc-4372-a567-0e02b2c3d479")
        #expect(id == UUID("f47ac10b-58cc-4372-a567-0e02b2c3d479"))
    }

    @Test(arguments: [
        "", "f47ac10b58cc4372a5670e02b2c3d479", "{f47ac10b-58cc-4372-a567-0e02b2c3d479}",
        "f47ac10b-58cc-4372-a567-0e02b2c3d47", "f47ac10b-58cc-4372-a567-0e02b2c3d47g",
        "f47ac10-b58cc-4372-a567-0e02b2c3d479", "f47ac10b-58cc-4372-a567-0e02b2c3d479 ",
    ])
    func `what is no identifier is refused`(_ text: String) {
        #expect(UUID(text) == nil)
    }

    @Test func `drawn identifiers are of version 4 and differ`() throws {
        var random = Seeded(state: 6)
        let ids = (0..<1000).map { _ in UUID(using: &random) }
        #expect(Set(ids).count == 1000)
        for id in ids {
            let characters = Array(id.description)
            try #require(UUID(id.description) == id)
            try #require(characters[14] == "4")
            try #require("89ab".contains(characters[19]))
        }
    }
}
