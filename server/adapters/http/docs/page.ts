/**
 * The page at /docs: the OpenAPI document as plain HTML, made on the server. It needs
 * no script, so it works under the strict policy and with the network cable out.
 */
type Json = Readonly<Record<string, unknown>>;

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly description?: string;
    readonly example?: unknown;
  }[];
  readonly requestBody?: { readonly content: Bodies };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content: Bodies }>>;
}
type Bodies = Readonly<Record<string, { readonly schema: unknown; readonly example?: unknown }>>;

/** @param origin address for the curl examples, without a trailing slash */
export function docsPage(document: Json, origin: string): string {
  const { info, tags, paths, components } = document as {
    info: { title: string; version: string; description: string };
    tags: readonly { name: string }[];
    paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
    components: { schemas: Readonly<Record<string, { title?: string; description?: string; examples?: readonly unknown[] }>> };
  };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const events = Object.entries(components.schemas).filter(([, schema]) => schema.examples !== undefined);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(info.title)} · API</title>
<link rel="stylesheet" href="/docs/style.css">
</head>
<body>
<header>
<h1>${text(info.title)} <small>API ${text(info.version)}</small></h1>
<p>${text(info.description)}</p>
<p>Machine-readable: <a href="/openapi.json">openapi.json</a> · <a href="/asyncapi.json">asyncapi.json</a></p>
</header>
<nav>${tags.map((tag) => `<a href="#${anchor(tag.name)}">${text(tag.name)}</a>`).join(' ')} <a href="#event-types">event types</a></nav>
<main>
${tags
  .map(
    (tag) => `<section id="${anchor(tag.name)}"><h2>${text(tag.name)}</h2>
${operations
  .filter((entry) => entry.operation.tags.includes(tag.name))
  .map((entry) => operationHtml(entry.method, entry.path, entry.operation, origin))
  .join('\n')}</section>`,
  )
  .join('\n')}
<section id="event-types"><h2>event types</h2>
${events
  .map(
    ([type, schema]) =>
      `<details id="${anchor(type)}"><summary><code>${text(type)}</code> ${text(schema.description ?? '')}</summary><h4>Example</h4>${code(schema.examples?.[0])}<h4>Schema</h4>${code(schema)}</details>`,
  )
  .join('\n')}</section>
</main>
</body>
</html>
`;
}

function operationHtml(method: string, path: string, operation: Operation, origin: string): string {
  const parameters = operation.parameters.map(
    (p) =>
      `<tr><td><code>${text(p.name)}</code></td><td>${text(p.in)}${p.required ? ', required' : ''}</td><td>${text(p.description ?? '')}</td><td><code>${text(shown(p.example))}</code></td></tr>`,
  );
  const bodies = Object.entries(operation.requestBody?.content ?? {});
  return `<article id="${anchor(operation.operationId)}">
<h3><b class="${method.toLowerCase()}">${method}</b> <code>${text(path)}</code></h3>
<p>${text(operation.summary)}</p>
${parameters.length > 0 ? `<table><tr><th>parameter</th><th>in</th><th>meaning</th><th>example</th></tr>${parameters.join('')}</table>` : ''}
<pre class="call" tabindex="0">${text(curl(method, path, operation, origin))}</pre>
${bodies.map(([type, body]) => `<details><summary>body <code>${text(type)}</code></summary>${bodyHtml(body)}</details>`).join('\n')}
${Object.entries(operation.responses)
  .map(
    ([status, answer]) =>
      `<details><summary><b>${text(status)}</b> ${text(answer.description)}</summary>${Object.entries(answer.content)
        .map(([type, body]) => `<p><code>${text(type)}</code></p>${bodyHtml(body)}`)
        .join('')}</details>`,
  )
  .join('\n')}
</article>`;
}

function bodyHtml(body: { readonly schema: unknown; readonly example?: unknown }): string {
  return `${body.example === undefined ? '' : `<h4>Example</h4>${code(body.example)}`}<h4>Schema</h4>${code(body.schema)}`;
}

/** A call that works when pasted: parameters filled in with their examples. */
function curl(method: string, path: string, operation: Operation, origin: string): string {
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(shown(operation.parameters.find((p) => p.in === 'path' && p.name === name)?.example)),
  );
  const required = operation.parameters.filter((p) => p.in === 'query' && p.required);
  const query = required.map((p) => `${p.name}=${encodeURIComponent(shown(p.example))}`).join('&');
  const lines = [`curl ${method === 'GET' ? '' : `-X ${method} `}'${origin}${filled}${query === '' ? '' : `?${query}`}'`];
  const body = Object.entries(operation.requestBody?.content ?? {}).find(([, each]) => each.example !== undefined);
  if (body) {
    lines.push(`-H 'content-type: ${body[0]}'`);
    lines.push(`-d '${JSON.stringify(body[1].example).replaceAll("'", String.raw`'\''`)}'`);
  }
  return lines.join(' \\\n  ');
}

function shown(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function code(value: unknown): string {
  return `<pre tabindex="0">${text(JSON.stringify(value, null, 2) ?? '')}</pre>`;
}

function anchor(name: string): string {
  return text(name.replace(/[^A-Za-z0-9.]+/g, '-'));
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
function text(value: string): string {
  return value.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

export const docsStyle = `
:root { color-scheme: light dark; background: Canvas; color: CanvasText; font: 16px/1.55 system-ui, 'Noto Sans SC', sans-serif; }
body { margin: 0 auto; padding: 1.5rem; max-width: 62rem; }
h1 small { font-size: 1rem; font-weight: 400; }
a { color: light-dark(#0b57d0, #8ab4f8); }
h2 { margin-top: 2.5rem; border-bottom: 1px solid #8886; text-transform: capitalize; }
h4 { margin: 0.75rem 0 0.25rem; }
nav { position: sticky; top: 0; padding: 0.5rem 0; background: Canvas; display: flex; flex-wrap: wrap; gap: 1rem; }
article { margin: 1.5rem 0; padding: 0.25rem 1rem 1rem; border: 1px solid #8884; border-radius: 0.5rem; }
code, pre { font: 0.875rem/1.5 ui-monospace, monospace, 'Noto Sans SC'; }
pre { margin: 0; padding: 0.75rem; overflow: auto; max-height: 30rem; background: #8881; border-radius: 0.375rem; }
pre.call { margin-bottom: 0.75rem; }
table { border-collapse: collapse; margin-bottom: 0.75rem; display: block; max-width: 100%; overflow-x: auto; }
th, td { padding: 0.25rem 1rem 0.25rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #8883; }
summary { cursor: pointer; padding: 0.25rem 0; }
b.get { color: light-dark(#0b57d0, #8ab4f8); }
b.post { color: light-dark(#0f6b38, #6ad29b); }
b.put { color: light-dark(#8a5200, #f0b45c); }
`;
