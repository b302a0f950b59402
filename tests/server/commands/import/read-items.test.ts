import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NotEvents, readItems } from '../../../../server/commands/import/read-items.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'warroom-items-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(content: string | Uint8Array) {
  const file = path.join(folder, 'events');
  writeFileSync(file, content);
  const items = [];
  for await (const item of readItems(file)) items.push({ ...item, text: Buffer.from(item.bytes).toString() });
  return items;
}

describe('reading a file of events', () => {
  it('leaves a byte order mark to the server, and sees what the file is behind it', async () => {
    expect((await read('\ufeff{"a":1}\n{"b":2}')).map((i) => i.place)).toEqual(['line 1', 'line 2']);
    expect((await read('\ufeff\n{"b":2}')).map((i) => i.place)).toEqual(['line 2']);
    expect((await read('\ufeff [{"a":1},{"b":2}]')).map((i) => i.text)).toEqual(['{"a":1}', '{"b":2}']);
  });

  it('takes each line that holds something, and names it by its number', async () => {
    const items = await read('{"a":1}\n\n  \r\n{"b":2}\r\n{"c":3}');
    expect(items.map((i) => [i.place, i.text.trim()])).toEqual([
      ['line 1', '{"a":1}'],
      ['line 4', '{"b":2}'],
      ['line 5', '{"c":3}'],
    ]);
    expect(items.at(-1)?.fileOffset).toBe('{"a":1}\n\n  \r\n{"b":2}\r\n{"c":3}'.length);
  });

  it('keeps lines whole over the ends of what was read at once', async () => {
    const lines = Array.from({ length: 4_000 }, (_, i) => JSON.stringify({ i, pad: '咖啡'.repeat(i % 400) }));
    const items = await read(lines.join('\n'));
    expect(items.map((i) => i.text)).toEqual(lines);
  });

  it('passes bytes on untouched, also those that are no text', async () => {
    const bytes = Uint8Array.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a, 0x7b, 0x7d]);
    const items = await read(bytes);
    expect(Uint8Array.from(items[0]?.bytes ?? [])).toEqual(bytes.subarray(0, 4));
  });

  it('takes the elements of a JSON array, each on one line, brackets and quotes in texts included', async () => {
    const items = await read(' [\n {"a": "]\\"[,"},\n {\n  "b": [1, 2]\n }\n]\n');
    expect(items.map((i) => i.place)).toEqual(['item 1', 'item 2']);
    expect(items.map((i) => JSON.parse(i.text) as unknown)).toEqual([{ a: ']"[,' }, { b: [1, 2] }]);
    expect(items.every((i) => !i.text.includes('\n'))).toBe(true);
  });

  it('refuses half an array, and finds nothing in an empty file', async () => {
    await expect(read('[{"a":1},')).rejects.toThrow(NotEvents);
    expect(await read('')).toEqual([]);
    expect(await read('[]')).toEqual([]);
  });
});
