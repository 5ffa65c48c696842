/** ms after which a document without frames (just hidden, say) is drawn nevertheless: sound is part of what is drawn. */
const maxWaitMs = 100;

/** Before the next frame of the document, at once if it is hidden. */
export function nextFrame({ hidden, defaultView }: Document): Promise<void> {
  if (hidden || !defaultView) return Promise.resolve();
  return new Promise((resolve) => {
    const frame = defaultView.requestAnimationFrame(() => finish());
    const timer = setTimeout(() => finish(), maxWaitMs);
    const finish = (): void => {
      defaultView.cancelAnimationFrame(frame);
      clearTimeout(timer);
      resolve();
    };
  });
}
