/** Links that acknowledge: who, which incident and until when, signed with a key made from the secret key for one store. */
import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { AckLinks, AckReading } from '../../pipeline/ports/channels.ts';

const LIFE_MS = 4 * 3_600_000;
const MOST_CHARACTERS = 1_000;

const claims = z.object({ l: z.string(), i: z.string(), p: z.string(), n: z.string(), u: z.number() });
const wrong: AckReading = { state: 'wrong' };

/** @param storeId a link made for one store is wrong for another */
export function createAckLinks(keys: readonly Buffer[], storeId: string): AckLinks {
  const signers = keys.map((key) => Buffer.from(hkdfSync('sha256', key, storeId, 'links that acknowledge', 32)));
  const sign = (key: Buffer, body: string) => createHmac('sha256', key).update(body).digest();
  const [first] = signers;
  if (!first) throw new Error('links without a key');
  return {
    pathOf(incidentId, person, now) {
      const said = { l: randomBytes(12).toString('base64url'), i: incidentId, p: person.id, n: person.name, u: now + LIFE_MS };
      const body = Buffer.from(JSON.stringify(said)).toString('base64url');
      return `/ack/${body}.${sign(first, body).toString('base64url')}`;
    },
    read(token, now) {
      const [body, signature, ...more] = token.split('.');
      if (token.length > MOST_CHARACTERS || !body || !signature || more.length > 0) return wrong;
      const given = Buffer.from(signature, 'base64url');
      // The same bytes can be written in several ways; one link has one spelling.
      if (given.toString('base64url') !== signature) return wrong;
      const signed = signers.some((key) => {
        const expected = sign(key, body);
        return expected.length === given.length && timingSafeEqual(expected, given);
      });
      if (!signed) return wrong;
      const said = claims.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
      const { l: link, i: incidentId, p: id, n: name, u: until } = said;
      return { state: now <= until ? 'valid' : 'expired', link, incidentId, person: { id, name } };
    },
  };
}
