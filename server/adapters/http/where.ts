/** `where=dimension:value` of questions about KPIs. */
import { problem, type Reply } from './reply.ts';

/** The first colon parts; an empty value means what has none. */
export function readWhere(texts: readonly string[] = []): readonly { readonly dim: string; readonly value: string | null }[] | Reply {
  const where: { dim: string; value: string | null }[] = [];
  for (const text of texts) {
    const colon = text.indexOf(':');
    if (colon < 1) return problem(400, 'bad_parameter', 'where is written dimension:value, such as where=region:华东', { path: 'where' });
    const value = text.slice(colon + 1);
    where.push({ dim: text.slice(0, colon), value: value === '' ? null : value });
  }
  return where;
}
