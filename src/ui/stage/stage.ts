import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { loadChunk } from '../../base/load-chunk.js';
import type { CallCommands } from '../../domain/call/call-commands.js';
import type { ActiveCall } from '../../domain/call/call-state.js';
import type { ParticipantId } from '../../domain/call/participant.js';
import { defaultSettings, type CallSettings } from '../../settings/setting-rows.js';
import { base } from '../base/styles/base.styles.js';
import type { CallMedia } from '../view/call-media.js';
import { exportedParts } from '../view/call-parts.js';
import { element } from '../base/define-element.js';
import { FocusKeeper } from '../base/focus-keeper.js';
import { announceLoadFailure } from '../base/load-failure.js';
import { icon } from '../base/icons/icon.js';
import { chevronLeft, chevronRight } from '../base/icons/icons.js';
import { PortableElement } from '../base/portable-element.js';
import { SizeController } from '../base/size-controller.js';
import { styleProperties } from '../base/styles/style-properties.js';
import '../tile/tile.js';
import type { CallTile } from '../tile/tile.js';
import { tileModel } from '../tile/tile-model.js';
import { words as plainWords, type Words } from '../words/words.js';
import { computeLayout, type Layout, type PlacedTile } from './layout.js';
import type * as DragDock from './drag-dock.js';
import type { Box } from './grid.js';
import { stageStyles } from './stage.styles.js';
import type { Dock } from './layout-input.js';
import { inJoinOrder, tilesOf } from './stage-tiles.js';

/** Pixels the pager takes below the tiles. */
const pagerHeight = 54;

/**
 * The area that holds the tiles, each where `computeLayout` puts it. A tile keeps its `<video>` for as long as it is shown.
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
  readonly #sizeController = new SizeController(this);
  #renderedSize: Box = { width: 0, height: 0 };
  /** The last speaker stays in front while no one speaks. */
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
    if (this.hasUpdated) this.#subscribeToLevels();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#levels?.abort();
  }

  protected override willUpdate(): void {
    const { call } = this;
    if (!call) return;
    const speaker = call.speaker ?? this.#lastSpeaker;
    this.#lastSpeaker =
      speaker !== null && speaker !== call.selfId && call.participants.has(speaker) ? speaker : null;
  }

  override render(): unknown {
    const { call } = this;
    const { size } = this.#sizeController;
    if (!call || size.width === 0) return nothing;
    const layout = this.#computeLayout(call);
    // While the container is being resized, tiles follow it at once; motion is for changes of the call.
    const isResizing = size.width !== this.#renderedSize.width || size.height !== this.#renderedSize.height;
    this.#renderedSize = size;
    return html`<div
        part="stage"
        class="stage ${isResizing ? 'still' : ''}"
        role="group"
        aria-label=${this.words.stage()}
      >
        ${repeat(
          inJoinOrder(layout.tiles, tilesOf(call)),
          ({ key }) => key,
          (placedTile) => this.#tile(placedTile, call),
        )}
      </div>
      ${layout.pages > 1 ? this.#pager(layout) : nothing}`;
  }

  protected override updated(changes: PropertyValues<this>): void {
    this.#tiles.clear();
    for (const tile of this.renderRoot.querySelectorAll('cometchat-call-tile'))
      if (tile.model?.source === 'camera') this.#tiles.set(tile.model.participant.id, tile);
    if (changes.has('media')) this.#subscribeToLevels();
  }

  #computeLayout(call: ActiveCall): Layout {
    const { padding, ...size } = this.#sizeController.size;
    const { participants, selfId, pinned } = call;
    const mode = this.settings.singleMode ? 'SINGLE' : call.mode;
    const gap = size.width < 480 ? padding * 0.6 : padding;
    const state = { participants, selfId, pinned, mode, speaker: this.#lastSpeaker };
    const input = { ...size, gap, page: this.page, dock: this.dock };
    const layout = computeLayout(state, input);
    if (layout.pages === 1) return layout;
    return computeLayout(state, { ...input, height: Math.max(0, size.height - pagerHeight) });
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
      .placement=${role}
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
      @pointerdown=${movable ? this.#onPointerDown : nothing}
      @keydown=${movable ? this.#onKey : nothing}
    ></cometchat-call-tile>`;
  }

  #pager({ page, pages }: Layout): TemplateResult {
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

  #subscribeToLevels(): void {
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

  readonly #onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const tile = event.currentTarget as HTMLElement;
    this.#withDrag(({ dragToDock }) =>
      dragToDock(event, { tile, stage: this, dock: (corner) => (this.dock = corner) }),
    );
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || !event.key.startsWith('Arrow')) return;
    event.preventDefault();
    this.#withDrag(({ dockByKey }) => (this.dock = dockByKey(event.key, this.dock, this) ?? this.dock));
  };

  /** Most calls never move the local tile. */
  #withDrag(use: (drag: typeof DragDock) => void): void {
    loadChunk('drag-dock', () => import('./drag-dock.js')).then(use, (error: unknown) =>
      announceLoadFailure(this, error),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-call-stage': CallStage;
  }
}
