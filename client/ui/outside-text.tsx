/** The one way text and links from outside get on a page. */
import type { ReactNode } from 'react';
import { webAddress, withoutPiles } from '../format/outside.ts';

/** Text with its direction kept to itself, and no more marks on a letter than can be read. */
export function OutsideText({ children }: { readonly children: string }): ReactNode {
  return <bdi>{withoutPiles(children)}</bdi>;
}

/** A link to a web page that says where it leads; nothing for any other address. */
export function OutsideLink({ url, children }: { readonly url: string | null; readonly children: string }): ReactNode {
  const address = webAddress(url);
  if (address === null) return null;
  return (
    <a href={address.href} target="_blank" rel="noreferrer noopener">
      {children} <bdi>{address.host}</bdi>
    </a>
  );
}
