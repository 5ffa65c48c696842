/** One or two letters for a person without an avatar image. */
export function initialsOf(name: string): string {
  const parts = name.trim().split(/\s+/).filter(Boolean);
  const ends = parts.length > 1 ? [parts[0], parts.at(-1)] : parts;
  return ends.map((part) => [...(part ?? '')][0]?.toLocaleUpperCase() ?? '').join('');
}

/** Easily distinguished colours, as OKLCH hues. */
const hues = [18, 45, 75, 130, 160, 190, 220, 250, 275, 300, 325, 350] as const;

/** The hue of a user's colour, the same on every screen. */
export function hueOf(uid: string): number {
  let hash = 0x811c9dc5;
  for (const letter of uid) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hues[((hash ^ (hash >>> 15)) >>> 0) % hues.length] ?? hues[0];
}
