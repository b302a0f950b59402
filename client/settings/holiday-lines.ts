/** Days off and make-up workdays of a year as lines that people paste: “春节 2027-02-05 2027-02-11”, one a line. Pure. */
import type { HolidaysPolicy } from '../../shared/kpi/holidays.ts';

type Arrangement = HolidaysPolicy['years'][string];

export interface YearLines {
  readonly year: string;
  readonly off: string;
  readonly work: string;
}

const DAY = /\d{4}-\d{2}-\d{2}/gu;
const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.normalize('NFKC').trim())
    .filter((line) => line !== '');

/** One day is a holiday of one day. What holds no day is kept as it is written, for the server to refuse by name. */
function holidayOf(line: string): Arrangement['off'][number] {
  const [from = '', to = from] = line.match(DAY) ?? [];
  return {
    name: line
      .replaceAll(DAY, '')
      .replaceAll(/[~\u2013\u2014\u81f3]|(?<!\S)-(?!\S)/gu, ' ')
      .trim(),
    from,
    to,
  };
}

export function holidaysOf(rows: readonly (Partial<YearLines> | undefined)[]): HolidaysPolicy {
  const years = rows.flatMap((row): [string, Arrangement][] => {
    const year = row?.year?.trim() ?? '';
    if (year === '') return [];
    return [[year, { off: linesOf(row?.off ?? '').map(holidayOf), work: [...linesOf(row?.work ?? '')] }]];
  });
  return { years: Object.fromEntries(years) };
}

export const yearLines = ({ years }: HolidaysPolicy): readonly YearLines[] =>
  Object.entries(years)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([year, { off, work }]) => ({
      year,
      off: off.map(({ name, from, to }) => `${name} ${from}${from === to ? '' : ` ${to}`}`).join('\n'),
      work: work.join('\n'),
    }));
