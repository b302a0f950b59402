/** The components through which all text and links from outside are shown. */
import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import { webAddress, withoutPictures, withoutPiles } from '../format/outside.ts';

/** False on walls, which have no face for emoji; on desks the machine of the reader has one. */
export const PicturesContext = createContext(true);

/** Text from outside: its direction does not affect its neighbours, and the marks on a letter are limited. */
export function OutsideText({ children }: { readonly children: string }): ReactNode {
  const pictures = useContext(PicturesContext);
  const readable = withoutPiles(children);
  // A name of nothing but emoji is a dash.
  return <bdi>{pictures ? readable : withoutPictures(readable) || '–'}</bdi>;
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
