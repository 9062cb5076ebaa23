import { Page } from "../components/Page";
import { Link } from "../routing/router";

export default function NotFoundPage() {
  return (
    <Page title="This page does not exist" className="page-narrow">
      <p className="code" aria-hidden="true">404</p>
      <p>The address may be mistyped, or what it showed may have been deleted.</p>
      <div className="actions">
        <Link to="/dashboard" className="button button-primary">Go to the dashboard</Link>
        <Link to="/" className="button button-plain">Go to the start</Link>
      </div>
    </Page>
  );
}
