/** The panels of the 总览 scene. A new one is a folder, an id in panel.ts, a place in panel.css and a line here. */
import { attainment } from './attainment/panel.ts';
import { campaigns } from './campaigns/panel.ts';
import { channels } from './channels/panel.ts';
import { competitors } from './competitors/panel.ts';
import { hours } from './hours/panel.ts';
import { keywords } from './keywords/panel.ts';
import type { Panel } from './panel.ts';
import { sentiment } from './sentiment/panel.ts';
import { today } from './today/panel.ts';

export const overviewPanels: readonly Panel[] = [today, hours, attainment, channels, campaigns, competitors, sentiment, keywords];
