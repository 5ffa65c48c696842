import { expect } from '@open-wc/testing';
import { connectionOf, type ConnectionProperties } from '../../../src/element/host/call-connection.js';

describe('the call that the properties name', () => {
  const unset = { token: '', serverUrl: '', signaling: 'server', sessionId: '', userName: '' };
  const connection = (more: object): unknown => connectionOf({ ...unset, ...more } as ConnectionProperties);

  it('may have numbers for ids and names, and null or undefined where there is none', () => {
    expect(connection({ signaling: 'broadcast', sessionId: 7, userName: 42 })).to.eql({
      signaling: 'broadcast',
      sessionId: '7',
      userName: '42',
      encrypted: false,
    });
    expect(connection({ signaling: 'Broadcast', sessionId: '7', userName: null })).to.eql({
      signaling: 'broadcast',
      sessionId: '7',
      userName: '',
      encrypted: false,
    });
    expect(connection({ token: 5, serverUrl: undefined })).to.eql({
      signaling: 'server',
      token: '5',
      serverUrl: '',
      encrypted: false,
    });
    for (const token of [null, undefined, '']) expect(connection({ token })).to.equal(null);
  });

  it('is encrypted with a key, or by the setting alone', () => {
    for (const more of [{ encryptionKey: 'a key' }, { endToEndEncryption: true }])
      expect(connection({ token: 't', ...more })).to.include({ encrypted: true });
    expect(connection({ token: 't', encryptionKey: null })).to.include({ encrypted: false });
  });
});
