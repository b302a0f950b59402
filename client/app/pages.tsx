/** Decides which page an address shows. Links load the new page as a document, so the browser's back button needs no code. */
import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import { scenePath, scenes } from '../../shared/screens/scenes.ts';
import { deskPages } from './desk-pages.ts';
import { UnknownPage } from './unknown-page.tsx';

/** Pages are loaded on demand, so that walls do not load the code of desks, and desks do not load panels and charts. */
const WallPage = lazy(async () => ({ default: (await import('../scenes/wall-page.tsx')).WallPage }));

/** A wall with `?at=` shows an earlier moment; live walls load nothing of it. */
const PastPage = lazy(async () => ({ default: (await import('../scenes/past/past-page.tsx')).PastPage }));

export function Page({ path }: { readonly path: string }): ReactNode {
  const clean = path.replace(/\/+$/u, '') || '/';
  const wall = clean === '/' || scenes.some(({ id }) => scenePath(id) === clean);
  const desk = deskPages.find((page) => page.path.test(clean));
  if (!wall && desk === undefined) return <UnknownPage path={clean} />;
  const at = wall ? new URLSearchParams(window.location.search).get('at') : null;
  if (at !== null) {
    return (
      <Suspense fallback={null}>
        <PastPage path={clean} at={at} />
      </Suspense>
    );
  }
  return <Suspense fallback={null}>{wall ? <WallPage path={clean} /> : desk && <desk.Page />}</Suspense>;
}
