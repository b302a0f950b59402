/** Which page an address shows. Pages are few and far apart, so links load; the browser's back works by itself. */
import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import { scenePath, scenes } from '../../shared/screens/scenes.ts';
import { UnknownPage } from './unknown-page.tsx';

/** Desk code is not sent to walls, and panels with their charts are not sent to desks. */
const WallPage = lazy(async () => ({ default: (await import('../scenes/wall-page.tsx')).WallPage }));
const IncidentsPage = lazy(async () => ({ default: (await import('../desk/incidents-page.tsx')).IncidentsPage }));

export function Page({ path }: { readonly path: string }): ReactNode {
  const clean = path.replace(/\/+$/u, '') || '/';
  // `/` is the wall before it is pinned: it begins with the first scene of the list.
  const scene = clean === '/' ? scenes[0] : scenes.find(({ id }) => scenePath(id) === clean);
  if (scene === undefined && clean !== '/incidents') return <UnknownPage path={clean} />;
  return <Suspense fallback={null}>{scene ? <WallPage key={scene.id} id={scene.id} /> : <IncidentsPage />}</Suspense>;
}
