/** K18: own mentions ÷ (own + tracked competitors), whatever their polarity. */
import { sumOver, type OracleRatio } from './kpi.ts';

export const shareOfVoice: OracleRatio = {
  id: 'share_of_voice',
  numerator: sumOver('mention', '1', 'own'),
  denominator: sumOver('mention', '1', 'own or tracked'),
};
