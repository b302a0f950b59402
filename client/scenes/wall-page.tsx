/** The page of the wall: `/` rotates, `/wall/<scene>` is pinned. Panels and charts are loaded with this file, so desks do not load them. */
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { scenes } from '../../shared/screens/scenes.ts';
import type { SceneId } from '../../shared/screens/scenes.ts';
import type { ViewName } from '../../shared/wire/views/all.ts';
import { ScreenProvider } from '../screen/screen-provider.tsx';
import { sceneOf } from './all.ts';
import { PicturesContext } from '../ui/outside-text.tsx';
import { usePin } from './frame/use-pin.ts';
import { Wall } from './frame/wall.tsx';

const everyView: readonly ViewName[] = [...new Set(scenes.map(({ view }) => view))];

/**
 * A rotating wall has the figures of every scene before its turn comes; a pinned one follows its own, and the overview, which
 * tells of big moves and reached targets.
 */
const viewsFor = (pin: SceneId | null): readonly ViewName[] =>
  pin === null ? everyView : [...new Set<ViewName>([sceneOf[pin].view, 'overview'])];

export function WallPage({ path }: { readonly path: string }): ReactNode {
  const [pin, choose] = usePin(path);
  const views = useMemo(() => viewsFor(pin), [pin]);
  return (
    <PicturesContext value={false}>
      <ScreenProvider views={views} wall>
        <Wall pin={pin} choose={choose} />
      </ScreenProvider>
    </PicturesContext>
  );
}
