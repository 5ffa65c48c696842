import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';

/**
 * Serves files from folders, in development mode only. Weighed against libraries: `serveStatic` of @hono/node-server
 * 2.1.8 sends no ETag, answers no 304, and has no type for `.cjs`, so that browsers reject the UMD file because of
 * `nosniff`; sirv and send require Node responses instead of fetch responses, and serve `.cjs` as application/node.
 * Each would need as much code around it.
 */
export interface StaticFiles {
  serve(request: Request): Promise<Response>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.cjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
};

/**
 * Strict on purpose: it shows that the call needs no exception in a page's policy. Only backgrounds and noise
 * suppression need one, for WebAssembly.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "connect-src 'self' ws: wss:",
  'img-src * data: blob:',
  'media-src * blob:',
  "style-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
].join('; ');

/** Serves each folder under its prefix; the longest prefix that matches wins: `{ '/': 'demo', '/dist': 'dist' }`. */
export function createStaticFiles(folders: Readonly<Record<string, string>>): StaticFiles {
  const mounts = Object.entries(folders)
    .map(([prefix, folder]) => ({ prefix: prefix.replace(/\/+$/, ''), root: resolve(folder) }))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  return {
    serve: async (request) => {
      const path = decoded(new URL(request.url).pathname);
      const mount = mounts.find(({ prefix }) => path === prefix || path?.startsWith(`${prefix}/`));
      if (path === undefined || !mount) return notFound();
      return file(request, mount.root, path.slice(mount.prefix.length));
    },
  };
}

async function file(request: Request, root: string, path: string): Promise<Response> {
  const target = resolve(root, `.${path.endsWith('/') ? `${path}index.html` : path}`);
  if (!target.startsWith(root + sep)) return notFound();
  // Hidden files, such as .env and .git, are never served.
  if (
    target
      .slice(root.length)
      .split(sep)
      .some((name) => name.startsWith('.'))
  )
    return notFound();
  const found = await stat(target).catch(() => undefined);
  if (!found?.isFile()) return notFound();
  const etag = `W/"${found.size.toString(36)}-${Math.round(found.mtimeMs).toString(36)}"`;
  const headers: Record<string, string> = {
    'accept-ranges': 'bytes',
    'content-type': types[extname(target).toLowerCase()] ?? 'application/octet-stream',
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
    etag,
  };
  const known = request.headers
    .get('if-none-match')
    ?.split(',')
    .map((one) => one.trim().replace(/^(W\/)?/, 'W/'));
  if (known?.includes(etag)) return new Response(null, { status: 304, headers });
  if (request.method === 'HEAD' || found.size === 0)
    return new Response(null, { headers: { ...headers, 'content-length': String(found.size) } });
  const range = requestedRange(request.headers, found.size);
  if (range === 'none')
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'content-range': `bytes */${found.size}` },
    });
  const { start, end } = range ?? { start: 0, end: found.size - 1 };
  headers['content-length'] = String(end - start + 1);
  if (range) headers['content-range'] = `bytes ${start}-${end}/${found.size}`;
  const body = Readable.toWeb(createReadStream(target, { start, end })) as ReadableStream<Uint8Array>;
  return new Response(body, { status: range ? 206 : 200, headers });
}

/**
 * The requested byte range, both ends included; `undefined` means the whole file, `none` a range outside of it.
 * Anything but a single range may be ignored (RFC 9110, 14.2), and so is `If-Range`, which requires strong ETags.
 */
function requestedRange(headers: Headers, size: number): { start: number; end: number } | 'none' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/i.exec(headers.get('range')?.trim() ?? '') ?? [];
  if ((first === '' && last === '') || headers.has('if-range')) return undefined;
  if (first === '')
    return Number(last) === 0 ? 'none' : { start: Math.max(0, size - Number(last)), end: size - 1 };
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return undefined;
  return start >= size ? 'none' : { start, end };
}

function decoded(path: string): string | undefined {
  try {
    const text = decodeURIComponent(path);
    return text.includes('\0') ? undefined : text;
  } catch {
    // An invalid percent encoding matches no file.
    return undefined;
  }
}

function notFound(): Response {
  return new Response('Not found\n', {
    status: 404,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-security-policy': contentSecurityPolicy,
    },
  });
}
