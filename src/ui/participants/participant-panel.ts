import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CallCommands } from '../../domain/call/call-commands.js';
import type { ActiveCall } from '../../domain/call/call-state.js';
import { isViewer, type Participant } from '../../domain/call/participant.js';
import { defaultSettings, type CallSettings } from '../../settings/setting-rows.js';
import { base } from '../base/styles/base.styles.js';
import { element } from '../base/define-element.js';
import { icon } from '../base/icons/icon.js';
import { eye, hand, mic, micOff, pin, pinOff, record, search, videoOff, x } from '../base/icons/icons.js';
import { PortableElement } from '../base/portable-element.js';
import { avatar } from '../tile/avatar.js';
import { tileModel, tileName, type TileModel } from '../tile/tile-model.js';
import { words as plainWords, type Words } from '../words/words.js';
import { participantWords } from './participant-words.js';
import { panelStyles } from './participant-panel.styles.js';

/**
 * The list of all participants, with a search field and buttons to mute and pin them.
 *
 * @csspart panel - The list with its heading.
 * @fires panel-close - The user closed it.
 */
@element('cometchat-call-participants')
export class ParticipantPanel extends PortableElement {
  static override styles = [base, panelStyles];

  @property({ attribute: false }) call?: ActiveCall;
  @property({ attribute: false }) settings: CallSettings = defaultSettings;
  @property({ attribute: false }) commands?: CallCommands;
  @property({ attribute: false }) words: Words = plainWords;
  @state() private query = '';

  override render(): unknown {
    const { call, words } = this;
    if (!call) return nothing;
    const all = [...call.participants.values()];
    const found = [...all.filter((one) => !isViewer(one)), ...all.filter(isViewer)].filter((one) =>
      this.#matches(one),
    );
    return html`<section part="panel" class="panel" aria-labelledby="heading" @keydown=${this.#onKey}>
      <header>
        <h2 id="heading">${participantWords(words).inTheCall(call.participants.size)}</h2>
        <button class="tool" aria-label=${words.close()} @click=${this.#close}>${icon(x)}</button>
      </header>
      <label class="search">
        ${icon(search)}
        <input
          type="search"
          autocomplete="off"
          aria-label=${participantWords(words).search()}
          placeholder=${participantWords(words).search()}
          .value=${this.query}
          @input=${this.#onSearch}
        />
      </label>
      <ul>
        ${repeat(
          found,
          ({ id }) => id,
          (participant) => this.#row(participant, call),
        )}
      </ul>
      ${found.length === 0 ? html`<p class="no-matches" role="status">${participantWords(words).noMatches()}</p>` : nothing}
    </section>`;
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('input')?.focus({ preventScroll: true });
  }

  #matches({ name }: Participant): boolean {
    return name.toLocaleLowerCase().includes(this.query.trim().toLocaleLowerCase());
  }

  #row(participant: Participant, call: ActiveCall): TemplateResult | typeof nothing {
    const model = tileModel(call, { participantId: participant.id, source: 'camera' });
    if (!model) return nothing;
    const name = tileName(model, this.words);
    return html`<li>
      ${avatar(participant, this.settings.avatarMode === 'circle' ? 'circle' : 'square')}
      <span class="name" dir="auto" title=${name}>${name}</span>
      ${isViewer(participant) ? this.#watching(participant) : html`${this.#badges(model)} ${this.#tools(model, name)}`}
    </li>`;
  }

  /** A viewer has nothing to be muted, and no tile to be pinned. */
  #watching({ handRaisedAt }: Participant): TemplateResult {
    const { words } = this;
    return html`${handRaisedAt !== null ? badge(words.handRaised(), hand) : nothing}
    ${badge(participantWords(words).watching(), eye)}`;
  }

  #badges({ participant, hasVideo, muted, isLocal }: TileModel): TemplateResult {
    const { words } = this;
    return html`${participant.handRaisedAt !== null ? badge(words.handRaised(), hand) : nothing}
    ${participant.recording ? badge(words.recording(), record) : nothing}
    ${hasVideo ? nothing : badge(words.cameraOff(), videoOff)}
    ${muted ? badge(words.muted(), micOff) : isLocal ? nothing : this.#mute(participant)}`;
  }

  #mute({ id, name }: Participant): TemplateResult {
    const label = participantWords(this.words).muteSomeone(name || this.words.someone());
    return html`<button
      class="tool"
      aria-label=${label}
      title=${label}
      @click=${() => this.commands?.muteParticipant(id)}
    >
      ${icon(mic)}
    </button>`;
  }

  #tools({ participant: { id }, pinned }: TileModel, name: string): TemplateResult {
    const label = participantWords(this.words).pinSomeone(name);
    return html`<button
      class="tool"
      aria-label=${label}
      title=${label}
      aria-pressed=${String(pinned)}
      @click=${() => this.commands?.pin(pinned ? null : { participantId: id, source: 'camera' })}
    >
      ${icon(pinned ? pinOff : pin)}
    </button>`;
  }

  readonly #onSearch = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.#close();
  };

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('panel-close'));
  };
}

function badge(label: string, shapes: typeof hand): TemplateResult {
  return html`<span class="sign" role="img" aria-label=${label}>${icon(shapes)}</span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-call-participants': ParticipantPanel;
  }
}
