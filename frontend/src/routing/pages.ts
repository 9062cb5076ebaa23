/** Address -> page. The same list as site.mjs, which is the server's side of it; a test compares them. */
import { ComponentType, lazy, LazyExoticComponent } from "react";

export interface Page {
  title: string;
  needsSignIn: boolean;
  component: LazyExoticComponent<ComponentType>;
}

function page(title: string, needsSignIn: boolean, load: () => Promise<{ default: ComponentType }>): Page {
  return { title, needsSignIn, component: lazy(load) };
}

export const pages: Record<string, Page> = {
  "/": page("Alex, the AI financial planner", false, () => import("../pages/LandingPage")),
  "/sign-in": page("Sign in", false, () => import("../pages/SignInPage")),
  "/dashboard": page("Dashboard", true, () => import("../pages/DashboardPage")),
  "/accounts": page("Accounts", true, () => import("../pages/AccountsPage")),
  "/accounts/*": page("Account", true, () => import("../pages/AccountPage")),
  "/advisor-team": page("Advisor team", true, () => import("../pages/AdvisorTeamPage")),
  "/analysis": page("Analysis", true, () => import("../pages/AnalysisPage")),
  "/docs": page("Web API", false, () => import("../pages/DocumentationPage")),
  "/selftest": page("Self-test", false, () => import("../pages/SelfTestPage")),
  "/404": page("Page not found", false, () => import("../pages/NotFoundPage")),
  "/500": page("Something went wrong", false, () => import("../pages/ServerErrorPage")),
};

const notFound = pages["/404"] as Page;

export function pageAt(path: string): Page {
  const exact = path.includes("*") ? undefined : pages[path];
  if (exact) return exact;
  const end = path.lastIndexOf("/");
  return (path.length > end + 1 ? pages[`${path.slice(0, end)}/*`] : undefined) ?? notFound;
}
