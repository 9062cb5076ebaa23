import { Link } from "../routing/router";

export function Footer() {
  return (
    <footer className="footer">
      <div className="footer-inner">
        <p className="disclaimer">
          <strong>No investment advice.</strong> Alex is a tool for learning and planning. What its agents write has not
          been vetted by a qualified advisor and is not meant for trading decisions. Projections are hypothetical, rest
          on stated assumptions and are no promise of future results. Talk to a professional before you act.
        </p>
        <p className="small footer-links"><Link to="/selftest">Self-test</Link><Link to="/docs">Web API</Link></p>
      </div>
    </footer>
  );
}
