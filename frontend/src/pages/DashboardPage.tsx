import { Resource, useResource } from "../api/resource";
import type { JobHead, Portfolio, UserAnswer } from "../api/types";
import { ErrorPanel } from "../components/ErrorPanel";
import { Loaded, Page } from "../components/Page";
import { SkeletonCards, SkeletonLines } from "../components/Skeleton";
import { AllocationPanel } from "../dashboard/AllocationPanel";
import { FirstVisit } from "../dashboard/FirstVisit";
import { ProfileForm } from "../dashboard/ProfileForm";
import { TargetsPanel } from "../dashboard/TargetsPanel";
import { AccountsCard, AnalysisCard, TotalCard } from "../dashboard/TotalCards";

interface JobsAnswer {
  jobs: JobHead[];
}

/** The household at a glance: three requests side by side. */
export default function DashboardPage() {
  const user = useResource<UserAnswer>("/api/user");
  const portfolio = useResource<Portfolio>("/api/portfolio");
  const jobs = useResource<JobsAnswer>("/api/jobs?limit=1");
  // The card of the last analysis shows its own failure; the page can be used without it.
  const isReady = user.data !== undefined && portfolio.data !== undefined && (jobs.data ?? jobs.failure) !== undefined;
  return (
    <Page title="Dashboard" lead="Everything you own, at a glance." isReady={isReady}>
      <div className="stack">
        <Loaded resource={portfolio} skeleton={<SkeletonCards count={3} />}>
          {(shown) => (shown.accounts.length === 0
            ? <Empty user={user} />
            : (
              <>
                <div className="cards dashboard-cards">
                  <TotalCard portfolio={shown} />
                  <AccountsCard portfolio={shown} />
                  <LastAnalysis jobs={jobs} />
                </div>
                <AllocationPanel portfolio={shown} />
                <TargetsPanel portfolio={shown} />
              </>
            ))}
        </Loaded>
        <Loaded resource={user} skeleton={<div className="card"><SkeletonLines count={6} /></div>}>
          {({ user: investor }) => <ProfileForm user={investor} />}
        </Loaded>
      </div>
    </Page>
  );
}

function Empty({ user: { data, failure } }: { user: Resource<UserAnswer> }) {
  if (data === undefined && failure === undefined) return <div className="card"><SkeletonLines count={4} /></div>;
  return <FirstVisit name={data?.user.display_name ?? ""} isNew={data?.created ?? false} />;
}

function LastAnalysis({ jobs }: { jobs: Resource<JobsAnswer> }) {
  if (jobs.data !== undefined) return <AnalysisCard job={jobs.data.jobs[0]} />;
  if (jobs.failure !== undefined) return <ErrorPanel failure={jobs.failure} retry={() => void jobs.reload()} />;
  return <div className="card"><SkeletonLines count={3} /></div>;
}
