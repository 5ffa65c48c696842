import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { CallCommands } from '../../domain/call/call-commands.js';
import { defaultSettings, type CallSettings, type LabelPosition } from '../../settings/setting-rows.js';
import { base } from '../base/styles/base.styles.js';
import { exportedParts } from '../view/call-parts.js';
import { element } from '../base/define-element.js';
import { icon } from '../base/icons/icon.js';
import { ellipsis, maximize, minimize } from '../base/icons/icons.js';
import { toggleFullScreen } from '../base/full-screen.js';
import { loadMenu } from '../menu/load-menu.js';
import type { MenuSource } from '../menu/menu-group.js';
import { PortableElement } from '../base/portable-element.js';
import { shallowDiffers, tileName, tileSummary, type TileModel } from './tile-model.js';
import { showStream } from '../base/show-stream.js';
import type { TileRole } from '../stage/layout.js';
import { styleProperties } from '../base/styles/style-properties.js';
import { visibleLevel } from '../base/visible-level.js';
import { words as plainWords, type Words } from '../words/words.js';
import { avatar } from './avatar.js';
import { hueOf } from './initials.js';
import { badgesOf, isWeak, nameLabel, qualityBadge } from './tile-badges.js';
import { badgeStyles } from './tile-badges.styles.js';
import { tileStyles } from './tile.styles.js';

const corners: readonly LabelPosition[] = ['top-left', 'top-right', 'bottom-left', 'bottom-right'];

/** Natural logarithm of the largest acceptable crop: a ninth of the frame on either side. */
const cropTolerance = 0.25;

/**
 * One tile on the stage: a camera or a shared screen, with the state of its participant.
 *
 * @csspart video - The video.
 * @csspart avatar - Shown while there is no video.
 * @csspart name - The label with the name.
 * @csspart badge - A sign: muted, hand, recording, quality.
 * @csspart ring - Lights up with the voice.
 * @csspart veil - Covers a tile whose connection was lost.
 * @csspart tile-button - A button on the tile.
 */
@element('cometchat-call-tile')
export class CallTile extends PortableElement {
  static override styles = [base, badgeStyles, tileStyles];

  @property({ attribute: false, hasChanged: shallowDiffers }) model?: TileModel;
  @property({ attribute: false }) stream: MediaStream | null = null;
  @property({ attribute: false }) placement: TileRole = 'grid';
  /** Its width by its height. */
  @property({ attribute: false }) aspect = 16 / 9;
  @property({ attribute: false }) settings: CallSettings = defaultSettings;
  @property({ attribute: false }) commands?: CallCommands;
  @property({ attribute: false }) words: Words = plainWords;
  /** The notice for frozen video; empty while it plays. */
  @property({ attribute: false }) freezeNotice = '';
  /** The notice for black video; empty otherwise. */
  @property({ attribute: false }) blackNotice = '';

  @state() private hasFrames = false;
  @state() private videoAspect = 16 / 9;
  @state() private fullScreen = false;
  #level = 0;

  constructor() {
    super();
    this.addEventListener('fullscreenchange', () => {
      this.fullScreen = this.matches(':fullscreen');
    });
  }

  /** How loud its participant is, 0 to 1. Reaches the screen without a render. */
  set level(value: number) {
    const level = visibleLevel(value);
    if (level === this.#level) return;
    this.#level = level;
    this.renderRoot.querySelector<HTMLElement>('.ring')?.style.setProperty('--_level', String(level));
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('stream') && changes.get('stream')) this.hasFrames = false;
    const { model } = this;
    if (!model) return;
    this.setCustomState('speaking', model.speaking && !model.muted);
    this.setCustomState('muted', model.muted);
    this.setCustomState('video-paused', !model.hasVideo);
    this.setCustomState('reconnecting', model.link === 'lost');
    this.setCustomState('own', model.isLocal);
    this.setCustomState('pinned', model.pinned);
  }

  override render(): unknown {
    const { model, words } = this;
    if (!model) return nothing;
    const { participant } = model;
    const classes = [
      'surface',
      model.source === 'screen' && 'screen',
      model.hasVideo && this.hasFrames && 'seen',
      model.mirrored && 'mirrored',
      model.link === 'lost' && 'lost',
      this.#isUncropped(model) && 'whole',
    ];
    return html`<div
      class=${classes.filter(Boolean).join(' ')}
      role="group"
      aria-label=${tileSummary(model, words)}
      ${styleProperties({ '--_hue': String(hueOf(model.participant.uid)) })}
      @click=${this.#onClick}
    >
      <div class="person">
        ${avatar({ ...participant, name: participant.name || words.someone() }, this.settings.avatarMode)}
      </div>
      ${this.#video()}${this.#veil(model)}
      <div part="ring" class="ring"></div>
      ${corners.map((corner) => this.#corner(corner, model))}
    </div>`;
  }

