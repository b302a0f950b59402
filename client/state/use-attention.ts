/** The current marks; they change only with the groups that they are computed from. */
import { HISTORY_LOADING } from '../../shared/wire/constants.ts';
import { useAmberLeft } from './amber.tsx';
import { candidates, worst } from './attention.ts';
import { useGroupIfThere, useScreen } from './screen-context.tsx';

/** The past of the demo is still on its way: what is held against the past is not judged yet. */
export function useHistoryLoading(): boolean {
  return useScreen((screen) => screen.problems.includes(HISTORY_LOADING));
}

export function useMarked(): (key: string) => boolean {
  const today = useGroupIfThere('overview', 'today');
  const month = useGroupIfThere('overview', 'month');
  const quarter = useGroupIfThere('overview', 'quarter');
  const channels = useGroupIfThere('overview', 'channels');
  const campaigns = useGroupIfThere('overview', 'campaigns');
  const sentiment = useGroupIfThere('overview', 'sentiment');
  const hours = useGroupIfThere('overview', 'hours');
  const promises = useGroupIfThere('overview', 'promises');
  const loading = useHistoryLoading();
  const minute = useScreen((screen) => Math.floor(screen.now / 60_000) * 60_000);
  const marked = worst(candidates({ today, hours, promises, month, quarter, channels, campaigns, sentiment }, minute), useAmberLeft());
  return (key) => !loading && marked.has(key);
}
