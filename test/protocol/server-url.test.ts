import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serverUrl, type ServerUrlOptions } from '../../src/protocol/server-url.js';

const http = { page: 'http://app.example:8080/a/room.html?x#y' };
const https = { page: 'https://app.example/a/room' };
const nowhere = {};

const read: readonly (readonly [text: string, options: ServerUrlOptions, url: string])[] = [
  ['https://calls.example', nowhere, 'https://calls.example'],
  ['  HTTPS://Calls.Example/ ', nowhere, 'https://calls.example'],
  ['https://calls.example/base//', nowhere, 'https://calls.example/base'],
  ['https://calls.example/base/?a=b#c', nowhere, 'https://calls.example/base'],
  ['https://calls.example:8443', nowhere, 'https://calls.example:8443'],
  ['wss://calls.example/base/signal', nowhere, 'https://calls.example/base'],
  ['ws://calls.example/ring/', nowhere, 'http://calls.example'],
  ['https://calls.example/v3.0/', nowhere, 'https://calls.example'],
  ['https://calls.example/v3/call_tokens', nowhere, 'https://calls.example'],
  ['https://calls.example/healthz', nowhere, 'https://calls.example'],
  ['https://calls.example/signals', nowhere, 'https://calls.example/signals'],
  ['http://[2001:DB8::1]:3000', nowhere, 'http://[2001:db8::1]:3000'],
  ['https:calls.example', https, 'https://calls.example'],
  ['//calls.example/base', nowhere, 'https://calls.example/base'],
  ['//calls.example', http, 'http://calls.example'],
  ['//calls.example', https, 'https://calls.example'],
  ['localhost:3000', nowhere, 'http://localhost:3000'],
  ['LOCALHOST:3000/', https, 'http://localhost:3000'],
  ['127.0.0.1:3000/base', http, 'http://127.0.0.1:3000/base'],
  ['[::1]:3000', http, 'http://[::1]:3000'],
  ['::1', http, 'http://[::1]'],
  ['/', http, 'http://app.example:8080'],
  ['/calls/', http, 'http://app.example:8080/calls'],
  ['./calls', http, 'http://app.example:8080/a/calls'],
  ['../calls', https, 'https://app.example/calls'],
  [':3000', http, 'http://app.example:3000'],
  ['3000', https, 'https://app.example:3000'],
  ['http://app.example', https, 'https://app.example'],
  ['ws://app.example/signal', https, 'https://app.example'],
  ['http://localhost:3000', https, 'http://localhost:3000'],
  ['calls.example', { ...http, allowsBareHost: true }, 'https://calls.example'],
  ['calls.example:8443/base', { allowsBareHost: true }, 'https://calls.example:8443/base'],
];

const refused: readonly (readonly [text: string, options: ServerUrlOptions, message: RegExp])[] = [
  ['', http, /Write https:\/\/calls\.example\.com/],
  ['http://', http, /such as https:/],
  ['calls.example', http, /no scheme.*Write https:\/\/calls\.example\./],
  ['calls.example:8443/base', https, /no scheme.*Write https:\/\/calls\.example:8443/],
  ['calls', http, /no scheme/],
  ['calls', { allowsBareHost: true }, /no scheme/],
  ['calls example', { allowsBareHost: true }, /no scheme/],
  ['https//calls.example', { allowsBareHost: true }, /no scheme/],
  ['https://https://calls.example', http, /absolute/],
  ['https://calls.example:99999', http, /absolute/],
  ['https://calls example', http, /absolute/],
  ['ftp://calls.example', http, /absolute/],
  ['file:///x', http, /absolute/],
  ['javascript:alert(1)', { ...http, allowsBareHost: true }, /no scheme/],
  ['mailto:ada@calls.example', { ...http, allowsBareHost: true }, /no scheme/],
  ['/calls', nowhere, /absolute/],
  ['/calls', { page: 'about:srcdoc' }, /absolute/],
  ['3000', nowhere, /no scheme/],
  ['?room', http, /no scheme/],
  ['http://calls.example', https, /mixed content.*Write https:\/\/calls\.example/],
  ['ws://calls.example/signal', https, /mixed content/],
];

describe('The address of a call server', () => {
  for (const [text, options, url] of read)
    it(`"${text}" on ${options.page ?? 'no page'} is ${url}`, () =>
      assert.equal(serverUrl(text, options), url));

  for (const [text, options, message] of refused)
    it(`"${text}" on ${options.page ?? 'no page'} is refused`, () =>
      assert.throws(() => serverUrl(text, options), { code: 'INVALID_ARGUMENT', message }));

  it('with a password is refused without repeating it', () =>
    assert.throws(
      () => serverUrl('https://ada:secret@calls.example'),
      (error: Error) => /user name/.test(error.message) && !JSON.stringify(error).includes('secret'),
    ));

  it('is read the same a second time', () => {
    for (const [, , url] of read) assert.equal(serverUrl(url), url);
  });
});
