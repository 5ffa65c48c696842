import { html, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { idle, type CallState } from '../../domain/call/call-state.js';
import { defaultSettings, type CallSettings } from '../../settings/setting-rows.js';
import { base } from '../base/styles/base.styles.js';
import { element } from '../base/define-element.js';
import { PortableElement } from '../base/portable-element.js';
import { words as plainWords, type Words } from '../words/words.js';
import { announcements } from './announcements.js';

/** Lines kept: one that leaves too early is not read, and one that stays is not read again. */
const maxEntries = 6;

/** Announces joins, leaves, mutes, raised hands and recordings to screen readers (`polite`). */
@element('cometchat-call-announcer')
export class Announcer extends PortableElement {
  static override styles = base;

  @property({ attribute: false }) call: CallState = idle;
  @property({ attribute: false }) settings: CallSettings = defaultSettings;
  @property({ attribute: false }) words: Words = plainWords;
  @state() private entries: readonly { readonly id: number; readonly text: string }[] = [];
  #count = 0;

  protected override willUpdate(changes: PropertyValues<this>): void {
    const before = changes.get('call');
    if (!before) return;
    const messages = announcements(before, this.call, this.words, this.settings.announcements);
    if (messages.length === 0) return;
    const added = messages.map((text) => ({ id: this.#count++, text }));
    this.entries = [...this.entries, ...added].slice(-maxEntries);
  }

  override render(): unknown {
    return html`<div class="unseen" role="log" aria-live="polite">
      ${repeat(
        this.entries,
        ({ id }) => id,
        ({ text }) => html`<p>${text}</p>`,
      )}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-call-announcer': Announcer;
  }
}
