import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { CallCommands } from '../../domain/call/call-commands.js';
import {
  idle,
  isActive,
  mediaPeersOf,
  type ActiveCall,
  type CallState,
  type EndedCall,
} from '../../domain/call/call-state.js';
import { defaultSettings, type CallSettings } from '../../settings/setting-rows.js';
import { base, pill } from '../base/styles/base.styles.js';
import { aloneHint } from './alone-hint.js';
import type { CallMedia } from './call-media.js';
import { exportedParts } from './call-parts.js';
import './call-timer.js';
import { callViewStyles } from './call-view.styles.js';
import '../controls/control-bar.js';
import { element } from '../base/define-element.js';
import type { endedScreen } from './screens/ended-screen.js';
import { loadEndedScreen, plainEndedScreen } from './screens/load-ended-screen.js';
import { icon } from '../base/icons/icon.js';
import { volume2 } from '../base/icons/icons.js';
import { toggleFullScreen } from '../base/full-screen.js';
import { joiningScreen } from './screens/joining-screen.js';
import { LateParts } from './late-parts.js';
import '../notices/announcer.js';
import { nextFrame } from './next-frame.js';
import { PortableElement } from '../base/portable-element.js';
import { SlotContent } from '../base/slot-content.js';
import { wantParts } from './wanted-parts.js';
import './audio-sink.js';
import '../stage/stage.js';
import { words as plainWords, type Words } from '../words/words.js';

/**
 * The whole interface of a call: what `<cometchat-call>` draws. State in, commands out.
 *
 * @slot toolbar-start - Before the control buttons.
 * @slot toolbar-end - After them.
 * @slot empty - Replaces the hint that no one else is here.
 * @slot lobby - Before the call.
 * @slot ended - Instead of the screen after the call.
 * @csspart view - Everything.
 * @csspart title - The name of the call.
 * @csspart joining - The screen while joining.
 * @csspart empty - The hint that no one else is here.
 * @csspart ended - The screen after the call.
 * @csspart rejoin - The way back into the call.
 * @fires rejoin - The user pressed Rejoin.
 * @fires shortcuts - The user asked for the keyboard shortcuts.
 */
@element('cometchat-call-view')
export class CallView extends PortableElement {
  static override styles = [base, pill, callViewStyles];

  @property({ attribute: false }) state: CallState = idle;
  @property({ attribute: false }) settings: CallSettings = defaultSettings;
  @property({ attribute: false }) commands?: CallCommands;
  @property({ attribute: false }) media?: CallMedia;
  /** All text; another language, or text of the page, is another value. */
  @property({ attribute: false }) words: Words = plainWords;

  /** Draws the lobby, where there is one. */
  @property({ attribute: false }) lobby?: () => unknown;

  @state() private audioBlocked = false;
  readonly #slots = new SlotContent(this);
  readonly #parts = new LateParts(this);
  #endedScreen: typeof endedScreen | undefined;

  /** Says for a while that something which the user pressed for did not load. */
  showLoadFailure(): void {
    this.#parts.showFailure();
  }

  /** All that happens within a frame is drawn at once; the offer to the others leaves before the first drawing. */
  protected override async scheduleUpdate(): Promise<void> {
    await nextFrame(this.ownerDocument);
    await super.scheduleUpdate();
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    const before = changes.get('state');
    if (before && isActive(before) && !isActive(this.state)) {
      this.audioBlocked = false;
    }
  }

