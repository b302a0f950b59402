/** The words of the desk pages, English: same keys as the Chinese catalogue. */
import type { Filled } from '../filled.ts';
import { alertsEn } from './alerts-en.ts';
import { auditActionEn, campaignPhaseEn, clockStateEn, polarityEn, prEn, roleEn } from './incidents-en.ts';
import { dimensionEn, grainEn, kitEn, reasonEn, stateEn } from './kit-en.ts';
import { directorEn } from './director-en.ts';
import { causeEn, entityEn, numbersEn } from './numbers-en.ts';
import { screensEn } from './screens-en.ts';
import { wallSettingsEn } from './wall-settings-en.ts';
import { settingsEn } from './settings-en.ts';
import { meetingEn } from './standup-en.ts';
import type { deskZhCN } from './zh-cn.ts';

export type DeskCatalogue = Filled<typeof deskZhCN>;

export const deskEn: DeskCatalogue = {
  kit: kitEn,
  reason: reasonEn,
  state: stateEn,
  dimension: dimensionEn,
  grain: grainEn,
  cause: causeEn,
  entity: entityEn,
  numbers: numbersEn,
  director: directorEn,
  settings: settingsEn,
  meeting: meetingEn,
  alerts: alertsEn,
  screens: screensEn,
  wallSettings: wallSettingsEn,
  auditAction: auditActionEn,
  campaignPhase: campaignPhaseEn,
  clockState: clockStateEn,
  polarity: polarityEn,
  pr: prEn,
  role: roleEn,
};
