/** What is known of a screen from its reports [SC1]. Ages are ms of a monotonic clock. */
import type { ScreenState } from '../../../shared/screens/screen-report.ts';

/** A screen that reports nothing for so long has frozen: two reports are missing. */
export const SILENT_MS = 8_000;
/** A screen that paints an old revision for so long after a newer one was pushed has frozen. */
export const BEHIND_MS = 8_000;
/** A screen that was not heard of for so long is off; until then it may have crashed, hung or lost its network. */
export const OFFLINE_MS = 10 * 60_000;
/** A page that said it is hidden is off so soon. */
export const GONE_MS = 60_000;

export interface Heard {
  /** Since its last report; null = none since this server started. */
  readonly silentMs: number | null;
  /** Of its last report. */
  readonly visible: boolean;
  /** Its last report was its good-bye; a page that crashed gave none. */
  readonly closed: boolean;
  /** For how long the server has had something newer than what is painted; null = unknown. */
  readonly behindMs: number | null;
}

export function screenState({ silentMs, visible, closed, behindMs }: Heard): ScreenState {
  if (closed) return 'closed';
  if (silentMs === null || silentMs >= OFFLINE_MS) return 'offline';
  if (!visible) return silentMs >= GONE_MS ? 'offline' : 'hidden';
  if (silentMs >= SILENT_MS) return 'frozen';
  return behindMs !== null && behindMs >= BEHIND_MS ? 'frozen' : 'painting';
}
