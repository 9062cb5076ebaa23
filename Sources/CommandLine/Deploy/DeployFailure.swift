/// Why a deployment does not go on, and what to do about it.
package enum DeployFailure: Error, Equatable, CustomStringConvertible {
    case noParts(folder: String)
    case noPart(String)
    case notConfirmed
    case noTerminal
    case terraform(Part, step: String, status: Int32)
    case missingOutput(String, of: Part)
    case missingPackages([String])
    case holdsData([Part])
    case otherIndex(String)
    case noSite(folder: String)
    case unhealthy(url: String, reason: String)

    package var description: String {
        switch self {
        case .noParts(let folder):
            "there are no parts in \(folder): start this in the root of the repository, or say --folder"
        case .noPart(let name):
            "there is no part `\(name)`; there are \(Part.allCases.map(\.rawValue).joined(separator: ", "))"
        case .notConfirmed: "nothing was changed by this step; what was done before it stays"
        case .noTerminal: "there is nobody to ask: say --yes when the plan needs no confirmation"
        case .terraform(let part, let step, let status):
            "terraform \(step) of \(part.rawValue) ended with status \(status); its reason is above. What "
                + "was done is in the state of that part: mend the cause and start the same command again"
        case .missingOutput(let name, let part):
            "\(part.rawValue) has no output `\(name)`: is it deployed? `alex deploy \(part.rawValue)` does it"
        case .missingPackages(let names):
            "not packaged: \(names.joined(separator: ", ")); `swift scripts/package.swift "
                + "\(names.joined(separator: " "))` does it"
        case .holdsData(let parts):
            "this would delete for good "
                + parts.map { "\($0.data ?? "the data") (\($0.rawValue))" }.joined(separator: " and ")
                + "; nothing was done. Say --delete-data when you mean it"
        case .otherIndex(let words):
            "the vector index is there, but \(words), and that cannot be changed. Nothing was done. "
                + "`alex vectors delete --delete-data` deletes it with all its vectors"
        case .noSite(let folder): "the web app is not built in \(folder): `make web` builds it"
        case .unhealthy(let url, let reason):
            "\(url) does not answer as it should: \(reason). Everything is deployed; a new distribution can "
                + "take some minutes. `alex status` asks again, `alex watch api` shows the function's log"
        }
    }
}
