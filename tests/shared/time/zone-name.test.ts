import { describe, expect, it } from 'vitest';
import { canonicalZone, zoneNamed } from '../../../shared/time/zone-name.ts';

describe('[KP14] the name of the business time zone', () => {
  it.each([
    'CST',
    'BST',
    'IST',
    'EST',
    'MST7MDT',
    'UTC',
    'GMT',
    'Zulu',
    'PRC',
    'Japan',
    'SystemV/AST4',
    '+08:00',
    'Asia/Atlantis',
    '',
    '/',
  ])('%s may not be written', (name) => {
    expect(zoneNamed(name)).toBeUndefined();
  });

  it('is kept as written when it is spelled properly, and spelled properly when it is not', () => {
    expect(zoneNamed('Asia/Ho_Chi_Minh')).toBe('Asia/Ho_Chi_Minh');
    expect(zoneNamed('America/Argentina/Buenos_Aires')).toBe('America/Argentina/Buenos_Aires');
    expect(zoneNamed('etc/zulu')).toBe('Etc/UTC');
    expect(zoneNamed('asia/hong_kong')).toBe('Asia/Hong_Kong');
  });

  it.each([
    ['Asia/Macao', 'asia/macau'],
    ['Europe/Kyiv', 'Europe/Kiev'],
    ['Asia/Urumqi', 'Asia/Kashgar'],
    ['Etc/UCT', 'Etc/UTC'],
  ])('%s and %s are one zone', (a, b) => {
    expect(canonicalZone(a)).toBe(canonicalZone(b));
  });

  it('is never one by which a server could not be started again', () => {
    for (const name of [...Intl.supportedValuesOf('timeZone'), 'CST6CDT', 'EST', 'UTC', 'PRC', 'Singapore']) {
      const canonical = canonicalZone(name);
      expect(zoneNamed(canonical ?? ''), name).toBe(canonical);
    }
  });
});
