// The one source of what the site is: its pages, what the web API answers instead, and the headers of every answer.
// `build.mjs` turns it into edge/site.json, which the local cloud serves by and Terraform reads, and into the two
// CloudFront Functions; so the site behaves alike on this machine and behind CloudFront.

/** Address -> page. `*` is exactly one segment. */
export const pages = {
  "/": { file: "index", title: "Alex, the AI financial planner", module: "LandingPage" },
  "/sign-in": { file: "sign-in", title: "Sign in", module: "SignInPage" },
  "/dashboard": { file: "dashboard", title: "Dashboard", module: "DashboardPage" },
  "/accounts": { file: "accounts", title: "Accounts", module: "AccountsPage" },
  "/accounts/*": { file: "account", title: "Account", module: "AccountPage" },
  "/advisor-team": { file: "advisor-team", title: "Advisor team", module: "AdvisorTeamPage" },
  "/analysis": { file: "analysis", title: "Analysis", module: "AnalysisPage" },
  "/docs": { file: "docs", title: "Web API", module: "DocumentationPage" },
  "/selftest": { file: "selftest", title: "Self-test", module: "SelfTestPage" },
  "/404": { file: "404", title: "Page not found", module: "NotFoundPage" },
  "/500": { file: "500", title: "Something went wrong", module: "ServerErrorPage" },
};

/** What goes to the API function; `/*` is everything below. */
export const api = ["/api/*", "/openapi.json"];

export const cacheControl = { assets: "public, max-age=31536000, immutable", others: "no-cache" };

/**
 * The headers of every answer of the site.
 *
 * @param clerkHost Where ClerkJS comes from, such as `clerk.example.com`; undefined without Clerk.
 */
export function headers(clerkHost) {
  const clerk = clerkHost ? ` https://${clerkHost}` : "";
  const policy = {
    "default-src": "'none'",
    "script-src": `'self'${clerk}`,
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": `'self'${clerk}`,
    "manifest-src": "'self'",
    "worker-src": clerkHost ? "'self' blob:" : "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
  };
  return {
    "Content-Security-Policy": Object.entries(policy).map(([name, value]) => `${name} ${value}`).join("; "),
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
  };
}

/**
 * The host a publishable key names: `pk_test_` and, in Base64, the host and a dollar sign.
 * Source: Clerk's documentation of publishable keys.
 */
export function clerkHost(publishableKey) {
  const encoded = /^pk_(?:test|live)_([A-Za-z0-9+/=]+)$/.exec(publishableKey)?.[1];
  const host = encoded && Buffer.from(encoded, "base64").toString("latin1");
  if (!host || !/^[a-z0-9][a-z0-9.-]*\$$/.test(host)) {
    throw new Error(`CLERK_PUBLISHABLE_KEY is not one of Clerk's: it begins with pk_test_ or pk_live_`);
  }
  return host.slice(0, -1);
}
