import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { broadClasses, limits, linesOf, longFunctions } from '../tools/checks/code-sizes.mjs';
import { codeBelow, textOf } from '../tools/checks/source-files.mjs';

/** What exceeds a limit, with the reason why. Anything here that no longer does must be removed. */
const reasons: Readonly<Record<string, string>> = {
  'src/element/call-methods.ts CallMethods':
    'The public methods of <cometchat-call>, one line each. Their number is that of CometChat’s API.',
  'src/facade/comet-chat-calls.ts CometChatCalls':
    'The static methods of CometChat’s Calls SDK, as documented.',
  'src/facade/settings/settings-builder.ts SettingsBuilder':
    'The setters of CometChat’s builders, as documented, one line each.',
  'src/facade/chat/call.ts Call': 'The getters and setters of CometChat’s Call, as documented.',
  'src/facade/chat/chat-client.ts ChatClient': 'The static methods of CometChat’s Chat SDK that calls need.',
  'src/facade/chat/user.ts User': 'The getters and setters of CometChat’s User, as documented.',
  'src/transports/mesh/connection/simple-peer.d.ts SimplePeer': 'Declares the class of a library.',
  'test/domain/call/transition-cases.ts': 'One table: a row for each fact of a call in each state.',
  'test/server/rooms/room-cases.ts': 'One table: a row for each request in each state of a room.',
};

const files = codeBelow('src');
const tests = codeBelow('test');

const withoutNumber = (finding: string): string => finding.replace(/ \(\d+\)$/, '');

const isTooLong = (file: string): boolean => linesOf(textOf(file)) > limits.fileLines;

function unexcused(find: (file: string, text: string) => readonly string[]): readonly string[] {
  return files
    .flatMap((file) => find(file, textOf(file)).map((finding) => `${file} ${finding}`))
    .filter((finding) => !(withoutNumber(finding) in reasons));
}

describe('the size of the code', () => {
  it(`is at most ${limits.fileLines} lines a file`, () =>
    assert.deepEqual(
      [...files, ...tests].filter(isTooLong).filter((file) => !(file in reasons)),
      [],
    ));

  it(`is at most ${limits.functionLines} lines a function`, () =>
    assert.deepEqual(unexcused(longFunctions), []));

  it(`is at most ${limits.publicMembers} public members a class`, () =>
    assert.deepEqual(unexcused(broadClasses), []));

  it('exceeds a limit only for a reason that still holds', () => {
    const exceeding = files.flatMap((file) => {
      const text = textOf(file);
      const findings = [...longFunctions(file, text), ...broadClasses(file, text)];
      return findings.map((finding) => `${file} ${withoutNumber(finding)}`);
    });
    const tooLong = [...files, ...tests].filter(isTooLong);
    assert.deepEqual(
      Object.keys(reasons).filter((name) => ![...exceeding, ...tooLong].includes(name)),
      [],
    );
  });

  it('is measured in each way to write a function or a class', () => {
    const body = '\n'.repeat(3);
    const text = `function a() {${body}}
      const b = () => {${body}};
      class C { constructor() {${body}} d() {${body}} e; #f; private g; override h; get i() { return 1; } set i(_) {} }
      describe('j', () => {${body}});`;
    assert.deepEqual(longFunctions('x.ts', text, 3), ['a (4)', 'b (4)', 'C.constructor (4)', 'd (4)']);
    assert.deepEqual(broadClasses('x.ts', text, 2), ['C (3)']);
    assert.equal(linesOf('a\nb\n'), 2);
  });
});
