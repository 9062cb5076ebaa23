// Foundation makes the directory.
import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The directory of one local cloud, held as long as that runs: a second cloud in it would share the first
/// one's database, and stop it at its own end.
struct AlexHome: Sendable {
    private let descriptor: Int32

    /// - Throws: ``AlexFailure/homeInUse(path:)``.
    static func hold(_ path: String) throws -> AlexHome {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        // The kernel lets go of it with the process, however that ends.
        let descriptor = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw AlexFailure.homeNotUsable(path: path, reason: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw AlexFailure.homeInUse(path: path)
        }
        return AlexHome(descriptor: descriptor)
    }

    func letGo() { close(descriptor) }
}

/// Why a local cloud does not start.
package enum AlexFailure: Error, Hashable, CustomStringConvertible {
    case homeInUse(path: String)
    case homeNotUsable(path: String, reason: String)
    /// `variable` is the setting that chooses the port.
    case portNotFree(port: Int, variable: String, reason: String)

    package var description: String {
        switch self {
        case .homeInUse(let path):
            "\(path) belongs to a local cloud that is running; stop that one, or set ALEX_HOME to another "
                + "directory"
        case .homeNotUsable(let path, let reason): "\(path) cannot be used: \(reason)"
        case .portNotFree(let port, let variable, let reason):
            "port \(port) of 127.0.0.1 cannot be had (\(reason)); stop the program that uses it, or set "
                + "\(variable) to another port"
        }
    }
}
