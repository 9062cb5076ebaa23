import { Link } from "../routing/router";
import { signInAddress } from "../session/returning";
import { session } from "../session/session";

const agents = [
  {
    name: "Financial planner",
    words: "Runs the analysis: has the unknown classified, brings prices up to date, and calls the others at once.",
  },
  {
    name: "Portfolio analyst",
    words: "Writes the report: what you hold, how it divides, where it is far from your targets, what to do.",
  },
  { name: "Chart specialist", words: "Chooses the charts that show it best. Code computes every value in them." },
  {
    name: "Retirement planner",
    words: "Simulates thousands of futures and tells how many of them pay the income you want.",
  },
];

const promises = [
  {
    title: "Every number is computed",
    words: "A model chooses words and refers to figures by name; it never types a number into your report.",
  },
  {
    title: "What is unknown stays unknown",
    words: "Prices are shown with their age and source. One that cannot be had is said to be missing, never guessed.",
  },
  {
    title: "Nothing is lost",
    words: "Each step saves its result. If something dies on the way, the analysis goes on where it stopped.",
  },
];

export default function LandingPage() {
  const isSignedIn = session().person() !== null;
  const start = isSignedIn ? "/dashboard" : signInAddress();
  return (
    <main id="main" className="landing" data-ready="true" tabIndex={-1}>
      <section className="hero">
        <div className="hero-inner">
          <h1>Your portfolio, read by a team that <span className="mark-line">shows its numbers</span></h1>
          <p>
            Alex looks at all your accounts together. Its agents write a report, draw the charts and project your
            retirement, from figures that were computed and checked.
          </p>
          <div className="actions">
            <Link to={start} className="button button-primary button-large">
              {isSignedIn ? "Go to the dashboard" : "Get started"}
            </Link>
            <a href="#team" className="button button-plain button-large">Meet the team</a>
          </div>
          <Futures />
        </div>
      </section>
      <section className="band" id="team" aria-labelledby="team-title">
        <h2 id="team-title">Four agents, one analysis</h2>
        <div className="cards">
          {agents.map(({ name, words }, index) => (
            <article key={name} className={`card agent-card agent-${index + 1}`}><h3>{name}</h3><p>{words}</p></article>
          ))}
        </div>
      </section>
      <section className="band" aria-labelledby="promises-title">
        <h2 id="promises-title">What you can rely on</h2>
        <div className="cards">
          {promises.map(({ title, words }) => (
            <article key={title} className="card promise"><h3>{title}</h3><p className="quiet">{words}</p></article>
          ))}
        </div>
      </section>
    </main>
  );
}

/** Decoration: one past, and many futures. */
function Futures() {
  return (
    <svg className="hero-art" viewBox="0 0 560 320" aria-hidden="true">
      <path className="band-wide" d="M220 190C330 150 440 80 560 10V300C440 285 330 240 220 190Z" />
      <path className="band-narrow" d="M220 190C330 160 440 115 560 70V230C440 225 330 215 220 190Z" />
      <path className="median" d="M220 190C330 178 440 160 560 140" />
      <path className="past" d="M0 280 40 262 72 270 108 232 142 244 178 204 220 190" />
      <circle className="now" cx="220" cy="190" r="7" />
    </svg>
  );
}
