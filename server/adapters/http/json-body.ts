/**
 * A JSON body of a command or document, as strictly read as an event: what one
 * parser takes and another does not (repeated keys, 1e400, half characters) is refused.
 */
import type * as z from 'zod';
import { withoutMark } from '../../pipeline/decode/byte-order-mark.ts';
import { findDuplicateKey } from '../../pipeline/decode/duplicate-key.ts';
import { joinPath } from '../../pipeline/decode/path.ts';
import { scanJson } from '../../pipeline/decode/scan.ts';
import { countMembers, findBadText } from '../../pipeline/decode/values.ts';
import { MAX_BATCH_BYTES, MAX_DEPTH } from '../../../shared/events/limits.ts';
import { issueInWords } from '../../../shared/text/issue-words.ts';
import { decodeUtf8 } from '../system/bytes.ts';
import { isUtf8, parseMediaType } from './media-type.ts';
import { isReply, problem, type Reply } from './reply.ts';
import type { RouteRequest } from './route.ts';

/** The body, checked by `schema`; 415, 413, 400 (not readable) or 422 (readable, but not what it should be). */
export async function readJson<S extends z.ZodType>(request: RouteRequest, schema: S): Promise<z.infer<S> | Reply> {
  const media = parseMediaType(request.header('content-type'));
  if (media?.type !== 'application/json')
    return problem(415, 'unsupported_media_type', 'send the body with Content-Type: application/json', {
      headers: { accept: 'application/json' },
    });
  if (!isUtf8(media)) return problem(415, 'unsupported_charset', 'send the body as UTF-8');
  const bytes = await request.body(MAX_BATCH_BYTES);
  if (isReply(bytes)) return bytes;
  const value = parseStrictly(bytes);
  if (isReply(value)) return value;
  const parsed = schema.safeParse(value.json, { error: issueInWords });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return problem(422, 'invalid_body', issue?.message ?? 'the body is not what it should be', { path: joinPath('', issue?.path ?? []) });
}

function parseStrictly(given: Uint8Array): { readonly json: unknown } | Reply {
  const bytes = withoutMark(given);
  if (bytes.length === 0) return problem(400, 'empty_body', 'the body is empty; a JSON document is expected');
  const text = decodeUtf8(bytes);
  if (text === undefined) return problem(400, 'bad_utf8', 'the body is not valid UTF-8');
  const scan = scanJson(bytes);
  if (scan.depth > MAX_DEPTH) return problem(400, 'too_deep', `the body is nested ${scan.depth} levels deep; ${MAX_DEPTH} are allowed`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return problem(400, 'not_json', 'the body is not JSON');
  }
  const members = countMembers(json);
  if (typeof members !== 'number') return problem(400, members.code, members.message, { path: members.path });
  if (members !== scan.members)
    return problem(400, 'duplicate_key', 'the same key stands twice in one object', { path: findDuplicateKey(text) });
  const bad = scan.escapes ? findBadText(json) : undefined;
  return bad ? problem(400, bad.code, bad.message, { path: bad.path }) : { json };
}
