// Serves the page that shows one situation of the interface, as its address says: `/?state=nine&theme=dark&dir=rtl`.
import { createServer } from 'node:http';
import { build } from 'esbuild';
import { root } from '../bootstrap.mjs';

const bundle = async (entry) => {
  const { outputFiles } = await build({
    entryPoints: [`${root}/test/${entry}`],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    tsconfig: `${root}/tsconfig.json`,
    logLevel: 'error',
  });
  return outputFiles[0].contents;
};

// As strict as a page can be: an inline style or script anywhere in the interface would be refused.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'none'; media-src blob: mediastream:; img-src 'self'";

/** Starts to serve; `states` names all that can be shown. */
export async function serveGallery() {
  const script = await bundle('harness/gallery.ts');
  const { galleryStates } = await import(
    `data:text/javascript;base64,${Buffer.from(await bundle('fakes/ui/gallery-states.ts')).toString('base64')}`
  );
  const rings = ['incoming-video', 'incoming-voice', 'outgoing', 'outgoing-busy', 'missed', 'missed-long'];
  const server = createServer(({ url }, response) => {
    if (url === '/gallery.js') return response.setHeader('content-type', 'text/javascript').end(script);
    response.setHeader('content-security-policy', policy).setHeader('content-type', 'text/html');
    response.end(
      '<!doctype html><html lang="en"><title>Gallery</title><body><script type="module" src="/gallery.js"></script>',
    );
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    states: [
      ...Object.keys(galleryStates),
      ...rings.map((name) => `ring-${name}`),
      'history',
      'history-empty',
      'history-failed',
    ],
    close: () => server.close(),
  };
}
