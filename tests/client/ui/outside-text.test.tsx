/** [TX5] What the two components put on a page. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { OutsideLink, OutsideText } from '../../../client/ui/outside-text.tsx';

describe('[TX5] text and links from outside', () => {
  it('stand in an element that keeps their direction', () => {
    expect(renderToStaticMarkup(<OutsideText>{'\u202e<b>x</b>'}</OutsideText>)).toBe('<bdi>\u202e&lt;b&gt;x&lt;/b&gt;</bdi>');
  });
  it('show the host and open apart from our page', () => {
    const link = renderToStaticMarkup(<OutsideLink url="https://xhs.example/n/9">打开原文</OutsideLink>);
    expect(link).toContain('href="https://xhs.example/n/9"');
    expect(link).toContain('rel="noreferrer noopener"');
    expect(link).toContain('打开原文 <bdi>xhs.example</bdi>');
    expect(renderToStaticMarkup(<OutsideLink url="javascript:alert(1)">打开原文</OutsideLink>)).toBe('');
  });
});
