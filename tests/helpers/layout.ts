/**
 * What is wrong with a page's layout, found in a real browser: text that leaves its box or
 * the screen, text over text, type too small, contrast too low, groups over groups.
 */
import type { Page } from 'playwright-core';
import { contrast } from './contrast.ts';

export interface LayoutRules {
  /** Smallest type, CSS px. */
  readonly minFont: number;
  readonly minContrast: number;
  /** Nothing may lie below the fold. */
  readonly oneScreen: boolean;
  /** Cut text (…) is allowed only where the full words are in a title. */
  readonly mayCut: boolean;
}

interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
interface TextRun extends Rect {
  /** Runs of one text node (its lines, and the … that stands for its end) may touch. */
  readonly node: number;
  readonly text: string;
  readonly font: number;
  readonly colour: string;
  readonly ground: string;
  /** Name and box of the group it belongs to. */
  readonly group: string;
  readonly groupBox: Rect;
  readonly cut: boolean;
  readonly titled: boolean;
}
interface Seen {
  readonly width: number;
  readonly height: number;
  readonly scrollWidth: number;
  readonly scrollHeight: number;
  readonly runs: readonly TextRun[];
  readonly groups: readonly (Rect & { readonly name: string })[];
}

/** Runs in the page. What it has seen is handed over as one text, which takes a fraction of the time of thousands of values. */
function see(): string {
  const GROUPS = '.panel, .cell, .wall-where, .wall-state, .wall-when, .band, .card, .desk-head, .full-page';
  const box = (r: DOMRect) => ({ left: r.left, top: r.top, right: r.right, bottom: r.bottom });
  const groundOf = (element: Element | null): string => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (backgroundColor !== 'rgba(0, 0, 0, 0)' && backgroundColor !== 'transparent') return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  const runs: TextRun[] = [];
  let node = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const current = walker.currentNode;
    node += 1;
    const element = current.parentElement;
    const text = current.textContent?.trim() ?? '';
    if (!element || text === '' || !element.checkVisibility({ checkVisibilityCSS: true })) continue;
    if (element.closest('script, style, dialog:not([open])')) continue;
    const style = getComputedStyle(element);
    const range = document.createRange();
    range.selectNodeContents(current);
    const group = element.closest(GROUPS);
    for (const rect of range.getClientRects()) {
      // The line box is taller than its letters; what counts is where ink may be.
      const font = Number.parseFloat(style.fontSize);
      const middle = (rect.top + rect.bottom) / 2;
      const ink = { left: rect.left, right: rect.right, top: middle - font * 0.38, bottom: middle + font * 0.38 };
      let cut = false;
      let titled = false;
      for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
        if (at.hasAttribute('title')) titled = true;
        const around = getComputedStyle(at);
        if (around.overflowX !== 'visible' && around.display !== 'inline') {
          const clip = at.getBoundingClientRect();
          if (ink.right > clip.right + 1 || ink.top > clip.bottom) cut = true;
          ink.right = Math.min(ink.right, clip.right);
          ink.bottom = Math.min(ink.bottom, clip.bottom);
        }
      }
      if (ink.bottom <= ink.top || ink.right <= ink.left) continue;
      runs.push({
        ...ink,
        node,
        text,
        font,
        colour: style.color,
        ground: groundOf(element),
        group: group?.className ?? 'page',
        groupBox: box((group ?? document.documentElement).getBoundingClientRect()),
        cut,
        titled,
      });
    }
  }
  const groups = [...document.querySelectorAll('.panel, .cell, .wall-head, .band')].map((e) => ({
    ...box(e.getBoundingClientRect()),
    name: e.className,
  }));
  const { scrollWidth, scrollHeight } = document.documentElement;
  // The drawing of a wall steps aside by a few pixels, so that none burns in; nothing scrolls by that.
  const wall = document.querySelector('.wall');
  const [right = 0, down = 0] = wall
    ? getComputedStyle(wall)
        .translate.split(' ')
        .map((part) => Number.parseFloat(part) || 0)
    : [];
  const aside = { right: Math.max(0, right), down: Math.max(0, down) };
  const seen: Seen = {
    ...{ width: innerWidth, height: innerHeight, runs, groups },
    ...{ scrollWidth: scrollWidth - aside.right, scrollHeight: scrollHeight - aside.down },
  };
  return JSON.stringify(seen);
}

/** A name may end in “…”, a figure never. */
const FIGURE = /^[¥$€£\d.,%→\s–−+-]*\d[¥$€£\d.,%→\s–−+-]*$/u;

const overlap = (a: Rect, b: Rect, slack: number): boolean =>
  a.left < b.right - slack && b.left < a.right - slack && a.top < b.bottom - slack && b.top < a.bottom - slack;

/** Every fault as a sentence; empty when all is well. */
export async function layoutFaults(page: Page, rules: LayoutRules): Promise<readonly string[]> {
  const seen: Seen = JSON.parse(await page.evaluate(see));
  const faults: string[] = [];
  if (seen.scrollWidth > seen.width) faults.push(`the page is ${seen.scrollWidth} px wide in a window of ${seen.width}`);
  if (rules.oneScreen && seen.scrollHeight > seen.height)
    faults.push(`the page is ${seen.scrollHeight} px high in a window of ${seen.height}`);
  if (seen.runs.length < 5) faults.push(`only ${seen.runs.length} pieces of text: the page is not there`);
  for (const run of seen.runs) {
    const name = `“${run.text}” in ${run.group}`;
    if (run.font < rules.minFont - 0.05) faults.push(`${name}: type of ${run.font} px, at least ${rules.minFont}`);
    const ratio = contrast(run.colour, run.ground);
    if (ratio < rules.minContrast) faults.push(`${name}: contrast ${ratio.toFixed(2)} of ${run.colour} on ${run.ground}`);
    if (run.left < -1 || run.right > seen.width + 1) faults.push(`${name}: leaves the screen sideways`);
    if (rules.oneScreen && (run.top < -1 || run.bottom > seen.height + 1)) faults.push(`${name}: leaves the screen`);
    const { groupBox } = run;
    if (run.left < groupBox.left - 1.5 || run.right > groupBox.right + 1.5) faults.push(`${name}: leaves its group sideways`);
    if (run.top < groupBox.top - 1.5 || run.bottom > groupBox.bottom + 1.5) faults.push(`${name}: leaves its group above or below`);
    if (run.cut && FIGURE.test(run.text)) faults.push(`${name}: a figure is cut`);
    if (run.cut && !(rules.mayCut && run.titled)) faults.push(`${name}: is cut${run.titled ? '' : ' and has no title'}`);
  }
  seen.runs.forEach((a, i) => {
    for (const b of seen.runs.slice(i + 1)) {
      if (a.node !== b.node && overlap(a, b, Math.min(a.font, b.font) * 0.1))
        faults.push(`“${a.text}” (${a.group}) lies over “${b.text}” (${b.group})`);
    }
  });
  seen.groups.forEach((a, i) => {
    for (const b of seen.groups.slice(i + 1)) if (overlap(a, b, 1)) faults.push(`${a.name} lies over ${b.name}`);
  });
  return faults;
}
