import { rowKeys } from '../menu/roving-focus.js';
import type { Dock } from './stage-room.js';

/** Pixels a finger may tremble before a press is a drag. */
const tremble = 6;

interface DragOptions {
  /** The tile being dragged; it is moved by `translate` until it is let go. */
  readonly tile: HTMLElement;
  readonly stage: HTMLElement;
  readonly dock: (corner: Dock) => void;
}

/** Lets a pressed tile follow the pointer; where it is let go it docks to the nearest corner. */
export function dragToDock(down: PointerEvent, { tile, stage, dock }: DragOptions): void {
  const end = new AbortController();
  const { signal } = end;
  let dragged = false;
  const moved = (event: PointerEvent): readonly [number, number] => [
    event.clientX - down.clientX,
    event.clientY - down.clientY,
  ];
  const follow = (event: PointerEvent): void => {
    if (event.pointerId !== down.pointerId) return;
    const [x, y] = moved(event);
    if (!dragged && Math.hypot(x, y) < tremble) return;
    if (!dragged) tile.setPointerCapture(down.pointerId);
    dragged = true;
    tile.toggleAttribute('data-dragged', true);
    tile.style.setProperty('translate', `${x}px ${y}px`);
  };
  const letGo = (event: PointerEvent): void => {
    if (event.pointerId !== down.pointerId) return;
    end.abort();
    const corner = dragged && event.type === 'pointerup' ? cornerAt(tile, stage) : undefined;
    tile.toggleAttribute('data-dragged', false);
    tile.style.removeProperty('translate');
    if (corner) dock(corner);
    if (dragged) swallowClick(tile);
  };
  // A quick pointer has left the tile before it is known to drag it.
  const page = tile.ownerDocument;
  page.addEventListener('pointermove', follow, { signal });
  page.addEventListener('pointerup', letGo, { signal });
  page.addEventListener('pointercancel', letGo, { signal });
}

/** The click that ends a drag is not a click on the tile. */
function swallowClick(tile: HTMLElement): void {
  const swallow = new AbortController();
  tile.addEventListener('click', (event) => event.stopPropagation(), {
    capture: true,
    signal: swallow.signal,
  });
  requestAnimationFrame(() => swallow.abort());
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
