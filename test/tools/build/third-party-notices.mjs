// A rollup plugin: writes the licences of all that was bundled into one file beside the bundles. The bundles name it.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap.mjs';

const fileName = 'third-party-licenses.txt';

/** First line of every minified file. */
export const preamble = `/*! cometchat-call, MIT; ${fileName} */`;

/** `…/node_modules/lit-html/directives/repeat.js` -> `…/node_modules/lit-html` */
const packageFolder = /^.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+/;

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`;
  return `${name} ${version} (${license})\n\n${text}`;
}

/** The icons were drawn into a file of ours; their notice stands at its top. */
function iconNotice() {
  const [comment] = /\/\*\*[^]*?\*\//.exec(
    readFileSync(join(root, 'src/ui/base/icons/icons.ts'), 'utf8'),
  ) ?? [''];
  const lines = comment.split('\n').map((line) => line.replace(/^ \*\/?\s?/, ''));
  return `Lucide (ISC)\n\n${lines.slice(lines.indexOf('ISC License')).join('\n').trim()}`;
}

export const thirdPartyNotices = {
  name: 'third-party-notices',
  generateBundle(_, bundle) {
    const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
    const modules = chunks
      .flatMap((chunk) => Object.keys(chunk.modules))
      .map((id) => id.replace(/^\0/, '').split('?')[0]);
    const folders = new Set(
      modules.map((id) => packageFolder.exec(id)?.[0]).filter((folder) => folder && existsSync(folder)),
    );
    const notices = [...folders].sort().map(noticeOf);
    if (modules.some((id) => id.endsWith('src/ui/base/icons/icons.ts'))) notices.push(iconNotice());
    this.emitFile({ type: 'asset', fileName, source: `${notices.join(`\n\n${'-'.repeat(80)}\n\n`)}\n` });
  },
};
