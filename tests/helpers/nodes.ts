/** The node calendar of the real almanac, as the server makes it. */
import { createLunarAlmanac } from '../../server/adapters/almanac/lunar-almanac.ts';
import { createNodesOf } from '../../server/domain/nodes/nodes.ts';

export const nodesOf = createNodesOf(createLunarAlmanac());
/** Without any year set by hand. */
export const standardNodes = nodesOf({ years: {} });
