/** Catches errors of a whole page: it then says what to do, and a wall tries again by itself because nobody operates it. */
import { Component } from 'react';
import type { ReactNode } from 'react';
import { reloadSoon } from '../screen/reload.ts';
import { BrokenPage } from './broken-page.tsx';

interface State {
  /** The message of the error. */
  readonly broken: string | null;
}

export class PageBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { broken: null };

  static getDerivedStateFromError(error: unknown): State {
    return { broken: error instanceof Error ? `${error.name}: ${error.message}` : typeof error };
  }

  override componentDidCatch(): void {
    reloadSoon();
  }

  override render(): ReactNode {
    if (this.state.broken === null) return this.props.children;
    return <BrokenPage detail={this.state.broken} />;
  }
}
