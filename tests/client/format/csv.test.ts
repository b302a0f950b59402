import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText, parseCsv, safeText } from '../../../client/format/csv.ts';

describe('tables as CSV', () => {
  it('never hold a text that a spreadsheet would run', () => {
    const wicked = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '=cmd|/c calc!A1'];
    for (const text of wicked) expect(safeText(text), text).toBe(`'${text}`);
    const [row] = parseCsv(csvText([wicked]));
    for (const cell of row ?? []) expect(/^[=+\-@\t\r＝]/u.test(cell), cell).toBe(false);
    expect(csvText([['京东', -12.5, null]])).toBe('\ufeff京东,-12.5,\r\n');
  });

  it('read back what was written, whatever the cells', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ';', '京', ' ') });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
        expect(parseCsv(csvText([['a', 'b'], ...rows])).slice(1)).toEqual(rows.map((row) => row.map(safeText)));
      }),
    );
  });

  it('are read with semicolons and tabs too', () => {
    expect(parseCsv('kpi;value\nnet_sales;"1;2"\n')).toEqual([
      ['kpi', 'value'],
      ['net_sales', '1;2'],
    ]);
    expect(parseCsv('kpi\tvalue\r\nnet_sales\t3')).toEqual([
      ['kpi', 'value'],
      ['net_sales', '3'],
    ]);
  });
});
