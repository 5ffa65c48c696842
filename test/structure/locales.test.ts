import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { language } from '../../src/ui/i18n/language.js';
import { localeNameOf, localeOf, localeRows } from '../../src/ui/i18n/locale-rows.js';
import { participantWords } from '../../src/ui/participants/participant-words.js';
import { idOf, plainPhrases, wordsWith } from '../../src/ui/words/words.js';
import { root } from '../tools/bootstrap.mjs';
import { codeBelow, textOf } from '../tools/checks/source-files.mjs';

/** The phrases of the source: text by id, with `{0}` … where a value goes. */
function phrasesOf(file: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      /^(msg|translate)$/.test(node.expression.getText().split('.').at(-1) ?? '')
    ) {
      const [template, options] = node.arguments;
      const id = /id: '([^']+)'/.exec(options?.getText() ?? '')?.[1];
      if (id !== undefined && template) found.set(id, plainText(template));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, true));
  return found;
}

function plainText(template: ts.Node): string {
  if (ts.isStringLiteral(template)) return template.text;
  if (!ts.isTaggedTemplateExpression(template)) return '';
  const { template: inner } = template;
  if (ts.isNoSubstitutionTemplateLiteral(inner)) return inner.text;
  return (
    inner.head.text + inner.templateSpans.map(({ literal }, index) => `{${index}}${literal.text}`).join('')
  );
}

const source = new Map([
  ...Object.entries(plainPhrases).map(([name, text]) => [idOf(name), text] as const),
  ...codeBelow('src/ui')
    .filter((file) => /(words|control-rows)\.ts$/.test(file))
    .flatMap((file) => [...phrasesOf(file)]),
]);

const forms = ['zero', 'one', 'two', 'few', 'many', 'other'];
const formOf = (id: string): string | undefined => forms.find((form) => id.endsWith(`-${form}`));

/** A phrase that counts is written in the forms of the language; the others once. */
function idsFor(tag: string): readonly string[] {
  const categories: readonly string[] = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
  return [...source.keys()].filter((id) => {
    const form = formOf(id);
    return form === undefined || !source.has(id.replace(/-\w+$/, '-other')) || categories.includes(form);
  });
}

const placeholders = (text: string): readonly string[] => [...new Set(text.match(/\{\d\}/g))].sort();

/** A form for exactly one or two may spell the number. */
const mayLeaveOut = (id: string): boolean => /-(zero|one|two)$/.test(id);

/** Words that another language has from English, or English from it. */
const sameByNature: Readonly<Record<string, readonly string[]>> = {
  layout: ['de', 'da', 'nb', 'it', 'nl', 'pt', 'sv'],
  camera: ['nl'],
  microphone: ['fr'],
  participants: ['fr'],
  speaker: ['id'],
  'background-picture': ['fr'],
};

const tags = Object.keys(localeRows);
const templatesOf = async (tag: string) => (await localeRows[tag]?.())?.templates ?? {};

