import Foundation
import SigV4
import Wire

/// What there is of a part on AWS, read from its state.
package struct DeployedPart: Sendable {
    package let part: Part
    package let resourceCount: Int
    package let functions: [Function]
    /// Capacity units of the database, lowest and highest.
    package let capacity: (Double, Double)?

    package struct Function: Equatable, Sendable {
        package let name: String
        package let runtime: String
        /// SHA-256 of the deployed zip in Base64, as Lambda says it.
        package let codeDigest: String
    }

    /// - Parameter resources: As `terraform show -json` describes them.
    package init(_ part: Part, resources: [JSONValue]) {
        self.part = part
        resourceCount = resources.count
        functions = resources.compactMap { resource in
            guard resource["type"]?.string == "aws_lambda_function",
                let values = resource["values"], let name = values["function_name"]?.string
            else { return nil }
            return Function(
                name: name, runtime: values["runtime"]?.string ?? "?",
                codeDigest: values["source_code_hash"]?.string ?? "")
        }.sorted { $0.name < $1.name }
        capacity =
            resources.lazy.compactMap { resource -> (Double, Double)? in
                let scaling = resource["values"]?["serverlessv2_scaling_configuration"]?.array?.first
                guard let lowest = scaling?["min_capacity"]?.double,
                    let highest = scaling?["max_capacity"]?.double
                else { return nil }
                return (lowest, highest)
            }.first
    }

    /// Whether a deployed function is the package on this machine.
    package enum Freshness: Equatable, Sendable {
        case current
        case outdated
        /// There is no package to compare with.
        case unknown
    }

    package static func freshness(of function: Function, package zip: [UInt8]?) -> Freshness {
        guard let zip else { return .unknown }
        return Base64.encode(Digest.sha256(zip)) == function.codeDigest ? .current : .outdated
    }
}

/// What is deployed, as lines for the terminal.
package struct StatusLines {
    let style: Style

    package init(style: Style) { self.style = style }

    package func lines(
        _ deployed: DeployedPart, freshness: (DeployedPart.Function) -> DeployedPart.Freshness
    ) -> [String] {
        let name = Style.padded(deployed.part.rawValue, 17)
        guard deployed.resourceCount > 0 else { return [style.colored("○ \(name)not deployed", .gray)] }
        let count = "\(deployed.resourceCount) resource\(deployed.resourceCount == 1 ? "" : "s")"
        var lines = [style.colored("● ", .green) + style.bold(name) + count]
        for function in deployed.functions {
            let state =
                switch freshness(function) {
                case .current: style.colored("this version", .green)
                case .outdated: style.colored("another version than packages/", .yellow)
                case .unknown: style.colored("no package to compare with", .gray)
                }
            lines.append(
                "    \(Style.padded(function.name, 20))\(Style.padded(function.runtime, 17))"
                    + "\(Style.padded(String(function.codeDigest.prefix(8)), 10))\(state)")
        }
        if let (lowest, highest) = deployed.capacity {
            lines.append("    capacity \(Self.units(lowest)) to \(Self.units(highest)) units")
        }
        lines.append(style.colored("    costs: \(deployed.part.standingCost)", .gray))
        return lines
    }

    private static func units(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : String(value)
    }
}
