/** The build that this page was loaded from, as the server wrote it into the document; null where no server did. */
export function pageBuild(document: Document = window.document): string | null {
  const build = document.querySelector('meta[name="build"]')?.getAttribute('content') ?? '';
  return build === '' || build.startsWith('__') ? null : build;
}
