/** Grey shapes where content will be; nothing is announced but that it is loading. */

export function SkeletonLines({ count = 3 }: { count?: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: count }, (_, index) => <div key={index} className="skeleton skeleton-line" />)}
    </div>
  );
}

export function SkeletonCards({ count = 4 }: { count?: number }) {
  return (
    <div className="cards" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="card">
          <div className="skeleton skeleton-line" />
          <div className="skeleton skeleton-figure" />
        </div>
      ))}
    </div>
  );
}

/** @param isInside A page's own title is there already. */
export function PageSkeleton({ isInside = false }: { isInside?: boolean }) {
  const shapes = (
    <>
      <p className="visually-hidden" role="status">Loading</p>
      <SkeletonCards />
      <div className="card"><SkeletonLines count={6} /></div>
    </>
  );
  if (isInside) return shapes;
  return (
    <main id="main" className="page" data-ready="false" tabIndex={-1}>
      <div className="skeleton skeleton-title" aria-hidden="true" />
      {shapes}
    </main>
  );
}