  protected override updated(): void {
    const { state } = this;
    const parts = this.#parts;
    if (state.phase === 'ended' && !this.#endedScreen)
      parts.want('ended-screen', async () => {
        this.#endedScreen = (await loadEndedScreen()).endedScreen;
      });
    if (isActive(state) && this.settings.enableDefaultLayout)
      wantParts(state, parts, () => this.#showParticipants(false));
  }

  override render(): TemplateResult {
    const { state, words } = this;
    return html`<div part="view" class="view" role="region" aria-label=${words.call()}>
      ${this.#phase(state)}
      <cometchat-call-announcer
        .call=${state}
        .settings=${this.settings}
        .words=${words}
      ></cometchat-call-announcer>
    </div>`;
  }

  #phase(state: CallState): TemplateResult {
    switch (state.phase) {
      case 'idle':
        return html`<slot name="lobby"></slot>${this.#slots.has('lobby') ? nothing : this.lobby?.()}`;
      case 'joining':
        return joiningScreen(state.local, this.media, this.words);
      case 'ended':
        return this.#ended(state);
      case 'active':
      case 'reconnecting':
        return this.#call(state);
    }
  }

  #ended(state: EndedCall): TemplateResult {
    const rejoin = (): void => void this.dispatchEvent(new CustomEvent('rejoin'));
    return html`<slot name="ended"></slot> ${
        this.#slots.has('ended')
          ? nothing
          : html`<div class="middle">
              ${this.#endedScreen?.(state, this.words, rejoin)}
              ${this.#parts.hasFailed('ended-screen') && !this.#endedScreen ? plainEndedScreen(this.words, rejoin) : nothing}
            </div>`
      }`;
  }

  #call(call: ActiveCall): TemplateResult {
    const { settings, words, media } = this;
    const isIdleWarningShown =
      call.idleEndsAt !== null && settings.enableDefaultLayout && isIdleWarningLoaded();
    return html`<div class="call ${settings.enableDefaultLayout ? '' : 'bare'}" ?inert=${isIdleWarningShown}>
        <div class="stage">
          <cometchat-call-stage
            exportparts=${exportedParts}
            .call=${call}
            .settings=${settings}
            .commands=${this.commands}
            .media=${media}
            .words=${words}
          ></cometchat-call-stage>
          ${settings.enableDefaultLayout ? this.#overlay(call) : nothing}
        </div>
        ${call.participantListShown && settings.enableDefaultLayout ? this.#participants(call) : nothing}
        ${settings.enableDefaultLayout && settings.showControlPanel ? this.#controls(call) : nothing}
      </div>
      ${isIdleWarningShown ? this.#idleWarning(call) : nothing}
      <cometchat-call-sound
        .call=${call}
        .media=${media}
        .sinkId=${media?.sinkId ?? ''}
        @sound-blocked=${this.#onAudioBlocked}
      ></cometchat-call-sound>`;
  }

  /** What lies over the tiles. */
  #overlay(call: ActiveCall): TemplateResult {
    const { words } = this;
    return html`${call.phase === 'reconnecting' ? this.#reconnecting() : nothing} ${this.#parts.render(words)}
      <cometchat-call-notices
        exportparts=${exportedParts}
        .call=${call}
        .commands=${this.commands}
        .words=${words}
      ></cometchat-call-notices>
      <div class="low">
        ${mediaPeersOf(call).length === 0 ? this.#alone(call) : nothing}
        ${
          this.audioBlocked
            ? html`<button class="pill primary hear" @click=${this.#resumeAudio}>
                ${icon(volume2)}${words.tapToHear()}
              </button>`
            : nothing
        }
      </div>`;
  }

  /** Said by code that is here already: it may be that nothing can be loaded now. */
  #reconnecting(): TemplateResult {
    const { words } = this;
    return html`<div part="notice" class="hint reconnecting">
      <strong><span class="spinner"></span>${words.connectionLost()}</strong>
      <span>${words.connectionLostHint()}</span>
    </div>`;
  }

  #alone(call: ActiveCall): TemplateResult {
    return html`<slot name="empty"></slot>
      ${this.#slots.has('empty') ? nothing : aloneHint(call, this.words)}`;
  }

  #participants(call: ActiveCall): TemplateResult {
    return html`<cometchat-call-participants
      exportparts=${exportedParts}
      .call=${call}
      .settings=${this.settings}
      .commands=${this.commands}
      .words=${this.words}
      @panel-close=${this.#closeParticipants}
    ></cometchat-call-participants>`;
  }

  #controls(call: ActiveCall): TemplateResult | typeof nothing {
    const { commands, words, settings } = this;
    if (!commands) return nothing;
    return html`<cometchat-call-controls
      exportparts=${exportedParts}
      .call=${call}
      .settings=${settings}
      .actions=${{
        commands,
        view: {
          toggleParticipants: () => this.#showParticipants(!call.participantListShown),
          toggleFullScreen: this.#toggleFullScreen,
          showShortcuts: () => this.dispatchEvent(new CustomEvent('shortcuts')),
        },
      }}
      .words=${words}
      .participantsShown=${call.participantListShown}
      @control-pressed=${({ detail }: CustomEvent<string>) => commands.pressControl(detail)}
    >
      ${
        settings.callTitle
          ? html`<span part="title" class="title" slot="start">${settings.callTitle}</span>`
          : nothing
      }
      ${settings.showSessionTimer ? this.#timer(call) : nothing}
      <slot name="toolbar-start" slot="start"></slot>
      <slot name="toolbar-end" slot="end"></slot>
    </cometchat-call-controls>`;
  }

  #timer({ startedAt, participants }: ActiveCall): TemplateResult {
    return html`<cometchat-call-timer
      slot="start"
      exportparts=${exportedParts}
      .startedAt=${startedAt}
      .recording=${[...participants.values()].some(({ recording }) => recording)}
      .words=${this.words}
    ></cometchat-call-timer>`;
  }

  #idleWarning({ idleEndsAt }: ActiveCall): TemplateResult {
    return html`<cometchat-call-idle-warning
      exportparts=${exportedParts}
      .endsAt=${idleEndsAt ?? 0}
      .period=${Math.min(this.settings.idleWarningPeriod, this.settings.idleTimeoutPeriod)}
      .commands=${this.commands}
      .words=${this.words}
    ></cometchat-call-idle-warning>`;
  }

  #showParticipants(shown: boolean): void {
    this.commands?.showParticipantList(shown);
  }

  readonly #closeParticipants = (): void => {
    this.#showParticipants(false);
    this.renderRoot.querySelector('cometchat-call-controls')?.focusControl('participants');
  };

  readonly #toggleFullScreen = (): void => {
    const root = this.getRootNode();
    const target = root instanceof ShadowRoot ? root.host : this;
    toggleFullScreen(target, this.ownerDocument.fullscreenElement !== null);
  };

  readonly #onAudioBlocked = ({ detail }: CustomEvent<boolean>): void => {
    this.audioBlocked = detail;
  };

  readonly #resumeAudio = (): void => this.renderRoot.querySelector('cometchat-call-sound')?.resume();
}

/** While it is not, the call under it must not be shut. */
function isIdleWarningLoaded(): boolean {
  return customElements.get('cometchat-call-idle-warning') !== undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-call-view': CallView;
  }
}
