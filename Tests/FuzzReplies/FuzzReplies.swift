import ReplyFuzzing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

#if LIBFUZZER
    /// libFuzzer chooses the bytes by what they reach, and keeps those that crash:
    ///
    ///     swift build -c release --product FuzzReplies --scratch-path .build/libfuzzer \
    ///         -Xswiftc -sanitize=fuzzer -Xswiftc -DLIBFUZZER \
    ///         -Xlinker -lstdc++ -Xlinker --allow-multiple-definition
    ///     .build/libfuzzer/release/FuzzReplies -max_total_time=60
    @main
    struct FuzzReplies {
        static func main() {
            var count = CommandLine.argc
            var arguments = CommandLine.unsafeArgv
            exit(runLibFuzzer(&count, &arguments, fuzzOne))
        }
    }

    private typealias Arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

    @_silgen_name("LLVMFuzzerRunDriver")
    private func runLibFuzzer(
        _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<Arguments>,
        _ fuzzOne: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
    ) -> CInt

    @_cdecl("LLVMFuzzerTestOneInput")
    package func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        var fuzzer = ReplyFuzzer(seed: UInt64(count))
        do {
            try fuzzer.check(Array(UnsafeBufferPointer(start: bytes, count: count)))
        } catch {
            print(error)
            abort()
        }
        return 0
    }
#else
    /// Replies that nobody would think of, a million unless told: `FuzzReplies [inputs] [seed]`.
    @main
    struct FuzzReplies {
        private static let patienceSeconds: UInt32 = 300
        private static let mostResidentMegabytes = 128

        static func main() {
            let inputs = argument(1) ?? 1_000_000
            let seed = argument(2) ?? 2026
            // A reader that hangs ends here.
            alarm(patienceSeconds)
            var fuzzer = ReplyFuzzer(seed: UInt64(seed))
            let start = ContinuousClock.now
            do {
                try fuzzer.run(inputs: inputs)
            } catch {
                print("seed \(seed), after \(fuzzer.tally): \(error)")
                exit(1)
            }
            let tally = fuzzer.tally
            let megabytes = residentMegabytes()
            print(
                "\(inputs) inputs, \(tally.replies) replies, \(tally.failures) refusals, "
                    + "\(tally.bytes) bytes, "
                    + "\(ContinuousClock.now - start), at most \(megabytes) MB")
            exit(megabytes <= mostResidentMegabytes ? 0 : 1)
        }

        private static func argument(_ index: Int) -> Int? {
            CommandLine.arguments.indices.contains(index) ? Int(CommandLine.arguments[index]) : nil
        }

        private static func residentMegabytes() -> Int {
            var usage = rusage()
            #if canImport(Glibc)
                getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
                return usage.ru_maxrss / 1024
            #else
                getrusage(RUSAGE_SELF, &usage)
                return usage.ru_maxrss / 1024 / 1024
            #endif
        }
    }
#endif
