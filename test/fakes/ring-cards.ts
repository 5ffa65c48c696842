import { css, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { base, pill } from '../../src/ui/base.styles.js';
import { element } from '../../src/ui/define-element.js';
import * as icons from '../../src/ui/icons.js';
import { PortableElement } from '../../src/ui/portable-element.js';
import { ringCard, type RingAction, type RingCard } from '../../src/ui/ring/ring-card.js';
import { ringCardStyles } from '../../src/ui/ring/ring-card.styles.js';
import { tokens } from '../../src/ui/tokens.styles.js';

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

  @property({ attribute: false }) card: RingCard = ringCards['incoming-video'];

  override render(): TemplateResult {
    return ringCard(this.card);
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

const common = {
  id: 'ada',
  name: 'Ada Lovelace',
  picture: '',
  live: true,
  role: 'alertdialog',
  speech: { tag: 'en', wanted: 'en', dir: '' },
} as const;

const decline = action('decline', 'Decline', icons.phoneDown);

/** What a ring card shows, by name. */
export const ringCards = {
  'incoming-video': {
    ...common,
    line: 'Incoming video call',
    actions: [decline, action('accept', 'Accept', icons.video)],
  },
  'incoming-voice': {
    ...common,
    name: 'Bartholomew Maximilian Featherstonehaugh-Cholmondeley of Woolfardisworthy',
    line: 'Incoming voice call',
    actions: [decline, action('accept', 'Accept', icons.phone)],
  },
  outgoing: {
    ...common,
    role: 'dialog',
    line: 'Calling…',
    actions: [action('cancel', 'Cancel', icons.phoneDown)],
  },
  'outgoing-busy': {
    ...common,
    role: 'dialog',
    live: false,
    line: 'Busy in another call',
    actions: [action('close', 'Close', icons.x), action('call', 'Try again', icons.phone)],
  },
  missed: {
    ...common,
    role: 'dialog',
    live: false,
    line: 'Missed call',
    actions: [action('close', 'Close', icons.x), action('call', 'Call back', icons.video)],
  },
} as const satisfies Record<string, RingCard>;

declare global {
  interface HTMLElementTagNameMap {
    'test-ring-card': TestRingCard;
  }
}
