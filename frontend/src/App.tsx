import { Suspense, useEffect } from "react";
import { ErrorBoundary } from "./components/ErrorBoundary";
import { Footer } from "./components/Footer";
import { Navigation } from "./components/Navigation";
import { PageSkeleton } from "./components/Skeleton";
import { Toasts } from "./components/Toasts";
import { pageAt } from "./routing/pages";
import { usePath } from "./routing/router";
import { session } from "./session/session";

/** The frame around every page. */
export function App() {
  const path = usePath();
  const page = pageAt(path);
  const isAllowed = !page.needsSignIn || session().person() !== null;
  useEffect(() => {
    document.title = path === "/" ? page.title : `${page.title} - Alex`;
    window.scrollTo(0, 0);
  }, [path, page]);
  useEffect(() => {
    if (!isAllowed) session().requireSignIn();
  }, [isAllowed, path]);
  const Content = page.component;
  return (
    <>
      <a className="skip-link" href="#main">Skip to the content</a>
      <Navigation path={path} />
      <ErrorBoundary key={path}>
        <Suspense fallback={<PageSkeleton />}>
          {isAllowed ? <Content key={path} /> : <PageSkeleton />}
        </Suspense>
      </ErrorBoundary>
      <Footer />
      <Toasts />
    </>
  );
}
