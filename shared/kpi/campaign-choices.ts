/** What people choose on the page of campaigns. The schemas stand elsewhere, so that a browser needs none of them. */

/** Revenue and margin with refunds on their own day, or on the day of their order. */
export const campaignBases = ['cash', 'cohort'] as const;

export const decisionTypes = ['stop', 'feed', 'watch'] as const;
