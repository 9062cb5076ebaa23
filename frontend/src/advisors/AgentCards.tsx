import { seconds } from "../format/times";
import type { Progress } from "./polling";
import { Agent, AgentState, stateOf, team } from "./team";

/** The four agents, each with what it does right now. */
export function AgentCards({ progress }: { progress: Progress | null }) {
  return (
    <section aria-labelledby="agents-title">
      <h2 id="agents-title" className="visually-hidden">The agents</h2>
      <ul className="agents">
        {team.map((agent) => <AgentCard key={agent.name} agent={agent} state={stateOf(agent, progress)} />)}
      </ul>
    </section>
  );
}

const signs: Record<AgentState["kind"], string> = { resting: "○", waiting: "○", working: "●", finished: "✓", failed: "✗" };

function AgentCard({ agent, state }: { agent: Agent; state: AgentState }) {
  return (
    <li className={`card agent-member agent-${agent.color} is-${state.kind}`}>
      <h3>{agent.name}</h3>
      <p className="quiet">{agent.words}</p>
      <p className="agent-state">
        <span className="agent-sign" aria-hidden="true">{signs[state.kind]}</span>
        {state.text}{state.seconds !== null && <span className="number"> after {seconds(state.seconds)}</span>}
      </p>
    </li>
  );
}
