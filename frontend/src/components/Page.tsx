import { ReactNode, useEffect, useRef } from "react";
import { ErrorPanel } from "./ErrorPanel";
import { PageSkeleton } from "./Skeleton";

interface PageProps {
  title: string;
  /** Beside the title: buttons. */
  actions?: ReactNode;
  /** Below the title. */
  lead?: ReactNode;
  /** A page that waits for its data says so by being not ready. */
  isReady?: boolean;
  children: ReactNode;
  className?: string;
}

/** The main content of a page under its title. */
export function Page({ title, actions, lead, isReady = true, children, className = "" }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // After a click on a link a screen reader begins at the new page's title. The first page is read anyway.
    if (document.activeElement && document.activeElement !== document.body) heading.current?.focus();
  }, []);
  return (
    <main id="main" className={`page ${className}`} data-ready={isReady} tabIndex={-1}>
      <header className="page-header">
        <div>
          <h1 ref={heading} tabIndex={-1}>{title}</h1>
          {lead && <p className="lead">{lead}</p>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </main>
  );
}

interface LoadedProps<Data> {
  resource: { data: Data | undefined; failure: unknown; reload: () => Promise<void> };
  children: (data: Data) => ReactNode;
  /** Stands where the data will be. */
  skeleton?: ReactNode;
}

/** What depends on data: a skeleton until it is there, the reason when it does not come. */
export function Loaded<Data>({ resource, children, skeleton }: LoadedProps<Data>) {
  if (resource.data !== undefined) return <>{children(resource.data)}</>;
  if (resource.failure !== undefined) {
    return <ErrorPanel failure={resource.failure} retry={() => void resource.reload()} />;
  }
  return <>{skeleton ?? <PageSkeleton isInside />}</>;
}
