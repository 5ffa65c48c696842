import { css, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { base, pill } from '../../../src/ui/base/styles/base.styles.js';
import { element } from '../../../src/ui/base/define-element.js';
import * as icons from '../../../src/ui/base/icons/icons.js';
import { PortableElement } from '../../../src/ui/base/portable-element.js';
import { ringCard, type RingAction, type RingCard } from '../../../src/ui/ring/ring-card.js';
import { ringCardStyles } from '../../../src/ui/ring/ring-card.styles.js';
import { ringWords } from '../../../src/ui/ring/ring-words.js';
import { tokens } from '../../../src/ui/base/styles/tokens.styles.js';
import type { Words } from '../../../src/ui/words/words.js';

/** A ring card by itself, with a phone that does nothing. */
@element('test-ring-card')
export class TestRingCard extends PortableElement {
  static override styles = [
    tokens,
    base,
    pill,
    ringCardStyles,
    css`
      :host {
        display: contents;
      }
    `,
  ];

  @property({ attribute: false }) card?: RingCard;

  override render(): TemplateResult | typeof nothing {
    return this.card ? ringCard(this.card) : nothing;
  }

  protected override updated(): void {
    this.renderRoot.querySelector<HTMLElement>('[part=card]')?.showPopover();
  }
}

const action = (name: RingAction['name'], label: string, icon: RingAction['icon']): RingAction => ({
  ...{ name, label, icon },
  busy: false,
  run: () => undefined,
});

const longName = 'Bartholomew Maximilian Featherstonehaugh-Cholmondeley of Woolfardisworthy';

const common = {
  id: 'ada',
  name: 'Ada Lovelace',
  avatar: '',
  isRinging: true,
  role: 'alertdialog',
  locale: { tag: 'en', wanted: 'en', dir: '' },
} as const;

/** What a ring card shows, by name, in some words. */
export const ringCards: Readonly<Record<string, (words: Words) => RingCard>> = {
  'incoming-video': (words) => ({
    ...common,
    statusText: ringWords(words).incomingVideoCall(),
    actions: answers(words, icons.video),
  }),
  'incoming-voice': (words) => ({
    ...common,
    name: longName,
    statusText: ringWords(words).incomingVoiceCall(),
    actions: answers(words, icons.phone),
  }),
  outgoing: (words) => ({
    ...common,
    role: 'dialog',
    statusText: ringWords(words).calling(),
    actions: [action('cancel', ringWords(words).cancelCall(), icons.phoneDown)],
  }),
  'outgoing-busy': (words) => ({
    ...over,
    statusText: ringWords(words).callBusy(),
    actions: [action('close', words.close(), icons.x), action('call', words.tryAgain(), icons.phone)],
  }),
  missed: (words) => ({ ...over, ...missed(words, icons.video) }),
  'missed-long': (words) => ({ ...over, name: longName, ...missed(words, icons.phone) }),
};

const over = { ...common, isRinging: false, role: 'dialog' } as const;

const answers = (words: Words, taken: RingAction['icon']): readonly RingAction[] => [
  action('decline', words.decline(), icons.phoneDown),
  action('accept', words.accept(), taken),
];

const missed = (words: Words, back: RingAction['icon']): Pick<RingCard, 'statusText' | 'actions'> => ({
  statusText: ringWords(words).missedCall(),
  actions: [action('close', words.close(), icons.x), action('call', ringWords(words).callBack(), back)],
});

/** A card in some words, open on the page. */
export async function shownRing(
  name: string,
  words: Words,
  { tag = 'en', dir = 'ltr', theme = 'light' }: { tag?: string; dir?: 'ltr' | 'rtl'; theme?: string } = {},
): Promise<TestRingCard> {
  const card = ringCards[name]?.(words);
  if (!card) throw new Error('There is no such card.');
  const ring = document.createElement('test-ring-card');
  ring.setAttribute('theme', theme);
  ring.card = { ...card, locale: { tag, wanted: tag, dir: dir === 'rtl' ? dir : '' } };
  document.body.append(ring);
  await ring.updateComplete;
  return ring;
}

declare global {
  interface HTMLElementTagNameMap {
    'test-ring-card': TestRingCard;
  }
}
