/**
 * A scene twice in the same place: the board that is shown, and out of sight the other one, which tells what differs. The
 * figures keep their size, and what the other one says stands beside each figure that differs: two boards side by side would
 * halve every figure, and leave the comparing to the reader.
 */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import type { SceneView } from '../../../shared/screens/scenes.ts';
import { textWidth } from '../../format/text-width.ts';
import { useWords } from '../../i18n/use-words.ts';
import { EmptyNote } from '../../panels/empty-note.tsx';
import { AmberContext, createAmberBook } from '../../state/amber.tsx';
import { ScreenContext } from '../../state/screen-context.tsx';
import { createScreenStore, type ScreenStore } from '../../state/screen-store.ts';
import { Strip } from '../frame/strip.tsx';
import type { Scene } from '../scene.tsx';
import { differences, placed, saidIn, type Box, type Differ, type Placed } from './differences.ts';
import type { BoardOf, Boards, Side } from '../../screen/use-boards.ts';

function useBoardStore<V extends SceneView>(view: V, at: number, board: BoardOf<V>): ScreenStore {
  return useMemo(() => {
    const store = createScreenStore(at);
    const gaps = Object.fromEntries(board.notKept.map(({ group, reason }) => [group, reason]));
    store.setState({ workspace: board.workspace, views: { [view]: board.state }, gaps, heartbeatAt: at, phase: 'live' });
    return store;
  }, [view, at, board]);
}

function Board({
  scene,
  board,
  store,
}: {
  readonly scene: Scene;
  readonly board: BoardOf<SceneView>;
  readonly store: ScreenStore;
}): ReactNode {
  const { t } = useWords();
  const gap = board.notKept.find(({ group }) => group === 'strip');
  const panels = useMemo(() => scene.draw(), [scene]);
  const [book] = useState(createAmberBook);
  return (
    <ScreenContext value={store}>
      <AmberContext value={book}>
        <div className="lanes" style={scene.layout}>
          {panels}
        </div>
        {gap ? (
          <div className="strip">
            <EmptyNote title={t(`past.gap.${gap.reason}`)} hint={t(`past.gapHint.${gap.reason}`)} />
          </div>
        ) : (
          <Strip view={scene.view} />
        )}
      </AmberContext>
    </ScreenContext>
  );
}

/** Panels with groups that hold other data in the two boards. */
function differing(scene: Scene, { before: past, after: present }: Boards<SceneView>): ReadonlySet<string> {
  const [before, after]: readonly Readonly<Record<string, unknown>>[] = [past.state, present.state];
  const other = (group: string): boolean => JSON.stringify(before?.[group]) !== JSON.stringify(after?.[group]);
  return new Set(scene.groups.filter(({ groups }) => groups.some(other)).map(({ panel }) => panel));
}

/** Panels that one of the two boards cannot tell: what stands there instead is nothing to compare. */
function untold(scene: Scene, { before, after }: Boards<SceneView>): ReadonlySet<string> {
  const gaps = new Set<string>([...before.notKept, ...after.notKept].map(({ group }) => group));
  const panels = scene.groups.filter(({ groups }) => groups.some((group) => gaps.has(group))).map(({ panel }) => panel);
  return new Set<string>([...panels, ...(gaps.has('strip') ? ['strip'] : [])]);
}

const WAIT_MS = 120;

/** Compares the two drawings whenever one of them has changed and rests. */
function useDifferences(layers: RefObject<HTMLDivElement | null>, scene: Scene, boards: Boards<SceneView>): readonly Placed[] | null {
  const [found, setFound] = useState<readonly Placed[] | null>(null);
  useEffect(() => {
    const whole = layers.current;
    const [shown, other] = whole ? [...whole.querySelectorAll(':scope > .past-board')] : [];
    if (!whole || !shown || !other) return undefined;
    const differs = differing(scene, boards);
    const without = untold(scene, boards);
    let timer = 0;
    const look = (): void => {
      const origin = whole.getBoundingClientRect();
      const boxOf = (element: Element): Box => {
        // As wide as what it says, because a figure may stand in a box as wide as its panel; as high as the box, because lines are higher.
        const whole = element.getBoundingClientRect();
        const range = document.createRange();
        range.selectNodeContents(element);
        const { left, width } = element.matches('[data-panel], .strip') ? whole : range.getBoundingClientRect();
        const { top, height } = whole;
        return { left: left - origin.left, top: top - origin.top, width, height };
      };
      const changes = differences(shown, other, differs, boxOf).filter(({ panel }) => !without.has(panel));
      const taken = [...shown.querySelectorAll('[data-panel], .strip')].flatMap((panel) => saidIn(panel).map(boxOf));
      const unit = Number.parseFloat(getComputedStyle(whole).getPropertyValue('--u')) || 1;
      const sizeOf = ({ other: words }: { readonly other: string | null }) => ({
        width: (24 + 26 * (textWidth(words ?? '') + 3)) * unit,
        height: 34 * unit,
      });
      setFound(placed(changes, { taken, within: { left: 0, top: 0, width: origin.width, height: origin.height }, sizeOf }));
    };
    const soon = (): void => {
      window.clearTimeout(timer);
      timer = window.setTimeout(look, WAIT_MS);
    };
    const mutations = new MutationObserver(soon);
    for (const board of [shown, other]) mutations.observe(board, { subtree: true, childList: true, characterData: true });
    const resizes = new ResizeObserver(soon);
    resizes.observe(whole);
    soon();
    return () => {
      window.clearTimeout(timer);
      mutations.disconnect();
      resizes.disconnect();
    };
  }, [layers, scene, boards]);
  return found;
}

const at = ({ left, top, width, height }: Box) => ({ left, top, width, height });

interface PastSceneProps {
  readonly scene: Scene;
  readonly boards: Boards<SceneView>;
  readonly side: Side;
  /** How many places differ; `untold` where parts of a board cannot be told and all else agrees. */
  readonly told: (differ: Differ) => void;
}

export function PastScene({ scene, boards, side, told }: PastSceneProps): ReactNode {
  const { t } = useWords();
  const layers = useRef<HTMLDivElement>(null);
  const before = useBoardStore(scene.view, boards.at, boards.before);
  const after = useBoardStore(scene.view, boards.at, boards.after);
  const other = side === 'before' ? 'after' : 'before';
  const found = useDifferences(layers, scene, boards);
  const count = found?.length;
  useLayoutEffect(() => {
    if (count !== undefined) told(count === 0 && untold(scene, boards).size > 0 ? 'untold' : count);
  }, [count, told, scene, boards]);
  const layer = (one: Side): ReactNode => (
    <div key={one} className="past-board" data-side={one} inert={one !== side}>
      <Board scene={scene} board={boards[one]} store={one === 'before' ? before : after} />
    </div>
  );
  return (
    <div className="past-layers" ref={layers}>
      {layer(side)}
      {layer(other)}
      <ul className="past-marks">
        {found?.map(({ panel, words, other: said, box, tag }) => {
          const told = said === null ? t(`past.changed.${other}`) : t(`past.other.${other}`, { value: said });
          return (
            <li key={`${panel} ${box.left} ${box.top} ${words}`} data-changed={panel} title={told}>
              <span className="past-changed" data-whole={said === null ? '' : undefined} style={at(box)} />
              <span className={tag ? 'past-tag' : 'past-tag unplaced'} style={at(tag ?? box)}>
                {told}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
