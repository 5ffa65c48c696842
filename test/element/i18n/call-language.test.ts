import { expect, fixture, html } from '@open-wc/testing';
import { property } from 'lit/decorators.js';
import { createCallLanguage, type CallLanguage } from '../../../src/element/i18n/call-language.js';
import type { LocalizedStrings } from '../../../src/element/i18n/localized-strings.js';
import { element } from '../../../src/ui/base/define-element.js';
import { PortableElement } from '../../../src/ui/base/portable-element.js';
import { participantWords } from '../../../src/ui/participants/participant-words.js';
import { words, type Words } from '../../../src/ui/words/words.js';
import { waitUntil } from '../../harness/wait-until.js';

/** Says one word, as the interface does. */
@element('test-speaker')
class Speaker extends PortableElement {
  @property({ attribute: false }) words: Words = words;
  override render(): unknown {
    return this.words.close();
  }
}

/** Stands for `<cometchat-call>`: the interface is in its shadow tree. */
@element('test-host')
class Host extends PortableElement {
  readonly speaker = new Speaker();
  language: CallLanguage | undefined;
  override render(): unknown {
    return html`${this.speaker}`;
  }
  speak(strings: LocalizedStrings = {}): CallLanguage {
    this.language ??= createCallLanguage(this, this.speaker, strings);
    return this.language;
  }
}

@element('test-shadow')
class Shadow extends PortableElement {
  override render(): unknown {
    return html`<test-host></test-host>`;
  }
}

const hostIn = async (around: Element): Promise<Host> => {
  const host = around.querySelector<Host>('test-host') ?? new Host();
  if (!host.isConnected) around.append(host);
  await host.updateComplete;
  await host.speak().ready;
  return host;
};
const language = ({ speaker }: Host): string => speaker.words.close();
const shows = (host: Host, text: string): Promise<void> =>
  waitUntil(() => language(host) === text, `${language(host)} should become ${text}`);

describe('the language of a call', () => {
  it('is that of the nearest element around it that has one', async () => {
    const page = await fixture(html`<div lang="fr"><p lang="de"></p></div>`);
    const host = await hostIn(page.querySelector('p') ?? page);
    expect(language(host)).to.equal('Schließen');
    expect(host.speaker.lang).to.equal('de');
  });

  it('is the own one of the element first', async () => {
    const page = await fixture(html`<div lang="fr"><test-host lang="es"></test-host></div>`);
    expect(language(await hostIn(page))).to.equal('Cerrar');
  });

  it('comes through shadow trees', async () => {
    const page = await fixture<Shadow>(html`<test-shadow lang="it"></test-shadow>`);
    const host = page.renderRoot.querySelector<Host>('test-host');
    await host?.speak().ready;
    expect(host && language(host)).to.equal('Chiudi');
  });

  it('is English where nothing else is said, or nothing that is spoken here', async () => {
    for (const lang of ['en', 'en-GB', 'sw', '', 'no language at all', 'constructor']) {
      const page = await fixture(html`<div lang=${lang}></div>`);
      const host = await hostIn(page);
      expect(language(host), lang).to.equal('Close');
      expect(host.speaker.lang, lang).to.equal(lang === 'en-GB' ? lang : 'en');
    }
  });

  it('is known at once, when it is English', async () => {
    const host = await fixture<Host>(html`<test-host lang="en"></test-host>`);
    const before = performance.getEntriesByType('resource').length;
    await host.speak().ready;
    expect(performance.getEntriesByType('resource').length).to.equal(before);
  });

  it('is followed, on every level, and wherever the element goes', async () => {
    const page = await fixture(
      html`<div lang="fr">
        <p></p>
        <p lang="es"></p>
      </div>`,
    );
    const [first, second] = page.querySelectorAll('p');
    if (!first || !second) throw new Error('no paragraphs');
    const host = await hostIn(first);
    await shows(host, 'Fermer');
    page.setAttribute('lang', 'nl');
    await shows(host, 'Sluiten');
    first.lang = 'sv-SE';
    await shows(host, 'Stäng');
    expect(host.speaker.lang).to.equal('sv-SE');
    first.removeAttribute('lang');
    await shows(host, 'Sluiten');
    second.append(host);
    await shows(host, 'Cerrar');
    second.lang = 'en';
    await shows(host, 'Close');
    page.setAttribute('lang', 'de');
    second.removeAttribute('lang');
    await shows(host, 'Schließen');
  });

  it('is followed when the element is moved without being disconnected', async function () {
    if (!('moveBefore' in Element.prototype)) this.skip();
    const page = await fixture(
      html`<div lang="fr">
        <p></p>
        <p lang="es"></p>
      </div>`,
    );
    const [first, second] = page.querySelectorAll('p');
    if (!first || !second) throw new Error('no paragraphs');
    const host = await hostIn(first);
    (second as unknown as { moveBefore(node: Node, child: null): void }).moveBefore(host, null);
    await shows(host, 'Cerrar');
  });

  it('is that of each element where there are several', async () => {
    const page = await fixture(
      html`<div>
        <p lang="fr"></p>
        <p lang="de"></p>
      </div>`,
    );
    const [french, german] = await Promise.all([...page.querySelectorAll('p')].map(hostIn));
    expect(french && language(french)).to.equal('Fermer');
    expect(german && language(german)).to.equal('Schließen');
  });

  it('is the last one that was wanted, however they arrive', async () => {
    const page = await fixture(html`<div lang="en"></div>`);
    const host = await hostIn(page);
    for (const lang of ['fr', 'de', 'es', 'pt', 'en', 'it']) {
      page.setAttribute('lang', lang);
      await Promise.resolve();
    }
    await shows(host, 'Chiudi');
  });
});

