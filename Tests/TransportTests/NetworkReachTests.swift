import Testing
import Transport
import Wire

@Suite struct InternetAddressTests {
    private static func address(_ text: String) throws -> InternetAddress {
        if text.contains(".") {
            return try #require(InternetAddress(text.split(separator: ".").compactMap { UInt8($0) }))
        }
        let halves = text.split(separator: "|", omittingEmptySubsequences: false).map { half in
            half.split(separator: ":").map { UInt16($0, radix: 16) ?? 0 }
        }
        let tail = halves.count > 1 ? halves[1] : []
        let groups = halves[0] + [UInt16](repeating: 0, count: 8 - halves[0].count - tail.count) + tail
        return try #require(InternetAddress(groups.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }))
    }

    @Test(arguments: [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.1", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1",
        "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1",
        "255.255.255.255",
    ]) func `an IPv4 address of no public network is not public`(_ text: String) throws {
        #expect(try !Self.address(text).isPublic)
    }

    @Test(arguments: [
        "1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.0.1", "100.128.0.1", "172.15.0.1",
        "172.32.0.1", "192.0.1.1", "192.169.0.1", "198.17.0.1", "198.20.0.1", "223.255.255.255",
    ]) func `its neighbours are`(_ text: String) throws {
        #expect(try Self.address(text).isPublic)
    }

    /// `|` stands for `::`.
    @Test(arguments: [
        "|", "|1", "|ffff:808:808", "fe80|1", "fc00|1", "fd12:3456|1", "ff02|1", "2001|1", "2001:db8|1",
        "2002:a00:1|1", "3fff|1", "64:ff9b|a9fe:a9fe", "64:ff9b:1|808:808", "fec0|1",
    ]) func `an IPv6 address of no public network is not public`(_ text: String) throws {
        #expect(try !Self.address(text).isPublic)
    }

    @Test(arguments: ["2606:4700:4700|1111", "2a00:1450:4001:81b|200e", "64:ff9b|808:808"])
    func `global unicast is public, and a public address behind NAT64`(_ text: String) throws {
        #expect(try Self.address(text).isPublic)
    }

    @Test func `loopback is the machine itself`() throws {
        #expect(try Self.address("127.0.0.1").isLoopback)
        #expect(try Self.address("|1").isLoopback)
        #expect(try !Self.address("|").isLoopback)
        #expect(try !Self.address("|ffff:7f00:1").isLoopback)
        #expect(try !Self.address("128.0.0.1").isLoopback)
    }

    @Test func `addresses are written as people know them`() throws {
        #expect(try Self.address("169.254.169.254").description == "169.254.169.254")
        #expect(try Self.address("fe80|1").description == "fe80:0:0:0:0:0:0:1")
        #expect(InternetAddress([1, 2, 3]) == nil)
    }
}

@Suite struct NetworkReachTests {
    private func outcome(
        _ address: String, _ reach: NetworkReach, largestResponseBytes: Int = 1000
    ) async throws -> Result<HTTPResponse, TransportFailure> {
        let request = HTTPRequest(.get, try #require(HTTPURL(address)))
        let transport = CurlTransport(
            certificateBundle: nil, reach: reach, largestResponseBytes: largestResponseBytes)
        do throws(TransportFailure) {
            return .success(try await transport.send(request, timeout: .seconds(10)))
        } catch {
            return .failure(error)
        }
    }

    /// Every way to write a name or a number that leads to this machine.
    @Test(arguments: ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "0"])
    func `a transport for public addresses does not contact this machine`(_ host: String) async throws {
        let server = try TestServer { $0.respond([]) }
        defer { server.stop() }
        let outcome = try await outcome("http://\(host):\(server.port)/", .publicOnly)
        guard case .failure(.addressRefused(let refused, let address)) = outcome else {
            Issue.record("\(outcome) is not .addressRefused")
            return
        }
        #expect(refused == "\(host):\(server.port)")
        #expect(["127.0.0.1", "0.0.0.0", "0:0:0:0:0:0:0:1"].contains(address))
        #expect(server.connectionCount == 0)
    }

    @Test func `the metadata of a cloud is refused before anything is sent`() async throws {
        #expect(
            try await outcome("http://169.254.169.254/latest/meta-data/", .publicOnly)
                == .failure(.addressRefused(host: "169.254.169.254", address: "169.254.169.254")))
        #expect(
            try await outcome("http://[::ffff:169.254.169.254]/", .publicOnly)
                == .failure(
                    .addressRefused(
                        host: "[::ffff:169.254.169.254]", address: "0:0:0:0:0:ffff:a9fe:a9fe")))
    }

    @Test func `a transport for this machine contacts nothing else`() async throws {
        let server = try TestServer { connection in
            _ = connection.readRequest()
            connection.respond(Array("here".utf8))
        }
        defer { server.stop() }
        #expect(try await outcome(server.address, .loopbackOnly).get().body == Array("here".utf8))
        #expect(
            try await outcome("http://8.8.8.8/", .loopbackOnly)
                == .failure(.addressRefused(host: "8.8.8.8", address: "8.8.8.8")))
    }

    @Test func `an answer is cut off at the transport's own limit`() async throws {
        let server = try TestServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\n\r\n")
            let block = [UInt8](repeating: 0x61, count: 600)
            connection.write(block)
            connection.write(block)
            connection.waitUntilClosed()
        }
        defer { server.stop() }
        #expect(
            try await outcome(server.address, .loopbackOnly)
                == .failure(.tooLong(host: "127.0.0.1:\(server.port)", limitBytes: 1000)))
    }

    @Test func `header lines without end are cut off, too`() async throws {
        let server = try TestServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\n")
            let line = "X-Header: " + String(repeating: "a", count: 8000) + "\r\n"
            for _ in 0..<100 { connection.write(line) }
            connection.waitUntilClosed()
        }
        defer { server.stop() }
        #expect(
            try await outcome(server.address, .loopbackOnly)
                == .failure(.tooLong(host: "127.0.0.1:\(server.port)", limitBytes: 256 * 1024)))
    }
}