describe('the locales', () => {
  it('are at least twenty, with four that are written from right to left', () => {
    assert.ok(tags.length >= 20, `${tags.length}`);
    for (const tag of ['ar', 'fa', 'he', 'ur']) assert.ok(tags.includes(tag));
  });

  it('are rows and files, one for one', () => {
    const files = readdirSync(join(root, 'src/ui/i18n/locales')).map((file) => file.replace(/\.ts$/, ''));
    assert.deepEqual(files.sort(), [...tags].sort());
  });

  it('are all in the demo and in the documents', async () => {
    const { languages } = (await import('../../demo/controls/language-choice.js')) as {
      languages: readonly string[];
    };
    assert.deepEqual([...languages].sort(), ['en', ...tags].sort());
    const listed = [...textOf('demo/docs/languages.md').matchAll(/^\| `([\w-]+)` /gm)].map(([, tag]) => tag);
    assert.deepEqual(listed.sort(), ['en', ...tags].sort());
  });

  it('translate what is found in the source', () => {
    assert.ok(source.size > 100);
    assert.equal(source.get('page'), 'Page {0} of {1}');
    assert.equal(source.get('close'), 'Close');
    assert.equal(source.get('in-the-call-one'), '{0} person in the call');
  });

  for (const tag of tags)
    describe(tag, () => {
      it('says everything, and nothing else', async () => {
        const templates = await templatesOf(tag);
        const ids = idsFor(tag);
        const missing = ids.filter((id) => !templates[id]);
        assert.deepEqual(missing, [], 'missing');
        assert.deepEqual(
          Object.keys(templates).filter((id) => !source.has(id)),
          [],
          'unknown',
        );
      });

      it('names what the phrases are about', async () => {
        const wrong = Object.entries(await templatesOf(tag)).filter(([id, text]) => {
          const wanted = placeholders(source.get(id) ?? '');
          const given = placeholders(text);
          return mayLeaveOut(id)
            ? given.some((hole) => !wanted.includes(hole))
            : String(given) !== String(wanted);
        });
        assert.deepEqual(wrong, []);
      });

      it('has left nothing in English', async () => {
        const english = Object.entries(await templatesOf(tag))
          .filter(([id, text]) => text === source.get(id) && /[a-z]/.test(text.replaceAll(/\{\d\}/g, '')))
          .filter(([id]) => !sameByNature[id]?.includes(tag));
        assert.deepEqual(english, []);
      });

      it('has no space too many and no straight quotes', async () => {
        const untidy = Object.entries(await templatesOf(tag)).filter(
          ([, text]) => text !== text.trim() || /\s\s|["']|\.\.\./.test(text),
        );
        assert.deepEqual(untidy, []);
      });
    });
});

describe('the locale of a language', () => {
  const cases: Readonly<Record<string, string | undefined>> = {
    de: 'de',
    'de-AT': 'de',
    'pt-BR': 'pt',
    'pt-PT': 'pt',
    no: 'nb',
    nn: 'nb',
    zh: 'zh-CN',
    'zh-SG': 'zh-CN',
    'zh-HK': 'zh-TW',
    'zh-Hant-HK': 'zh-TW',
    'zh-Hans-TW': 'zh-CN',
    'ar-EG': 'ar',
    en: undefined,
    sw: undefined,
    constructor: undefined,
  };
  for (const [tag, name] of Object.entries(cases).filter(([tag]) => tag.length < 11))
    it(`${tag}: ${name ?? 'English'}`, () => assert.equal(localeNameOf(tag), name));

  it('is English with English numbers where there is no text', async () => {
    assert.deepEqual(await localeOf('sw'), { tag: 'en', rtl: false });
    assert.equal((await localeOf('ar-EG')).tag, 'ar-EG');
    assert.equal((await localeOf('ckb')).rtl, true);
  });
});

describe('words in a language', () => {
  const wordsIn = async (tag: string) => {
    const { tag: own, templates } = await localeOf(tag);
    return wordsWith({}, own, templates);
  };

  it('count in its forms', async () => {
    const polish = await wordsIn('pl');
    const nouns = [1, 2, 5, 22].map((count) => participantWords(polish).inTheCall(count).split(' ')[1]);
    assert.deepEqual(nouns, ['osoba', 'osoby', 'osób', 'osoby']);
    const arabic = await wordsIn('ar');
    assert.equal(
      new Set(
        [1, 2, 3, 11, 100].map((count) =>
          participantWords(arabic)
            .inTheCall(count)
            .replace(/[\d٠-٩]+/, ''),
        ),
      ).size,
      5,
    );
  });

  it('list names as it does', async () => {
    assert.equal((await wordsIn('de')).announceJoined(['Ada', 'Bo']), 'Ada und Bo sind beigetreten');
    assert.equal((await wordsIn('de')).announceJoined(['Ada']), 'Ada ist beigetreten');
  });

  it('write its digits', async () => {
    assert.equal((await wordsIn('fa')).clock(247), '۴:۰۷');
    assert.equal((await wordsIn('ar-EG')).page(2, 5).match(/[٢٥]/g)?.length, 2);
  });

  it('fall back: a form to the one for other numbers, a phrase to the source', () => {
    const little = language('pl', { 'x-other': '{0} osób' });
    const phrase = (id: string) =>
      little.msg({ strTag: true, strings: ['', ' people'], values: ['4'] } as never, { id });
    assert.equal(phrase('x-few'), '4 osób');
    assert.equal(phrase('y-few'), '4 people');
  });

  it('keep a Latin name together in a text from right to left', async () => {
    const arabic = await wordsIn('ar');
    assert.equal(arabic.you('C++'), '\u2068C++\u2069 (أنت)');
    assert.equal(arabic.you('عمر'), 'عمر (أنت)');
    assert.equal(arabic.announceJoined(['C++', 'عمر']), 'انضم \u2068C++\u2069 وعمر');
  });

  it('put a value with a dollar sign as it is', async () => {
    assert.equal((await wordsIn('de')).you("$& $1 {0} $'"), "$& $1 {0} $' (Sie)");
  });
});
