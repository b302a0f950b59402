/** AES-256-GCM with a random nonce for every text. The name of the key stands before what it sealed. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { SecretBox } from '../../pipeline/ports/secrets.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORM = 'v1';

/** Names a key without giving it away. */
const nameOf = (key: Buffer): string => createHash('sha256').update('key name').update(key).digest('hex').slice(0, 12);

/** How every text begins that one of these keys can open. */
export const sealBeginnings = (keys: readonly Buffer[]): readonly string[] => keys.map((key) => `${FORM}.${nameOf(key)}.`);

/** @param keys the first seals, every one opens */
export function createSecretBox(keys: readonly Buffer[]): SecretBox {
  const byName = new Map(keys.map((key) => [nameOf(key), key]));
  const [first] = keys;
  if (!first) throw new Error('a secret box without a key');
  return {
    seal(text, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', first, nonce).setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${sealBeginnings([first]).join('')}${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed, place) {
      const [form, name, packed] = sealed.split('.');
      const key = byName.get(name ?? '');
      if (form !== FORM || !key || packed === undefined) return undefined;
      const bytes = Buffer.from(packed, 'base64url');
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
          .setAAD(Buffer.from(place))
          .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
