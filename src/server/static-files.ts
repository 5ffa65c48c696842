import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';

/** Serves files of folders. */
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
 * Strict on purpose: whoever tries the demo sees that the call needs no exception in a page's policy. Only backgrounds and
 * noise suppression do: WebAssembly.
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
  const found = await stat(target).catch(() => undefined);
  if (!found?.isFile()) return notFound();
  const etag = `W/"${found.size.toString(36)}-${Math.round(found.mtimeMs).toString(36)}"`;
  const headers = {
    'content-type': types[extname(target).toLowerCase()] ?? 'application/octet-stream',
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
    etag,
  };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  const body = request.method === 'HEAD' ? null : webStream(target);
  return new Response(body, { headers: { ...headers, 'content-length': String(found.size) } });
}

function webStream(path: string): ReadableStream<Uint8Array> {
  return Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
}

function decoded(path: string): string | undefined {
  try {
    const text = decodeURIComponent(path);
    return text.includes('\0') ? undefined : text;
  } catch {
    // A stray percent sign: no file has such a name here.
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
