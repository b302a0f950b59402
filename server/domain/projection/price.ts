/** Prices as people write them in competitor moves, such as `¥3,299` → `¥2,799`. */

const written = /^(¥|\$|€|£|[A-Z]{3})? ?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)? ?(万)? ?(元)?$/;

export interface Price {
  readonly currency: string;
  readonly amount: number;
}

/** undefined for anything but one plain price. */
export function parsePrice(text: string): Price | undefined {
  const match = written.exec(text.normalize('NFKC').trim());
  if (!match) return undefined;
  const amount = Number(`${match[2]?.replaceAll(',', '')}${match[3] ?? ''}`) * (match[4] ? 10_000 : 1);
  return { currency: currencyOf(match[1], match[5]), amount };
}

const yuan = new Set(['¥', 'CNY', 'RMB']);
const currencyOf = (sign: string | undefined, unit: string | undefined) =>
  sign === undefined ? (unit ?? '') : yuan.has(sign) ? '元' : sign;

/** (after − before) ÷ before; null unless both are prices in one currency and there was one before. */
export function priceChange(before: string | undefined, after: string | undefined): number | null {
  if (before === undefined || after === undefined) return null;
  const from = parsePrice(before);
  const to = parsePrice(after);
  if (!from || !to || from.amount === 0) return null;
  if (from.currency !== to.currency && from.currency !== '' && to.currency !== '') return null;
  return (to.amount - from.amount) / from.amount;
}
