// Writes src/ui/base/icons/icons.ts: the icons of the interface, one constant each, so that a bundler drops the unused ones.
// A new icon is a new name in this list (the names are those of lucide.dev); then `npm run icons`.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const names = [
  'bluetooth',
  'check',
  'chevron-left',
  'chevron-right',
  'chevron-up',
  'circle-stop',
  'copy',
  'ear',
  'ellipsis',
  'eye',
  'gallery-horizontal-end',
  'hand',
  'headphones',
  'image',
  'info',
  'keyboard',
  'layout-grid',
  'loader',
  'maximize',
  'mic',
  'mic-off',
  'minimize',
  'phone',
  'phone-incoming',
  'phone-missed',
  'phone-outgoing',
  'picture-in-picture-2',
  'pin',
  'pin-off',
  'screen-share',
  'screen-share-off',
  'search',
  'settings',
  'signal',
  'sparkles',
  'speaker',
  'switch-camera',
  'triangle-alert',
  'users',
  'video',
  'video-off',
  'volume-2',
  'volume-x',
  'wifi-off',
  'x',
];

/** Icons that are another one turned, or that Lucide does not have. */
const own = {
  phoneDown: (all) => all.phone.body.replace('<path', '<path transform="rotate(135 12 12.75)"'),
  record: () => '<circle cx="12" cy="12" r="10"/><circle cx="12" cy="12" r="4" fill="currentColor"/>',
};

const target = new URL('../../../src/ui/base/icons/icons.ts', import.meta.url);

const notice = `/**
 * The shapes of the icons, for an \`<svg viewBox="0 0 24 24">\` that says how they are drawn: \`fill="none"\`,
 * \`stroke="currentColor"\`, \`stroke-width="2"\`, round caps and joins.
 *
 * Made by \`npm run icons\` from Lucide (https://lucide.dev), whose licence asks for this notice:
 *
 * ISC License
 * Copyright (c) Lucide Icons and Contributors. Portions copyright (c) 2013-present Cole Bemis (Feather, MIT License).
 * Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted,
 * provided that the above copyright notice and this permission notice appear in all copies.
 * THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL
 * IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
 * INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
 * ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
 * THIS SOFTWARE.
 */
`;

const camelCase = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

/** How an icon is drawn is stated once, by the `<svg>` around it. */
const drawing =
  / (?:fill="none"|stroke="currentColor"|stroke-(?:linecap|linejoin)="round"|stroke-width="2")/g;

const shapes = (body) => body.replace(drawing, '').replace(/^<g>(.*)<\/g>$/, '$1');

/** The text of src/ui/base/icons/icons.ts. */
export function icons() {
  const { icons: all } = JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve('@iconify-json/lucide/icons.json'), 'utf8'),
  );
  const lines = names.map((name) => {
    if (!all[name]) throw new Error(`Lucide has no icon named ${name}`);
    return `export const ${camelCase(name)} = svg\`${shapes(all[name].body)}\`;`;
  });
  for (const [name, draw] of Object.entries(own))
    lines.push(`export const ${name} = svg\`${shapes(draw(all))}\`;`);
  return `${notice}import { svg } from 'lit';\n\n${lines.join('\n')}\n`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(target, icons());
