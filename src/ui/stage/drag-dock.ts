import { rowKeys } from '../menu/roving-focus.js';
import type { Dock } from './layout-input.js';

/** Pixels a finger may tremble before a press is a drag. */
const dragThreshold = 6;

interface DragOptions {
  /** The tile being dragged; it is moved by `translate` until it is let go. */
  readonly tile: HTMLElement;
  readonly stage: HTMLElement;
  readonly dock: (corner: Dock) => void;
}

/** Lets a pressed tile follow the pointer; where it is let go it docks to the nearest corner. */
export function dragToDock(pointerDown: PointerEvent, { tile, stage, dock }: DragOptions): void {
  const end = new AbortController();
  const { signal } = end;
  let dragged = false;
  const offset = (event: PointerEvent): readonly [number, number] => [
    event.clientX - pointerDown.clientX,
    event.clientY - pointerDown.clientY,
  ];
  const move = (event: PointerEvent): void => {
    if (event.pointerId !== pointerDown.pointerId) return;
    // Released before this code was loaded.
    if (event.buttons === 0) return end.abort();
    const [x, y] = offset(event);
    if (!dragged && Math.hypot(x, y) < dragThreshold) return;
    if (!dragged) tile.setPointerCapture(pointerDown.pointerId);
    dragged = true;
    tile.toggleAttribute('data-dragged', true);
    tile.style.setProperty('translate', `${x}px ${y}px`);
  };
  const release = (event: PointerEvent): void => {
    if (event.pointerId !== pointerDown.pointerId) return;
    end.abort();
    const corner = dragged && event.type === 'pointerup' ? cornerAt(tile, stage) : undefined;
    tile.toggleAttribute('data-dragged', false);
    tile.style.removeProperty('translate');
    if (corner) dock(corner);
    if (dragged) suppressClick(tile);
  };
  // A quick pointer has left the tile before it is known to drag it.
  const ownerDocument = tile.ownerDocument;
  ownerDocument.addEventListener('pointermove', move, { signal });
  ownerDocument.addEventListener('pointerup', release, { signal });
  ownerDocument.addEventListener('pointercancel', release, { signal });
  // Without a drag, the release was missed.
  ownerDocument.addEventListener('pointerdown', () => dragged || end.abort(), { signal, capture: true });
}

/** The click that ends a drag is not a click on the tile. */
function suppressClick(tile: HTMLElement): void {
  const suppressed = new AbortController();
  tile.addEventListener('click', (event) => event.stopPropagation(), {
    capture: true,
    signal: suppressed.signal,
  });
  requestAnimationFrame(() => suppressed.abort());
}

function cornerAt(tile: HTMLElement, stage: HTMLElement): Dock {
  const inner = tile.getBoundingClientRect();
  const outer = stage.getBoundingClientRect();
  const left = inner.x + inner.width / 2 < outer.x + outer.width / 2;
  const top = inner.y + inner.height / 2 < outer.y + outer.height / 2;
  const start = stage.matches(':dir(rtl)') ? !left : left;
  return `${top ? 'top' : 'bottom'}-${start ? 'start' : 'end'}`;
}

/** The corner an arrow key moves a docked tile to; `undefined`: not an arrow key. */
export function dockByKey(key: string, dock: Dock, stage: HTMLElement): Dock | undefined {
  const { backward, forward } = rowKeys(stage);
  const [block, inline] = dock.split('-') as ['top' | 'bottom', 'start' | 'end'];
  if (key === 'ArrowUp') return `top-${inline}`;
  if (key === 'ArrowDown') return `bottom-${inline}`;
  if (key === backward) return `${block}-start`;
  if (key === forward) return `${block}-end`;
  return undefined;
}
