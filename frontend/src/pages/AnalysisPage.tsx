import { Page } from "../components/Page";

export default function AnalysisPage() {
  return <Page title="Analysis">Soon</Page>;
}
