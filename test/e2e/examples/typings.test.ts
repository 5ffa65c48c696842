import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { examples, prepareExamples, run, runTool } from '../../tools/run/example-workspace.mjs';

describe('the typings of the installed package', () => {
  before(() => prepareExamples());

  it('accept in React, Preact, Solid and Vue what works, the examples too, and refuse a wrong name, value and payload', () => {
    // Each wrong line is marked as an expected error, and compiling without one is an error.
    assert.equal(runTool('vue-tsc/bin/vue-tsc.js', '-p', '.'), '');
  });

  it('make Angular refuse a wrong payload and a wrong method, and no wrong attribute', () => {
    const project = join(examples, 'angular');
    prepareExamples(project);
    const lines = readFileSync(join(project, 'typings/wrong.ts'), 'utf8').split('\n');
    const tags = lines.flatMap((line, at) => (line.trim().startsWith('<cometchat-call') ? [at + 1] : []));
    const compiler = 'node_modules/@angular/compiler-cli/bundles/src/bin/ngc.js';
    assert.throws(
      () => run(process.execPath, [compiler, '-p', 'typings/tsconfig.json'], { cwd: project }),
      ({ message }: Error) => {
        // Colours of a terminal stand between the parts.
        const plain = message.replaceAll(/\x1b\[\d+m/g, '');
        const errors = [...plain.matchAll(/^(\S+\.ts):(\d+):\d+ - error/gm)].map(
          ([, file, line]) => `${file}:${line}`,
        );
        assert.deepEqual(
          errors,
          tags.slice(0, -1).map((line) => `wrong.ts:${line}`),
        );
        return true;
      },
    );
  });

  it('do so in Svelte', () => {
    const lines = readFileSync(join(examples, 'typings/Wrong.svelte'), 'utf8').split('\n');
    const wrong = lines.flatMap((line, at) => (line.startsWith('<cometchat-call') ? [at + 1] : []));
    assert.throws(
      () => runTool('svelte-check/bin/svelte-check', ...'--workspace typings --output machine'.split(' ')),
      ({ message }: Error) => {
        const errors = [...message.matchAll(/ERROR "([^"]+)" (\d+):/g)].map(
          ([, file, line]) => `${file}:${line}`,
        );
        assert.deepEqual(
          errors.sort(),
          wrong.map((line) => `Wrong.svelte:${line}`),
        );
        return true;
      },
    );
  });
});
