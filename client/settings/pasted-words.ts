/** The words of a pasted list: one a line, or apart by commas of either width, semicolons, tabs and the Chinese list comma; each once. Pure. */
export function pastedWords(text: string): readonly string[] {
  const words = text
    .split(/[\n\r\t,;\u3001\uff0c\uff1b]/u)
    .map((word) => word.trim())
    .filter((word) => word !== '');
  return [...new Set(words)];
}
