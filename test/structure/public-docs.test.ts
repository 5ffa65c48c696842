import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { undocumentedMembers } from '../tools/checks/public-members.mjs';

describe('the public surface', () => {
  it('is documented: every export, and every member of what is exported', () =>
    assert.deepEqual(undocumentedMembers(), []));

  it('is seen whole: classes, static members, interfaces, unions, namespaces and re-exports', () => {
    const sources = {
      'src/made-up.ts': `export * from './made-up-part.js'; export * as Space from './made-up-space.js';
        /** Documented. */
        export class Made { up(): void {} static of(): void {} #hidden = 1; protected inner(): void {}
          /** Yes. */
          told = 1; }`,
      'src/made-up-space.ts': `export function wave(): void {} export class Friend { greet(): void {} }`,
      'src/made-up-part.ts': `export interface Shape { readonly width: number;
          /** Yes. */
          readonly height: number }
        /** Documented. */
        export type Either = { readonly left: 1 } | {
          /** Yes. */
          readonly right: 2 };`,
    };
    assert.deepEqual(undocumentedMembers(['src/made-up.ts'], sources), [
      'Either.left',
      'Friend',
      'Friend.greet',
      'Made.of',
      'Made.up',
      'Shape',
      'Shape.width',
      'wave',
    ]);
  });
});
