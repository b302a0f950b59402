/** The last net: a page that cannot be drawn says what to do, and a wall tries again by itself because nobody touches it. */
import { Component } from 'react';
import type { ReactNode } from 'react';
import { reloadSoon } from '../wire/reload.ts';
import { BrokenPage } from './broken-page.tsx';

interface State {
  readonly error: unknown;
}

export class PageBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override componentDidCatch(error: unknown): void {
    console.error(error);
    reloadSoon();
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <BrokenPage detail={String(this.state.error)} />;
  }
}
