import Quantities
import SigV4

/// Keeps credentials until shortly before they end, and has them renewed once for all who ask.
///
/// Five minutes and some seconds of chance before the end the next who asks renews them, while the others go
/// on with the old ones; a failure then does no harm, and is tried again a minute later. In the last minute
/// all wait, and a failure is thrown.
package actor CachingCredentials: CredentialsProvider {
    /// How long before the end renewal begins.
    package static let advisoryWindow = Duration.seconds(300)
    /// How long before the end the old ones are used no more.
    package static let mandatoryWindow = Duration.seconds(60)
    /// At most this is added to the advisory window, so that many processes do not ask at once.
    package static let longestJitter = Duration.seconds(60)
    /// Between renewals that fail, or that bring what is as good as over.
    package static let pause = Duration.seconds(60)

    private let source: any CredentialsSource
    private let now: @Sendable () -> Timestamp
    private let random: @Sendable () -> Double
    private var held: (lent: LentCredentials, renewal: Timestamp)?
    private var isRenewing = false
    private var waiters: [CheckedContinuation<Result<LentCredentials, AWSFailure>, Never>] = []

    /// - Parameter random: 0...1.
    package init(
        _ source: any CredentialsSource, now: @escaping @Sendable () -> Timestamp,
        random: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) {
        self.source = source
        self.now = now
        self.random = random
    }

    package func credentials() async throws(AWSFailure) -> Credentials {
        while true {
            let moment = now()
            if let held, held.lent.expiry == nil || moment < held.renewal { return held.lent.credentials }
            if !isRenewing { return try await renew(at: moment).credentials }
            if let held, isUsable(held.lent, at: moment) { return held.lent.credentials }
            switch await withCheckedContinuation({ waiters.append($0) }) {
            case .success(let lent): return lent.credentials
            // Who renewed for all has given up, and only for himself.
            case .failure(let failure) where failure.kind == .transport(.cancelled) && !Task.isCancelled:
                continue
            case .failure(let failure): throw failure
            }
        }
    }

    /// Has the next who asks look again, as after a process was restored from a snapshot.
    package func forget() { held = nil }

    private func renew(at moment: Timestamp) async throws(AWSFailure) -> LentCredentials {
        isRenewing = true
        let result = await renewed()
        isRenewing = false
        let all = waiters
        waiters = []
        for waiter in all { waiter.resume(returning: result) }
        switch result {
        case .success(let lent):
            held = (lent, renewal(of: lent, at: moment))
            return lent
        case .failure(let failure):
            guard let held, let expiry = held.lent.expiry, isUsable(held.lent, at: moment) else {
                throw failure
            }
            self.held = (held.lent, min(moment + Self.pause, expiry - Self.mandatoryWindow))
            return held.lent
        }
    }

    private func renewed() async -> Result<LentCredentials, AWSFailure> {
        do throws(AWSFailure) {
            switch try await source.find() {
            case .found(let lent): return .success(lent)
            case .absent(let reason):
                return .failure(AWSFailure(configuration: "no AWS credentials: \(reason)"))
            }
        } catch {
            return .failure(error)
        }
    }

    private func isUsable(_ lent: LentCredentials, at moment: Timestamp) -> Bool {
        lent.expiry.map { moment < $0 - Self.mandatoryWindow } ?? true
    }

    private func renewal(of lent: LentCredentials, at moment: Timestamp) -> Timestamp {
        guard let expiry = lent.expiry else { return moment }
        let early = expiry - Self.advisoryWindow - Self.longestJitter * random()
        return max(early, min(moment + Self.pause, expiry))
    }
}
