import ArgumentParser

/// The `alex` command.
@main
struct Alex: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alex",
        abstract: "The whole of Alex on this machine: the local cloud, its data and its tools.",
        subcommands: [
            UpCommand.self, DemoCommand.self, AnalyzeCommand.self, TokenCommand.self, EnvCommand.self,
            PsqlCommand.self,
            MigrateCommand.self, SeedCommand.self, VerifyCommand.self, ResetCommand.self, InvokeCommand.self,
            BenchCommand.self, ComputeCommand.self, SelfTestCommand.self,
            GateCommand.self, EvaluateCommand.self, DeployCommand.self, DestroyCommand.self,
            StatusCommand.self, OutputsCommand.self, VectorsCommand.self, KnowledgeCommand.self,
            ResearchCommand.self, WatchCommand.self, TestCommand.self,
        ])
}
