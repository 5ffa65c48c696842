import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PastCall } from '../../domain/history/past-call.js';
import { icon } from '../base/icons/icon.js';
import { phone, phoneIncoming, phoneMissed, phoneOutgoing, video } from '../base/icons/icons.js';
import { styleProperties } from '../base/styles/style-properties.js';
import type { LocaleState } from '../i18n/locale-controller.js';
import { ringWords } from '../ring/ring-words.js';
import { hueOf, initialsOf } from '../tile/initials.js';
import type { Words } from '../words/words.js';
import { historyWords } from './history-words.js';

/** What the list shows. */
export interface PastCallList {
  readonly calls: readonly PastCall[];
  readonly state: 'loading' | 'loaded' | 'failed';
  readonly words: Words;
  readonly locale: LocaleState;
  readonly onCall: (call: PastCall) => void;
  readonly onRetry: () => void;
}

const removeImage = (event: Event): void => (event.target as HTMLImageElement).remove();

/** The calls, from the newest to the oldest. The element with the class `end` is reached when more are needed. */
export function pastCallList(list: PastCallList): TemplateResult {
  const { calls, state, words, locale } = list;
  const text = historyWords(words);
  return html`<div
    part="list"
    class="list"
    role="region"
    tabindex="0"
    aria-label=${text.callHistory()}
    aria-busy=${state === 'loading'}
    lang=${locale.tag}
    dir=${locale.dir || nothing}
  >
    ${
      calls.length > 0
        ? html`<ul role="list">
            ${repeat(
              calls,
              ({ id }) => id,
              (call) => pastCall(call, list),
            )}
          </ul>`
        : nothing
    }
    <div class="end">${endOf(list)}</div>
  </div>`;
}

function endOf({ calls, state, words, onRetry }: PastCallList): unknown {
  const text = historyWords(words);
  if (state === 'failed')
    return html`<p part="notice" role="alert">${text.callsFailed()}</p>
      <button part="button retry" class="pill" @click=${onRetry}>${words.tryAgain()}</button>`;
  if (state === 'loading') return html`<p part="notice" role="status">${text.loadingCalls()}</p>`;
  return calls.length === 0
    ? html`<slot name="empty"><p part="notice">${text.noCallsYet()}</p></slot>`
    : nothing;
}

function pastCall(call: PastCall, { words, locale, onCall }: PastCallList): TemplateResult {
  const { party, outcome, type, callBack, at, seconds } = call;
  const isMissed = outcome === 'missed';
  return html`<li part=${isMissed ? 'call missed' : 'call'}>
    <div
      part="avatar"
      class="avatar"
      aria-hidden="true"
      ${styleProperties({ '--_hue': String(hueOf(party.id)) })}
    >
      <span>${initialsOf(party.name)}</span>
      ${party.avatar ? html`<img alt="" loading="lazy" src=${party.avatar} @error=${removeImage} />` : nothing}
    </div>
    <div class="text">
      <p part="name" class="name" dir="auto">${party.name}</p>
      <p part="line" class=${isMissed ? 'line missed' : 'line'}>
        ${icon(iconOf(call))}<span
          >${lineOf(call, words)}${
            seconds > 0
              ? html`<time class="duration" datetime=${`PT${seconds}S`}>${clockText(seconds)}</time>`
              : nothing
          }</span
        >
      </p>
    </div>
    <time part="time" class="time" datetime=${new Date(at).toISOString()}>${whenText(at, locale.tag)}</time>
    ${
      callBack
        ? html`<button
            part="button call-back"
            class="call-back"
            aria-label=${historyWords(words).callNamed(party.name)}
            title=${ringWords(words).callBack()}
            @click=${() => onCall(call)}
          >
            ${icon(type === 'video' ? video : phone)}
          </button>`
        : html`<span></span>`
    }
  </li>`;
}

function iconOf({ outcome, direction }: PastCall): SVGTemplateResult {
  if (outcome === 'missed') return phoneMissed;
  return direction === 'incoming' ? phoneIncoming : phoneOutgoing;
}

function lineOf({ outcome, direction, type }: PastCall, words: Words): string {
  const [ring, history] = [ringWords(words), historyWords(words)];
  switch (outcome) {
    case 'missed':
      return ring.missedCall();
    case 'unanswered':
      return ring.callUnanswered();
    case 'rejected':
      return ring.callRejected();
    case 'busy':
      return ring.callBusy();
    case 'cancelled':
      return history.callCancelled();
    case 'ongoing':
      return history.callOngoing();
    case 'ended':
      if (direction === 'incoming')
        return type === 'video' ? ring.incomingVideoCall() : ring.incomingVoiceCall();
      return type === 'video' ? history.outgoingVideoCall() : history.outgoingVoiceCall();
  }
}

/** `1:05`, `1:02:03` */
function clockText(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${twoDigits(rest)}` : `${minutes}:${twoDigits(rest)}`;
}

/** The time of today's calls, the date of others. */
function whenText(at: number, tag: string): string {
  const date = new Date(at);
  const now = new Date();
  const isToday = date.toDateString() === now.toDateString();
  const options: Intl.DateTimeFormatOptions = isToday
    ? { hour: 'numeric', minute: '2-digit' }
    : {
        day: 'numeric',
        month: 'short',
        ...(date.getFullYear() !== now.getFullYear() && { year: 'numeric' }),
      };
  return new Intl.DateTimeFormat(tag, options).format(date);
}
