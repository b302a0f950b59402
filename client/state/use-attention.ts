/** The current marks; they change only with the figures that they are computed from. */
import { HISTORY_LOADING } from '../../shared/wire/constants.ts';
import type { OverviewState } from '../../shared/wire/views/overview.ts';
import { useAmberLeft } from './amber.tsx';
import { candidates, worst } from './attention.ts';
import { useScreen } from './screen-context.tsx';

/** The past of the demo is still on its way: what is held against the past is not judged yet. */
export function useHistoryLoading(): boolean {
  return useScreen((screen) => screen.problems.includes(HISTORY_LOADING));
}

const MINUTE_MS = 60_000;
/** Stands between keys. A name from outside that holds one could at the most mark another row too. */
const BREAK = '\n';

interface Marks {
  readonly minute: number;
  readonly left: number;
  readonly keys: string;
}
/** Dozens of rows of a scene ask for the marks of one state within one frame. */
const known = new WeakMap<object, Marks>();

/** The marked keys as one text: whoever selects it is drawn again only when the marks have changed. */
function marksOf(overview: Partial<OverviewState> | undefined, now: number, left: number): string {
  if (overview === undefined) return '';
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const before = known.get(overview);
  if (before?.minute === minute && before.left === left) return before.keys;
  const keys = [...worst(candidates(overview, minute), left)].map((key) => BREAK + key + BREAK).join('');
  known.set(overview, { minute, left, keys });
  return keys;
}

export function useMarked(): (key: string) => boolean {
  const left = useAmberLeft();
  const loading = useHistoryLoading();
  const marks = useScreen((screen) => marksOf(screen.views.overview, screen.now, left));
  return (key) => !loading && marks.includes(BREAK + key + BREAK);
}
