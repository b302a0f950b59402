/** Which page an address shows. Pages are few and far apart, so links load; the browser's back works by itself. */
import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import { OverviewPage } from '../scenes/frame/overview-page.tsx';
import { UnknownPage } from './unknown-page.tsx';

/** Desk code is not sent to walls. */
const IncidentsPage = lazy(async () => ({ default: (await import('../desk/incidents-page.tsx')).IncidentsPage }));

export function Page({ path }: { readonly path: string }): ReactNode {
  const clean = path.replace(/\/+$/u, '') || '/';
  if (clean === '/') return <OverviewPage />;
  if (clean === '/incidents') {
    return (
      <Suspense fallback={null}>
        <IncidentsPage />
      </Suspense>
    );
  }
  return <UnknownPage path={clean} />;
}
