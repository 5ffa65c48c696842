import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CallCommands } from '../../domain/call-commands.js';
import type { ActiveCall } from '../../domain/call-state.js';
import type { ParticipantId } from '../../domain/participant.js';
import { defaultSettings, type CallSettings } from '../../settings/setting-rows.js';
import { base } from '../base.styles.js';
import type { CallMedia } from '../call-media.js';
import { exportedParts } from '../call-parts.js';
import { element } from '../define-element.js';
import { FocusKeeper } from '../focus-keeper.js';
import { icon } from '../icon.js';
import { chevronLeft, chevronRight } from '../icons.js';
import { PortableElement } from '../portable-element.js';
import { SizeController } from '../size-controller.js';
import { styleProperties } from '../style-properties.js';
import '../tile/tile.js';
import type { CallTile } from '../tile/tile.js';
import { tileModel } from '../tile/tile-model.js';
import { words as plainWords, type Words } from '../words.js';
import { arrange, type Arrangement, type PlacedTile } from './arrange.js';
import { dockByKey, dragToDock } from './drag-dock.js';
import type { Box } from './grid.js';
import { stageStyles } from './stage.styles.js';
import type { Dock } from './stage-room.js';
import { inOrder, tilesOf } from './stage-tiles.js';

/** Pixels the pager takes below the tiles. */
const pagerHeight = 54;

/**
 * The area that holds the tiles, each where `arrange` puts it. A tile keeps its `<video>` for as long as it is shown.
 *
 * @csspart stage - The area.
 * @csspart tile - Every tile; also `tile-grid`, `tile-front`, `tile-filmstrip` or `tile-self-view`.
 * @csspart pager - The buttons that turn the page.
 */
@element('cometchat-call-stage')
export class CallStage extends PortableElement {
  static override styles = [base, stageStyles];

  @property({ attribute: false }) call?: ActiveCall;
  @property({ attribute: false }) settings: CallSettings = defaultSettings;
  @property({ attribute: false }) commands?: CallCommands;
  @property({ attribute: false }) media?: CallMedia;
  @property({ attribute: false }) words: Words = plainWords;

  @state() private page = 0;
  @state() private dock: Dock = 'bottom-end';
  readonly #room = new SizeController(this);
  #drawnIn: Box = { width: 0, height: 0 };
  /** Whoever spoke last keeps the place in front while nobody speaks. */
  #lastSpeaker: ParticipantId | null = null;
  #levels: AbortController | undefined;
  readonly #tiles = new Map<ParticipantId, CallTile>();

  constructor() {
    super();
    new FocusKeeper(this, () =>
      this.renderRoot.querySelector('cometchat-call-tile')?.renderRoot.querySelector('button')?.focus(),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#listenToLevels();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#levels?.abort();
  }

  protected override willUpdate(): void {
    const { call } = this;
    if (!call) return;
    const spoke = call.speaker ?? this.#lastSpeaker;
    this.#lastSpeaker =
      spoke !== null && spoke !== call.selfId && call.participants.has(spoke) ? spoke : null;
  }

  override render(): unknown {
    const { call } = this;
    const { size } = this.#room;
    if (!call || size.width === 0) return nothing;
    const arrangement = this.#arrange(call);
    // While the container is being resized, tiles follow it at once; motion is for changes of the call.
    const resized = size.width !== this.#drawnIn.width || size.height !== this.#drawnIn.height;
    this.#drawnIn = size;
    return html`<div
        part="stage"
        class="stage ${resized ? 'still' : ''}"
        role="group"
        aria-label=${this.words.stage()}
      >
        ${repeat(
          inOrder(arrangement.tiles, tilesOf(call)),
          ({ key }) => key,
          (placed) => this.#tile(placed, call),
        )}
      </div>
      ${arrangement.pages > 1 ? this.#pager(arrangement) : nothing}`;
  }

  protected override updated(changes: PropertyValues<this>): void {
    this.#tiles.clear();
    for (const tile of this.renderRoot.querySelectorAll('cometchat-call-tile'))
      if (tile.model?.source === 'camera') this.#tiles.set(tile.model.participant.id, tile);
    if (changes.has('media')) this.#listenToLevels();
  }

  #arrange(call: ActiveCall): Arrangement {
    const { padding, ...size } = this.#room.size;
    const { participants, selfId, pinned } = call;
    const mode = this.settings.singleMode ? 'SINGLE' : call.mode;
    const gap = size.width < 480 ? padding * 0.6 : padding;
    const picture = { participants, selfId, pinned, mode, speaker: this.#lastSpeaker };
    const room = { ...size, gap, page: this.page, dock: this.dock };
    const arrangement = arrange(picture, room);
    if (arrangement.pages === 1) return arrangement;
    return arrange(picture, { ...room, height: Math.max(0, size.height - pagerHeight) });
  }

  #tile({ tile, role, x, y, width, height }: PlacedTile, call: ActiveCall): TemplateResult | typeof nothing {
    const model = tileModel(call, tile);
    if (!model) return nothing;
    const movable = role === 'self-view' && this.settings.enableDraggableVideoTile;
    return html`<cometchat-call-tile
      part="tile tile-${role}"
      exportparts=${exportedParts}
      class="${role} ${movable ? 'movable' : ''}"
      tabindex=${movable ? 0 : nothing}
      role=${movable ? 'group' : nothing}
      aria-label=${movable ? this.words.moveSelfView() : nothing}
      .model=${model}
      .stream=${this.media?.streamOf(tile.participantId, tile.source) ?? null}
      .place=${role}
      .aspect=${Math.round((width / height) * 50) / 50}
      .settings=${this.settings}
      .commands=${this.commands}
      .words=${this.words}
      ${styleProperties({
        '--_x': `${x}px`,
        '--_y': `${y}px`,
        'inline-size': `${width}px`,
        'block-size': `${height}px`,
      })}
      @pointerdown=${movable ? this.#onPress : nothing}
      @keydown=${movable ? this.#onKey : nothing}
    ></cometchat-call-tile>`;
  }

  #pager({ page, pages }: Arrangement): TemplateResult {
    const { words } = this;
    return html`<nav part="pager" class="pager" aria-label=${words.page(page + 1, pages)}>
      <button
        aria-label=${words.previousPage()}
        aria-disabled=${String(page === 0)}
        @click=${() => (this.page = Math.max(0, page - 1))}
      >
        ${icon(chevronLeft)}
      </button>
      <span>${words.page(page + 1, pages)}</span>
      <button
        aria-label=${words.nextPage()}
        aria-disabled=${String(page === pages - 1)}
        @click=${() => (this.page = Math.min(pages - 1, page + 1))}
      >
        ${icon(chevronRight)}
      </button>
    </nav>`;
  }

  #listenToLevels(): void {
    this.#levels?.abort();
    if (!this.media) return;
    this.#levels = new AbortController();
    this.media.onLevels(
      (levels) => {
        if (this.ownerDocument.hidden) return;
        for (const [id, tile] of this.#tiles) tile.level = tile.model?.muted ? 0 : (levels.get(id) ?? 0);
      },
      { signal: this.#levels.signal },
    );
  }

  readonly #onPress = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    dragToDock(event, {
      tile: event.currentTarget as HTMLElement,
      stage: this,
      dock: (corner) => (this.dock = corner),
    });
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const corner = dockByKey(event.key, this.dock, this);
    if (!corner) return;
    event.preventDefault();
    this.dock = corner;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-call-stage': CallStage;
  }
}
