/** Back to where somebody was before they had to sign in. */

const standard = "/dashboard";

/** The address of the sign-in page that leads back here. */
export function signInAddress(from: string = location.pathname + location.search): string {
  return from === "/" || from.startsWith("/sign-in") ? "/sign-in" : `/sign-in?return_to=${encodeURIComponent(from)}`;
}

/** Where the sign-in page leads: only ever to a page of this site. */
export function returnAddress(search: string = location.search): string {
  const wanted = new URLSearchParams(search).get("return_to");
  // `//host` and `/\host` are other sites for a browser.
  return wanted && /^\/(?![/\\])/.test(wanted) && !wanted.startsWith("/sign-in") ? wanted : standard;
}
