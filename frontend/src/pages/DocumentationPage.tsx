import { Page } from "../components/Page";

export default function DocumentationPage() {
  return <Page title="Documentation">Soon</Page>;
}
