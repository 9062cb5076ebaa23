import { Component, ReactNode } from "react";
import { ServerError } from "./ServerError";

interface State {
  failure: unknown;
}

/** A page that cannot be drawn is replaced by one that says so; the navigation stays. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { failure: undefined };

  static getDerivedStateFromError(failure: unknown): State {
    return { failure: failure ?? new Error("unknown") };
  }

  override render(): ReactNode {
    return this.state.failure === undefined ? this.props.children : <ServerError failure={this.state.failure} />;
  }
}
