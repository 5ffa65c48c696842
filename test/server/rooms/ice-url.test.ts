import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { iceUrlFault } from '../../../src/server/rooms/transport/ice-url.js';
import { checkConfig } from '../../../src/server/config/server-config.js';
import { testSecret as secret } from '../harness/test-server.js';

const good = [
  'stun:stun.example.com',
  'stun:stun.example.com:3478',
  'stuns:192.0.2.1:5349',
  'stun:[2001:db8::1]:3478',
  'turn:turn.example.com?transport=udp',
  'turns:turn.example.com:443?transport=tcp',
  'turn:coturn',
  'turn:my_service.internal',
];

const bad: readonly (readonly [url: string, fault: RegExp])[] = [
  ['stun.example.com', /begin/],
  ['http://stun.example.com', /begin/],
  ['stun://stun.example.com', /\/\//],
  ['stun:', /host/],
  ['stun::3478', /host/],
  ['stun:turn.example.com:port', /port/],
  ['stun:stun.example.com:', /port/],
  ['stun:stun.example.com:0', /port/],
  ['stun:stun.example.com:65536', /port/],
  ['stun:stun.example.com:34 78', /port/],
  ['stun:stun example.com', /host/],
  ['stun:stun.example.com/path', /host/],
  ['stun:1.2.3', /host/],
  ['stun:300.1.1.1', /host/],
  ['stun:2001:db8::1', /host/],
  ['stun:[2001:db8::1', /host|port/],
  ['stun:[::g]', /host/],
  ['stun:-a.example', /host/],
  ['stun:stun.example.com?transport=udp', /query/],
  ['turn:user@turn.example.com', /user/],
  ['turn:turn.example.com?transport=sctp', /transport/],
  ['turn:turn.example.com?', /transport/],
  ['turn:turn.example.com?transport=udp&x=1', /transport/],
  ['turn:turn.example.com?transport=udp?transport=tcp', /transport/],
];

const kindOf = (url: string): 'stun' | 'turn' => (url.startsWith('turn') ? 'turn' : 'stun');

describe('The URL of an ICE server', () => {
  for (const url of good) it(`${url} is taken`, () => assert.equal(iceUrlFault(url, kindOf(url)), undefined));
  for (const [url, fault] of bad)
    it(`${url} is refused`, () => assert.match(iceUrlFault(url, kindOf(url)) ?? '', fault));

  it('of the other kind is refused', () => {
    assert.match(iceUrlFault('turn:a.example', 'stun') ?? '', /begin/);
    assert.match(iceUrlFault('stun:a.example', 'turn') ?? '', /begin/);
  });

  it('is named at the start, in one readable line', () =>
    assert.throws(() => checkConfig({ secret, stunUrls: 'stun:a.example,stun:b.example:port' }), {
      problems: [
        'STUN_URLS (option stunUrls) must be stun: or stuns: URLs, separated by commas; ' +
          '"stun:b.example:port" has a port that is not a number from 1 to 65535.',
      ],
    }));
});
