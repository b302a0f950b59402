/** The current marks; they change only with the groups that they are computed from. */
import { candidates, worst } from './attention.ts';
import { useGroup } from './screen-context.tsx';

export function useMarked(): (key: string) => boolean {
  const today = useGroup('overview', 'today');
  const month = useGroup('overview', 'month');
  const quarter = useGroup('overview', 'quarter');
  const channels = useGroup('overview', 'channels');
  const campaigns = useGroup('overview', 'campaigns');
  const sentiment = useGroup('overview', 'sentiment');
  const marked = worst(candidates({ today, month, quarter, channels, campaigns, sentiment }));
  return (key) => marked.has(key);
}
