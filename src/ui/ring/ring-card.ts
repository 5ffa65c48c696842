import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import { icon } from '../base/icons/icon.js';
import type { LocaleState } from '../i18n/locale-controller.js';
import { styleProperties } from '../base/styles/style-properties.js';
import { hueOf, initialsOf } from '../tile/initials.js';

/** A button of the card. */
export interface RingAction {
  readonly name: 'accept' | 'decline' | 'cancel' | 'call' | 'close';
  readonly label: string;
  readonly icon: SVGTemplateResult;
  readonly busy: boolean;
  readonly run: () => void;
}

/** What the card shows. */
export interface RingCard {
  readonly id: string;
  readonly name: string;
  readonly avatar: string;
  /** What is going on: "Incoming video call". */
  readonly statusText: string;
  /** Whether it rings still. */
  readonly isRinging: boolean;
  /** `alertdialog`: needs an answer; `dialog`: informs. */
  readonly role: 'alertdialog' | 'dialog';
  readonly locale: LocaleState;
  readonly actions: readonly RingAction[];
}

const buttonClasses: Readonly<Record<RingAction['name'], string>> = {
  accept: 'pill accept',
  decline: 'pill decline',
  cancel: 'pill decline',
  call: 'pill accept',
  close: 'pill',
};

const removeImage = (event: Event): void => (event.target as HTMLImageElement).remove();

/** A ringing call: the other user and the available actions. */
export function ringCard({
  id,
  name,
  avatar,
  statusText,
  isRinging,
  role,
  locale,
  actions,
}: RingCard): TemplateResult {
  return html`<div
    part="card"
    class="card ${isRinging ? 'live' : ''}"
    popover="manual"
    lang=${locale.tag}
    dir=${locale.dir || nothing}
    role=${role}
    aria-labelledby="name"
    aria-describedby="line"
    tabindex="-1"
    @keydown=${(event: KeyboardEvent) => onKeydown(event, actions)}
  >
    <div class="who">
      <div
        part="avatar"
        class="avatar"
        aria-hidden="true"
        ${styleProperties({ '--_hue': String(hueOf(id)) })}
      >
        <span>${initialsOf(name)}</span>
        ${avatar ? html`<img alt="" src=${avatar} @error=${removeImage} />` : nothing}
      </div>
      <div class="text">
        <h2 id="name" part="name" dir="auto">${name}</h2>
        <p id="line" part="line">${statusText}</p>
      </div>
    </div>
    <div class="actions">${actions.map(button)}</div>
  </div>`;
}

/** Escape is the first button: decline, cancel or close. Enter is none: a call must not be taken by accident. */
function onKeydown(event: KeyboardEvent, [first]: readonly RingAction[]): void {
  if (event.key !== 'Escape' || !first) return;
  event.preventDefault();
  event.stopPropagation();
  if (!first.busy) first.run();
}

function button({ name, label, icon: shapes, busy, run }: RingAction): TemplateResult {
  return html`<button
    part="button ${name}"
    class=${buttonClasses[name]}
    aria-disabled=${busy ? 'true' : nothing}
    @click=${() => busy || run()}
  >
    ${icon(shapes)} ${label}
  </button>`;
}
