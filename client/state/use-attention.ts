/** The current marks; they change only with the groups that they are computed from. */
import { candidates, worst } from './attention.ts';
import { useGroupIfThere } from './screen-context.tsx';

export function useMarked(): (key: string) => boolean {
  const today = useGroupIfThere('overview', 'today');
  const month = useGroupIfThere('overview', 'month');
  const quarter = useGroupIfThere('overview', 'quarter');
  const channels = useGroupIfThere('overview', 'channels');
  const campaigns = useGroupIfThere('overview', 'campaigns');
  const sentiment = useGroupIfThere('overview', 'sentiment');
  const marked = worst(candidates({ today, month, quarter, channels, campaigns, sentiment }));
  return (key) => marked.has(key);
}
