/** Types of client-build.mjs, which is plain JavaScript because the launcher runs on any Node. */
export declare function clientIsCurrent(root: string): boolean;
