import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tools/bootstrap.mjs';

/** A fenced block of a document. */
export interface Block {
  readonly page: string;
  /** Of its first line in the page. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** Of the comment in front of it, such as `backend go`. */
  readonly mark: string;
}

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'demo/docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `demo/docs/${name}`),
];

/** Every code block of the documents. */
export const blocks: readonly Block[] = pages.flatMap((page) => {
  const source = readFileSync(join(root, page), 'utf8');
  const found = source.matchAll(/(?:<!-- ([^>]*) -->\s*)?^```(\w*)\n(.*?)^```$/gms);
  return [...found].map(({ 0: all, 1: mark = '', 2: language = '', 3: text = '', index }) => {
    const start = index + all.indexOf('```');
    return { page, line: source.slice(0, start).split('\n').length + 1, language, text, mark };
  });
});

/** What is written in some languages, without the examples that another test runs. */
export const blocksIn = (...languages: readonly string[]): readonly Block[] =>
  blocks.filter(({ language, mark }) => languages.includes(language) && !mark.startsWith('backend'));

/** `page:line` */
export const placeOf = ({ page, line }: Block): string => `${page}:${line}`;
