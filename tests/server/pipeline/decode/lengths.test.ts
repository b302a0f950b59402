/** [TX2] One ruler: every length counts Unicode code points, in the envelope, in data, in commands and in documents. */
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../../../server/adapters/system/bytes.ts';
import { createDecoder } from '../../../../server/pipeline/decode/decode.ts';
import { incidentCommand } from '../../../../shared/incidents/types.ts';
import { policySchemas, target } from '../../../../shared/kpi/targets.ts';

const decode = createDecoder({ currency: 'CNY', decodeUtf8 });
const mention = { mentionId: 'M', version: 1, platform: '微博', brand: '山澜', text: '漏' };

/** The place that is refused, or `ok`. */
function event(outer: object, inner: object = {}): string {
  const whole = { specversion: '1.0', id: 'e', source: '/m', type: 'sentiment.mention', time: '2026-11-23T10:00:00+08:00', ...outer };
  const result = decode(encodeUtf8(JSON.stringify({ ...whole, data: { ...mention, ...inner } })), {}, Date.parse('2026-11-23T04:00:00Z'));
  return result.ok ? 'ok' : result.rejection.path;
}

const units = ['x', '漏', '🫖', '𠮷'];

describe('[TX2] a length', () => {
  it.each(units)('of an event counts characters of %s', (unit) => {
    const of = (length: number) => unit.repeat(length);
    expect([event({ id: of(200) }), event({ id: of(201) })]).toEqual(['ok', 'id']);
    expect([event({}, { mentionId: of(200) }), event({}, { mentionId: of(201) })]).toEqual(['ok', 'data.mentionId']);
    expect([event({}, { platform: of(80) }), event({}, { platform: of(81) })]).toEqual(['ok', 'data.platform']);
    expect([event({}, { keywords: [of(80)] }), event({}, { keywords: ['', of(80)] })]).toEqual(['ok', 'data.keywords[0]']);
    // An event of 64 KB has no room for 20,000 characters of four bytes.
    const longest = encodeUtf8(unit).length === 4 ? 15_000 : 20_000;
    expect(event({}, { title: of(longest) })).toBe('ok');
    if (longest === 20_000) expect(event({}, { title: of(20_001) })).toBe('data.title');
  });

  it.each(units)('of commands, policies and targets counts characters of %s', (unit) => {
    const of = (length: number) => unit.repeat(length);
    const command = (change: object) =>
      incidentCommand.safeParse({ type: 'respond', commandId: 'c', expectedVersion: 1, actor: '林悦', text: '已联系', ...change }).success;
    for (const [field, most] of [
      ['commandId', 200],
      ['actor', 80],
      ['text', 20_000],
    ] as const)
      expect([field, command({ [field]: of(most) }), command({ [field]: of(most + 1) })]).toEqual([field, true, false]);
    const evidence = (length: number) => command({ evidence: [{ kind: 'text', value: of(length) }] });
    expect([evidence(2_000), evidence(2_001)]).toEqual([true, false]);

    const brands = (name: string) => policySchemas.brands.safeParse({ own: [name], tracked: [] }).success;
    expect([brands(of(80)), brands(of(81))]).toEqual([true, false]);
    const aim = (change: object) =>
      target.safeParse({ kpi: 'net_sales', grain: 'month', period: '2026-11', value: 1, owner: 'o', reason: 'r', ...change }).success;
    expect([aim({ owner: of(80) }), aim({ owner: of(81) })]).toEqual([true, false]);
    expect([aim({ reason: of(2_000) }), aim({ reason: of(2_001) })]).toEqual([true, false]);
    expect([aim({ dimension: { channel: of(200) } }), aim({ dimension: { channel: of(201) } })]).toEqual([true, false]);
  });

  it('of nothing but space is none where a person must say something', () => {
    expect(
      incidentCommand.safeParse({ type: 'false_alarm', commandId: 'c', expectedVersion: 1, actor: '林', reason: ' \n ' }).success,
    ).toBe(false);
  });
});
