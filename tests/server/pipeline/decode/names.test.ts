/** [TX6] A name nobody can see is none: it would be a blank row on every page, and nobody could ask for it. */
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../../../server/adapters/system/bytes.ts';
import { createDecoder } from '../../../../server/pipeline/decode/decode.ts';
import { eventDefinitions } from '../../../../shared/events/registry.ts';
import { policySchemas } from '../../../../shared/kpi/targets.ts';

const decode = createDecoder({ currency: 'CNY', decodeUtf8 });
const NOW = Date.parse('2026-12-31T04:00:00Z');
const unseen = ['\u200b', '\u2060\ufeff', '\u202e\u2066', '\u3164', '\u2800', ' \u00a0\u3000'];
const seen = ['山澜', 'مريم', '👩‍👩‍👧‍👦', '\u200b澜', '\u200fעברית'];

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Every place of a text within the value, and the value with another text there. */
function texts(value: Json, to: string, path = ''): readonly (readonly [string, Json])[] {
  if (typeof value === 'string') return [[path, to]];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    return items.flatMap((item, i) => texts(item, to, `${path}[${i}]`).map(([at, one]) => [at, items.with(i, one)] as const));
  }
  const inner = path === '' ? '' : `${path}.`;
  return Object.entries(value).flatMap(([name, one]) =>
    texts(one, to, `${inner}${name}`).map(([at, changed]) => [at, withMember(value, name, changed)] as const),
  );
}

const withMember = (value: object, name: string, to: Json): Json =>
  Object.fromEntries(Object.entries(value).map(([other, one]) => [other, other === name ? to : one]));

/** The place of the event that is refused, or `ok`. */
function refusedAt(type: string, data: Json): string {
  const event = { specversion: '1.0', id: 'e', source: '/m', type, time: '2026-11-23T10:00:00+08:00', data };
  const result = decode(encodeUtf8(JSON.stringify(event)), {}, NOW);
  return result.ok ? 'ok' : `${result.rejection.code} ${result.rejection.path}`;
}

/** Ids are compared and not read; free text may be a line that is left empty, and so may the title of a mention [TX4]. */
const idsAndFreeText = /(?:^|\.)(?:\w+Id|contactHash|text|author|url|reason|by|before|after)$/u;
const chosen =
  /(?:^|\.)(?:name|shortName|owner|node|channel|channels\[\d\]|region|category|sku|skus\[\d\]|platform|brand|competitor|title|keywords\[\d\])$/u;

const isChosen = (type: string, path: string): boolean => chosen.test(path) && `${type} ${path}` !== 'sentiment.mention title';

describe('[TX6] a name of which nobody can see anything', () => {
  it('is refused wherever an event has a name, and names of every script are taken', () => {
    const places: string[] = [];
    for (const { type, example } of eventDefinitions) {
      const data: Json = JSON.parse(JSON.stringify(example));
      expect([type, refusedAt(type, data)]).toEqual([type, 'ok']);
      for (const name of unseen)
        for (const [path, changed] of texts(data, name)) {
          if (idsAndFreeText.test(path)) expect([type, path, refusedAt(type, changed)]).toEqual([type, path, 'ok']);
          if (isChosen(type, path))
            expect([type, path, name, refusedAt(type, changed)]).toEqual([type, path, name, `invalid_data data.${path}`]);
          places.push(path);
        }
      for (const name of seen)
        for (const [path, changed] of texts(data, name))
          if (isChosen(type, path)) expect([type, path, name, refusedAt(type, changed)]).toEqual([type, path, name, 'ok']);
    }
    expect(new Set(places.filter((path) => chosen.test(path))).size).toBeGreaterThan(12);
  });

  it.each(unseen)('is refused in every list that people set: %j', (name) => {
    const faults = (policy: keyof typeof policySchemas, value: unknown) =>
      policySchemas[policy].safeParse(value).error?.issues.map(({ path }) => path.join('.')) ?? [];
    expect(faults('brands', { own: [name], tracked: [] })).toContain('own.0');
    expect(faults('brands', { own: [], tracked: [name] })).toContain('tracked.0');
    expect(faults('roster', { people: [{ id: 'a', name, roles: ['duty'], contacts: [] }], shifts: [] })).toContain('people.0.name');
    const holiday = { name, from: '2026-10-01', to: '2026-10-02' };
    expect(faults('holidays', { years: { 2026: { off: [holiday], work: [] } } })).toContain('years.2026.off.0.name');
  });
});
