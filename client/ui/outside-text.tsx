/** The components through which all text and links from outside are shown. */
import type { ReactNode } from 'react';
import { webAddress, withoutPiles } from '../format/outside.ts';

/** Text from outside: its direction does not affect its neighbours, and the marks on a letter are limited. */
export function OutsideText({ children }: { readonly children: string }): ReactNode {
  return <bdi>{withoutPiles(children)}</bdi>;
}

/** A link to a web page that shows its host; nothing for any other address. */
export function OutsideLink({ url, children }: { readonly url: string | null; readonly children: string }): ReactNode {
  const address = webAddress(url);
  if (address === null) return null;
  return (
    <a href={address.href} target="_blank" rel="noreferrer noopener">
      {children} <bdi>{address.host}</bdi>
    </a>
  );
}