describe('the direction of a call', () => {
  const directionOf = async (markup: ReturnType<typeof html>): Promise<[string, string]> => {
    const host = await hostIn(await fixture(markup));
    return [host.speaker.dir, getComputedStyle(host.speaker).direction];
  };

  it('follows a language that is written from right to left, where the page says none', async () => {
    expect(await directionOf(html`<div lang="ar"></div>`)).to.eql(['rtl', 'rtl']);
    expect(await directionOf(html`<div lang="he"></div>`)).to.eql(['rtl', 'rtl']);
    expect(await directionOf(html`<div lang="de"></div>`)).to.eql(['', 'ltr']);
  });

  it('is the page’s, where the page says one', async () => {
    expect(await directionOf(html`<div lang="ar" dir="ltr"></div>`)).to.eql(['', 'ltr']);
    expect(await directionOf(html`<div lang="de" dir="rtl"></div>`)).to.eql(['', 'rtl']);
  });

  it('is not turned round for a language that is not spoken here', async () => {
    expect(await directionOf(html`<div lang="ps"></div>`)).to.eql(['', 'ltr']);
  });

  it('is followed', async () => {
    const page = await fixture(html`<div lang="fa"></div>`);
    const host = await hostIn(page);
    expect(host.speaker.dir).to.equal('rtl');
    page.setAttribute('dir', 'ltr');
    await waitUntil(() => host.speaker.dir === '');
    page.removeAttribute('dir');
    await waitUntil(() => host.speaker.dir === 'rtl');
  });
});

describe('text of the page', () => {
  it('replaces that of the language, by our names and by the ids of the locales', async () => {
    const page = await fixture(html`<div lang="de"><test-host></test-host></div>`);
    const host = page.querySelector('test-host') as Host;
    await host.speak({ close: 'Zu', 'in-the-call-one': 'Allein', isRecording: '{0} nimmt auf' }).ready;
    const { speaker } = host;
    expect(speaker.words.close()).to.equal('Zu');
    expect(participantWords(speaker.words).inTheCall(1)).to.equal('Allein');
    expect(participantWords(speaker.words).inTheCall(2)).to.equal('2 Personen im Anruf');
    expect(speaker.words.isRecording('Ada')).to.equal('Ada nimmt auf');
    for (const strings of [{}, null, undefined, 'fr', { close: 5, isRecording: null }]) {
      await host.speak().replace(strings as LocalizedStrings);
      expect(speaker.words.close()).to.equal('Schließen');
      expect(speaker.words.isRecording('Ada')).to.contain('Ada');
    }
  });

  it('can be a whole language of its own, with its plural forms', async () => {
    const page = await fixture(html`<div lang="cy"><test-host></test-host></div>`);
    const host = page.querySelector('test-host') as Host;
    await host.speak({
      close: 'Cau',
      'in-the-call-two': 'dau berson',
      'in-the-call-other': '{0} o bobl',
    }).ready;
    expect(host.speaker.lang).to.equal('cy');
    expect([2, 7].map((count) => participantWords(host.speaker.words).inTheCall(count))).to.eql([
      'dau berson',
      '7 o bobl',
    ]);
    expect(host.speaker.words.rejoin()).to.equal(words.rejoin());
  });
});
