/** Messages that no client should send: of every JSON type, half right, too long, and right but of the wrong person. */
export function junk(ids: readonly string[], amount = 400, seed = 1): readonly unknown[] {
  const chance = random(seed);
  const pick = <Value>(values: readonly Value[]): Value =>
    values[Math.floor(chance() * values.length)] as Value;
  const names = [...ids, 'nobody', '', '__proto__'];
  const leaf = (): unknown =>
    pick<() => unknown>([
      () => null,
      () => chance() < 0.5,
      () => Math.floor(chance() * 1e6) - 5e5,
      () => 1e308 * chance(),
      () => pick(names),
      () => 'x'.repeat(Math.floor(chance() * 3000)),
      () => [],
      () => ({}),
    ])();
  const value = (depth: number): unknown => {
    if (depth === 0 || chance() < 0.5) return leaf();
    if (chance() < 0.3) return Array.from({ length: 3 }, () => value(depth - 1));
    return Object.fromEntries(Array.from({ length: 4 }, () => [pick(fields), value(depth - 1)]));
  };
  const message = (): unknown => ({
    ...(value(2) as object),
    type: pick(types),
    ...(chance() < 0.5 && { participantId: pick(names), by: 'nobody', from: 'nobody' }),
  });
  return Array.from({ length: amount }, () =>
    pick<() => unknown>([
      () => value(3),
      message,
      () => ({ from: pick(names), to: pick([null, ...names]), message: value(2) }),
      () => ({ from: 'nobody', to: pick([null, ...names]), message: message() }),
    ])(),
  );
}

const types = [
  'ack',
  'participant-joined',
  'participant-left',
  'participant-updated',
  'signal',
  'video-requested',
  'video-request-ended',
  'switched-to-video',
  'video-answer',
  'closing',
  'no-such-type',
] as const;

const fields = [
  'type',
  'id',
  'answer',
  'error',
  'participant',
  'participantId',
  'changes',
  'audioMuted',
  'by',
  'from',
  'epoch',
  'data',
  'initiator',
  'responder',
  'code',
  '__proto__',
] as const;

/** The same numbers for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
