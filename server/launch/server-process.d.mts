/** Types of server-process.mjs, which is plain JavaScript because the launcher runs on any Node. */
export declare const nodeFlags: readonly string[];
export declare function serverEnvironment(root: string): Readonly<Record<string, string>>;
