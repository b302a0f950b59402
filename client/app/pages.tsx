/** Which page an address shows. Pages are few and far apart, so links load; the browser's back works by itself. */
import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import { scenePath, scenes } from '../../shared/screens/scenes.ts';
import { sceneOf } from '../scenes/all.ts';
import { ScenePage } from '../scenes/frame/scene-page.tsx';
import { UnknownPage } from './unknown-page.tsx';

/** Desk code is not sent to walls. */
const IncidentsPage = lazy(async () => ({ default: (await import('../desk/incidents-page.tsx')).IncidentsPage }));

export function Page({ path }: { readonly path: string }): ReactNode {
  const clean = path.replace(/\/+$/u, '') || '/';
  // `/` is the wall before it is pinned: it begins with the first scene of the list.
  const scene = clean === '/' ? scenes[0] : scenes.find(({ id }) => scenePath(id) === clean);
  if (scene) return <ScenePage key={scene.id} scene={sceneOf[scene.id]} />;
  if (clean === '/incidents') {
    return (
      <Suspense fallback={null}>
        <IncidentsPage />
      </Suspense>
    );
  }
  return <UnknownPage path={clean} />;
}
