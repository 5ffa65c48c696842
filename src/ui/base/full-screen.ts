/** Shows an element alone on the screen, or ends that. Where it is refused, or (on iPhones) unknown, nothing changes. */
export function toggleFullScreen(element: Element, isFull: boolean): void {
  const change = async (): Promise<void> =>
    isFull ? element.ownerDocument.exitFullscreen() : element.requestFullscreen();
  change().catch(() => undefined);
}
