import { expect } from '@open-wc/testing';
import { absoluteAssets, processorAssets } from '../../../src/media/processors/processor-assets.js';

const names = ['worker', 'inference', 'model', 'worklet', 'rnnoise'] as const;

describe('the files of the processors', () => {
  it('have absolute URLs, also where a bundler writes paths: the worker refused one of Turbopack', () => {
    const assets = Object.fromEntries(names.map((name) => [name, `/_next/static/media/${name}.js`]));
    const found = absoluteAssets(
      assets as Record<(typeof names)[number], string>,
      'https://example.com/call',
    );
    for (const name of names)
      expect(found[name]).to.equal(`https://example.com/_next/static/media/${name}.js`);
  });

  it('are beside the module, or in the folder that the page names', () => {
    expect(processorAssets('').worker).to.match(/^http.*\/processors\/segmentation\/worker\.js$/);
    expect(processorAssets('/mine').worker).to.equal(`${location.origin}/mine/segmentation/worker.js`);
  });
});
