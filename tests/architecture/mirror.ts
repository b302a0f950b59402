/**
 * Tests of a part stand where the part stands: `tests/server/pipeline/fold/x.test.ts` tests something in
 * `server/pipeline/fold/`. So whoever moves a folder moves its tests, and whoever looks for them finds them.
 */
import { importsOf, type SourceFile } from './source.ts';

/** Findings: tests that name nothing of the folder they mirror. */
export function misplacedTests(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return files
    .filter((file) => /^tests\/(server|client|shared)\/.*\.test\.tsx?$/.test(file.path))
    .filter((file) => {
      const folder = file.path.slice('tests/'.length, file.path.lastIndexOf('/') + 1);
      const targets = importsOf(file).flatMap(({ target }) => {
        const helper = byPath.get(target);
        // What a test does over a rig beside it counts as its own.
        return helper && target.startsWith('tests/') ? [target, ...importsOf(helper).map((i) => i.target)] : [target];
      });
      return (
        !targets.some((target) => target.startsWith(folder)) &&
        !file.text.includes(folder) &&
        !file.text.includes(`'${folder.slice(0, -1)}'`)
      );
    })
    .map((file) => `${file.path}: imports nothing of ${file.path.slice('tests/'.length, file.path.lastIndexOf('/') + 1)}`);
}
