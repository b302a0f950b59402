/**
 * The words of a mention that tell its story: what somebody wrote, without what platforms and people put around it when
 * they pass it on. Two copies of one complaint come out alike, however often they were forwarded.
 */

import { foldedText } from '../../../shared/text/folded.ts';

/** Text beyond this adds nothing: a story is told at its beginning, and the cost of a mention stays bounded. */
const READ_CHARACTERS = 1_200;

/** `//@name:` and `RT @name:`, which stand before what somebody else wrote. NFKC has made the colon and slashes ASCII. */
const FORWARDED = /(?:\/\/\s*@[^\s:@]{1,40}\s*:|\brt\s*@[^\s:@]{1,40}\s*:)/giu;
/** What platforms write where a forwarder wrote nothing, and marks of forwarding at the beginning. */
const FORWARDING_WORDS =
  /^(?:\s|转发微博|转发了?|轉發微博|【转】|\[转\]|\(转\)|转自[^\s:]{0,20}:?|转:|repost(?:ed)?:?|fwd?:|rt\b:?|快转|求扩散|扩散:?)+/iu;
const LINK = /https?:\/\/[^\s<>"'“”‘’()（），。！？、；]+/giu;
const HASHTAG = /#[^#\s]{1,40}#/gu;
const MENTIONED = /@[\p{L}\p{N}_-]{1,40}/gu;
/** Emoticons platforms write as words: [怒], [doge]. */
const EMOTICON = /\[[\p{L}\p{N}]{1,6}\]/gu;
/** A cut text ends with an invitation to read on. */
const READ_ON = /(?:\.{2,}|…)?\s*(?:展开全文|阅读全文|查看全文|全文|展开|read more)?\s*$/iu;
/** Dates and times say when, not what: shops put them before every addition to a review. */
const WHEN = /(?:补充点评|追评|追加评论)?\s*\d{4}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}\s*日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?/gu;
const INSIGNIFICANT = /[^\p{L}\p{N}]+/gu;

/** A part with fewer characters is a remark on what is forwarded, not the story. */
const TELLING_CHARACTERS = 6;

const significant = (part: string): string => part.replace(INSIGNIFICANT, '');

/**
 * Letters and digits of what was written first: of a chain of forwards the last part that tells something. `names` of the
 * entity are left out, as every complaint about a product has them in common.
 */
export function storyText(text: string, names: readonly string[]): string {
  const read = foldedText(text.length > READ_CHARACTERS ? text.slice(0, READ_CHARACTERS).toWellFormed() : text).replace(LINK, ' ');
  const parts = read
    .split(FORWARDED)
    .map((part) =>
      significant(
        part
          .replace(FORWARDING_WORDS, '')
          .replace(READ_ON, '')
          .replace(HASHTAG, ' ')
          .replace(MENTIONED, ' ')
          .replace(EMOTICON, ' ')
          .replace(WHEN, ' '),
      ),
    );
  const told = parts.findLast((part) => part.length >= TELLING_CHARACTERS) ?? parts.reduce((a, b) => (b.length > a.length ? b : a), '');
  return names
    .map((name) => significant(foldedText(name)))
    .filter((name) => name !== '')
    .sort((a, b) => b.length - a.length)
    .reduce((rest, name) => rest.replaceAll(name, ''), told);
}

/** Links in a text, as they were written. */
export function linksIn(text: string): readonly string[] {
  return text.slice(0, READ_CHARACTERS).match(LINK) ?? [];
}
