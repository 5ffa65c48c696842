import { expect } from '@open-wc/testing';
import { tokenIssuer } from '../../../src/element/call/connection/token-issuer.js';
import { readCallToken } from '../../../src/protocol/tokens/token-claims.js';

const right = { iss: 'https://calls.example', exp: 4e9, data: { sessionId: 'a', user: { uid: 'ada' } } };

function tokenOf(payload: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(payload));
  return `e30.${btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')}.x`;
}
const withData = (data: unknown): string => tokenOf({ ...right, data });

describe('the issuer of a token', () => {
  for (const [what, token] of [
    ['as our server writes it', tokenOf(right)],
    ['larger than a message may be', `${tokenOf(right)}${'x'.repeat(5e6)}`],
    ['without an issuer', tokenOf({ ...right, iss: undefined })],
    ['with an issuer of null', tokenOf({ ...right, iss: null })],
    ['with an issuer that is a number', tokenOf({ ...right, iss: 7 })],
    ['with a time as text', tokenOf({ ...right, exp: '4000000000' })],
    ['without an end', tokenOf({ ...right, exp: undefined })],
    ['with a beginning of null', tokenOf({ ...right, nbf: null })],
    ['with a beginning that is a word', tokenOf({ ...right, nbf: 'soon' })],
    ['in milliseconds', tokenOf({ ...right, exp: 4e12 })],
    ['issued in milliseconds', tokenOf({ ...right, iat: 4e12 })],
    ['with ids that are numbers', withData({ sessionId: 7, user: { uid: 8 } })],
    ['with ids that have spaces', withData({ sessionId: 'a room', user: { uid: 'Ada L' } })],
    ['with an id of spaces', withData({ sessionId: ' ', user: { uid: 'ada' } })],
    ['with an id of 100 characters', withData({ sessionId: 'a'.repeat(100), user: { uid: 'ada' } })],
    ['with an id that is too long', withData({ sessionId: 'a'.repeat(101), user: { uid: 'ada' } })],
    ['with no user', withData({ sessionId: 'a' })],
    ['with a user of null', withData({ sessionId: 'a', user: null })],
    ['with a list for a user', withData({ sessionId: 'a', user: [] })],
    ['with no data', tokenOf({ exp: 4e9 })],
    ['with a payload of null', tokenOf(null)],
    ['of two parts', tokenOf(right).slice(0, -2)],
    ['of four parts', `${tokenOf(right)}.y`],
    ['that is empty', ''],
    ['that is a word', 'TOKEN'],
    ['with a header around it', `Bearer ${tokenOf(right)} `],
  ] as const)
    it(`is that of the reader of all claims: a token ${what}`, async () => {
      const { issuer, failure } = await tokenIssuer(token);
      let expected: unknown;
      try {
        expected = readCallToken(token).iss;
      } catch (error) {
        expect(failure?.toString()).to.equal(String(error));
        expect(failure?.details).to.deep.equal((error as { readonly details: unknown }).details);
        return;
      }
      expect(failure).to.equal(undefined);
      expect(issuer).to.equal(expected);
    });
});
