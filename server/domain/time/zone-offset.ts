/** Reads a zone's offset from Intl: exact, and three orders of magnitude too dear for every event. */

/** `GMT`, `GMT+08:00`, `GMT-03:30`, and with seconds for local mean times. */
const offsetText = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?/;

/** Offset from UTC in ms at an instant; east is positive. Throws RangeError for a name that is no IANA zone. */
export function createOffsetReader(timeZone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  return (ms) => {
    const match = offsetText.exec(format.format(ms));
    if (!match) throw new Error(`no offset in what Intl says of ${timeZone}`);
    if (match[1] === undefined) return 0;
    const size = Number(match[2]) * 3_600_000 + Number(match[3]) * 60_000 + Number(match[4] ?? 0) * 1_000;
    return match[1] === '-' ? -size : size;
  };
}
