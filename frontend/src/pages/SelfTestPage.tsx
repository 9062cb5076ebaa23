import { useCallback, useEffect, useState } from "react";
import { sentence } from "../api/failure";
import { Button } from "../components/Button";
import { ErrorPanel } from "../components/ErrorPanel";
import { Page } from "../components/Page";
import { SkeletonLines } from "../components/Skeleton";
import { isSelfTest, SelfTest } from "../selftest/selfTest";
import { SelfTestResults } from "../selftest/SelfTestResults";

const address = "/api/selftest";

/** The shipped engine against published results, for everybody: no sign-in. */
export default function SelfTestPage() {
  const { result, failure, isBusy, run } = useSelfTest();
  return (
    <Page
      title="Self-test" isReady={result !== undefined}
      lead="The engine that computes every analysis, run just now against results that others have published."
      actions={<Button busy={isBusy && result !== undefined && "Running"} onClick={run}>Run again</Button>}
    >
      {failure !== undefined && <ErrorPanel failure={failure} retry={run} />}
      {result === undefined
        ? failure === undefined && <div className="card" role="status" aria-label="Running"><SkeletonLines count={8} /></div>
        : <SelfTestResults result={result} />}
    </Page>
  );
}

function useSelfTest() {
  const [result, setResult] = useState<SelfTest>();
  const [failure, setFailure] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const run = useCallback(() => {
    setBusy(true);
    setFailure(undefined);
    read().then(setResult, (reason: unknown) => {
      // What an earlier run has found does not stand beside a failure.
      setResult(undefined);
      setFailure(reason);
    }).finally(() => setBusy(false));
  }, []);
  useEffect(run, [run]);
  return { result, failure, isBusy, run };
}

async function read(): Promise<SelfTest> {
  const response = await fetch(address, { cache: "no-store" }).catch((reason: unknown) => {
    throw new Error(`the server cannot be reached; check your connection and try again (${sentence(reason)})`);
  });
  if (!response.ok) throw new Error(`the self-test did not run (status ${response.status}); try again later`);
  const answer: unknown = await response.json();
  if (!isSelfTest(answer)) throw new Error("the self-test was answered with something else; try again later");
  return answer;
}
