import { ReactNode, useEffect, useRef, useState } from "react";

/** A table that scrolls sideways where the page is too narrow; then the keyboard can reach and scroll it as well. */
export function ScrollingTable({ title, children }: { title: string; children: ReactNode }) {
  const wrapper = useRef<HTMLDivElement>(null);
  const [isScrolling, setScrolling] = useState(false);
  useEffect(() => {
    const element = wrapper.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setScrolling(element.scrollWidth > element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div className="table-wrapper" ref={wrapper} {...(isScrolling ? { tabIndex: 0, role: "group", "aria-label": title } : {})}>
      {children}
    </div>
  );
}
