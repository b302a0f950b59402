/** Whether the meeting is run from a phone: one part at a time, person after person. */
import { useMedia } from '../ui/use-media.ts';

/** The same condition as in standup.css. */
const NARROW = '(max-width: 760px)';

export const useNarrow = (): boolean => useMedia(NARROW);
