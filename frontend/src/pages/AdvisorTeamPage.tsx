import { Page } from "../components/Page";

export default function AdvisorTeamPage() {
  return <Page title="AdvisorTeam">Soon</Page>;
}