  /** A screen is never cropped; a camera in front is not, if the page says so, unless only a sliver would be lost. */
  #isUncropped({ source, isLocal }: TileModel): boolean {
    if (source === 'screen') return true;
    if (isLocal || this.placement !== 'front' || this.settings.mainVideoAspectRatio !== 'contain')
      return false;
    const crop = Math.abs(Math.log(this.aspect / this.videoAspect));
    return crop > cropTolerance;
  }

  #video(): TemplateResult | typeof nothing {
    if (!this.stream) return nothing;
    return html`<video
      part="video"
      aria-hidden="true"
      playsinline
      autoplay
      disablepictureinpicture
      .muted=${true}
      ${showStream(this.stream)}
      @loadeddata=${() => (this.hasFrames = true)}
      @resize=${this.#onVideoResize}
      @emptied=${() => (this.hasFrames = false)}
    ></video>`;
  }

  #veil({ link }: TileModel): TemplateResult | typeof nothing {
    const pendingText = link === 'lost' ? this.words.reconnecting() : this.freezeNotice;
    const text = pendingText || this.blackNotice;
    if (!text) return nothing;
    return html`<div part="veil" class="veil">
      ${pendingText ? html`<span class="spinner"></span>` : nothing}<span class="text">${text}</span>
    </div>`;
  }

  #corner(corner: LabelPosition, model: TileModel): TemplateResult | typeof nothing {
    const { settings, placement, words } = this;
    const front = placement === 'front';
    const at = (position: LabelPosition, defaultCorner: LabelPosition): boolean =>
      corner === (front ? position : defaultCorner);
    const contents = [
      corner === 'top-left' ? badgesOf(model, words) : nothing,
      at(settings.nameLabelPosition, 'bottom-left') ? this.#name(model) : nothing,
      at(settings.networkLabelPosition, 'bottom-right') ? this.#quality(model) : nothing,
      at(settings.fullScreenButtonPosition, 'bottom-right') && front ? this.#fullScreenButton() : nothing,
      corner === 'top-right' ? this.#options(model) : nothing,
    ].filter((content) => content !== nothing);
    return contents.length === 0 ? nothing : html`<div class="corner ${corner}">${contents}</div>`;
  }

  #name(model: TileModel): TemplateResult | typeof nothing {
    const { settings, words } = this;
    if (this.placement !== 'front') return nameLabel(model, words, { named: true, color: '' });
    return nameLabel(model, words, { named: settings.showNameLabel, color: settings.nameLabelColor });
  }

  #quality({ quality, source }: TileModel): TemplateResult | typeof nothing {
    if (quality === null || source === 'screen') return nothing;
    const shown = this.placement === 'front' ? this.settings.showNetworkLabel : isWeak(quality);
    return shown ? qualityBadge(quality, this.words) : nothing;
  }

  #fullScreenButton(): TemplateResult | typeof nothing {
    if (!this.settings.showFullScreenButton || !document.fullscreenEnabled) return nothing;
    const { words, fullScreen } = this;
    return html`<button
      part="tile-button"
      class="tool"
      aria-label=${fullScreen ? words.leaveFullScreen() : words.fullScreen()}
      @click=${this.toggleFullScreen}
    >
      ${icon(fullScreen ? minimize : maximize)}
    </button>`;
  }

  #options(model: TileModel): TemplateResult | typeof nothing {
    const { commands, words } = this;
    if (!commands) return nothing;
    const label = words.optionsFor(tileName(model, words));
    return html`<button
        part="tile-button"
        class="tool options"
        aria-label=${label}
        aria-haspopup="menu"
        popovertarget="options"
        @pointerenter=${loadMenu}
        @focus=${loadMenu}
        @click=${loadMenu}
      >
        ${icon(ellipsis)}</button
      ><cometchat-call-menu
        id="options"
        popover
        exportparts=${exportedParts}
        .label=${label}
        .source=${({ tileMenu }: Parameters<MenuSource>[0]) =>
          tileMenu(model, commands, words, this.toggleFullScreen)}
      ></cometchat-call-menu>`;
  }

  readonly #onVideoResize = ({ target }: Event): void => {
    const { videoWidth, videoHeight } = target as HTMLVideoElement;
    if (videoHeight > 0) this.videoAspect = videoWidth / videoHeight;
  };

  readonly toggleFullScreen = (): void => {
    const { fullscreenElement } = this.getRootNode() as Document | ShadowRoot;
    toggleFullScreen(this, fullscreenElement === this);
  };

  readonly #onClick = (event: Event): void => {
    const onButton = (event.target as Element).closest('button, cometchat-call-menu') !== null;
    const { model, commands } = this;
    if (onButton || !model || !commands || !this.settings.enableVideoTileClick) return;
    const { participant, source, pinned } = model;
    commands.pin(pinned ? null : { participantId: participant.id, source });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-call-tile': CallTile;
  }
}
