import { describe, expect, it } from 'vitest';
import { judgeVersion, reloadDelay } from '../../../client/wire/version.ts';
import { PROTOCOL_VERSION } from '../../../shared/wire/constants.ts';

describe('when a page is loaded anew', () => {
  it('not while server and page are of one build and protocol', () => {
    expect(judgeVersion(null, { protocol: PROTOCOL_VERSION, build: 'x' })).toBe('same');
    expect(judgeVersion('x', { protocol: PROTOCOL_VERSION, build: 'x' })).toBe('same');
  });
  it('when the server serves another build, or speaks another protocol', () => {
    expect(judgeVersion('x', { protocol: PROTOCOL_VERSION, build: 'y' })).toBe('new_build');
    expect(judgeVersion(null, { protocol: PROTOCOL_VERSION + 1, build: 'x' })).toBe('other_protocol');
  });
  it('spread over time, and not again within a minute', () => {
    expect(reloadDelay(null, 0)).toBe(500);
    expect(reloadDelay(null, 0.999)).toBeLessThan(16_000);
    expect(reloadDelay(5_000, 0)).toBe(55_500);
    expect(reloadDelay(120_000, 0)).toBe(500);
  });
});
