/** Names cut at a whole character, as a reader counts characters: an emoji with its modifiers is one. */
const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A Chinese character counts 1, a narrow one ½, so that one limit suits both scripts. */
function weight(segment: string): number {
  return (segment.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.5;
}

/** `limit` in Chinese characters; the … is part of it. */
export function cut(text: string, limit: number): string {
  const clean = text.replace(/\s+/gu, ' ').trim();
  let total = 0;
  for (const { segment } of segments.segment(clean)) total += weight(segment);
  if (total <= limit) return clean;
  let kept = '';
  let used = 1;
  for (const { segment } of segments.segment(clean)) {
    used += weight(segment);
    if (used > limit) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
