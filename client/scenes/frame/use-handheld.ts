/** Whether the page is laid out in two lanes or one and scrolls, as on phones, tablets and small windows. */
import { useMedia } from '../../ui/use-media.ts';

/** The same condition as in reflow.css. */
export const HANDHELD = '(max-width: 1100px), (max-aspect-ratio: 13/10)';

export const useHandheld = (): boolean => useMedia(HANDHELD);
