/** Catches errors of one panel, so that the other panels of the wall stay. */
import { Component } from 'react';
import type { ReactNode } from 'react';

interface Props {
  /** Changes with the data of the panel; a failed panel is then drawn again. */
  readonly data: readonly unknown[];
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}
interface State {
  readonly failedOn: readonly unknown[] | null;
}

export class PanelBoundary extends Component<Props, State> {
  override state: State = { failedOn: null };

  override componentDidCatch(): void {
    this.setState({ failedOn: this.props.data });
  }

  static getDerivedStateFromError(): State {
    return { failedOn: [] };
  }

  static getDerivedStateFromProps(props: Props, state: State): State | null {
    const { failedOn } = state;
    if (failedOn === null || failedOn.length === 0) return null;
    return props.data.some((group, i) => group !== failedOn[i]) ? { failedOn: null } : null;
  }

  override render(): ReactNode {
    return this.state.failedOn === null ? this.props.children : this.props.fallback;
  }
}
