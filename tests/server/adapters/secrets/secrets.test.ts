import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createAckLinks } from '../../../../server/adapters/secrets/ack-links.ts';
import { readKeys } from '../../../../server/adapters/secrets/key-file.ts';
import { createSecretBox } from '../../../../server/adapters/secrets/secret-box.ts';

const folder = mkdtempSync(join(tmpdir(), 'keys-'));
afterAll(() => rmSync(folder, { recursive: true }));
const [a, b] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];

describe('the file of the key', () => {
  it('is made at the first start, for its owner only, and is the same afterwards', () => {
    const file = join(folder, 'new', 'secret.key');
    const [made] = readKeys(file);
    expect(made).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readKeys(file)).toEqual([made]);
    expect(readKeys(join(folder, 'other.key'))).not.toEqual([made]);
  });

  it.each([
    ['that others can read', a.toString('base64'), 0o640, 'chmod 600'],
    ['that everybody can read', a.toString('base64'), 0o604, 'chmod 600'],
    ['that is empty', '\n', 0o600, 'is empty'],
    ['that holds something else', 'not a key', 0o600, '32 bytes in Base64'],
    ['with a key that is too short', Buffer.alloc(16).toString('base64'), 0o600, '32 bytes in Base64'],
  ])('%s stops the start with a sentence that does not repeat it', (_name, text, mode, words) => {
    const file = join(folder, 'bad.key');
    writeFileSync(file, text);
    chmodSync(file, mode);
    expect(() => readKeys(file)).toThrow(words);
    expect(() => readKeys(file)).toThrow(`SECRET_KEY_FILE=${file}`);
    expect(() => readKeys(file)).not.toThrow(a.toString('base64'));
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('that is a folder, or lies in none, stops the start too', () => {
    expect(() => readKeys(folder)).toThrow(/SECRET_KEY_FILE=/);
    expect(() => readKeys(join(folder, 'bad.key', 'x'))).toThrow(/SECRET_KEY_FILE=/);
  });

  it('may hold older keys below the one that is used', () => {
    const file = join(folder, 'two.key');
    writeFileSync(file, `${b.toString('base64')}\n${a.toString('base64')}\n`, { mode: 0o600 });
    const sealed = createSecretBox([a]).seal('robot', 'place');
    const box = createSecretBox(readKeys(file));
    expect(box.open(sealed, 'place')).toBe('robot');
    expect(createSecretBox([b]).open(box.seal('new', 'place'), 'place')).toBe('new');
  });
});

describe('a sealed text', () => {
  const box = createSecretBox([a]);
  it('is never the same twice and shows nothing of what is in it', () => {
    const [one, two] = [box.seal('canary-5b1e', 'p'), box.seal('canary-5b1e', 'p')];
    expect(one).not.toBe(two);
    expect(one).not.toContain('canary');
    expect([box.open(one, 'p'), box.open(two, 'p')]).toEqual(['canary-5b1e', 'canary-5b1e']);
  });

  it('opens with its own key, at its own place, unchanged, or not at all', () => {
    const sealed = box.seal('canary-5b1e', 'channel a');
    expect(box.open(sealed, 'channel b')).toBeUndefined();
    expect(createSecretBox([b]).open(sealed, 'channel a')).toBeUndefined();
    for (const wrong of [
      '',
      'v1',
      'v1..',
      'v2' + sealed.slice(2),
      sealed.slice(0, -2),
      `${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'B' : 'A'}`,
    ])
      expect(box.open(wrong, 'channel a'), wrong).toBeUndefined();
    const [form, key, packed = ''] = sealed.split('.');
    const bytes = Buffer.from(packed, 'base64url');
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(i) ^ 1, i);
      expect(box.open(`${form}.${key}.${changed.toString('base64url')}`, 'channel a')).toBeUndefined();
    }
  });
});

describe('a link that acknowledges', () => {
  const links = createAckLinks([a], 'store-1');
  const person = { id: 'yue', name: '林悦' };
  const token = links.pathOf('i-17', person, 1_000).slice('/ack/'.length);

  it('names incident and person for four hours', () => {
    expect(links.read(token, 1_000)).toMatchObject({ state: 'valid', incidentId: 'i-17', person });
    expect(links.read(token, 1_000 + 4 * 3_600_000).state).toBe('valid');
    expect(links.read(token, 1_001 + 4 * 3_600_000).state).toBe('expired');
    expect(token).toMatch(/^[\w.-]+$/);
  });

  it('is another one each time', () => {
    expect(links.pathOf('i-17', person, 1_000)).not.toBe(`/ack/${token}`);
  });

  it('is wrong when anything of it was changed, and for any other store or key', () => {
    expect(createAckLinks([a], 'store-2').read(token, 1_000).state).toBe('wrong');
    expect(createAckLinks([b], 'store-1').read(token, 1_000).state).toBe('wrong');
    expect(createAckLinks([b, a], 'store-1').read(token, 1_000).state).toBe('valid');
    const [body = '', signature = ''] = token.split('.');
    const forged = Buffer.from(Buffer.from(body, 'base64url').toString().replace('i-17', 'i-18')).toString('base64url');
    for (const wrong of [
      '',
      '.',
      body,
      `${body}.`,
      `${forged}.${signature}`,
      `${token}.x`,
      `${body}.${signature}=`,
      ` ${token}`,
      'x'.repeat(5_000),
    ])
      expect(links.read(wrong, 1_000).state, wrong).toBe('wrong');
    for (let i = 0; i < token.length; i++) {
      const changed = token.slice(0, i) + (token[i] === 'A' ? 'B' : 'A') + token.slice(i + 1);
      expect(links.read(changed, 1_000).state).toBe('wrong');
    }
  });
});
