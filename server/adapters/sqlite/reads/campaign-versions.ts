/** Every version of plans and ends of campaigns, superseded ones too. */
import { campaignVersion, type CampaignVersion } from '../../../domain/targets/campaign-windows.ts';
import { factTables } from '../fact-tables.ts';
import { factOfRow } from '../fact-row.ts';
import { textIn } from '../row-values.ts';
import { decodeVersion } from '../version-text.ts';
import type { Reader } from './reader.ts';

const kinds = ['campaign', 'campaignEnd'] as const;

export function readCampaignVersions(reader: Reader): CampaignVersion[] {
  const shifts = reader.shifts();
  return kinds.flatMap((kind) => {
    const standing = reader.rows(`select key, versions from ${factTables[kind].table}`).all();
    const superseded = reader.rows('select key, text from fact_history where kind = ?').all(kind);
    return [
      ...standing.flatMap((row) => {
        const { source, versions } = factOfRow(kind, textIn(row, 'key'), textIn(row, 'versions'), shifts);
        return versions.flatMap((version) => campaignVersion(source, version) ?? []);
      }),
      ...superseded.flatMap((row) => {
        const { source } = factOfRow(kind, textIn(row, 'key'), '', shifts);
        return campaignVersion(source, decodeVersion(textIn(row, 'text'), shifts)) ?? [];
      }),
    ];
  });
}
