/**
 * The words of the desk pages, 简体中文. They are a catalogue of their own, loaded with the first desk page, so that the
 * wall does not load them. Each section has a file of its own.
 */
import { alertsZhCN } from './alerts-zh-cn.ts';
import { auditActionZhCN, campaignPhaseZhCN, clockStateZhCN, polarityZhCN, prZhCN, roleZhCN } from './incidents-zh-cn.ts';
import { dimensionZhCN, grainZhCN, kitZhCN, reasonZhCN, stateZhCN } from './kit-zh-cn.ts';
import { directorZhCN } from './director-zh-cn.ts';
import { causeZhCN, entityZhCN, numbersZhCN } from './numbers-zh-cn.ts';
import { screensZhCN } from './screens-zh-cn.ts';
import { wallSettingsZhCN } from './wall-settings-zh-cn.ts';
import { settingsZhCN } from './settings-zh-cn.ts';
import { meetingZhCN } from './standup-zh-cn.ts';

export const deskZhCN = {
  kit: kitZhCN,
  reason: reasonZhCN,
  state: stateZhCN,
  dimension: dimensionZhCN,
  grain: grainZhCN,
  cause: causeZhCN,
  entity: entityZhCN,
  numbers: numbersZhCN,
  director: directorZhCN,
  settings: settingsZhCN,
  meeting: meetingZhCN,
  alerts: alertsZhCN,
  screens: screensZhCN,
  wallSettings: wallSettingsZhCN,
  auditAction: auditActionZhCN,
  campaignPhase: campaignPhaseZhCN,
  clockState: clockStateZhCN,
  polarity: polarityZhCN,
  pr: prZhCN,
  role: roleZhCN,
} as const;
