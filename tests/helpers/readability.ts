/**
 * What makes a scene of the wall unreadable from five metres, beyond its layout: names, deciding figures and lines read aloud
 * that are too small, marks that hardly stand out, too many amber ones.
 */
import type { Page } from 'playwright-core';
import type { SceneId } from '../../shared/screens/scenes.ts';
import { contrast } from './contrast.ts';
import { layoutFaults } from './layout.ts';

/** What the wall calls things, by how large they must be, px of the drawing of 1080 lines. */
export const roles = [
  { what: 'a figure that decides', least: 96, selector: '.headline, .attain-figure .big, .nearest-clock, .goal-figure, .funnel-figure, .returns-figure, .lead-change' }, // prettier-ignore
  { what: 'a name in a list', least: 28, selector: '.channel-name, .campaign-name, .run-name, .move-who, .rival-title, .price-name, .voice-name, .cost-channel, .hot-name, .place-name, .due-what, .call-who, .cell-title, .gap-name, .cohort-month' }, // prettier-ignore
] as const;
const aloud = [
  {
    what: 'a line that is read aloud',
    least: 44,
    selector: '.sentence, .goal-title, .kept-figures .figure, .kept-name, .stage-share, .item-line, .owed',
  },
  { what: 'a reason', least: 26, selector: '.stage-why, .item-detail, .kept-names' },
] as const;

const rolesOf = (scene: SceneId) => (scene === 'standup' ? [...roles, ...aloud] : roles);

/** Lines that only order the page, and the empty part of a bar: no meaning is lost with them. */
const ORNAMENT = '.spend-track, .run-track, .attain-track, .price-level';
export const MOST_AMBER = 5;
export const MOST_DECIDING = 4;

interface Mark {
  readonly name: string;
  /** Of its surface and its outline; either may be what makes it seen. */
  readonly colours: readonly string[];
  readonly ground: string;
}
interface Marks {
  readonly marks: readonly Mark[];
  readonly amber: readonly string[];
  /** Amber of panels whose figures are not of now. */
  readonly coloured: readonly string[];
  readonly small: readonly { readonly what: string; readonly least: number; readonly size: number; readonly text: string }[];
  readonly deciding: number;
}

/** Runs in the page. */
/** Panels whose figures are old. A deadline goes on running, and whom nobody can reach is known to the server and not to a source. */
const STALE = "[data-status='stale']:not([data-panel='nearest'], [data-panel='calls']), [data-status='frozen']:not([data-panel='nearest'])";

interface Asked {
  readonly wanted: readonly { readonly what: string; readonly least: number; readonly selector: string }[];
  readonly ornament: string;
  readonly stale: string;
}

function see({ wanted, ornament, stale }: Asked): string {
  const clear = (colour: string) => colour === 'none' || colour === 'transparent' || /^rgba\(.*, 0\)$/u.test(colour);
  const groundOf = (element: Element | null): string => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (!clear(backgroundColor)) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  const root = getComputedStyle(document.querySelector('.wall') ?? document.documentElement);
  const probe = document.createElement('i');
  document.body.append(probe);
  probe.style.color = root.getPropertyValue('--amber');
  const amberColour = getComputedStyle(probe).color;
  probe.remove();
  const nameOf = (element: Element) => {
    const own = element.getAttribute('class') ?? '';
    const parent = element.parentElement?.getAttribute('class') ?? '';
    return `${element.closest<HTMLElement>('[data-panel]')?.dataset['panel'] ?? 'frame'}: ${parent} > ${element.tagName.toLowerCase()}.${own}`;
  };
  const marks = new Map<string, Mark>();
  const add = (element: Element, colours: readonly string[], ground: string) => {
    const drawn = colours.filter((colour) => !clear(colour));
    if (drawn.length === 0 || element.matches(ornament)) return;
    const mark = { name: nameOf(element), colours: drawn, ground };
    marks.set(JSON.stringify(mark), mark);
  };
  /** By row or panel: what one glance takes as one mark. */
  const amber = new Map<Element, string>();
  const coloured = new Set<string>();
  for (const element of document.querySelectorAll('.wall *')) {
    if (!element.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true })) continue;
    const { width, height } = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const shape = element instanceof SVGGeometryElement;
    const inSvg = element instanceof SVGElement;
    if (width + height === 0) continue;
    const colours: string[] = [];
    if (shape) {
      const ground = groundOf(element.ownerSVGElement);
      // The inner part of a shape stands on its outline and not on the page.
      if (!element.classList.contains('inner')) {
        add(element, [style.fill, style.stroke], ground);
      }
      colours.push(style.fill, style.stroke);
    } else if (!inSvg) {
      if (!clear(style.backgroundColor)) {
        const edges = style.borderTopWidth === '0px' ? [] : [style.borderTopColor];
        if (element.textContent?.trim() === '') add(element, [style.backgroundColor, ...edges], groundOf(element.parentElement));
        colours.push(style.backgroundColor);
      }
      if ([...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '')) {
        colours.push(style.color);
      }
    }
    if (colours.includes(amberColour)) {
      const row = element.closest('li, tr, .cell, .stream, .notice, .panel') ?? element;
      amber.set(row, nameOf(element));
      if (element.closest(stale)) coloured.add(nameOf(element));
    }
  }
  const small: { what: string; least: number; size: number; text: string }[] = [];
  let deciding = 0;
  wanted.forEach(({ what, least, selector }, i) => {
    for (const element of document.querySelectorAll(selector)) {
      if (!element.checkVisibility() || element.textContent?.trim() === '') continue;
      const size = Number.parseFloat(getComputedStyle(element).fontSize);
      if (i === 0) deciding += 1;
      small.push({ what, least, size, text: element.textContent ?? '' });
    }
  });
  const seen: Marks = { marks: [...marks.values()], amber: [...amber.values()], coloured: [...coloured], small, deciding };
  return JSON.stringify(seen);
}

export interface WallRules {
  readonly scene: SceneId;
  /** Of the window, CSS px. */
  readonly height: number;
  readonly mayCut: boolean;
}

export async function wallMarks(page: Page, scene: SceneId): Promise<Marks> {
  return JSON.parse(await page.evaluate(see, { wanted: rolesOf(scene), ornament: ORNAMENT, stale: STALE }));
}

/** Every fault as a sentence; empty when all is well. */
export async function wallFaults(page: Page, { scene, height, mayCut }: WallRules): Promise<readonly string[]> {
  const scale = height / 1080;
  const faults = [...(await layoutFaults(page, { minFont: 24 * scale, minContrast: 7, oneScreen: true, mayCut }))];
  const { marks, amber, coloured, small, deciding } = await wallMarks(page, scene);
  for (const { what, least, size, text } of small) {
    if (size < least * scale - 0.05) faults.push(`“${text}”: ${what} of ${size} px, at least ${least * scale}`);
  }
  for (const { name, colours, ground } of marks) {
    const ratio = Math.max(...colours.map((colour) => contrast(colour, ground)));
    if (ratio < 3) faults.push(`${name}: a mark of contrast ${ratio.toFixed(2)}, ${colours.join(' and ')} on ${ground}`);
  }
  for (const name of coloured) faults.push(`${name}: a stale figure keeps its amber`);
  if (amber.length > MOST_AMBER) faults.push(`${amber.length} amber marks, at most ${MOST_AMBER}: ${amber.join('; ')}`);
  if (deciding > MOST_DECIDING) faults.push(`${deciding} figures that decide, at most ${MOST_DECIDING}`);
  return faults;
}
