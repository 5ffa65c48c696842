/**
 * Backgrounds that need no file, named `builtin:` and the name in `background-image`. Colours from top left to bottom
 * right.
 */
export const builtInBackgrounds = {
  dawn: ['#fbc2a4', '#e8a0b4', '#8d7bb8'],
  sea: ['#bfe6e4', '#5ea8c4', '#23548a'],
  forest: ['#d5e3b0', '#7fae7c', '#2f5d50'],
  slate: ['#cfd6de', '#8793a3', '#3c4654'],
} as const;

/** The colours of a `builtin:` address; `undefined` for any other address. */
export function builtInColours(address: string): readonly string[] | undefined {
  const name = address.startsWith('builtin:') ? address.slice('builtin:'.length) : '';
  return Object.hasOwn(builtInBackgrounds, name)
    ? builtInBackgrounds[name as keyof typeof builtInBackgrounds]
    : undefined;
}
