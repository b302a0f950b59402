/** Words of a catalogue with elements in the places of their placeholders: links and running clocks within a sentence. */
import { Fragment } from 'react';
import type { ReactNode } from 'react';

/** What stands in the text where an element goes; no catalogue and no text from outside holds it. */
const mark = (name: string): string => `\u0001${name}\u0001`;

/** `say`: the words with what is passed in the places of their placeholders. */
export function FilledWords({
  say,
  of,
}: {
  readonly say: (marks: Record<string, string>) => string;
  readonly of: Readonly<Record<string, ReactNode>>;
}): ReactNode {
  const text = say(Object.fromEntries(Object.keys(of).map((name) => [name, mark(name)])));
  return text.split('\u0001').map((piece, i) => <Fragment key={i}>{i % 2 === 1 ? of[piece] : piece}</Fragment>);
}
